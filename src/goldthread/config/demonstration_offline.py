"""Offline packs of the demonstration: cases may be taken, and one came home with a clash. All of it is invented."""

import json
import os
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import CaseReview, Draw
from goldthread.apps.offline import actions
from goldthread.config import demonstration_data as data
from goldthread.domain import lifecycle

BECAUSE = "Two of the council's offices have no signal."
WRITTEN = "On the train: the plan names who does what, and leaves open by when."


def packs(draw: Draw, actors: Mapping[str, Actor]) -> None:
    """The lead allows it; the reviewer of the first review that is still being written took it along and is back."""
    lead = actors["lead@demo.example"]
    actions.set_leave(
        inspection=draw.inspection, allowed=True, most_cases=5, hours=24, because=BECAUSE, version=0, by=lead
    )
    drafts = CaseReview.objects.filter(case__draw=draw, status=lifecycle.CaseReview.DRAFT, answers__question="plan")
    for review in drafts.select_related("reviewer").order_by("case__number"):
        if review.second or review.closed_because():
            continue
        _came_home(review, actors[review.reviewer.email])
        return


def _came_home(review: CaseReview, by: Actor) -> None:
    pack = actions.take(
        inspection=review.inspection, cases=[str(review.case_id)], client_key=data.key("offline-pack"), by=by
    )
    key = actions.hand_key(pack=pack, place=True, by=by)
    iv, about = os.urandom(12), f"{pack.pk}/{review.case_id}/plan"
    typed = json.dumps({"value": "requires-improvement", "why": WRITTEN, "more": {}}).encode()
    sealed = AESGCM(key).encrypt(iv, typed, about.encode())
    sent = actions.Sent(
        str(review.case_id), "plan", 0, b64encode(iv).decode(), b64encode(sealed).decode(), datetime.now(UTC)
    )
    actions.bring_home(pack=pack, answers=[sent], by=by)
    actions.end(pack=pack, how="sent-home", purged_at=datetime.now(UTC), by=by)
