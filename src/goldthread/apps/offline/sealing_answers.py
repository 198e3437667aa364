"""What a device sealed, opened with its pack's key; and what is kept of it here, under the inspection's seal.

A device seals each answer by AES-GCM under the key of its pack, bound to the pack, the case and the question, so that
none can be put in another's place. `static/offline-store.js` is the other half.
"""

import json
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goldthread.apps.cases.actions import Typed
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing

LARGEST = 400_000
"""Of one sealed answer, in characters of base 64: the longest reason with what stands beside it, in any script."""


class Unreadable(ValueError):
    """What a device sent is not what it sealed under the key of this pack."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as its device sent it: sealed, with the version of the answer that its reviewer saw."""

    case: str
    question: str
    version: int
    iv: str
    data: str
    at: datetime


def opened(pack_id: object, key: bytes, sent: Sent) -> Typed:
    """What was typed. Raises Unreadable."""
    about = f"{pack_id}/{sent.case}/{sent.question}".encode()
    try:
        if len(sent.data) > LARGEST:
            raise Unreadable("An answer is longer than any that can be typed.")
        clear = AESGCM(key).decrypt(b64decode(sent.iv, validate=True), b64decode(sent.data, validate=True), about)
        told = json.loads(clear)
        more = {str(name): str(value) for name, value in told["more"].items()}
        return Typed(str(told["value"]), str(told["why"]), sent.version, more)
    except (InvalidTag, Error, ValueError, KeyError, TypeError, AttributeError) as broken:
        raise Unreadable("An answer cannot be read.") from broken


def sealed_typed(inspection: Inspection, typed: Typed, purpose: str) -> bytes:
    """An answer under the inspection's seal."""
    told = {"value": typed.value, "why": typed.why, "version": typed.version, "more": dict(typed.more)}
    return sealing.seal(inspection, json.dumps(told).encode(), purpose=purpose)


def unsealed_typed(inspection: Inspection, held: bytes | memoryview, purpose: str) -> Typed:
    """The answer again. Raises CannotUnseal."""
    told: Mapping[str, Any] = json.loads(sealing.unseal(inspection, bytes(held), purpose=purpose))
    return Typed(told["value"], told["why"], told["version"], told["more"])
