"""Plugins for kg: one module each. `pyproject.toml` names them as entry points."""
