"""The workbook of a small school, a fresh one for each test."""

from __future__ import annotations

from tests.small_school import book, small_school

__all__ = ["book", "small_school"]
