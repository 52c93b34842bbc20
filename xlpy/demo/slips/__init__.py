"""Slips sheet by sheet: each is planted where it causes one finding and hides no other."""
