"""xlpy: the Python behind vpr_workbook.xlsm, which helps a school run its national check works honestly."""

__version__ = "0.1.0"
