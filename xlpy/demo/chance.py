"""Chance with a seed: each part of the school draws from its own, so that a change in one leaves the others alone."""

from __future__ import annotations

from random import Random


def chance(of: str, seed: int) -> Random:
    """Return a source of chance that is the same for the same part and seed, on every machine."""
    return Random(f"{of} {seed}")  # noqa: S311 - a made-up school has no secrets
