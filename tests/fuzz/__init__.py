"""Hostile and broken input: every reader, the whole flow, the patterns; `benchmarks/fuzz.py` is the long form."""
