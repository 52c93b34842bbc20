"""Is it true: rules that find what is wrong in the entries, each with its cell. They judge data, never people."""
