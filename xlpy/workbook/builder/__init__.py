"""The empty workbook made from source: sheets as declared, formulas, limits, panel and macros."""
