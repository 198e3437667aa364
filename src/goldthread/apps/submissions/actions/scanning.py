"""Having a text looked through for whom the lists know, and nobody told whom. Every scan is in the journal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.known_people import known_people
from goldthread.domain.recognition import Dictionary, Doubt


class Told(Protocol):
    """What texts belong to: a report, an edition, a notice."""

    def target(self) -> Target: ...
    def journal_subject(self) -> tuple[str, str, str]: ...


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan as the journal names it: apart from what was scanned, which it does not change."""

    of: Told

    def journal_subject(self) -> tuple[str, str, str]:
        _, pk, label = self.of.journal_subject()
        return ("scan", pk, label)


@transaction.atomic
def scan(
    *, inspection: Inspection, about: Told, texts: Mapping[str, str], by: Actor, people: Collection[str] = (),
    ordinary: Iterable[str] = (),
) -> dict[str, list[Doubt]]:  # fmt: skip
    """What of each text the inspection's lists know somebody by; texts that hold nothing are left out.

    `about` is what the texts belong to, whose own permission is asked and which the journal names. `people` are
    names of those who take part, `ordinary` texts whose words in lower case are taken for words and not for names:
    others than those that are scanned, where a name without its capital would clear itself.

    What is found is told by its kind and never quoted, so that nobody learns from it who is in the vault: but whoever
    may have a text scanned can try a name that they know already, which is why each scan is recorded. Raises Refused.
    """
    require(by, Permission.VAULT_SCAN, about.target())
    known = known_people(inspection, people)
    dictionary = Dictionary.of(known, ordinary)
    found = {key: held for key, text in texts.items() if (held := dictionary.doubts(text))}
    journal(
        Events.VAULT_SCANNED, by=by, about=_Scan(about), chain=inspection.pk, texts=len(texts), marked=len(found),
        blocked=sum(any(one.blocks for one in held) for held in found.values()),
    )  # fmt: skip
    return found
