"""The command line: the twin of every button, for when macros are blocked and for servers without an office program.

Exit code: 0 done, 1 findings or no complete assignment, 2 could not be done. With `--json` stdout holds one object.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from xlpy import (
    __version__,
    asking,
    assigning_region,
    collect_commands,
    commands,
    duty_commands,
    form_commands,
    journal_commands,
    packet_commands,
    setting_up,
)
from xlpy.console import complain, load_click, prepare_streams, say_json
from xlpy.demo import DEFAULT_CLASSES, DEFAULT_SEED
from xlpy.errors import XlpyError
from xlpy.shell import log_failure
from xlpy.words import cli, panel, region, repairs
from xlpy.words import collecting as collect_words
from xlpy.words import duties as duty_words
from xlpy.words import handing_out as form_words
from xlpy.words import journal as journal_words
from xlpy.words import packet as packet_words
from xlpy.words import why as why_words
from xlpy.words.errors import sentence

CANNOT = 2

click: Any = load_click()


# click is loaded at run time with Russian words, so its types are not seen.
class _Day(click.ParamType):  # type: ignore[misc]
    """A day written dd.mm.yyyy or yyyy-mm-dd."""

    name = "day"

    def convert(self, value: object, param: object, ctx: object) -> date:
        """Return the day; a text that is none is a wrong word on the command line."""
        if isinstance(value, date):
            return value
        try:
            return commands.parse_day(str(value))
        except XlpyError as error:
            return self.fail(sentence(error), param, ctx)  # type: ignore[no-any-return]


class _InOrder(click.Group):  # type: ignore[misc]
    """Commands in the order of the work, not of the alphabet."""

    def list_commands(self, _context: object) -> list[str]:
        """Return the names as they were declared."""
        return list(COMMANDS)


def _book() -> Any:
    return click.Argument(["path"], type=click.Path(path_type=Path), metavar=cli.BOOK_NAME)


def _maybe_book() -> Any:
    return click.Argument(["path"], type=click.Path(path_type=Path), metavar=cli.MAYBE_BOOK_NAME, required=False)


def _button() -> Any:
    return click.Argument(["action"], type=click.Choice(list(panel.BUTTONS)), metavar=cli.BUTTON_NAME)


def _folder() -> Any:
    return click.Argument(["folder"], type=click.Path(path_type=Path), metavar=cli.FOLDER_NAME)


def _path_option(*names: str, help: str, metavar: str = cli.FOLDER_NAME, default: Path | None = None) -> Any:  # noqa: A002
    return click.Option(names, type=click.Path(path_type=Path), help=help, metavar=metavar, default=default)


def _number_option(name: str, *, default: int, low: int, high: int | None, help: str) -> Any:  # noqa: A002
    kind = click.IntRange(low, high)
    return click.Option([name], type=kind, default=default, show_default=True, metavar=cli.NUMBER_NAME, help=help)


def _text_option(option: str, name: str, metavar: str, help: str) -> Any:  # noqa: A002
    return click.Option([option, name], metavar=metavar, help=help)


def _needed(option: str, name: str, metavar: str, help: str) -> Any:  # noqa: A002
    return click.Option([option, name], metavar=metavar, help=help, required=True)


def _today() -> Any:
    return click.Option(["--today"], type=_Day(), metavar=cli.DATE_NAME, help=cli.TODAY)


def _out() -> Any:
    return _path_option("--out", help=cli.OUT)


def _demo(folder: Path, classes: int, seed: int, clean: bool, today: date | None, show: commands.Printer) -> int:
    return commands.demo(folder, commands.Wish(classes, seed, clean), today, show)


# Command: what it runs and its parameters; each takes --json besides. Its help stands in `words.cli.COMMANDS`.
COMMANDS: dict[str, tuple[Callable[..., int], Callable[[], list[Any]]]] = {
    "new": (commands.new, lambda: [_folder(), _path_option("--from", "source", help=cli.FROM), _today()]),
    "build": (
        commands.build,
        lambda: [
            _path_option("--out", help=cli.OUT_FILE, metavar=cli.FILE_NAME, default=Path("vpr_workbook.xlsm")),
        ],
    ),
    "demo": (
        _demo,
        lambda: [
            _folder(),
            _number_option("--classes", default=DEFAULT_CLASSES, low=1, high=100, help=cli.CLASSES),
            _number_option("--seed", default=DEFAULT_SEED, low=0, high=None, help=cli.SEED),
            click.Option(["--clean"], is_flag=True, help=cli.CLEAN),
            _today(),
        ],
    ),
    "prepare": (commands.prepare, lambda: [_book(), _today()]),
    "upgrade": (commands.upgrade, lambda: [_book(), _today()]),
    "check": (commands.check, lambda: [_book(), _today()]),
    "assign": (
        commands.assign,
        lambda: [
            _book(),
            click.Option(["--keep", "regard"], flag_value="keep", help=cli.KEEP),
            click.Option(["--fresh", "regard"], flag_value="fresh", help=cli.FRESH),
            click.Option(["--accept"], metavar=repairs.ACCEPT_NAME, help=repairs.ACCEPT),
            _today(),
        ],
    ),
    "assign-region": (
        assigning_region.assign_region,
        lambda: [
            _folder(),
            _path_option("--neighbours", help=region.NEIGHBOURS, metavar=cli.FILE_NAME),
            _path_option("--out", help=region.OUT),
            click.Option(["--keep"], is_flag=True, help=region.KEEP),
            _today(),
        ],
    ),
    "observers": (
        duty_commands.observers,
        lambda: [
            _book(),
            _text_option("--refused", "refused", duty_words.PERSON_NAME, duty_words.REFUSED_OPTION),
            click.Option(["--date", "on_day"], type=_Day(), metavar=cli.DATE_NAME, help=duty_words.REFUSED_DATE),
            _text_option("--class", "school_class", duty_words.CLASS_NAME, duty_words.REFUSED_CLASS),
            _today(),
        ],
    ),
    "organisers": (
        duty_commands.organisers,
        lambda: [_book(), click.Option(["--replace"], is_flag=True, help=duty_words.REPLACE_OPTION), _today()],
    ),
    "why": (
        asking.why,
        lambda: [
            _book(),
            _needed("--class", "school_class", why_words.CLASS_NAME, why_words.CLASS_HELP),
            _needed("--subject", "subject", why_words.SUBJECT_NAME, why_words.SUBJECT_HELP),
            _text_option("--teacher", "teacher", why_words.TEACHER_NAME, why_words.TEACHER_HELP),
            click.Option(["--recheck"], is_flag=True, help=why_words.RECHECK_HELP),
        ],
    ),
    "distribution": (commands.distribution, lambda: [_book(), _out(), _today()]),
    "forms": (
        form_commands.forms,
        lambda: [_book(), _path_option("--out", help=form_words.OUT_HELP), _today()],
    ),
    "collect": (
        collect_commands.collect,
        lambda: [
            _book(),
            click.Argument(
                ["folder"], type=click.Path(path_type=Path), metavar=collect_words.FOLDER_NAME, required=False
            ),
            click.Option(
                ["--take"],
                type=click.Choice(collect_words.TAKES),
                metavar=collect_words.TAKE_NAME,
                help=collect_words.TAKE,
            ),
            _text_option("--only", "only", collect_words.ONLY_NAME, collect_words.ONLY),
            _today(),
        ],
    ),
    "journal": (
        journal_commands.journal,
        lambda: [
            _book(),
            click.Argument(["file"], type=click.Path(path_type=Path), metavar=journal_words.FILE_NAME),
            _text_option("--columns", "columns", journal_words.COLUMNS_NAME, journal_words.COLUMNS_HELP),
            click.Option(["--yes"], is_flag=True, help=journal_words.YES_HELP),
            click.Option(["--replace"], is_flag=True, help=journal_words.REPLACE_HELP),
            _today(),
        ],
    ),
    "protocols": (commands.protocols, lambda: [_book(), _out(), _today()]),
    "report": (commands.report, lambda: [_book(), _out(), _today()]),
    "packet-out": (
        packet_commands.packet_out,
        lambda: [
            _book(),
            _text_option("--class", "school_class", packet_words.CLASS_NAME, packet_words.CLASS_HELP),
            _text_option("--subject", "subject", packet_words.SUBJECT_NAME, packet_words.SUBJECT_HELP),
            click.Option(["--external"], is_flag=True, help=packet_words.EXTERNAL_HELP),
            _out(),
            _today(),
        ],
    ),
    "packet-in": (
        packet_commands.packet_in,
        lambda: [
            _book(),
            click.Argument(
                ["files"], type=click.Path(path_type=Path), metavar=packet_words.FILES_NAME, nargs=-1, required=True
            ),
            click.Option(["--replace"], is_flag=True, help=packet_words.REPLACE_HELP),
            _today(),
        ],
    ),
    "install": (setting_up.install, lambda: [_maybe_book()]),
    "uninstall": (setting_up.uninstall, list),
    "doctor": (setting_up.doctor, lambda: [_maybe_book()]),
    "open": (setting_up.open_book, lambda: [_book()]),
    "watch": (commands.watch, lambda: [_book(), _today()]),
    "press": (commands.press, lambda: [_button(), click.Argument(["book"], metavar=cli.BOOK_NAME)]),
    "undo": (commands.undo, lambda: [_book()]),
}


def _refuse(message: str, code: str, as_json: bool) -> int:
    if as_json:
        say_json({"error": {"code": code, "message": message}})
    complain(message)
    return CANNOT


def _guarded(command: Callable[..., int]) -> Callable[..., None]:
    """The command as the shell sees it: its exit code, and no traceback whatever happens."""

    def run(*, as_json: bool, **given: object) -> None:
        try:
            code = command(**given, show=commands.print_json if as_json else commands.print_words)
        except XlpyError as error:
            code = _refuse(sentence(error), error.code, as_json)
        except KeyboardInterrupt:
            code = _refuse(cli.INTERRUPTED, "interrupted", as_json)
        except BrokenPipeError:
            # The reader of our output has gone; there is nobody to tell.
            code = CANNOT
        except Exception as error:  # noqa: BLE001 - the one place where the unexpected ends: in the log, not on screen
            code = _refuse(cli.UNEXPECTED.format(log=log_failure(error)), "unexpected", as_json)
        click.get_current_context().exit(code)

    return run


def _command(name: str) -> Any:
    run, parameters = COMMANDS[name]
    json_option = click.Option(["--json", "as_json"], is_flag=True, help=cli.JSON)
    return click.Command(
        name,
        callback=_guarded(run),
        params=[*parameters(), json_option],
        help=cli.COMMANDS[name],
        short_help=cli.SHORT[name],
        options_metavar=cli.OPTIONS_NAME,
    )


def make_app() -> Any:
    """Return the command line as a click group."""
    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, help=cli.VERSION, callback=_say_version
    )
    return _InOrder(
        "xlpy",
        commands={name: _command(name) for name in COMMANDS},
        params=[version],
        help=cli.ABOUT,
        no_args_is_help=True,
        options_metavar=cli.OPTIONS_NAME,
        subcommand_metavar=cli.COMMAND_NAME,
    )


def _say_version(context: Any, _option: Any, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"xlpy {__version__}")
        context.exit()


def main() -> None:
    """Run the command line."""
    prepare_streams()
    make_app()(prog_name="xlpy")


if __name__ == "__main__":
    main()
