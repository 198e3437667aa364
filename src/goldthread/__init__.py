"""Goldthread: an inspection workbench for children's services in England.

`check` runs the Department's rules over a statutory return: see `goldthread.checking`. It is fetched when it is first
asked for, so that what needs no data frames does not wait for them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.checking import Checked, Issue, NotRun, check
    from goldthread.kernel.refusal import Refused

__all__ = ["Checked", "Issue", "NotRun", "Refused", "check"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from goldthread import checking

        return getattr(checking, name)
    raise AttributeError(f"module 'goldthread' has no attribute '{name}'")
