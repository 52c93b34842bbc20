"""An xlwings engine for LibreOffice Calc: `xw.Book` and `Range` over UNO. Uses nothing of xlwings.pro."""

from __future__ import annotations


def register() -> None:
    """Make the engine known to xlwings once, and the active one where no Excel engine is there."""
    import xlwings

    from xlpy.libreoffice.engine import Engine
    from xlpy.libreoffice.uncovered import complete

    if any(engine.name == Engine.name for engine in xlwings.engines):
        return
    complete()
    engine = xlwings.Engine(impl=Engine())
    xlwings.engines.add(engine)
    if not any(one.name == "excel" for one in xlwings.engines):
        engine.activate()
