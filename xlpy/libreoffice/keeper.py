"""Keeps one office: run as a program of its own, it ends the office and removes its profile when its asker is gone.

`python keeper.py PROFILE COMMAND…` starts the command, prints its process number and then waits for whichever comes
first: the office ends by itself (or crashes), or standard input ends, which it does when the asker closes it or dies,
by whatever signal. Works the same on every system, for a pipe is all that it stands on. Imports nothing of ours.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

_TRIES, _PAUSE = 50, 0.1


def end(office: subprocess.Popen[bytes]) -> None:
    """End the office at once: its launcher is a script whose children are the office."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/PID", str(office.pid), "/T", "/F"], capture_output=True, check=False)
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(office.pid, signal.SIGKILL)


def end_when_asked(office: subprocess.Popen[bytes]) -> None:
    """End the office when standard input ends."""
    sys.stdin.read()
    end(office)


def remove(folder: str) -> None:
    """Remove a folder into which a dying process may still write."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):  # noqa: PTH110 - pathlib is too slow a start for this
            return
        time.sleep(_PAUSE)


def main(profile: str, command: list[str]) -> None:
    """Start the office, wait for its end, clean up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    quiet = subprocess.DEVNULL
    office = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    print(office.pid, flush=True)  # noqa: T201 - this is how the asker learns it
    threading.Thread(target=end_when_asked, args=(office,), daemon=True).start()
    office.wait()
    end(office)
    remove(profile)
    # The thread may still be reading: leaving in the ordinary way would wait for it.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
