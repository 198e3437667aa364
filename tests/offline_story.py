"""A device as its scripts are: it seals what is typed under the key of a pack, and sends it home."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from dataclasses import dataclass
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from goldthread.apps.cases.models import Case
from goldthread.apps.offline import actions
from goldthread.apps.offline.actions import Came, Sent
from goldthread.apps.offline.models import OfflineLeave, OfflinePack
from tests.cases_story import Story


def allow(held: Story, *, by: str = "lead", allowed: bool = True, version: int = 0, **more: int) -> OfflineLeave:
    """The setting, turned on."""
    told = {"most_cases": 3, "hours": 24, **more}
    return actions.set_leave(
        inspection=held.inspection, allowed=allowed, because="No signal there.", version=version, by=held[by], **told
    )


def cases_of(held: Story, count: int = 2, *, to: str = "inspector") -> list[Case]:
    """Cases of one draw that were given to somebody."""
    from goldthread.apps.cases import actions as cases

    chosen = list(held.draw().cases.order_by("number")[:count])
    return cases.allocate(cases=chosen, to=held.person(to), by=held["lead"])


@dataclass
class Device:
    """One device with one pack, and its key in memory."""

    held: Story
    pack: OfflinePack
    by: str = "inspector"
    key: bytes = b""

    @classmethod
    def with_pack(cls, held: Story, files: list[Case], *, by: str = "inspector") -> Device:
        """Take the files, and put them on the device."""
        pack = actions.take(
            inspection=held.inspection, cases=[str(one.pk) for one in files], client_key=uuid4(), by=held[by]
        )
        made = cls(held, pack, by)
        made.key = actions.hand_key(pack=pack, place=True, by=held[by])
        return made

    def sealed(self, case: Case, question: str, value: str, why: str = "", *, version: int = 0) -> Sent:
        """An answer as the device seals it."""
        told = {"value": value, "why": why, "more": {}}
        iv = os.urandom(12)
        data = AESGCM(self.key).encrypt(iv, json.dumps(told).encode(), f"{self.pack.pk}/{case.pk}/{question}".encode())
        return Sent(str(case.pk), question, version, b64encode(iv).decode(), b64encode(data).decode(), timezone.now())

    def home(self, *answers: Sent) -> list[Came]:
        """Send them home."""
        return actions.bring_home(pack=self.pack, answers=answers, by=self.held[self.by])
