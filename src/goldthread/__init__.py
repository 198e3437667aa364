"""Goldthread: an inspection workbench for children's services in England.

`check` runs the Department's rules over a statutory return: see `goldthread.checking`. `suggest` and `mend` make a
corrected copy of one: see `goldthread.mending`. All are fetched when they are first asked for, so that what needs no
data frames does not wait for them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.checking import Checked, Issue, NotRun, check
    from goldthread.kernel.refusal import Refused
    from goldthread.mending import Mended, Suggested, mend, suggest

__all__ = ["Checked", "Issue", "Mended", "NotRun", "Refused", "Suggested", "check", "mend", "suggest"]

_OF_MENDING = frozenset({"Mended", "Suggested", "mend", "suggest"})


def __getattr__(name: str) -> Any:
    if name in __all__:
        from goldthread import checking, mending

        return getattr(mending if name in _OF_MENDING else checking, name)
    raise AttributeError(f"module 'goldthread' has no attribute '{name}'")
