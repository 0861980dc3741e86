"""Settings of all tests: Hypothesis judges what is right, never how fast a shared machine was."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")
