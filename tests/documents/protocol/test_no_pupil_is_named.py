from __future__ import annotations

import zipfile
from pathlib import Path

from tests.documents.protocol.made_up_school import NAMES, school, write


def test_no_name_of_a_participant_stands_in_any_part_of_any_protocol(tmp_path: Path) -> None:
    files = write(school(), tmp_path)
    assert files
    for path in files:
        with zipfile.ZipFile(path) as package:
            everything = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
        assert "50001" in everything
        assert not [word for name in NAMES for word in name.split() if word in everything or word in path.name]
