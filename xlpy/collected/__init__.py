"""What collecting stands on: the files of a folder read as forms, and the record of what was settled."""
