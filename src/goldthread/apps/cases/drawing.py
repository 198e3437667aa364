"""From a submission and a plan to the children drawn: the one way, used to draw and to prove a draw afterwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.apps.access.policy import Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import tables_of
from goldthread.domain import lifecycle, sampling

if TYPE_CHECKING:
    from goldthread.kernel.frames import Frame
    from goldthread.kernel.theme_frames import Limited

UNKNOWN = "Not recorded"
"""The stratum of a child of whom the list does not say what the plan divides by."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a design asks beyond size and seed, children by pseudonym or as they were written.

    `expected` and `times` are by stratum, `families` by child, `picked` pairs a child with the reason. `listed` are
    the children whom the frame is limited to, as they were given; None where it is not limited.
    """

    expected: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    picked: tuple[tuple[str, str], ...] = ()
    listed: tuple[str, ...] | None = None

    def written(self) -> list[str]:
        """Every child whom the plan names."""
        return [*self.families, *self.families.values(), *(child for child, _ in self.picked), *(self.listed or ())]

    def named(self, names: Mapping[str, str]) -> Particulars:
        """The same with pseudonyms. Raises Refused where one child, written in two ways, stands in two families."""
        family_of: dict[str, str] = {}
        for child, family in self.families.items():
            if family_of.setdefault(names[child], family) != family:
                raise Refused(f"{child} is in two families; each child can be in one.")
        return replace(
            self,
            families=family_of,
            picked=tuple((names[child], because) for child, because in self.picked),
            listed=None if self.listed is None else tuple(names[child] for child in self.listed),
        )

    def within(self, children: Collection[str]) -> Particulars:
        """The same with families of those children alone: whoever is not in the frame may be named by their own ID.

        A family is named after its first child, so that it has the same name however it was written.
        """
        members: dict[str, list[str]] = {}
        for child, family in self.families.items():
            if child in children:
                members.setdefault(family, []).append(child)
        return replace(self, families={child: min(ones) for ones in members.values() for child in ones})

    def as_data(self) -> dict[str, Any]:
        """What is kept with the draw: what is empty is left out."""
        held = {
            "expected": dict(self.expected), "times": dict(self.times), "families": dict(self.families),
            "picked": [list(pair) for pair in self.picked],
            "listed": None if self.listed is None else list(self.listed),
        }  # fmt: skip
        return {name: value for name, value in held.items() if value or (name == "listed" and value is not None)}


def particulars_from(data: Mapping[str, Any]) -> Particulars:
    """What was kept with a draw."""
    listed = data.get("listed")
    return Particulars(
        expected=data.get("expected", {}), times=data.get("times", {}), families=data.get("families", {}),
        picked=tuple((child, because) for child, because in data.get("picked", ())),
        listed=None if listed is None else tuple(listed),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """How to draw from a submission: whose cases (or of a dip-sample the theme), divided by what, how many, with which
    seed, by which design, and what else the design asks."""

    population: str
    strata_by: tuple[str, ...]
    size: int
    seed: str
    minimum_per_stratum: int | None = None
    design: str = sampling.Design.PROPORTIONAL.value
    more: Particulars = field(default_factory=Particulars)

    def sampling_plan(self) -> sampling.Plan:
        """The plan as `domain.sampling` reads it."""
        design = sampling.Design(self.design)
        return sampling.Plan(
            self.size, self.seed, self.strata_by, self.minimum_per_stratum, design, self.more.expected,
            self.more.times, self.population if design is sampling.Design.DIP else "", self.more.picked,
        )  # fmt: skip


def why_not_drawable(submission: Submission) -> str:
    """Why no sample can be drawn from a submission, or an empty string."""
    if submission.hand_over == lifecycle.HandOver.WITHDRAWN:
        return "This submission was withdrawn, so no sample can be drawn from it."
    if not submission.readable:
        return "This submission has not been read yet, so no sample can be drawn from it."
    if not submission.of_lists:
        return "A sample is drawn from the Annex A lists: hand those in, and draw from them."
    if submission.side != Side.TEAM and submission.released_at is None:
        return "The authority has not handed this submission over yet."
    return "" if submission.as_at else "This submission does not say for which day it was made."


def day_of(submission: Submission) -> date:
    """The day for which a submission was made. Raises Refused where it does not say."""
    if submission.as_at is None:
        raise Refused("This submission does not say for which day it was made.")
    return submission.as_at


def frame_of(submission: Submission, plan: DrawPlan, as_at: date | None = None) -> Limited:
    """Who could be drawn, and who could not and why; and of a list that was given, who is unknown.

    Raises Refused where the submission or the plan will not do.
    """
    from goldthread.kernel.frames import frame
    from goldthread.kernel.theme_frames import Limited, limited_to, theme_frame

    tables, day = tables_of(submission), as_at or day_of(submission)
    try:
        if plan.design == sampling.Design.DIP:
            whole = theme_frame(tables, day, plan.population)
        else:
            whole = frame(tables, day, population=plan.population, strata=plan.strata_by)
    except ValueError as error:
        raise Refused(f"No sample can be drawn: {error}.") from error
    if plan.more.listed is None:
        return Limited(whole, (), 0)
    limited = limited_to(whole, plan.more.listed)
    if not limited.frame.eligible.height:
        raise Refused("Nobody on the list that was given is in the frame, so there is nobody to draw from.")
    return limited


def candidates(frame: Frame, plan: DrawPlan) -> list[sampling.Candidate]:
    """The frame as `domain.sampling` reads it."""
    rows = frame.eligible.select("child", "stratum").iter_rows()
    families = plan.more.families
    return [sampling.Candidate(child, stratum or UNKNOWN, families.get(child, "")) for child, stratum in rows]


def draw_from(frame: Frame, plan: DrawPlan) -> sampling.Draw:
    """The children that the plan draws. Raises Refused where it does not fit the frame."""
    try:
        return sampling.draw(plan.sampling_plan(), candidates(frame, plan))
    except sampling.SamplingError as error:
        raise Refused(str(error)) from error
