"""Sealing: each inspection has a key of its own, and whatever tells of a child rests under it.

The key is 256 bits, wrapped with the installation's key, which is kept outside the data folder. AES-GCM binds every
sealed thing to its inspection and its purpose, so that none can be put in another's place unnoticed.
"""

import hmac
import os
import unicodedata
from collections.abc import Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from goldthread.apps.access.remembering import once
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.models import InspectionKey

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK = b"GS1"

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a pseudonym can be read out over a telephone."""

LETTERS: dict[str, str] = {"child": "C", "adopter": "A", "family": "F"}
"""Whose id it is, and the letter that the pseudonym begins with."""

PSEUDONYM_LENGTH = 7
_BITS = 5 * PSEUDONYM_LENGTH


class CannotUnseal(Exception):
    """What was sealed cannot be opened: it was changed, it belongs elsewhere, or its key is gone."""


def new_key() -> bytes:
    """A fresh data key."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def wrap(key: bytes, *, inspection: UUID) -> bytes:
    """The data key of an inspection, locked with the installation's key."""
    return _lock(settings.KEY_ENCRYPTION_KEY, key, f"inspection-key:{inspection}")


def unwrap(wrapped: bytes, *, inspection: UUID) -> bytes:
    """The data key of an inspection from its locked form. Raises CannotUnseal under another installation's key."""
    return _open(settings.KEY_ENCRYPTION_KEY, wrapped, f"inspection-key:{inspection}")


def key_of(inspection: Inspection) -> bytes:
    """The data key of an inspection. Raises CannotUnseal where it has none, or the installation's key is another."""
    return unwrap(once(("key of", inspection.pk), lambda: _wrapped_key(inspection)), inspection=inspection.pk)


def _wrapped_key(inspection: Inspection) -> bytes:
    row = InspectionKey.objects.filter(inspection=inspection).first()
    if row is None:
        raise CannotUnseal("This inspection has no key, so what was sealed for it cannot be opened.")
    return bytes(row.wrapped)


def seal(inspection: Inspection, data: bytes | memoryview, *, purpose: str) -> bytes:
    """The data under the inspection's key. `purpose` must be told again to open it."""
    return seal_under(key_of(inspection), data, inspection=inspection.pk, purpose=purpose)


def seal_under(key: bytes, data: bytes | memoryview, *, inspection: UUID, purpose: str) -> bytes:
    """The data under a key that is at hand: what `seal` does, for whoever cannot ask for the key."""
    return _lock(key, data, f"{inspection}:{purpose}")


def unseal(inspection: Inspection, sealed: bytes, *, purpose: str) -> bytes:
    """What was sealed. Raises CannotUnseal."""
    return _open(key_of(inspection), sealed, f"{inspection.pk}:{purpose}")


def seal_here(data: bytes, *, purpose: str) -> bytes:
    """The data under the installation's key, for what belongs to no inspection."""
    return _lock(settings.KEY_ENCRYPTION_KEY, data, f"here:{purpose}")


def unseal_here(sealed: bytes, *, purpose: str) -> bytes:
    """What `seal_here` sealed. Raises CannotUnseal."""
    return _open(settings.KEY_ENCRYPTION_KEY, sealed, f"here:{purpose}")


def _lock(key: bytes, data: bytes | memoryview, about: str) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return b"".join((_MARK, nonce, AESGCM(key).encrypt(nonce, data, about.encode())))


def _open(key: bytes, sealed: bytes, about: str) -> bytes:
    start = len(_MARK) + _NONCE_BYTES
    if sealed[: len(_MARK)] != _MARK:
        raise CannotUnseal("This is not something that Goldthread sealed.")
    try:
        return AESGCM(key).decrypt(sealed[len(_MARK) : start], memoryview(sealed)[start:], about.encode())
    except InvalidTag:
        raise CannotUnseal("What was sealed was changed, or belongs to something else.") from None


def normalised(written: str) -> str:
    """An id without the differences that people do not mean: spaces, letter case, forms of the same sign."""
    return "".join(unicodedata.normalize("NFKC", written).split()).upper()


def fingerprint(key: bytes, kind: str, written: str) -> bytes:
    """The keyed fingerprint of an id: the same for the same person in every submission of the inspection."""
    pseudonym_key = hmac.digest(key, b"goldthread pseudonyms", "sha256")
    return hmac.digest(pseudonym_key, f"{kind}\0{normalised(written)}".encode(), "sha256")


def hashed(key: bytes, purpose: str, written: str) -> str:
    """A keyed hash of 128 bits: the same for the same text, and telling nothing of it to who has not the key."""
    own = hmac.digest(key, f"goldthread {purpose}".encode(), "sha256")
    return hmac.digest(own, written.encode(), "sha256")[:16].hex()


def pseudonyms(kind: str, fingerprint: bytes) -> Iterator[str]:
    """Pseudonyms for a fingerprint, the first choice first; the next is taken where one is somebody else's already.

    35 bits: among 20,000 children, about one inspection in two hundred needs a second choice.
    """
    for attempt in range(256):
        digest = fingerprint if attempt == 0 else hmac.digest(fingerprint, bytes([attempt]), "sha256")
        number = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
        letters = [CROCKFORD[number >> shift & 31] for shift in range(_BITS - 5, -1, -5)]
        yield f"{LETTERS[kind]}-{''.join(letters)}"


NUMBER_LENGTH = 12


def stand_in(key: bytes, written: str) -> str:
    """What stands for a number that is not a person's own: the same for the same number in every form.

    60 bits: among a million numbers, two that differ have one stand-in less than once in a million inspections.
    """
    digest = hmac.digest(hmac.digest(key, b"goldthread numbers", "sha256"), normalised(written).encode(), "sha256")
    number = int.from_bytes(digest[:8], "big") >> (64 - 5 * NUMBER_LENGTH)
    letters = [CROCKFORD[number >> shift & 31] for shift in range(5 * (NUMBER_LENGTH - 1), -1, -5)]
    return f"N-{''.join(letters)}"
