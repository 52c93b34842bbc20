"""Windows of the office: shown or not, taking input or not, painting or not, and questions to the user."""

from __future__ import annotations

from typing import Any

from .desk import Desk
from .runtime import enum

# Numbers of com.sun.star.awt.MessageBoxButtons and what com.sun.star.awt.MessageBoxResults says of them.
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}


def _windows(desk: Desk) -> list[Any]:
    return [one.getCurrentController().getFrame().getContainerWindow() for one in desk.documents()]


def windows_visible(desk: Desk) -> bool:
    """Whether any window of a document shows."""
    return any(window.isVisible() for window in _windows(desk))


def show_windows(desk: Desk, visible: bool) -> None:
    """Show or hide the windows of all documents."""
    for window in _windows(desk):
        window.setVisible(visible)


def takes_input(desk: Desk) -> bool:
    """Whether the user's keyboard and mouse reach the documents."""
    return all(window.isEnabled() for window in _windows(desk))


def set_takes_input(desk: Desk, taking: bool) -> None:
    """Let the user's keyboard and mouse reach the documents or not."""
    for window in _windows(desk):
        window.setEnable(taking)


def paints(desk: Desk) -> bool:
    """Whether documents paint what changes."""
    return not any(one.hasControllersLocked() for one in desk.documents())


def set_paints(desk: Desk, painting: bool) -> None:
    """Let documents paint what changes, or wait with it."""
    for document in desk.documents():
        if painting:
            while document.hasControllersLocked():
                document.unlockControllers()
        elif not document.hasControllersLocked():
            document.lockControllers()


def ask(desk: Desk, prompt: str, title: str, buttons: str, is_critical: bool) -> str:
    """Show a box and wait for the user's answer: "ok", "cancel", "yes" or "no". Raises ValueError without a window."""
    shown = [window for window in _windows(desk) if window.isVisible()]
    if not shown:
        raise ValueError("no window")
    toolkit = desk.service("com.sun.star.awt.Toolkit")
    kind = "QUERYBOX" if buttons.startswith("yes") else "INFOBOX" if buttons == "ok" else "MESSAGEBOX"
    box = toolkit.createMessageBox(
        shown[0], enum("awt.MessageBoxType", "ERRORBOX" if is_critical else kind), _BUTTONS[buttons], title, prompt
    )
    return _ANSWERS[box.execute()]


VERBS: dict[str, Any] = {
    "windows_visible": windows_visible,
    "show_windows": show_windows,
    "takes_input": takes_input,
    "set_takes_input": set_takes_input,
    "paints": paints,
    "set_paints": set_paints,
    "ask": ask,
}
