"""What `xlpy doctor` says of one link; the sentences stand in `words.install.CHECKS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One link of the chain: whether it holds, and what its sentences need."""

    key: str
    ok: bool
    params: Mapping[str, str]
