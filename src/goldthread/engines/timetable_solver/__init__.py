"""Working a timetable out with CP-SAT (OR-tools): who does what, on which day, at which hour.

Three steps, each checked by `goldthread.domain.timetable.check`: a first plan by simple rules within a second; then
days and people by CP-SAT, beginning at that plan, better and better; and after each improvement the hours of every
day that changed. The best plan so far is always whole and can be taken at any time.
OR-tools is an optional part of the installation.
"""

from goldthread.engines.timetable_solver.solving import (
    NOT_INSTALLED,
    CannotPlan,
    Outcome,
    Progress,
    installed,
    solve,
)

__all__ = ["NOT_INSTALLED", "CannotPlan", "Outcome", "Progress", "installed", "solve"]
