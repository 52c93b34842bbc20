"""What a person sees in a LibreOffice window, asked over UNO: `python desktop_uno.py PIPE_ADDRESS QUESTION ARGUMENT…`.

Prints the answer as JSON. Run by LibreOffice's own Python, which alone is sure to have `uno`.

Things on the screen are found by what they say, through the accessibility tree, as a screen reader finds them.
"""

import json
import sys

import uno
from com.sun.star.accessibility.AccessibleRole import LABEL, PUSH_BUTTON, STATIC, TABLE

DEPTH = 14


def connect(address):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    return resolver.resolve(f"uno:{address};StarOffice.ComponentContext")


def documents(context):
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    found = desktop.Components.createEnumeration()
    while found.hasMoreElements():
        one = found.nextElement()
        if hasattr(one, "getCurrentController") and one.getCurrentController() is not None:
            yield one


def inside(accessible, depth=0):
    """Every visible thing below, from the outside in. Cells of the sheet (millions) are left out."""
    context = accessible.getAccessibleContext()
    yield context
    count = context.getAccessibleChildCount()
    if depth > DEPTH or count > 2000:
        return
    for at in range(count):
        try:
            child = context.getAccessibleChild(at)
        except Exception:  # noqa: BLE001 - whatever vanished meanwhile is not seen
            continue
        if child is not None:
            yield from inside(child, depth + 1)


def windows(context):
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    for at in range(toolkit.getTopWindowCount()):
        window = toolkit.getTopWindow(at)
        if window is not None and hasattr(window, "getAccessibleContext"):
            yield window


def opened(context):
    """Names of the files whose windows are there."""
    return [document.getURL().rpartition("/")[2] for document in documents(context)]


def places(context):
    """Caption → middle of that button on the screen; of several, the one in the foremost window."""
    found = {}
    for window in windows(context):
        for one in inside(window):
            if one.getAccessibleRole() == PUSH_BUTTON:
                point, size = one.getLocationOnScreen(), one.getSize()
                if size.Width > 0 and size.Height > 0:
                    middle = [point.X + size.Width // 2, point.Y + size.Height // 2]
                    found.setdefault(one.getAccessibleName().replace("~", ""), middle)
    return found


def place_of_cell(context, sheet, text):
    """A point of the screen inside the cell that shows this text, near its left edge, where a link would be."""
    for window in windows(context):
        for one in inside(window):
            if one.getAccessibleRole() == TABLE and sheet in one.getAccessibleName():
                page = next(iter(documents(context))).getSheets().getByName(sheet)
                found = page.createSearchDescriptor()
                found.setSearchString(text)
                found.SearchWords = True
                found.SearchType = 1
                at = page.findFirst(found).getCellAddress()
                cell = one.getAccessibleCellAt(at.Row, at.Column).getAccessibleContext()
                point, size = cell.getLocationOnScreen(), cell.getSize()
                return [point.X + 30, point.Y + size.Height // 2]
    return None


def messages(context):
    """Texts of the message boxes that wait for an answer."""
    found = []
    frames = {document.getCurrentController().getFrame().getTitle() for document in documents(context)}
    for window in windows(context):
        if window.getAccessibleContext().getAccessibleName() in frames:
            continue
        found += [one.getAccessibleName() for one in inside(window) if one.getAccessibleRole() in (LABEL, STATIC)]
    return [text for text in found if text]


def show_sheet(context, name):
    """Go to a sheet of the first document."""
    document = next(iter(documents(context)))
    document.getCurrentController().setActiveSheet(document.getSheets().getByName(name))
    return True


def save(context):
    """Save the first document as File → Save does, in the format it has."""
    next(iter(documents(context))).store()
    return True


def text(context, sheet, cell):
    """What a cell shows."""
    document = next(iter(documents(context)))
    return document.getSheets().getByName(sheet).getCellRangeByName(cell).getString()


def terminate(context):
    """End the office, unsaved changes or not."""
    for document in list(documents(context)):
        document.setModified(False)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return desktop.terminate()


QUESTIONS = {one.__name__: one for one in (opened, places, place_of_cell, messages, show_sheet, save, text, terminate)}

if __name__ == "__main__":
    _, address, question, *arguments = sys.argv
    print(json.dumps(QUESTIONS[question](connect(address), *arguments), ensure_ascii=False))
