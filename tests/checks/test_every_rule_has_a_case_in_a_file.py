"""Each rule in a real workbook file: one change that breaks it, and the nearest one that does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from tests.checks.cases import CASES, Case
from tests.checks.school import file_findings, legal_school, spoilt, write_book
from xlpy.checks.findings import Finding, Severity, hint_of, message_of
from xlpy.checks.rules import RULES
from xlpy.words.checks import SENTENCES


def unsupplied(finding: Finding) -> set[str]:
    """Placeholders of the finding's sentences that have nothing to say."""
    named = {name for text in SENTENCES[finding.code][1:] for _, name, _, _ in Formatter().parse(text) if name}
    words = f"{message_of(finding)} {hint_of(finding)}".split()
    return {name for name in named if finding.params.get(name) is None} | ({"nan", "None", "NaT"} & set(words))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_breaks_a_rule_is_found_at_its_cell_and_nothing_else_is(case: Case, tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.xlsm", spoilt(*case.wrong), case.raw)
    findings = file_findings(book, case.today)
    found = [f for f in findings if f.code == case.code]
    assert [f"{f.sheet}!{f.cell}" for f in found] == [case.at]
    assert unsupplied(found[0]) == set()
    others = {f.code for f in findings if f.severity is not Severity.NOTICE} - {case.code}
    assert others == case.also


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_the_nearest_legal_change_is_not_found(case: Case, tmp_path: Path) -> None:
    findings = file_findings(write_book(tmp_path / "book.xlsm", spoilt(*case.legal)), case.today)
    assert [f for f in findings if f.code == case.code or f.severity is not Severity.NOTICE] == []


def test_the_legal_school_has_no_finding_at_all(tmp_path: Path) -> None:
    assert file_findings(write_book(tmp_path / "book.xlsm", legal_school())) == ()


def test_every_rule_has_one_case_and_there_are_more_than_a_hundred_rules() -> None:
    cases = Counter(case.code for case in CASES)
    assert set(cases) == {rule.code for rule in RULES}
    assert max(cases.values()) == 1
    assert len(cases) > 100
