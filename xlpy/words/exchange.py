"""What is said of files that come from other systems."""

from __future__ import annotations

LEFT_COLUMNS = "{path}: не взяты столбцы, которых нет в книге: {columns}."
LEFT_FILE = "{path}: не взят, потому что листа с таким именем в книге нет."
UNNAMED = "(без заголовка)"
