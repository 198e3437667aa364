"""Everything that changes what a submission is compared with, and how its series are drawn."""

from goldthread.apps.comparison.actions.loading import compare_as, load
from goldthread.apps.comparison.actions.watching import NO_TARGET, rebase, set_target, take_back_limits

__all__ = ["NO_TARGET", "compare_as", "load", "rebase", "set_target", "take_back_limits"]
