"""Other systems: what comes in as their files and goes out in their forms. Opens no workbook itself."""
