"""A made-up school: believable, calibrated on published totals, with the truth about its planted slips."""

from __future__ import annotations

# What `xlpy demo` makes unless asked for something else; here, so that the command line need not load the room.
DEFAULT_CLASSES = 25
DEFAULT_SEED = 2021
