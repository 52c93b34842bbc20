"""The README is a promise: its tables are generated, its words are held here. Its commands are run in the journeys."""

from __future__ import annotations

import re
from pathlib import Path

from xlpy.__main__ import COMMANDS
from xlpy.buttons.manual import buttons_table
from xlpy.checks.manual import rules_table
from xlpy.exchange.forms.manual import forms_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def between(name: str) -> str:
    found = re.search(rf"<!-- {name}[^>]*-->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_table_of_rules_is_the_one_the_rules_give() -> None:
    assert between("rules").strip() == rules_table().strip()


def test_the_table_of_buttons_is_the_one_their_declaration_gives() -> None:
    assert between("buttons").strip() == buttons_table().strip()


def test_the_table_of_forms_is_the_one_their_codes_give() -> None:
    assert between("forms").strip() == forms_table().strip()


def test_every_command_stands_in_the_readme() -> None:
    assert not [name for name in COMMANDS if f"xlpy {name}" not in README and f"`{name}`" not in README]


def test_pictures_and_files_it_points_to_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_no_figure_was_left_to_be_filled_in() -> None:
    assert not re.findall(r"\b[A-Z]{3,}\d\b", README)


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    assert "\npython3 tests\n" in README
    assert "exec python3 tests\n" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_nothing_tracked_names_a_place_of_a_developer_s_machine() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("xlpy/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        if path != Path(__file__):
            assert not re.search(r"/root/|/work/", path.read_text("utf-8")), path
