"""A made-up school: believable, calibrated on published totals, with the truth about its planted slips."""
