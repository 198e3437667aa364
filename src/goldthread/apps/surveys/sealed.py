"""Codes on letters, words under seal, and the page that somebody is filling in, which is kept nowhere but with them."""

import base64
import hmac
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import sealing
from goldthread.apps.surveys.models import Invitations, Survey, Words

_LETTERS = 12
PRESSING = (
    "hit", "hits", "hitting", "hurt", "hurts", "hurting", "beat", "beats", "beaten", "beating", "die", "dying", "dead",
    "rape", "raped", "sex", "sexual", "touch", "touches", "touched", "touching", "scared", "scares", "afraid", "fear",
    "fears", "knife", "knives", "weapon", "burn", "burns", "burnt", "unsafe", "not safe", "self-harm", "cut myself",
    "cuts herself", "cuts himself", "locked in", "locks", "hungry", "boi", "boją", "boję", "bił", "biją", "bije",
    "bate", "bat", "frică", "teamă", "taro", "curo",
)  # fmt: skip
"""Words that often stand where a child is not safe. They bring what was written to the top; everything is read."""
PRESSING_STEMS = (
    "frighten", "terrif", "bruis", "punch", "kick", "slap", "chok", "strangl", "threat", "abus", "violen", "attack",
    "overdos", "suicid", "kill", "starv", "stab", "molest", "grop", "assault", "exploit", "groom",
    "zabi", "uderz", "krzywd", "przemoc", "strach", "grozi",
    "bătu", "lovi", "loveșt", "lovest", "lovesc", "ameninț", "violen", "abuz", "omor",
    "ofn", "niwe", "brifo", "bygwth", "lladd", "cam-drin",
    "ضرب", "يضرب", "خائف", "يخاف", "أخاف", "خوف", "يؤذ", "عنف", "اعتد", "يهدد", "قتل",
    "ڈر", "خوف", "مارت", "مارا", "مارنے", "پیٹت", "زخم", "تشدد", "دھمک", "قتل",
)  # fmt: skip
"""Beginnings of such words, for languages and words that bend. A native reader should add to them."""


def codes_of(invitations: Invitations) -> Iterator[str]:
    """The codes of letters, worked out of the inspection's key. 60 bits each: not guessed. Raises CannotUnseal."""
    key = hmac.digest(sealing.key_of(invitations.inspection), b"goldthread survey codes", "sha256")
    for count in range(invitations.size):
        number = int.from_bytes(hmac.digest(key, invitations.pk.bytes + count.to_bytes(4, "big"), "sha256")[:8], "big")
        letters = "".join(sealing.CROCKFORD[number >> shift & 31] for shift in range(0, 5 * _LETTERS, 5))
        yield "-".join(letters[at : at + 4] for at in range(0, _LETTERS, 4))


def digest_of(inspection: Inspection, code: str) -> str:
    """The keyed fingerprint of a code as it was written: capitals, look-alikes and dashes do not matter."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", code).upper() if one.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1").replace("U", "V")
    key = hmac.digest(sealing.key_of(inspection), b"goldthread survey fingerprints", "sha256")
    return hmac.digest(key, plain.encode(), "sha256").hex()


def seal_page(survey: Survey, held: dict[str, Any]) -> str:
    """What somebody has answered so far, sealed for their own page to carry: no session and no row holds it."""
    return base64.urlsafe_b64encode(
        sealing.seal_here(json.dumps(held).encode(), purpose=f"survey-page:{survey.pk}")
    ).decode()


def open_page(survey: Survey, carried: str) -> dict[str, Any]:
    """What a page carried. Raises CannotUnseal where it was changed or is of another survey."""
    try:
        sealed = base64.urlsafe_b64decode(carried.encode())
    except ValueError:
        raise sealing.CannotUnseal("This is no page of a survey.") from None
    held: dict[str, Any] = json.loads(sealing.unseal_here(sealed, purpose=f"survey-page:{survey.pk}"))
    return held


def words_of(words: Words) -> str:
    """What somebody wrote. Raises CannotUnseal."""
    return sealing.unseal(words.inspection, bytes(words.sealed), purpose=words.purpose).decode()


def done_of(words: Words) -> str:
    """What is done about a child who may not be safe; empty where nothing was said. Raises CannotUnseal."""
    held = words.done
    return sealing.unseal(words.inspection, bytes(held), purpose=f"{words.purpose}:done").decode() if held else ""


def alike_of(inspection: Inspection, written: str) -> str:
    """The keyed fingerprint of words, the same for words that differ in case and spacing alone."""
    key = hmac.digest(sealing.key_of(inspection), b"goldthread survey words", "sha256")
    plain = " ".join(unicodedata.normalize("NFKC", written).casefold().split())
    return hmac.digest(key, plain.encode(), "sha256").hex()


def clean(written: str) -> str:
    """Words as they are kept: control characters go, except ends of lines; emoji and right-to-left marks stay."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs")).strip()


def is_pressing(written: str) -> bool:
    """Whether a word stands in it that often stands where a child is not safe."""
    plain = f" {' '.join(''.join(c if c.isalnum() or c == '-' else ' ' for c in written.casefold()).split())} "
    return any(f" {word} " in plain for word in PRESSING) or any(f" {stem}" in plain for stem in PRESSING_STEMS)
