"""Everything that changes what a submission is compared with."""

from goldthread.apps.comparison.actions.loading import compare_as, load

__all__ = ["compare_as", "load"]
