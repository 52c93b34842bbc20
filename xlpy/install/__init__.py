"""Set-up: what a computer needs so that the workbook's buttons work, and whether it is all there."""
