"""What is due: working days, dates counted from anchors."""
