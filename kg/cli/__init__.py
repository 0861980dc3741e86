"""The command line: parse, call, print. The last room of the flow; it may use all others, and loads them lazily."""
