"""The getters of xlwings' browser edition answer here too, as their properties do."""

from __future__ import annotations

import asyncio

import xlwings as xw

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.get_expanded_range",
    "Range.get_current_region",
    "Range.get_merge_area",
    "Range.get_merge_cells",
    "Range.get_table",
    "Range.get_formula",
    "Range.get_formula_array",
    "Range.get_column_width",
    "Range.get_row_height",
    "Range.get_left",
    "Range.get_top",
    "Range.get_width",
    "Range.get_height",
    "Range.get_row_hidden",
    "Range.get_column_hidden",
)


def test_what_is_awaited_is_what_stands_in_the_sheet(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("B2:C3").setDataArray(((1.0, 2.0), (3.0, 4.0)))
    raw.cell("E5:F5").merge(True)
    raw.cell("H1:H2").setArrayFormula("=B2:B3*2")
    raw.cell("A7").Rows.IsVisible = False
    raw.cell("A1").Columns.Width = 2540
    # Through the engine's own objects: the range of xlwings 0.36 has none of these members.
    start, merged, array = (sheet[at].impl for at in ("B2", "F5", "H1:H2"))

    async def ask() -> list[object]:
        return [
            (await start.get_expanded_range()).address,
            (await start.get_current_region()).address,
            (await merged.get_merge_area()).address,
            await merged.get_merge_cells(),
            await start.get_table(),
            await start.get_formula(),
            await array.get_formula(),
            await array.get_formula_array(),
            await start.get_formula_array(),
            round((await sheet["A1"].impl.get_column_width()) or 0),
            await sheet["A7"].impl.get_row_hidden(),
            await sheet["A6:A7"].impl.get_row_hidden(),
            await start.get_column_hidden(),
            round(await start.get_left()),
        ]

    assert asyncio.run(ask()) == [
        "$B$2:$C$3",
        "$B$2:$C$3",
        "$E$5:$F$5",
        True,
        None,
        [["1"]],
        [["=B2:B3*2"], ["=B2:B3*2"]],
        "=B2:B3*2",
        None,
        72,
        True,
        None,
        False,
        72,
    ]

    async def ask_for_sizes() -> list[float]:
        return [await start.get_top(), await start.get_width(), await start.get_height(), await start.get_row_height()]

    top, width, height, row_height = asyncio.run(ask_for_sizes())
    bare = raw.cell("B2")
    for points, hundredths in ((top, bare.Position.Y), (width, bare.Size.Width), (height, bare.Size.Height)):
        assert abs(points - hundredths * 72 / 2540) < 0.05
    assert abs(row_height - bare.Rows.Height * 72 / 2540) < 0.05
