"""Measurements, apart from the tests: they say how fast, never whether right."""
