"""Forms in the folder from which they are handed out: what lies there, what becomes of it, what is said of that."""
