"""From a submission and a plan to the children drawn: the one way, used to draw and to prove a draw afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from goldthread.apps.access.policy import Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import tables_of
from goldthread.domain import lifecycle, sampling

if TYPE_CHECKING:
    from goldthread.kernel.frames import Frame

UNKNOWN = "Not recorded"
"""The stratum of a child of whom the list does not say what the plan divides by."""


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """How to draw from a submission: whose cases, divided by what, how many, with which seed."""

    population: str
    strata_by: tuple[str, ...]
    size: int
    seed: str
    minimum_per_stratum: int | None = None

    def sampling_plan(self) -> sampling.Plan:
        """The plan as `domain.sampling` reads it."""
        return sampling.Plan(self.size, self.seed, self.strata_by, self.minimum_per_stratum)


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


def frame_of(submission: Submission, population: str, strata_by: Sequence[str], as_at: date | None = None) -> Frame:
    """Who could be drawn, and who could not and why. Raises Refused where the submission or the plan will not do."""
    from goldthread.kernel.frames import frame

    try:
        return frame(tables_of(submission), as_at or day_of(submission), population=population, strata=strata_by)
    except ValueError as error:
        raise Refused(f"No sample can be drawn: {error}.") from error


def candidates(frame: Frame) -> list[sampling.Candidate]:
    """The frame as `domain.sampling` reads it."""
    rows = frame.eligible.select("child", "stratum").iter_rows()
    return [sampling.Candidate(child, stratum or UNKNOWN) for child, stratum in rows]


def draw_from(frame: Frame, plan: DrawPlan) -> sampling.Draw:
    """The children that the plan draws. Raises Refused where it does not fit the frame."""
    try:
        return sampling.draw(plan.sampling_plan(), candidates(frame))
    except sampling.SamplingError as error:
        raise Refused(str(error)) from error
