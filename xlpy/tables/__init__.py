"""What is known: the declared sheets, and their tables read and typed."""
