"""What happened meanwhile: asked before every move, so that nobody moves what they have not seen as it now is."""

from typing import Protocol

from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.journal import queries as journal
from goldthread.apps.journal.actions import Subject

MEANWHILE = "meanwhile"
"""The name under which a clash tells what happened, where there are no two texts to lay side by side."""

MOST_TOLD = 5


class Versioned(Protocol):
    """A row that counts its changes."""

    @property
    def version(self) -> int: ...


class Overtaken(Clash):
    """Something was changed between the opening of a page and the move made on it; `theirs` tells what happened."""


def require_unchanged(thing: Versioned, version: int | None, *, about: Subject, chain: object) -> None:
    """Raise Overtaken where `thing` has another version than its mover saw. None asks nothing: no page was opened.

    Ask it before the state of the thing: a refusal would not say who changed it, and would drop what was typed.
    """
    if version is None or version == thing.version:
        return
    raise Overtaken(
        current_version=thing.version,
        theirs={MEANWHILE: _told(about, chain, thing.version - version if version else 1)},
        yours={MEANWHILE: ""},
    )


def _told(about: Subject, chain: object, changes: int) -> str:
    """The last entries of the journal about the thing, oldest first: each change of a version is one of them."""
    kind, pk, _ = about.journal_subject()
    found = journal.entries(chain).filter(about_kind=kind, about_id=pk)[: max(1, min(changes, MOST_TOLD))]
    lines = [f"{timezone.localtime(one.at):%-d %B %Y, %H:%M}: {journal.sentence(one)}" for one in found]
    return "\n".join(reversed(lines)) or "It was changed."
