"""What somebody looks for, sealed for an address: they come back to what was found, and nobody reads it there.

The words of a search may be a child's name. They stand sealed for one person and one inspection, and are kept nowhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, fields
from json import dumps, loads

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents.queries.library import Choice
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing

_NAMES = frozenset(one.name for one in fields(Choice))
_MOST = 8000
"""How long what is carried may be, in letters: longer was not made here."""


def carried(actor: Actor, inspection: Inspection, choice: Choice) -> str:
    """A search as an address may hold it: of no use to anybody else."""
    asked = {name: value for name, value in asdict(choice).items() if value}
    sealed = sealing.seal_here(dumps(asked).encode(), purpose=_purpose(actor, inspection))
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def brought_back(actor: Actor, inspection: Inspection, written: str) -> Choice | None:
    """The search that an address holds; None where it holds none of this person here."""
    if not written or len(written) > _MOST:
        return None
    try:
        sealed = urlsafe_b64decode(written.encode() + b"=" * (-len(written) % 4))
        held = loads(sealing.unseal_here(sealed, purpose=_purpose(actor, inspection)))
    except (ValueError, sealing.CannotUnseal):
        return None
    return Choice(**{name: str(value) for name, value in held.items() if name in _NAMES})


def _purpose(actor: Actor, inspection: Inspection) -> str:
    return f"search:{actor.id}:{inspection.pk}"
