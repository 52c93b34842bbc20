from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.documents.distribution.placed_school import (
    TODAY,
    Row,
    Rows,
    dealt,
    findings_of,
    school,
    settings_rows,
    small,
    tables_in,
    tables_of,
    text_of,
    write,
)
from xlpy.assignment.packs import checking_days
from xlpy.documents.distribution import NoProof, ProofLines
from xlpy.documents.distribution_context import Distribution, distribution_of
from xlpy.tables import schema
from xlpy.tables.normalise import class_order
from xlpy.words import distribution as words
from xlpy.words.grammar import ROWS, counted

EXTERNAL = schema.EXTERNAL_CHECKER
DIGEST = "ab" * 32


def protocol(rows: Rows, *, doubts: int = 0, proof: ProofLines | NoProof = NoProof.ABSENT) -> Distribution:
    tables, settings = tables_of(rows)
    return distribution_of(tables, settings, findings_of(rows), doubts, proof, TODAY)


def document(rows: Rows, out: Path, **more: object) -> Path:
    path = write(rows, out, **more).protocol  # type: ignore[arg-type]
    assert path is not None
    return path


@pytest.mark.parametrize("second", [0, 3])
def test_every_row_of_the_sheet_stands_in_the_protocol_with_its_days(tmp_path: Path, second: int) -> None:
    rows = school(checkers=dealt(second), settings=settings_rows(Проверяющих_на_работу=2 if second else 1))
    found = tables_in(document(rows, tmp_path))[0][1:]
    tables, settings = tables_of(rows)
    days = checking_days(tables["schedule"], settings)
    wanted = []
    for row in sorted(rows["checkers"], key=lambda r: (class_order(str(r["school_class"])), r["subject"])):
        period = days[str(row["school_class"]), str(row["subject"])]
        assert period is not None
        dates = [f"{day:%d.%m.%Y}" for day in (period.start, period.end)]  # type: ignore[str-format]
        people = [row["checker"], *([row["second_checker"]] if second else [])]
        wanted.append([row["school_class"], row["subject"], str(row["papers"]), *people, "", *dates])
    assert [row[1:] for row in found] == wanted
    assert [row[0] for row in found] == [str(number) for number in range(1, len(wanted) + 1)]


def test_the_load_table_is_alphabetical_and_counted_as_by_hand(tmp_path: Path) -> None:
    rows = school(checkers=dealt(3))
    load: dict[str, list[int]] = {}
    for row in rows["checkers"]:
        for name in {str(row["checker"]), str(row["second_checker"])}:
            packs, papers = load.get(name, [0, 0])
            load[name] = [packs + 1, papers + int(str(row["papers"]))]
    path = document(rows, tmp_path)
    found = tables_in(path)[1][1:]
    assert {row[1]: [int(row[3]), int(row[4])] for row in found} == load
    names = [row[1].replace("ё", "е") for row in found]
    assert names == sorted(set(names))
    total = [sum(one[at] for one in load.values()) for at in (0, 1)]
    assert f"Всего: пачек — {total[0]}, работ — {total[1]}." in text_of(path)


def test_a_person_named_twice_in_a_row_checks_one_pack() -> None:
    rows = small()
    rows["checkers"] = [dict(rows["checkers"][0], second_checker="Лугова Инна Олеговна")]
    made = protocol(rows)
    assert [(row.packs, row.papers) for row in made.loads] == [(1, 3)]
    assert [(row.wanted, row.there) for row in made.short] == []
    assert any("Лугова" in line for line in made.remarks)


def test_another_school_fills_a_place_and_is_nobody_s_load() -> None:
    rows = school(settings=settings_rows(Проверяющих_на_работу=2))
    checkers = dealt(3)
    checkers[0] |= {"checker": EXTERNAL, "second_checker": EXTERNAL}
    checkers[1] |= {"second_checker": EXTERNAL.upper()}
    made = protocol(rows | {"checkers": checkers})
    assert made.short == ()
    assert EXTERNAL not in {row.name for row in made.loads}
    papers = 2 * int(str(checkers[0]["papers"])) + int(str(checkers[1]["papers"]))
    assert re.findall(r"\d+", made.outside) == ["3", str(papers)]
    assert words.EXTERNAL_NOT_CHECKED in made.independence


def test_another_school_is_no_unknown_teacher() -> None:
    rows = small()
    rows["checkers"] = [rows["checkers"][0] | {"second_checker": EXTERNAL}]
    made = protocol(rows)
    assert not [line for line in made.remarks if EXTERNAL in line]
    assert words.NOT_CHECKED not in made.independence


def test_rows_against_the_rule_are_counted_once_and_stand_by_class() -> None:
    made = protocol(school(checkers=dealt(3)))
    works = [line.split(".")[0] for line in made.breaches]
    assert works == sorted(works, key=lambda work: (class_order(work.split(", ")[0]), work.split(", ")[1]))
    assert len(set(works)) < len(works)
    assert counted(len(set(works)), *ROWS) in made.independence[0]


def test_what_stays_short_is_named_with_the_reason_of_the_sheet() -> None:
    checkers = dealt(3)
    reason = "Нужно 2, назначен 1; больше подходящих учителей нет"
    checkers[2] |= {"second_checker": None, "explanation": reason}
    checkers[4] |= {"checker": None, "second_checker": None}
    lost = checkers.pop(6)
    made = protocol(school(checkers=checkers, settings=settings_rows(Проверяющих_на_работу=2)))
    found = {(row.school_class, row.subject): (row.wanted, row.there, row.reason) for row in made.short}
    assert found == {
        (checkers[2]["school_class"], checkers[2]["subject"]): (2, 1, reason),
        (checkers[4]["school_class"], checkers[4]["subject"]): (2, 0, words.NO_REASON),
        (lost["school_class"], lost["subject"]): (2, 0, words.NO_ROW),
    }


def tied(**pinned: object) -> tuple[dict[str, object], Row]:
    """The school with one teacher set to check a class they work with, nobody else in any way tied."""
    rows = small(workload=[{"teacher": "Лугова Инна Олеговна", "subject": "Математика", "school_class": "5А"}])
    rows["checkers"] = [rows["checkers"][0] | pinned]
    return dict(rows), dict(rows["checkers"][0])


def test_rows_against_the_rule_are_named_and_nothing_else_is_claimed(tmp_path: Path) -> None:
    rows, _ = tied(pinned="да")
    path = document(rows, tmp_path)  # type: ignore[arg-type]
    made = protocol(rows)  # type: ignore[arg-type]
    assert len(made.breaches) == 1
    assert words.INDEPENDENT not in text_of(path)
    assert made.breaches[0] in text_of(path)
    assert "Лугова Инна Олеговна" in made.breaches[0]


def test_where_nobody_breaks_the_rule_it_says_so(tmp_path: Path) -> None:
    assert protocol(small()).breaches == ()
    assert words.INDEPENDENT in text_of(document(small(), tmp_path))


def test_each_kind_of_tie_is_a_breach_and_no_other_finding_is() -> None:
    """Against the workbook itself: who is tied is told by plain loops over its sheets."""
    rows = school()
    made = protocol(rows)
    teaches = {(row["teacher"], row["school_class"]) for row in rows["workload"]}
    homeroom = {(row["homeroom"], row["school_class"]) for row in rows["classes"]}
    organises = {(row["organiser"], row["school_class"], row["subject"]) for row in rows["schedule"]}
    expected = 0
    for row in rows["checkers"]:
        pair = row["checker"], row["school_class"]
        if pair in teaches | homeroom or (*pair, row["subject"]) in organises:
            expected += 1
            named = f"{row['school_class']}, {row['subject']}. {row['checker']}"
            assert any(line.startswith(named) for line in made.breaches)
    assert expected > 3
    declared = {(row["person"], row["school_class"]) for row in rows["conflicts"]}
    extra = sum((row["checker"], row["school_class"]) in declared - teaches - homeroom for row in rows["checkers"])
    assert expected <= len(made.breaches) <= expected + extra


def test_a_name_nobody_knows_is_not_vouched_for() -> None:
    rows = small()
    rows["checkers"] = [dict(rows["checkers"][0], checker="Невидимова Мира Львовна")]
    made = protocol(rows)
    assert words.NOT_CHECKED in made.independence


def test_a_work_of_an_unknown_subject_is_not_vouched_for() -> None:
    rows = small()
    work: Row = {"school_class": "5А", "subject": "Матиматика"}
    rows["schedule"] = [rows["schedule"][0] | work]
    rows["checkers"] = [rows["checkers"][0] | work]
    assert words.NOT_CHECKED in protocol(rows).independence


def test_cells_that_could_not_be_read_weaken_the_claim() -> None:
    assert any("2 ячейки" in line.replace("\u00a0", " ") for line in protocol(small(), doubts=2).independence)


def test_a_proof_that_holds_is_named_by_its_digest(tmp_path: Path) -> None:
    proof = ProofLines(DIGEST, ("Пустых мест: 0 (доказано).", "Равномерность: 31 (доказано)."))
    text = text_of(document(small(), tmp_path, proof=proof))
    assert DIGEST in text
    assert all(line in text for line in proof.lines)


@pytest.mark.parametrize(("proof", "said"), [(NoProof.ABSENT, words.NO_PROOF), (NoProof.CHANGED, words.CHANGED)])
def test_no_digest_is_claimed_where_the_plan_is_another(tmp_path: Path, proof: NoProof, said: str) -> None:
    text = text_of(document(small(), tmp_path, proof=proof))
    assert said in text
    assert "SHA" not in text


def test_school_order_unit_and_goals_in_their_order_stand_above(tmp_path: Path) -> None:
    rows = school(
        settings=settings_rows(
            Номер_приказа="48-О",
            Дата_приказа="12.02.2021",
            Единица_нагрузки="работы",
            Порядок_целей="предпочтения; равномерность",
            Координатор_ВПР="Сова Яна Львовна",
        )
    )
    text = text_of(document(rows, tmp_path)).replace("\u00a0", " ")
    for part in (
        "к приказу от 12.02.2021 № 48-О",
        "2020/21 учебный год",
        "20.05.2021 № ______",
        "Единица нагрузки: работы.",
        "сначала более важные: предпочтения; равномерность.",
        "Я. Л. Сова",
        "Директор",
    ):
        assert part in text
    assert text.count("Член комиссии") == words.MEMBERS


def test_what_the_book_does_not_say_leaves_no_trace(tmp_path: Path) -> None:
    text = text_of(document(small(), tmp_path))
    assert "Приложение" not in text
    assert "None" not in text
    assert "nan" not in text


def test_rows_of_one_work_all_stand_there() -> None:
    rows = small()
    rows["checkers"] = [dict(rows["checkers"][0]), dict(rows["checkers"][0], checker="Ясень Глеб Ильич", papers=None)]
    made = protocol(rows)
    assert [row.checker for row in made.rows] == ["Лугова Инна Олеговна", "Ясень Глеб Ильич"]
    assert Counter(row.papers for row in made.rows) == {"3": 2}


def test_nobody_stands_before_another_for_their_load() -> None:
    """No rank, no share, no average: names by alphabet and two counts."""
    fields = set(protocol(small()).loads[0].__slots__)
    assert fields == {"number", "name", "works", "packs", "papers"}
