"""An e-journal's export, whatever its layout: grids, the book's tables and people's words on columns → a plan.

Opens no file and asks nobody: what cannot be told from the file comes back as a question.
"""
