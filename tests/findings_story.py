"""A small inspection with a team and a few items on the shelf, for the tests of findings and judgements."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.access import terms
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.evidence.actions import shelve
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.models import Inspection, Membership

NOTHING_OF_A_CHILD = "GT-PSEUDONYM-7"
"""Stands in item texts where a child might be named; it must never reach the journal."""


@dataclass
class Story:
    """An inspection and the people in it, made as they are asked for."""

    inspection: Inspection
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """The holder of a role here."""
        if role not in self.people:
            address = f"{role}-{uuid4().hex[:8]}@example.org"
            who = Person.objects.create_user(address, f"Robin {role}", terms_accepted=terms.VERSION)
            began = timezone.now() - timedelta(days=1)
            Membership.objects.create(inspection=self.inspection, person=who, role=role, valid_from=began)
            self.people[role] = who
        return self.people[role]

    def __getitem__(self, role: str) -> Actor:
        return actor_for(self.person(role), second_factor=True)

    def item(self, kind: str = "case-review", area: str = "help-and-protection", **more: Any) -> EvidenceItem:
        """An item on the shelf."""
        more = {"title": f"An item of {kind}", "summary": NOTHING_OF_A_CHILD, **more}
        return shelve(inspection=self.inspection, kind=kind, areas=[area], by=PROGRAMME, **more)

    def finding(self, area: str = "help-and-protection", by: str = "inspector", **more: Any) -> Finding:
        """A draft finding."""
        words: dict[str, Any] = {
            "kind": "strength", "criteria": [], "statement": "Assessments are done in time.", "explanation": "",
            "confidence": "middle", "client_key": uuid4(), **more,
        }  # fmt: skip
        return actions.write_finding(inspection=self.inspection, area=area, by=self[by], **words)

    def cited(self, *kinds: str, area: str = "help-and-protection", stance: str = "for", **more: Any) -> Finding:
        """A draft finding with one item cited of each kind named."""
        finding = self.finding(area=area, **more)
        for kind in kinds:
            actions.cite(
                finding=finding, item=self.item(kind, area), stance=stance, why="It shows so.", by=self["inspector"]
            )
        return finding

    def agreed(self, *kinds: str, area: str = "help-and-protection", **more: Any) -> Finding:
        """A finding that the lead has agreed."""
        return actions.agree(finding=self.cited(*(kinds or ("data",)), area=area, **more), by=self["lead"])

    def propose(self, area: str, grade: str, by: str = "inspector", version: int = 0, **more: Any) -> Judgement:
        """A proposed judgement."""
        words = {"reason": "The evidence is a best fit with this grade.", "departs_because": "", **more}
        return actions.propose_judgement(
            inspection=self.inspection, area=area, grade=grade, version=version, by=self[by], **words
        )

    def judge(self, **grades: str) -> dict[str, Judgement]:
        """Judgements that the lead has agreed, each on an agreed finding. Area slugs are written with underscores."""
        made = {}
        for name, grade in grades.items():
            area = name.replace("_", "-")
            self.agreed(area=area)
            made[area] = actions.agree_judgement(judgement=self.propose(area, grade), by=self["lead"])
        return made


def story(framework: str = "sif-2013") -> Story:
    """A fresh inspection under a framework."""
    return Story(
        Inspection.objects.create(
            title="Wexcombe", authority="Wexcombe", framework=framework, call_day=date(2026, 11, 2),
            fieldwork_from=date(2026, 11, 3), fieldwork_to=date(2026, 11, 26), synthetic=True,
        )
    )  # fmt: skip
