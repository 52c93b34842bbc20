"""LibreOffice's settings of one user: trust one folder, listen on the user's own pipe, know the keys of the buttons.

Works on the bytes of the file and on the record of what stood there; reads and writes nothing. The level of macro
security is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote
from xml.sax.saxutils import escape

from xlpy.install.keeping import Kept, Record, with_setting
from xlpy.install.registry import Key, key_command, list_value, one_value, put, settings_in, take, text_of
from xlpy.words.install import SHORTCUTS

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
TRUSTED = Key(_SCRIPTING, "SecureURL")
LEVEL = Key(_SCRIPTING, "MacroSecurityLevel")
FORBIDDEN = Key(_SCRIPTING, "DisableMacrosExecution")
PIPE = Key("/org.openoffice.Setup/Office", "ooSetupConnectionURL")
HIGH = 2
_KEYS = (
    "/org.openoffice.Office.Accelerators/PrimaryKeys/Modules/"
    "org.openoffice.Office.Accelerators:Module['com.sun.star.sheet.SpreadsheetDocument']"
)
_MACRO = "vnd.sun.star.script:VBAProject.VprButtons.Vpr{name}?language=Basic&location=document"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, found done or left alone: a key of `words.install.STEPS` and what its sentence needs."""

    key: str
    params: dict[str, str]


Changed = tuple[bytes, Record, tuple[Step, ...]]


def pipe_setting(pipe: str) -> str:
    """What LibreOffice is told to listen on: a pipe, never a port."""
    return f"pipe,name={pipe};urp;"


def trusted_in(source: bytes) -> tuple[str, ...]:
    """Addresses that the user trusts."""
    found = settings_in(source).get(TRUSTED)
    return tuple(text for text in found.texts if text) if found else ()


def value_in(source: bytes, key: Key) -> str | None:
    """Text of a setting that has one, or None."""
    found = settings_in(source).get(key)
    return found.texts[0] if found and found.texts else None


def prepare(source: bytes, record: Record, *, addresses: Sequence[str], pipe: str) -> Changed:
    """The file as it has to be, the record of what was there, what was done. Raises ValueError for a broken file."""
    source, record, trusted = _trust(source, record, addresses)
    source, record, piped = _listen(source, record, pipe)
    source, record, keyed = _bind(source, record)
    return source, record, (*trusted, *piped, *keyed, *_level(source))


def restore(source: bytes, record: Record) -> tuple[bytes, tuple[Step, ...]]:
    """The file as it was before us; what the user has changed since stays as it is. Raises ValueError."""
    source = _distrust(source, record)
    steps = []
    for kept in record.settings:
        key = Key(kept.path, kept.name)
        if _texts(source, key) != _texts(put(source, key, kept.ours), key):
            steps.append(Step("left", {"name": kept.name}))
        elif kept.old is None:
            source = take(source, key)
        else:
            source = put(source, key, kept.old)
    return source, tuple(steps)


def _texts(source: bytes, key: Key) -> list[str] | None:
    found = settings_in(source).get(key)
    return found.texts if found else None


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _trust(source: bytes, record: Record, addresses: Sequence[str]) -> Changed:
    steps = []
    for address in addresses:
        known = trusted_in(source)
        if any(_same(address, one) for one in known):
            steps.append(Step("trusted_already", {"folder": unquote(address.removeprefix("file://"))}))
            continue
        old = text_of(source, TRUSTED)
        if not record.trusted:
            record = replace(record, trusted_before=old)
        source = put(source, TRUSTED, _with_address(old, address))
        record = replace(record, trusted=(*record.trusted, address))
        steps.append(Step("trusted", {"folder": unquote(address.removeprefix("file://"))}))
    return source, record, tuple(steps)


def _with_address(old: str | None, address: str) -> str:
    """The list with one more address, the rest of it as it was."""
    one = f"<it>{escape(address)}</it>"
    if old is not None and "</value>" in old:
        return old.replace("</value>", f"{one}</value>")
    if old is not None and re.search(r"<value\s*/>", old):
        return re.sub(r"<value\s*/>", lambda _: f"<value>{one}</value>", old)
    return list_value(TRUSTED.name, [address])


def _distrust(source: bytes, record: Record) -> bytes:
    now = text_of(source, TRUSTED)
    if now is None or not record.trusted:
        return source
    rest = now
    for address in record.trusted:
        rest = rest.replace(f"<it>{escape(address)}</it>", "")
    without = put(source, TRUSTED, rest)
    before = record.trusted_before
    if trusted_in(without):
        same = before is not None and trusted_in(put(source, TRUSTED, before)) == trusted_in(without)
        return put(source, TRUSTED, before) if same and before is not None else without
    return take(source, TRUSTED) if before is None else put(source, TRUSTED, before)


def _listen(source: bytes, record: Record, pipe: str) -> Changed:
    wanted, now = pipe_setting(pipe), value_in(source, PIPE)
    if now == wanted:
        return source, record, (Step("pipe_already", {}),)
    text = one_value(PIPE.name, wanted)
    kept = Kept(PIPE.path, PIPE.name, text_of(source, PIPE), text)
    step = Step("pipe_replaced", {"old": now}) if now else Step("pipe", {})
    return put(source, PIPE, text), with_setting(record, kept), (step,)


def _bind(source: bytes, record: Record) -> Changed:
    """Give each main button its key; a key on which the user has something else stays the user's."""
    taken = []
    for action, shown in SHORTCUTS.items():
        key = Key(_KEYS, f"{shown[-1]}_SHIFT_MOD1")
        command = _MACRO.format(name=action.capitalize())
        now = _texts(source, key)
        if now is not None:
            taken += [] if now == [command] else [shown]
            continue
        text = key_command(key.name, command)
        source = put(source, key, text)
        record = with_setting(record, Kept(key.path, key.name, None, text))
    step = Step("keys_taken", {"keys": ", ".join(taken)}) if taken else Step("keys", {})
    return source, record, (step,)


def _level(source: bytes) -> tuple[Step, ...]:
    level = value_in(source, LEVEL)
    steps = []
    if level is not None and level.isdigit() and int(level) < HIGH:
        steps.append(Step("level_low", {}))
    if value_in(source, FORBIDDEN) == "true":
        steps.append(Step("macros_forbidden", {}))
    return tuple(steps)
