"""The families of drawn children: who was written to, who was left out, and how many answered, never who."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.surveys.models import AskedFamily, FamilyStatus, Survey
from goldthread.domain import lifecycle


@dataclass(frozen=True, slots=True)
class DrawFamilies:
    """The families of a draw, as a door asks about them."""

    draw: Draw

    @property
    def inspection(self) -> Inspection:
        """The inspection."""
        return self.draw.inspection

    @property
    def survey(self) -> Survey | None:
        """The survey that asks them; None before it was opened."""
        return Survey.objects.select_related("inspection").filter(draw=self.draw).first()

    def target(self) -> Target:
        """The team's, as a survey is."""
        return self.draw.inspection.target(side=Side.TEAM)


@dataclass(frozen=True, slots=True)
class FamilySays:
    """What is known of the family of one case. Whether they answered is known to nobody.

    `printed` is the day on which letters of their group were last printed; `gone` that the case was set aside.
    """

    case: Case
    left_out: str
    invited: date | None
    printed: date | None
    gone: bool = False


def draw_families(actor: Actor, inspection: UUID, draw: UUID) -> DrawFamilies:
    """The families of a draw. Raises Draw.DoesNotExist where the actor may not see the draw."""
    return DrawFamilies(cases.draw(actor, inspection, draw))


def drawn_cases(draw: Draw) -> list[Case]:
    """The cases of a draw whose families are asked: neither in reserve nor set aside."""
    return list(draw.cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE).order_by("number"))


def families_of(draw: Draw) -> list[FamilySays]:
    """Every case of a draw whose family is asked, with what is known of it."""
    held = {one.case_id: one for one in _rows().filter(survey__draw=draw)}
    asked = drawn_cases(draw)
    gone = Case.objects.filter(pk__in=held).exclude(pk__in=[one.pk for one in asked])
    rows = [*(_says(one, held.get(one.pk)) for one in asked),
            *(replace(_says(one, held.get(one.pk)), gone=True) for one in gone)]  # fmt: skip
    return sorted(rows, key=lambda one: one.case.number)


def family_of(case: Case) -> FamilySays | None:
    """What is known of the family of one case; None where nobody has asked them."""
    found = _rows().filter(case=case).first()
    return _says(case, found) if found else None


def _rows() -> Any:
    return AskedFamily.objects.select_related("invitations")


def _says(case: Case, held: AskedFamily | None) -> FamilySays:
    if held is None:
        return FamilySays(case, "", None, None)
    if held.status == FamilyStatus.LEFT_OUT:
        return FamilySays(case, held.left_out, None, None)
    return FamilySays(case, "", held.invited_on, held.invitations.printed_on if held.invitations else None)
