"""What can stop an action. Bad data is never here: it is a finding with its cell.

    XlpyError
    ├── InputError          the user's file or argument is not what is needed: mend it and try again
    │   ├── WorkbookError   not a workbook, encrypted, truncated, too large; a sheet or column missing
    │   ├── ImportFileError a CSV or form to import cannot be understood
    │   └── TemplateError   a Word template is missing or broken
    ├── DiskError           the file is fine, the disk is not
    │   ├── LockedError     another program or person has the file open
    │   └── SaveError       the file could not be written; the old one is untouched
    └── HostError           Excel or LibreOffice is not there, gone, busy, or has the book open for reading only

Every error carries a `code`, by which `words.errors` finds the Russian sentence, and its parameters.
"""

from __future__ import annotations


class XlpyError(Exception):
    """Base of all errors a user may meet. `code` is a key of `words.errors.SENTENCES`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class InputError(XlpyError):
    """The user's file or argument is not what is needed."""


class WorkbookError(InputError):
    """The workbook cannot be read as one: its kind, its sheets, its columns, its size."""


class ImportFileError(InputError):
    """A file to import from cannot be understood."""


class TemplateError(InputError):
    """A Word template is missing or cannot be rendered."""


class DiskError(XlpyError):
    """The disk, not the data, is in the way."""


class LockedError(DiskError):
    """Another program has the file open; `params["who"]` names it where the lock says so."""


class SaveError(DiskError):
    """The file could not be written; what was on disk is untouched."""


class HostError(XlpyError):
    """The program that holds the open workbook: not found, silent, gone, or busy."""
