"""Reading draws, planning one, and proving one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.drawing import DrawPlan, candidates, draw_from, frame_of, why_not_drawable
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import Submission
from goldthread.domain import instruments, lifecycle, sampling


def draws_visible_to(actor: Actor) -> QuerySet[Draw]:
    """Draws that an actor may see: an inspector those in which they were given a file, the rest of the team every one,
    the authority those that were let through to it."""
    # In a query of its own: what is counted over the cases of a draw must not be counted over the actor's own only.
    seen = visible(Draw.objects.order_by(), actor, Permission.DRAW_READ, own=("created_by", "cases__allocated_to"))
    return Draw.objects.filter(pk__in=seen.values("pk")).select_related("inspection", "submission", "created_by")


def draws(inspection: Inspection, actor: Actor) -> QuerySet[Draw]:
    """The draws of an inspection, the latest first, each with `in_play` and `reviewed` cases counted."""
    counted = Q(cases__reserve=False) & ~Q(cases__status=lifecycle.Case.SET_ASIDE)
    rows = draws_visible_to(actor).filter(inspection=inspection)
    return rows.annotate(
        in_play=Count("cases", filter=counted, distinct=True),
        reviewed=Count("cases", filter=Q(cases__status=lifecycle.Case.REVIEWED), distinct=True),
    ).order_by("-number")


def draw(actor: Actor, inspection: UUID, draw: UUID) -> Draw:
    """One draw of an inspection. Raises Draw.DoesNotExist where the actor may not see it."""
    return draws_visible_to(actor).get(inspection_id=inspection, pk=draw)


def submissions_to_draw_from(inspection: Inspection, actor: Actor) -> list[Submission]:
    """Submissions of which a sample can be drawn, the latest first."""
    return [one for one in submissions.handed_in(actor, inspection) if not why_not_drawable(one)]


def population_choices() -> list[tuple[str, str]]:
    """Whose cases may be looked at, with words."""
    from goldthread.kernel.frames import POPULATIONS

    return [(slug.value, says[0].upper() + says[1:]) for slug, (says, _) in POPULATIONS.items()]


def strata_choices() -> list[tuple[str, str]]:
    """By what a frame can be divided, with words."""
    from goldthread.kernel.frames import STRATA

    return [(name, says[0].upper() + says[1:]) for name, says in STRATA.items()]


def instrument_choices() -> list[tuple[str, str]]:
    """The instruments that are known, with their titles."""
    return [(slug, instruments.load(slug).title) for slug in instruments.slugs()]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would do, in counts: no child is chosen yet, so that nobody can pick the seed that suits them."""

    says: str
    frame_size: int
    excluded: list[tuple[str, int]]
    strata: tuple[sampling.StratumCount, ...]
    reserve: int
    half_width: float
    frame_hash: str

    @property
    def left_out(self) -> int:
        """How many rows of the lists are not in the frame."""
        return sum(rows for _, rows in self.excluded)

    @property
    def points(self) -> int:
        """Half the width of the 95% interval for a share of one half, in percentage points."""
        return round(self.half_width * 100)


def preview(submission: Submission, plan: DrawPlan) -> Preview:
    """Who is eligible, who is left out and why, and how many of each stratum the plan draws. Raises Refused."""
    if because := why_not_drawable(submission):
        raise Refused(because)
    frame = frame_of(submission, plan.population, plan.strata_by)
    drawn = draw_from(frame, plan)
    return Preview(
        says=frame.says,
        frame_size=drawn.frame_size,
        excluded=list(frame.reasons().items()),
        strata=drawn.strata,
        reserve=len(drawn.reserve),
        half_width=sampling.precision(plan.size, drawn.frame_size),
        frame_hash=drawn.frame_hash,
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """What drawing again has shown: nothing in `differences` means the very same children, in the same order."""

    agrees: bool
    differences: tuple[str, ...]
    children: int
    reserve: int


def verify_draw(draw: Draw) -> Proof:
    """Draw again from the stored submission by the stored plan, and compare with the cases that are recorded.

    What happened since (cases set aside, reserves come in) is no difference. Raises Refused where the submission
    can no longer be read.
    """
    frame = frame_of(draw.submission, draw.population, draw.strata_by, as_at=draw.as_at)
    recorded = _recorded(draw)
    differences = sampling.verify(recorded, candidates(frame))
    return Proof(not differences, differences, len(recorded.chosen), len(recorded.reserve))


def _recorded(draw: Draw) -> sampling.Draw:
    cases = list(draw.cases.order_by("number"))
    plan = DrawPlan(draw.population, tuple(draw.strata_by), draw.size, draw.seed, draw.minimum_per_stratum)
    if draw.algorithm != sampling.ALGORITHM:
        raise Refused(f"This draw was made by “{draw.algorithm}”, and only “{sampling.ALGORITHM}” is known here.")
    return sampling.Draw(
        chosen=tuple(_choice(one, one.number) for one in cases if one.reserve_place is None),
        reserve=tuple(_choice(one, one.reserve_place) for one in cases if one.reserve_place is not None),
        strata=tuple(sampling.StratumCount(**one) for one in draw.strata),
        frame_hash=draw.frame_hash,
        frame_size=draw.frame_size,
        plan=plan.sampling_plan(),
    )


def _choice(case: Case, order: int) -> sampling.Choice:
    return sampling.Choice(case.pseudonym, case.stratum, order, case.reason)


def draw_record(draw: Draw, cases: Sequence[Case]) -> dict[str, Any]:
    """A draw as plain data for a file: all that is needed to repeat it, children under pseudonyms only."""
    return {
        "draw": draw.number,
        "purpose": draw.purpose,
        "made_at": draw.created_at.isoformat(timespec="seconds"),
        "made_by": draw.created_by.name if draw.created_by else "Goldthread",
        "submission_sha256": draw.submission.sha256,
        "as_at": draw.as_at.isoformat(),
        "population": draw.population,
        "says": draw.says,
        "strata_by": list(draw.strata_by),
        "size": draw.size,
        "minimum_per_stratum": draw.minimum_per_stratum,
        "seed": draw.seed,
        "algorithm": draw.algorithm,
        "frame_size": draw.frame_size,
        "frame_hash": draw.frame_hash,
        "instrument": draw.instrument,
        "strata": list(draw.strata),
        "excluded": list(draw.excluded),
        "cases": [
            {
                "case": one.number,
                "pseudonym": one.pseudonym,
                "stratum": one.stratum,
                "reason": one.reason,
                "in_reserve": one.reserve,
                "came_in_for": one.came_in_for.number if one.came_in_for else None,
            }
            for one in cases
        ],
    }
