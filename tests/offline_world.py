"""Packs of the world: one of the inspector that is out and met a clash, one of the second inspector withdrawn."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from typing import TYPE_CHECKING
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from goldthread.apps.cases.models import CaseReview
from goldthread.apps.offline import actions
from goldthread.apps.offline.models import OfflinePack

if TYPE_CHECKING:
    from tests.world import Place


def packs(place: Place, mine: CaseReview, others: CaseReview) -> None:
    """Cases may be taken offline, and two reviewers did."""
    actions.set_leave(
        inspection=place.inspection, allowed=True, most_cases=5, hours=24,
        because=place.say("setting", "why cases may be taken offline"), version=0, by=place["lead"],
    )  # fmt: skip
    out = _taken(place, mine, "inspector")
    key = actions.hand_key(pack=out, place=True, by=place["inspector"])
    words = place.say("own:inspector", "written offline where another answer stood")
    sent = _sealed(out, key, mine, {"value": "inadequate", "why": words, "more": {}})
    actions.bring_home(pack=out, answers=[sent], by=place["inspector"])
    place.note("offline pack", "out", pack=out.pk)
    place.note("kept answer", "open", pack=out.pk, kept=out.kept.get().pk)
    gone = _taken(place, others, "inspector-2")
    because = place.say("draft-of-inspector-2", "why a pack was withdrawn")
    actions.withdraw(pack=gone, because=because, version=gone.version, by=place["lead"])
    place.note("offline pack", "withdrawn", pack=gone.pk)


def _taken(place: Place, review: CaseReview, role: str) -> OfflinePack:
    return actions.take(inspection=place.inspection, cases=[str(review.case_id)], client_key=uuid4(), by=place[role])


def _sealed(pack: OfflinePack, key: bytes, review: CaseReview, told: dict[str, object]) -> actions.Sent:
    """An answer as a device seals it, typed before anything was answered here."""
    iv, about = os.urandom(12), f"{pack.pk}/{review.case_id}/plan"
    data = AESGCM(key).encrypt(iv, json.dumps(told).encode(), about.encode())
    return actions.Sent(
        str(review.case_id), "plan", 0, b64encode(iv).decode(), b64encode(data).decode(), timezone.now()
    )
