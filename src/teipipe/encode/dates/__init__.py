"""Dates: what a historian writes, and what it means by the calendar."""

from __future__ import annotations

from teipipe.encode.dates.marking import dates_in

__all__ = ["dates_in"]
