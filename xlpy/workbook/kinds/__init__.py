"""Workbooks of strangers, a module a kind: .xlsx, .xls, .xlsb, .ods. Nothing that a file says of itself is trusted."""
