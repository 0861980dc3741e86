"""Tests of kg/serve: the server is started as a user would, and asked by real clients."""
