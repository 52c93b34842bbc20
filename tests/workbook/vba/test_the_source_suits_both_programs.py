"""The macros' source holds what both programs need, and nothing that one of them breaks."""

from __future__ import annotations

import re
from pathlib import Path

from pyopenvba import ExcelFile

from xlpy.words import panel
from xlpy.words.install import MACRO_MESSAGES, SHORTCUTS
from xlpy.workbook.builder.vba import MODULE, macro_name, module_source


def test_there_is_one_public_sub_for_each_button_and_no_other() -> None:
    whole = r'^Public Sub (\w+)\(\)\n(?:Attribute .*\n)?    VprRun "(\w+)"\nEnd Sub$'
    subs = re.findall(whole, module_source(), re.MULTILINE)
    assert subs == [(macro_name(action), action) for action in panel.BUTTONS]
    assert len(re.findall(r"^Public ", module_source(), re.MULTILINE)) == len(subs)


def test_the_shortcuts_told_to_the_user_are_those_of_the_macros(built: Path) -> None:
    with ExcelFile(built) as workbook:
        source = workbook.get_module(MODULE)
    keys = re.findall(r'^Attribute (\w+)\.VB_ProcData\.VB_Invoke_Func = "([A-Z])\\n14"', source, re.MULTILINE)
    assert dict(keys) == {macro_name(action): shown[-1] for action, shown in SHORTCUTS.items()}
    assert all(re.fullmatch(r"Ctrl\+Shift\+[A-Z]", shown) for shown in SHORTCUTS.values())


def test_nothing_runs_by_itself_when_the_book_is_opened() -> None:
    """Antivirus programs look at macros that start by themselves and start something."""
    assert not re.search(r"Auto_?Open|Workbook_Open|Document_Open|Auto_?Close", module_source(), re.IGNORECASE)


def test_names_that_mean_something_else_after_libreoffice_has_saved_are_not_used() -> None:
    code = "\n".join(line for line in module_source().splitlines() if not line.strip().startswith("'"))
    assert not re.search(r"(?<!Application\.)ThisWorkbook", code)
    assert "FullName" not in code


def test_the_project_refers_to_no_add_in(built: Path) -> None:
    """LibreOffice drops such a reference when it saves."""
    with ExcelFile(built) as workbook:
        assert {one.name for one in workbook.vba_project().references} <= {"stdole", "Office"}


def test_every_message_of_the_macros_lies_in_the_book() -> None:
    assert set(re.findall(r'VprSay "(\w+)"', module_source())) == set(MACRO_MESSAGES)
