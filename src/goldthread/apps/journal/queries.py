"""Reading and verifying the journal."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from goldthread.apps.journal.actions import GENESIS, digest_of
from goldthread.apps.journal.events import EVENTS
from goldthread.apps.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along a chain found. `broken_at` is the number of the first entry that does not fit."""

    chain: str
    entries: int
    head: str
    broken_at: int | None
    says: str

    @property
    def whole(self) -> bool:
        """Whether every link holds."""
        return self.broken_at is None


def entries(chain: object, *, side: str | None = None, by_id: str | None = None) -> QuerySet[Entry]:
    """Entries of a chain, newest first; one side's or one person's only where asked."""
    found = Entry.objects.filter(chain=str(chain)).order_by("-number")
    if side is not None:
        found = found.filter(side=side)
    if by_id is not None:
        found = found.filter(by_id=by_id)
    return found


def latest_about(thing: Any) -> Entry | None:
    """The newest entry about a thing that the journal knows. For callers that may see the thing."""
    kind, pk, _ = thing.journal_subject()
    return Entry.objects.filter(about_kind=kind, about_id=pk).order_by("-at", "-number").first()


def chains() -> list[str]:
    """Every chain there is."""
    return sorted(Entry.objects.values_list("chain", flat=True).distinct().order_by())


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries it has and the digest of the last. It tells nothing of what they say."""

    chain: str
    entries: int
    head: str


def heads() -> list[Head]:
    """The head of every chain, the site's own first. What a witness keeps, to show later that nothing was cut off."""
    last = Entry.objects.filter(chain=OuterRef("chain")).order_by("-number")
    found = Entry.objects.filter(pk=Subquery(last.values("pk")[:1])).values_list("chain", "number", "digest")
    return sorted((Head(*one) for one in found), key=lambda one: (one.chain != "site", one.chain))


def sentence(entry: Entry) -> str:
    """The event in words."""
    says = EVENTS[entry.event].says if entry.event in EVENTS else entry.event + " by {by}: {about}"
    return says.format(by=entry.by_name, about=entry.about_label)


def verify(chain: object, *, expected_head: str | None = None) -> Verification:
    """Walk a chain from its first entry. `expected_head` is a head that a witness kept: a chain cut short or
    rebuilt is only noticed against it."""
    previous, number, seen_expected = GENESIS, 0, expected_head is None
    for entry in Entry.objects.filter(chain=str(chain)).order_by("number").iterator():
        number += 1
        if entry.number != number or entry.previous != previous or entry.digest != digest_of(entry):
            says = f"Entry {number} does not fit the one before it: the journal was changed outside the application."
            return Verification(str(chain), number, previous, number, says)
        previous = entry.digest
        seen_expected = seen_expected or previous == expected_head
    if not seen_expected:
        says = "The head that was kept is not in this journal: it was cut short or rebuilt."
        return Verification(str(chain), number, previous, number, says)
    return Verification(str(chain), number, previous, None, f"All {number} entries fit together.")
