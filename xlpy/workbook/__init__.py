"""The door: one small port through which every program that holds a workbook is seen."""
