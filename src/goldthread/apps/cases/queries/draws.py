"""Reading draws, planning one, and proving one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.drawing import (
    DrawPlan,
    candidates,
    draw_from,
    frame_of,
    particulars_from,
    why_not_drawable,
)
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.cases.pasted import names_of, unknown_of
from goldthread.apps.cases.queries.cases import on_the_team, sees_every_case
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle, sampling

OWNERS_OF_A_DRAW = ("created_by", "cases__allocated_to", "cases__second_reading__reader")
"""What makes a draw somebody's own."""


def draws_visible_to(actor: Actor) -> QuerySet[Draw]:
    """Draws that an actor may see: an inspector those in which they were given a file, the rest of the team every one,
    the authority those that were let through to it."""
    # In a query of its own: what is counted over the cases of a draw must not be counted over the actor's own only.
    seen = visible(Draw.objects.order_by(), actor, Permission.DRAW_READ, own=OWNERS_OF_A_DRAW)
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


def design_choices() -> list[tuple[str, str]]:
    """How children can be chosen, with words."""
    return [(design.value, says[0].upper() + says[1:]) for design, says in sampling.DESIGNS.items()]


def theme_choices() -> list[tuple[str, str]]:
    """What a dip-sample can look at, with words."""
    from goldthread.kernel.theme_frames import THEMES

    return [(slug, theme.says[0].upper() + theme.says[1:]) for slug, theme in THEMES.items()]


def instrument_choices() -> list[tuple[str, str]]:
    """The instruments that a draw or an allocation may choose, each in its newest version, with their titles."""
    return [(slug, known.instrument(slug).title) for slug in known.current_instruments()]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would do, in counts: no child is chosen yet, so that nobody can pick the seed that suits them."""

    says: str
    frame_size: int
    excluded: list[tuple[str, int]]
    strata: tuple[sampling.StratumCount, ...]
    reserve: int
    half_width: float | None
    frame_hash: str
    listed: int | None = None
    listed_twice: int = 0
    unknown: tuple[str, ...] = ()
    families: int = 0
    strangers: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows of the lists are not in the frame."""
        return sum(rows for _, rows in self.excluded)

    @property
    def points(self) -> int | None:
        """Half the width of the 95% interval for a share of one half, in percentage points; None without one."""
        return None if self.half_width is None else round(self.half_width * 100)


def preview(submission: Submission, plan: DrawPlan, by: Actor) -> Preview:
    """Who is eligible, who is left out and why, and how many of each stratum the plan draws. Raises Refused.

    `unknown` are those of a given list whom nobody knows, and `strangers` those of the families who are not in the
    frame, both as they were written.
    """
    if because := why_not_drawable(submission):
        raise Refused(because)
    more = plan.more.named(names_of(plan.more.written(), submission, by))
    limited = frame_of(submission, replace(plan, more=more))
    frame = limited.frame
    inside = set(frame.eligible["child"])
    drawn = draw_from(frame, replace(plan, more=more.within(inside)))
    return Preview(
        says=frame.says,
        frame_size=drawn.frame_size,
        excluded=list(frame.reasons().items()),
        strata=drawn.strata,
        reserve=len(drawn.reserve),
        half_width=sampling.expected_precision(drawn),
        frame_hash=drawn.frame_hash,
        listed=None if more.listed is None else len(more.listed),
        listed_twice=limited.twice,
        unknown=limited.unknown,
        families=len(set(more.families.values())),
        strangers=tuple(child for child in more.families if child not in inside),
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
    frame = frame_of(draw.submission, plan_of(draw), as_at=draw.as_at).frame
    recorded = _recorded(draw)
    differences = sampling.verify(recorded, candidates(frame, plan_of(draw)))
    return Proof(not differences, differences, len(recorded.chosen), len(recorded.reserve))


def plan_of(draw: Draw) -> DrawPlan:
    """The plan by which a draw was made."""
    more = particulars_from(draw.particulars)
    return DrawPlan(
        draw.population, tuple(draw.strata_by), draw.size, draw.seed, draw.minimum_per_stratum, draw.design, more
    )  # fmt: skip


def unknown_children(draw: Draw) -> list[str]:
    """Who of the list that was given is in none of the lists, as written: perhaps IDs, for who may see identities."""
    return unknown_of(draw)


def _recorded(draw: Draw) -> sampling.Draw:
    cases = list(draw.cases.order_by("number"))
    if draw.algorithm not in (sampling.FIRST, sampling.SECOND):
        raise Refused(f"This draw was made by “{draw.algorithm}”, and that way of drawing is not known here.")
    return sampling.Draw(
        chosen=tuple(_choice(one, one.number) for one in cases if one.reserve_place is None),
        reserve=tuple(_choice(one, one.reserve_place) for one in cases if one.reserve_place is not None),
        strata=tuple(sampling.StratumCount(**one) for one in draw.strata),
        frame_hash=draw.frame_hash,
        frame_size=draw.frame_size,
        plan=plan_of(draw).sampling_plan(),
        algorithm=draw.algorithm,
    )


def weight_of(case: Case, draw: Draw) -> float | None:
    """How many children of the frame a case stands for; None where it was picked by hand or nobody of it was drawn."""
    weight = next((one["weight"] for one in draw.strata if one["name"] == case.stratum), None)
    return None if weight is None else round(weight * case.siblings, 4)


def _choice(case: Case, order: int) -> sampling.Choice:
    return sampling.Choice(case.pseudonym, case.stratum, order, case.reason, case.siblings)


def draw_record(draw: Draw, cases: Sequence[Case], by: Actor) -> dict[str, Any]:
    """A draw as plain data for a file, children under pseudonyms only.

    For who sees the whole draw it holds `proof`, from which anybody can draw again: the frame and the reserve are not
    for the authority, nor for an inspector who has some of its files.
    """
    record = _shown(draw, cases)
    if on_the_team(by, draw.inspection) and sees_every_case(by, draw.inspection):
        plan = plan_of(draw)
        frame = candidates(frame_of(draw.submission, plan, as_at=draw.as_at).frame, plan)
        record["proof"] = sampling.as_record(_recorded(draw), frame)
    return record


def _shown(draw: Draw, cases: Sequence[Case]) -> dict[str, Any]:
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
        "design": draw.design,
        "algorithm": draw.algorithm,
        "listed": draw.listed,
        "unknown": draw.unknown_count,
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
                "stands_for": weight_of(one, draw),
                "reason": one.reason,
                # On which it is reviewed: the draw's, unless the file was given another.
                "instrument": one.instrument or draw.instrument,
                "another_instrument": bool(one.instrument) and one.instrument != draw.instrument,
                "in_reserve": one.reserve,
                "came_in_for": one.came_in_for.number if one.came_in_for else None,
            }
            for one in cases
        ],
    }
