"""What the numbers say: totals, marks, indicators, tasks. Knows no files."""
