"""Whatever is done to the workbook and the folder between one handing out and the next, in whatever order."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.school import IVANOVA, MATHS, ORLOVA, PETROV, Rows, day, drop
from tests.forms.handed import RECORD, RETIRED, HandingSchool, typed_in
from tests.forms.handed import type_into as save_with
from xlpy.handed.outcome import Dealt, HandedOut

PEOPLE = (IVANOVA, ORLOVA, PETROV)
VALUES = (0, 1, 2, "X", "1,0", "два", 9)
# What a value typed means, where it certainly means something for a task of this maximum.
MEANT = {0: 0, 1: 1, 2: 2, "X": "X", "1,0": 1}


def hold_what_was_typed(before: list[tuple[Dealt, dict[tuple[str, str], object]]], handed: HandedOut) -> None:
    """Whoever keeps a work finds every certain value of it in their form."""
    for old, typed in before:
        for new in handed.dealt:
            mine, was = new.form.identity, old.form.identity
            if (mine.pack, mine.checker) == (was.pack, was.checker):
                codes = {row.code for row in new.form.rows}
                most = {task.label: task.maximum for task in new.form.tasks}
                wanted = {
                    (code, label): MEANT[value]
                    for (code, label), value in typed.items()
                    if code in codes and value in MEANT and (MEANT[value] == "X" or MEANT[value] <= most[label])
                }
                there = {place: MEANT.get(value, value) for place, value in typed_in(new.path).items()}
                assert wanted.items() <= there.items()


class Life:
    """A school in which things happen. Only 5А and 5Б Математика are written."""

    def __init__(self, home: Path) -> None:
        self.school = HandingSchool(home, [drop("schedule", 2, 5, 6), self.as_it_is])
        self.checkers: dict[str, str | None] = {"5А": PETROV, "5Б": IVANOVA}
        self.second: dict[str, str | None] = {"5А": None, "5Б": None}
        self.pupils = {"5А": 3, "5Б": 3}
        self.days = {"5А": 22, "5Б": 22}
        self.maximum = 2
        self.saved: set[str] = set()
        self.standing = {dealt.form.identity.pack: dealt for dealt in self.school.hand().dealt}

    def as_it_is(self, rows: Rows) -> None:
        """What stands in the workbook now."""
        for school_class in self.pupils:
            row = next(r for r in rows["checkers"] if (r["school_class"], r["subject"]) == (school_class, MATHS))
            row |= {"checker": self.checkers[school_class], "second_checker": self.second[school_class]}
        for row in rows["schedule"]:
            row["check_until"] = day(f"{self.days[str(row['school_class'])]}.03")
        papers = [r for r in rows["results"] if r["subject"] != MATHS or r["school_class"] not in self.pupils]
        for school_class, count in self.pupils.items():
            papers += [
                {"code": f"{5 if school_class == '5А' else 6}{n:04}", "school_class": school_class, "subject": MATHS}
                for n in range(count)
            ]
        rows["results"] = papers
        rows["tasks"][2]["max_points"] = float(self.maximum)

    def forms(self) -> list[Path]:
        """Forms that people have now."""
        return sorted(path for path in self.school.folder.rglob("*.xlsx") if RETIRED not in path.parts)

    def digests(self) -> set[str]:
        """Digests of all forms in the folder."""
        return {sha256(path.read_bytes()).hexdigest() for path in self.school.folder.rglob("*.xlsx")}

    def type_something(self, which: int, paper: int, task: str, value: object) -> None:
        """Somebody types a value into a form, if it has that paper, and saves."""
        forms = self.forms()
        if forms:
            path = forms[which % len(forms)]
            code = f"{6 if '5Б' in path.name else 5}{paper:04}"
            with suppress(KeyError):
                save_with(path, {(code, task): value})
                self.saved.add(sha256(path.read_bytes()).hexdigest())

    def hand(self) -> None:
        """Hand out, and hold what must be so after it."""
        before = [(dealt, typed_in(dealt.path)) for dealt in self.standing.values() if dealt.path.exists()]
        kept = self.saved & self.digests()
        handed = self.school.hand()
        assert kept <= self.digests(), "a file that somebody saved is gone"
        hold_what_was_typed(before, handed)
        self.standing |= {dealt.form.identity.pack: dealt for dealt in handed.dealt}
        again = self.school.state()
        assert not self.school.hand().made
        assert self.school.state() == again

    def happen(self, event: tuple[object, ...]) -> None:
        """One thing that somebody does."""
        match event:
            case ("type", which, paper, task, value):
                self.type_something(which, paper, task, value)  # type: ignore[arg-type]
            case ("checker", school_class, person):
                self.checkers[school_class] = person  # type: ignore[index, assignment]
            case ("second", school_class, person):
                self.second[school_class] = person  # type: ignore[index, assignment]
            case ("pupils", school_class, count):
                self.pupils[school_class] = count  # type: ignore[index, assignment]
            case ("day", school_class, date):
                self.days[school_class] = date  # type: ignore[index, assignment]
            case ("maximum", most):
                self.maximum = most  # type: ignore[assignment]
            case ("record lost",):
                (self.school.folder / RECORD).unlink(missing_ok=True)
            case ("closed",):
                for lock in self.school.folder.rglob(".~lock.*"):
                    lock.unlink()
            case ("opened", which):
                forms = self.forms()
                if forms:
                    path = forms[which % len(forms)]  # type: ignore[operator]
                    path.with_name(f".~lock.{path.name}#").write_text(",анна,ПК,20.03.2021 10:00,;", "utf-8")
            case ("moved", which):
                forms = self.forms()
                if forms:
                    path = forms[which % len(forms)]  # type: ignore[operator]
                    target = self.school.folder / "Возвращено" / f"{path.parent.name} {path.name}"
                    target.parent.mkdir(exist_ok=True)
                    if not target.exists():
                        path.rename(target)


classes, people = st.sampled_from(("5А", "5Б")), st.sampled_from(PEOPLE)
typing = st.tuples(
    st.just("type"),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(("1", "2.1", "2.2")),
    st.sampled_from(VALUES),
)
changes = st.one_of(
    st.tuples(st.just("day"), classes, st.integers(22, 26)),
    st.tuples(st.just("pupils"), classes, st.integers(1, 5)),
    st.tuples(st.just("maximum"), st.integers(1, 3)),
    st.tuples(st.just("checker"), classes, st.none() | people),
    st.tuples(st.just("second"), classes, st.none() | people),
)
disturbances = st.one_of(
    st.just(("record lost",)),
    st.tuples(st.just("moved"), st.integers(0, 3)),
    st.tuples(st.just("opened"), st.integers(0, 3)),
    st.just(("closed",)),
)
rounds = st.tuples(
    st.lists(typing, min_size=1, max_size=4),
    st.lists(changes, min_size=1, max_size=2),
    st.lists(disturbances, max_size=2),
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(rounds, min_size=1, max_size=4))
def test_no_value_that_somebody_typed_is_ever_lost_from_the_folder(
    lived: list[tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]],
) -> None:
    with TemporaryDirectory() as home:
        life = Life(Path(home))
        for events in lived:
            for event in (event for some in events for event in some):
                life.happen(event)
            life.hand()
