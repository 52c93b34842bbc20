"""Printed by LibreOffice: A4 landscape, one page wide, rows high enough for a hand, headers on each page."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from tests.forms.written import a_form
from tests.office import convert
from xlpy.exchange.forms.write import write_form

FORMS = {
    "eight": a_form([1, 2] * 4, 26),
    "many": a_form([1, 2, 3] * 12, 35, labels=[f"{at}К1" for at in range(1, 37)]),
    "long labels": a_form([1, 2] * 10, 20, labels=[f"{at}.1 (часть 2)" for at in range(1, 21)]),
    "one": a_form([2], 1),
}
MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("print")
    files = []
    for name, form in FORMS.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(write_form(form))
    return dict(zip(FORMS, convert(files, "pdf", folder / "pdf"), strict=True))


Word = tuple[float, float, str]


def pages(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Width and height of each page, and its words with their left and upper edge, in points."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    found = []
    for width, height, body in re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL):
        words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', body)
        found.append((float(width), float(height), [(float(x), float(y), word) for x, y, word in words]))
    return found


def papers(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """The pages of sheet «Работы»."""
    return [page for page in pages(pdf) if any(re.fullmatch(r"500\d\d", word) for _, _, word in page[2])]


@pytest.mark.parametrize("name", FORMS)
def test_it_is_a4_landscape_and_one_page_wide(name: str, printed: dict[str, Path]) -> None:
    codes = {row.code for row in FORMS[name].rows}
    seen: list[str] = []
    for width, height, words in papers(printed[name]):
        assert (round(width / MM), round(height / MM)) == (297, 210)
        here = [word for _, _, word in words if word in codes]
        assert all(here.count(code) == 2 for code in here), "each code stands on the left and on the right of a page"
        seen += here
    assert sorted(seen) == sorted([*codes, *codes])


@pytest.mark.parametrize("name", FORMS)
def test_a_hand_has_six_millimetres(name: str, printed: dict[str, Path]) -> None:
    steps = []
    for _, _, words in papers(printed[name]):
        rows = sorted({round(y, 1) for _, y, word in words if re.fullmatch(r"500\d\d", word)})
        steps += [later - earlier for earlier, later in pairwise(rows)]
    assert all(step >= 6 * MM for step in steps)
    assert steps or len(FORMS[name].rows) == 1


@pytest.mark.parametrize("name", ["eight", "many"])
def test_labels_and_maxima_head_every_page(name: str, printed: dict[str, Path]) -> None:
    sheets = papers(printed[name])
    assert len(sheets) > 1
    for _, _, words in sheets:
        said = [word for _, _, word in words]
        assert {"Код", "Вариант", "Балл", "Отметка", FORMS[name].tasks[-1].label} <= set(said)


@pytest.mark.parametrize("name", FORMS)
def test_every_page_says_which_form_it_is_and_its_number(name: str, printed: dict[str, Path]) -> None:
    for at, (_, height, words) in enumerate(papers(printed[name]), start=1):
        foot = " ".join(word for _, y, word in words if y > height * 0.92)
        assert "12AB-34CD" in foot
        assert f"Страница {at} из" in foot


def test_long_labels_are_wrapped_and_not_cut(printed: dict[str, Path]) -> None:
    said = [word for _, _, word in papers(printed["long labels"])[0][2]]
    assert [f"{at}.1" for at in range(1, 21) if f"{at}.1" not in said] == []
    assert said.count("2)") == 20


def test_no_step_of_the_help_is_cut(printed: dict[str, Path]) -> None:
    said = " ".join(word for _, _, word in pages(printed["eight"])[-1][2])
    assert "Имя файла можно менять." in said
    assert [str(number) for number in range(1, 9) if f" {number} " not in said] == []
