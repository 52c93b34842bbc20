"""What is written: Word documents from the workbook's tables. The only room that knows docx and docxtpl."""
