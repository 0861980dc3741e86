"""Tests of kg/readers, a module a format, and one contract test over all of them."""
