"""Every rule can say what is wrong and what to do, and no sentence oversteps what the law lets a school say."""

from __future__ import annotations

import re

import pytest

from tests.checks.cases import CASES
from tests.checks.school import memory_findings, spoilt
from xlpy.checks.findings import Finding, Severity, finding_dicts, severity_word, to_marks
from xlpy.checks.manual import rules_table
from xlpy.checks.rules import RULES
from xlpy.tables import schema
from xlpy.words.checks import SENTENCES, SEVERITY_NAMES
from xlpy.workbook.memory import MemoryWorkbook

MARK_ADVICE = re.compile(r"(исправ|измен|поставь|повыс|пониз|сниз|завыс|заниж)\w*\s+(\w+\s+)?отметк", re.IGNORECASE)
RANKING = re.compile(
    r"рейтинг|лучш(ий|ая|ие) (учитель|школ)|худш|слаб(ый|ая) учител|виноват|наруш(ил|ение) учител", re.IGNORECASE
)


def test_every_rule_has_words_and_all_words_have_a_rule() -> None:
    assert set(SENTENCES) == {rule.code for rule in RULES}


def test_rules_of_one_code_have_one_severity() -> None:
    severities = {(rule.code, rule.severity) for rule in RULES}
    assert len(severities) == len(SENTENCES)


def test_codes_are_three_letters_and_two_digits() -> None:
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d", code) for code in SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_no_sentence_advises_to_change_a_mark_or_ranks_anyone(code: str) -> None:
    said = " ".join(SENTENCES[code])
    assert not MARK_ADVICE.search(said)
    assert not RANKING.search(said)


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_are_sentences(code: str) -> None:
    watches, wrong, mend = SENTENCES[code]
    assert not watches.endswith(".")
    assert wrong.rstrip("}").endswith((".", "{perhaps", "{help"))
    assert mend.endswith((".", "{help}"))


def test_the_table_of_rules_has_a_row_for_each() -> None:
    head, rule, *rows = rules_table().splitlines()
    assert [row.split(" | ")[0].strip("| ") for row in rows] == list(SENTENCES)
    assert {row.count("|") for row in (head, rule, *rows)} == {5}
    assert "{" not in rules_table()
    assert {row.split(" | ")[1] for row in rows} == set(SEVERITY_NAMES.values())


def test_marks_carry_the_severities_of_the_sheet_and_reach_it() -> None:
    findings = memory_findings(spoilt(*CASES[3].wrong))
    marks = to_marks(findings)
    book = MemoryWorkbook.filled({})
    book.mark_cells(marks)
    written = book.read_tables([schema.FINDINGS])["findings"].values
    assert [(row[1], row[2], row[3], row[4]) for row in written] == [
        (severity_word(f.severity), f.code, f.sheet, f.cell) for f in findings
    ]
    assert [severity_word(severity) for severity in Severity] == list(schema.SEVERITIES)


def test_json_rows_have_the_six_promised_keys() -> None:
    finding = Finding("CLS-02", Severity.WARNING, "Классы", "E3", {"school_class": "5А"})
    (row,) = finding_dicts([finding])
    assert (row["rule"], row["severity"], row["sheet"], row["cell"]) == ("CLS-02", "warning", "Классы", "E3")
    assert set(row) == {"rule", "severity", "sheet", "cell", "message", "hint"}
