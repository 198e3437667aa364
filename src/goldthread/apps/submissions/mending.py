"""What was mended since the hand-in before: the issues that are gone, those that are new, and those that stand.

An issue is the same where the same rule says the same of the same child, in the same columns of the same table: rows
move when a file is written anew, so they are no part of it. A rule that was not run both times tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.identities import child_column
from goldthread.apps.submissions.issues import frame_of
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

SAME = ("rule", "table", "child", "fields", "says")


@dataclass(frozen=True, slots=True)
class RuleMended:
    """One rule: how many of its issues were mended since the hand-in before, how many are new, and how many stand.

    `left` are those of children who are in no table of the return any more: they were not mended.
    """

    rule: str
    says: str
    mended: int
    left: int
    new: int
    same: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A hand-in against the one before it. `apart` are rules of which nothing is said: one of the two lacks them."""

    before: Submission
    rules: tuple[RuleMended, ...]
    apart: tuple[str, ...]

    @property
    def mended(self) -> int:
        """How many issues are gone, their children still in the return."""
        return sum(one.mended for one in self.rules)

    @property
    def left(self) -> int:
        """How many issues are gone because their child is no longer in the return."""
        return sum(one.left for one in self.rules)

    @property
    def new(self) -> int:
        """How many issues are new."""
        return sum(one.new for one in self.rules)

    @property
    def same(self) -> int:
        """How many issues stand as they did."""
        return sum(one.same for one in self.rules)

    @property
    def changed(self) -> tuple[RuleMended, ...]:
        """The rules of which some issue is gone or new, those with most mended and new first."""
        moved = [one for one in self.rules if one.mended or one.left or one.new]
        return tuple(sorted(moved, key=lambda one: (-(one.mended + one.left + one.new), one.rule)))


def before(submission: Submission, actor: Actor) -> Submission | None:
    """The hand-in of the same form and side before this one that the actor may see; None where there is none.

    Of a statutory return one of the same year: another year's children are others.
    """
    rows = queries.visible_to(actor).filter(
        inspection=submission.inspection, form=submission.form, side=submission.side, year=submission.year,
        status=lifecycle.Submission.READ, created_at__lt=submission.created_at,
    )  # fmt: skip
    return rows.exclude(pk=submission.pk).exclude(hand_over=lifecycle.HandOver.WITHDRAWN).first()


def mended(submission: Submission, actor: Actor, *, local: bool = False) -> Mended | None:
    """The submission against the hand-in before it; None where there is none, or it cannot be read back any more.

    With `local` of local rules alone. Raises StoreDamaged where the submission itself cannot.
    """
    import polars as pl

    from goldthread.engines.durable import StoreDamaged

    held = before(submission, actor)
    if held is None or not all(_checked(row, local=local) for row in (submission, held)):
        return None
    try:
        of_then = frame_of(held, local=local)
    except (KeyError, StoreDamaged, OSError):
        return None
    then, now = (
        frame.group_by(SAME).agg(pl.len().cast(pl.Int64).alias(name))
        for frame, name in ((of_then, "then"), (frame_of(submission, local=local), "now"))
    )
    both = then.join(now, on=list(SAME), how="full", coalesce=True, nulls_equal=True).with_columns(
        pl.col("then", "now").fill_null(0)
    )
    apart = _other_rules(held, submission) if local else _not_run(held) ^ _not_run(submission)
    gone = (pl.col("then") - pl.col("now")).clip(lower_bound=0)
    left = pl.col("child").is_not_null() & ~pl.col("child").is_in(sorted(_children(submission)))
    told = (
        both.filter(~pl.col("rule").is_in(sorted(apart)))
        .group_by("rule")
        .agg(
            pl.col("says").min(),
            gone.filter(~left).sum().alias("mended"),
            gone.filter(left).sum().alias("left"),
            (pl.col("now") - pl.col("then")).clip(lower_bound=0).sum().alias("new"),
            pl.min_horizontal("then", "now").sum().alias("same"),
        )
        .sort("rule")
    )
    return Mended(held, tuple(RuleMended(*row) for row in told.iter_rows()), tuple(sorted(apart)))


def _checked(submission: Submission, *, local: bool) -> bool:
    return bool(submission.issues_key) and (not local or "local" in submission.counts)


def _children(submission: Submission) -> set[str]:
    """The pseudonyms of everybody who is in some table of the submission."""
    found: set[str] = set()
    for name, frame in queries.tables_of(submission).items():
        for column in (child_column(name), "adopter"):
            if column in frame.columns:
                found.update(frame[column].drop_nulls().to_list())
    return found


def _not_run(submission: Submission) -> set[str]:
    return {one["rule"] for one in submission.counts.get("not_run", [])}


def _other_rules(one: Submission, other: Submission) -> set[str]:
    """The local rules that were run on one of the two alone, or were declared otherwise."""
    ran, also = (set(row.counts["local"]["ran"].items()) for row in (one, other))
    return {code for code, _ in ran ^ also}
