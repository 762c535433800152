"""Why a document doesn't fit: a second pass that names each cause at its place and goes on behind it."""

from teipipe.relaxng.explaining.report import Knowledge
from teipipe.relaxng.explaining.walk import explain
from teipipe.relaxng.explaining.wording import Habit, Habits

__all__ = ["Habit", "Habits", "Knowledge", "explain"]
