"""The table of buttons for the README, from their declaration."""

from __future__ import annotations

from xlpy.words.install import SHORTCUTS
from xlpy.words.panel import BUTTONS, MANUAL_COLUMNS


def buttons_table() -> str:
    """Markdown: every button with what it does, its keys and its command."""
    rows = [
        (caption, does, SHORTCUTS.get(action, ""), f"`{command}`" if command else "")
        for action, (caption, does, command) in BUTTONS.items()
    ]
    lines = [MANUAL_COLUMNS, ("---",) * len(MANUAL_COLUMNS), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
