"""`xlpy watch`: checks a workbook after each save, by whatever program, and keeps the findings on a page beside it.

For machines where macros are forbidden. Nothing is ever written into the workbook: somebody has it open. The file is
looked at twice a second rather than listened to: schools keep their books on network disks, which tell nobody of a
change, and looking needs no package.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.actions import Stamp
from xlpy.errors import XlpyError
from xlpy.words import watch as words
from xlpy.words.errors import sentence

if TYPE_CHECKING:
    from xlpy.checks.findings import Finding

_PAUSE_SECONDS = 0.5
# A file may lie half written for a while; one that nobody goes on writing for so many looks is what it will stay.
_PATIENCE = 10

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one save: the findings, or why the workbook could not be checked. `page` is where it stands."""

    stamp: Stamp
    page: Path
    findings: tuple[Finding, ...] | None
    why: str = ""


def page_of(book: Path) -> Path:
    """The page that belongs to a workbook: in its folder, by its name."""
    return book.with_name(words.FILE.format(stem=book.stem))


def signature_of(path: Path) -> Signature | None:
    """What changes when a file is saved, rewritten in place or replaced by another; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _sleep() -> None:
    time.sleep(_PAUSE_SECONDS)


def watch(
    book: Path,
    clock: Callable[[], Stamp],
    tell: Callable[[Run], None],
    log: Callable[[BaseException], Path],
    wait: Callable[[], None] = _sleep,
) -> None:
    """Check `book` now and after each save, until Ctrl+C. Each run is told; none ends the watch.

    `wait` passes the time between two looks at the file.
    """
    watched = _Watched(book, clock, tell, log)
    try:
        while True:
            watched.look()
            wait()
    except KeyboardInterrupt:
        return


class _Watched:
    """One workbook from look to look."""

    def __init__(
        self, book: Path, clock: Callable[[], Stamp], tell: Callable[[Run], None], log: Callable[[BaseException], Path]
    ) -> None:
        self._book, self._clock, self._tell, self._log = book, clock, tell, log
        self._seen: Signature | None = None
        self._unchanged = 0
        self._is_told = False
        self._findings: tuple[Finding, ...] | None = None

    def look(self) -> None:
        """See whether the file was saved; check it when two looks in a row find it the same."""
        now = signature_of(self._book)
        if now != self._seen:
            self._seen, self._unchanged, self._is_told = now, 0, False
            return
        self._unchanged += 1
        if not self._is_told:
            self._try(is_last=self._unchanged >= _PATIENCE)

    def _try(self, *, is_last: bool) -> None:
        """Check; what cannot be read may still be half written, so that is told only when it stays so."""
        from xlpy import actions
        from xlpy.workbook.closed import ClosedWorkbook

        stamp = self._clock()
        try:
            findings = actions.check(ClosedWorkbook(self._book), stamp)
        except XlpyError as error:
            if is_last:
                self._refuse(stamp, sentence(error))
            return
        except Exception as error:  # noqa: BLE001 - a watch goes on; the traceback is in the log
            self._refuse(stamp, words.UNEXPECTED.format(log=self._log(error)))
            return
        if signature_of(self._book) != self._seen:
            # It was saved while we read: the next look will see that.
            return
        self._findings, self._is_told = findings, True
        self._show(Run(stamp, page_of(self._book), findings))

    def _refuse(self, stamp: Stamp, why: str) -> None:
        self._is_told = True
        self._show(Run(stamp, page_of(self._book), None, why))

    def _show(self, run: Run) -> None:
        """Put the page in place and tell; a page that the disk refuses is told in place of the findings."""
        from xlpy.documents.files import write_document

        try:
            write_document(run.page, self._page(run).encode())
        except XlpyError as error:
            run = Run(run.stamp, run.page, run.findings, sentence(error))
        self._tell(run)

    def _page(self, run: Run) -> str:
        from xlpy.actions import summary_of
        from xlpy.documents.findings_page import findings_page, refused_page

        counts = "" if self._findings is None else summary_of(self._findings)
        if run.findings is not None:
            return findings_page(self._book.name, run.findings, counts, run.stamp.moment)
        return refused_page(self._book.name, self._findings, counts, run.stamp.moment, run.why)
