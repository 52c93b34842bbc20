"""An open workbook through xlwings: the door's third adapter, for Excel and for LibreOffice."""
