"""The state of the procedure as formulas over the whole workbook: how many, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlpy.tables import schema
from xlpy.tables.formulas import YEAR
from xlpy.words import cli, panel

LAST_MESSAGES = 5

_WORKS = "COUNTA(schedule_subject)"
_ROWS = "COUNTA(results_code)"
_ABSENT = f'COUNTIF(results_variant,"{schema.ABSENT}")'
_TYPED = f"COUNT(results_points)+{_ABSENT}"


@dataclass(frozen=True, slots=True)
class State:
    """One line of the state: formulas of its number and of the word beside it."""

    count: str
    verdict: str


def _if(condition: str, yes: str, no: str) -> str:
    """IF that chooses between words, or between a word and another IF."""
    return f"IF({condition},{yes},{no})"


def _word(text: str) -> str:
    return f'"{text}"'


def _needed(count: str) -> State:
    return State(count, _if(f"{count}=0", _word(panel.WAITING), _word(panel.READY)))


def _done_of(done: str, whole: str) -> State:
    """«a из b»: ready when all are done."""
    going = _if(f"{done}=0", _word(panel.NONE), _word(panel.GOING))
    verdict = _if(f"{whole}=0", _word(panel.NONE), _if(f"{done}>={whole}", _word(panel.READY), going))
    return State(f'{done}&"{panel.OF}"&{whole}', verdict)


def _wrong(count: str) -> State:
    return State(count, _if(f"{count}>0", _word(panel.ATTENTION), _word(panel.NONE)))


def _found(severity: str, alarm: str) -> State:
    count = f'COUNTIF(findings_severity,"{severity}")'
    never = f'COUNTIF(journal_action,"{cli.ACTIONS["check"]}")=0'
    seen = _if(f"{count}>0", _word(alarm), _word(panel.NONE))
    return State(count, _if(never, _word(panel.NOT_RUN), seen))


_MEASURES_DONE = "+".join(f'COUNTIF(plan_status,"{status}")' for status in (schema.DONE, schema.NOT_NEEDED))


def state_of_procedure() -> Mapping[str, State]:
    """Return the lines by the keys of `panel.STATE`."""
    unfinished = f'COUNTIF(results_points,"{schema.UNFINISHED}")'
    suspect = f'(COUNTIF(results_points,"{schema.CHECK_IT}")+COUNTIF(results_mark,"{schema.CHECK_IT}"))'
    return {
        "settings": State(YEAR, _if(f'{YEAR}=""', _word(panel.WAITING), _word(panel.READY))),
        "classes": _needed("COUNTA(classes_school_class)"),
        "participants": _needed("COUNTA(participants_code)"),
        "works": _needed(_WORKS),
        "rows": _needed(_ROWS),
        "typed": _done_of(f"({_TYPED})", _ROWS),
        "unfinished": State(unfinished, _if(f"{unfinished}>0", _word(panel.GOING), _word(panel.NONE))),
        "suspect": _wrong(suspect),
        "absent": State(_ABSENT, _word("")),
        "marked": _done_of("COUNT(results_mark)", "COUNT(results_points)"),
        "assigned": _done_of("COUNTA(checkers_checker)", _WORKS),
        "uploaded": _done_of("COUNT(schedule_uploaded)", _WORKS),
        "plan": _done_of(f"({_MEASURES_DONE})", "COUNTA(plan_number)"),
        "errors": _found(schema.SEVERITIES[0], panel.ATTENTION),
        "warnings": _found(schema.SEVERITIES[1], panel.LOOK),
    }


_NOTED = "COUNTA(journal_action)"


def last_moment(back: int) -> str:
    """Formula of the moment of the journal's last row, or of one `back` rows before it; "" where there is none."""
    return f'IF({_NOTED}<={back},"",INDEX(journal_moment,{_NOTED}-{back}))'


def last_message(back: int) -> str:
    """Formula of what was done and came of it in the same row."""
    none = _word(panel.LAST_NONE if back == 0 else "")
    row = f"{_NOTED}-{back}"
    return f'IF({_NOTED}<={back},{none},INDEX(journal_action,{row})&": "&INDEX(journal_outcome,{row}))'
