"""What somebody holds is looked up once for a page that is only looked at, however often it asks what they may do.

Nothing is remembered while something is being changed: an action asks the database again, within its own transaction,
so that a role that ended a moment ago does not let it through. And nothing outlives the request.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")

_HELD: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it what is looked up through `once` is looked up once."""
    mark = _HELD.set({})
    try:
        yield
    finally:
        _HELD.reset(mark)


@contextmanager
def remembering_more() -> Iterator[None]:
    """Remembering for a few lines that ask nothing of what somebody may do, whether a page is looked at or not."""
    if _HELD.get() is not None:
        yield
        return
    with remembering():
        yield


def once(key: Hashable, look_up: Callable[[], Found]) -> Found:
    """What was found before under the key while remembering; otherwise what is found now."""
    held = _HELD.get()
    if held is None:
        return look_up()
    if key not in held:
        held[key] = look_up()
    found: Found = held[key]
    return found
