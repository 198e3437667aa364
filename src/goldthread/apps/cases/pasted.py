"""Children whom people name in a plan, by pseudonym or by the ID of the authority: who they are here, and who not."""

import json
import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Draw
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.models import Identity, Submission

_PSEUDONYM = re.compile(r"C-[0-9A-Z]{7}")
_PURPOSE = "unknown children of draw {}"
MOST = 20_000
"""The most children that a list may name."""


def names_of(written: Iterable[str], submission: Submission, by: Actor) -> Mapping[str, str]:
    """The pseudonym of each child that was named, by what was written; a stranger keeps what was written.

    An ID is looked up only for who may see identities, because it tells which pseudonym is whose.
    """
    wanted = list(dict.fromkeys(written))
    found = {word: word.upper() for word in wanted if _PSEUDONYM.fullmatch(word.upper())}
    ids = [word for word in wanted if word not in found]
    if ids and policy.decide(by, Permission.VAULT_READ, submission.target(), timezone.now()).allowed:
        key = sealing.key_of(submission.inspection)
        marks = {word: sealing.fingerprint(key, "child", word).hex() for word in ids}
        rows = Identity.objects.filter(inspection_id=submission.inspection_id, fingerprint__in=set(marks.values()))
        known = dict(rows.values_list("fingerprint", "pseudonym"))
        found |= {word: known[mark] for word, mark in marks.items() if mark in known}
    return {word: found.get(word, word) for word in wanted}


def sealed_unknown(submission: Submission, draw: UUID, unknown: Iterable[str]) -> bytes | None:
    """Who of a list is unknown, sealed: what was pasted may be anybody's ID. None where nobody is."""
    words = list(unknown)
    if not words:
        return None
    return sealing.seal(submission.inspection, json.dumps(words).encode(), purpose=_PURPOSE.format(draw))


def unknown_of(draw: Draw) -> list[str]:
    """Who of a draw's list was unknown, as written."""
    if draw.unknown is None:
        return []
    held = sealing.unseal(draw.inspection, bytes(draw.unknown), purpose=_PURPOSE.format(draw.pk))
    words: list[str] = json.loads(held)
    return words
