"""Writes docs/xlwings-members.md: which members of xlwings the engine covers. `python -m tests.libreoffice.members`.

A member counts only where a test module of this folder names it in its constant COVERS.
"""

from __future__ import annotations

import ast
from itertools import groupby
from pathlib import Path

import xlwings as xw

from xlpy.libreoffice.members import Member, members_table
from xlpy.libreoffice.uncovered import complete

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "xlwings-members.md"
_HEAD = """# Что из xlwings умеет движок для LibreOffice

Файл создан командой `python -m tests.libreoffice.members` для xlwings {version}; руками его не правят.

Член класса засчитан, если его делает наш класс и если есть тест, который с другой стороны видит то же через сам UNO
(или в сохранённом файле). Запись свойства — отдельный член. Что не засчитано, отвечает `NotImplementedError` с
предложением: что это и чем заменить. Не считаются члены, которые нужны одной xlwings Lite (она работает в браузере), и
`api`: сам объект офиса наружу не отдаётся.

**Всего: {covered} из {total}.** Ещё {lite} членов нужны только xlwings Lite.

| Класс | Есть | Всего |
|---|---:|---:|
{rows}
"""


def claimed_members() -> dict[str, str]:
    """Test module by each "Class.member" that it holds."""
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.Assign) and [ast.unparse(one) for one in statement.targets] == ["COVERS"]:
                found |= dict.fromkeys(ast.literal_eval(statement.value), path.name)
    return found


def document() -> str:
    """The text of the document for the xlwings that is loaded."""
    complete()
    everything = members_table(claimed_members())
    members = [one for one in everything if not one.is_lite]
    classes = [(owner, list(group)) for owner, group in groupby(members, key=lambda one: one.owner)]
    rows = [f"| {owner} | {_covered(group)} | {len(group)} |" for owner, group in classes]
    head = _HEAD.format(
        version=xw.__version__,
        covered=_covered(members),
        total=len(members),
        lite=len(everything) - len(members),
        rows="\n".join(rows),
    )
    return head + "".join(_part(owner, group) for owner, group in classes)


def _covered(members: list[Member]) -> int:
    return sum(one.is_covered for one in members)


def _part(owner: str, members: list[Member]) -> str:
    lines = [f"\n## {owner}: {_covered(members)} из {len(members)}\n"]
    for title, is_covered in (("Есть", True), ("Нет", False)):
        names = [f"`{one.name}{' =' if one.is_setter else ''}`" for one in members if one.is_covered is is_covered]
        lines += [f"{title}: {', '.join(names)}.\n"] if names else []
    return "\n".join(lines)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
