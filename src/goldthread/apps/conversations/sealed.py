"""Words under the inspection's seal, and the code on the slip by which whoever spoke takes them back."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from goldthread.apps.conversations.models import Conversation
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing

CODE_LETTERS = 8


def sealed_words(inspection: Inspection, purpose: str, words: Mapping[str, Any]) -> bytes:
    """Words by name under the inspection's seal."""
    return sealing.seal(inspection, json.dumps(dict(words)).encode(), purpose=purpose)


def opened(inspection: Inspection, held: bytes | memoryview | None, purpose: str) -> dict[str, Any]:
    """What was sealed, by name; nothing where nothing was. Raises CannotUnseal."""
    if not held:
        return {}
    told: dict[str, Any] = json.loads(sealing.unseal(inspection, bytes(held), purpose=purpose))
    return told


def notes_of(conversation: Conversation) -> str:
    """The notes of a conversation; empty before any are written. Raises CannotUnseal."""
    return str(opened(conversation.inspection, conversation.notes, conversation.purpose).get("notes", ""))


def code_of(conversation: Conversation) -> str:
    """The code on the slip: worked out of the inspection's key, and kept nowhere. Raises CannotUnseal.

    40 bits: read out over a telephone, and not guessed by somebody who can only ask the team.
    """
    key = hmac.digest(sealing.key_of(conversation.inspection), b"goldthread slips", "sha256")
    number = int.from_bytes(hmac.digest(key, conversation.pk.bytes, "sha256")[:5], "big")
    letters = [sealing.CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def tidy_code(written: str) -> str:
    """A code as people write it: in capitals, letters that look like figures as figures, a dash in the middle."""
    plain = "".join(one for one in written.upper() if one.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    return f"{plain[:4]}-{plain[4:]}"


def hash_of(held: bytes | memoryview | None) -> str:
    """A fingerprint of what is sealed, for the shelf: it tells that a source changed, and nothing of it."""
    return hashlib.sha256(bytes(held or b"")).hexdigest()
