"""Many schools at once: whose papers are checked in which other school. Reads workbooks, never changes one."""
