"""Everything that changes what a submission is compared with, and how its series are drawn."""

from goldthread.apps.comparison.actions.grading import (
    note_grade,
    note_grades_of_file,
    record_history,
    take_back_grade,
)
from goldthread.apps.comparison.actions.loading import compare_as, load
from goldthread.apps.comparison.actions.recurring import note_theme, take_back_theme
from goldthread.apps.comparison.actions.shelving import shelve_comparison, shelve_series
from goldthread.apps.comparison.actions.watching import NO_TARGET, rebase, set_target, take_back_limits

__all__ = [
    "NO_TARGET",
    "compare_as",
    "load",
    "note_grade",
    "note_grades_of_file",
    "note_theme",
    "rebase",
    "record_history",
    "set_target",
    "shelve_comparison",
    "shelve_series",
    "take_back_grade",
    "take_back_limits",
    "take_back_theme",
]
