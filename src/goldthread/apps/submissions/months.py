"""Issue counts over the months: one hand-in after another of the same form and side, by severity and by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import local_rules, queries
from goldthread.apps.submissions.issues import SEVERITIES
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart

MOST = 24
"""How many hand-ins are laid side by side, the latest of them: two years of months."""

WHO = {"ssda903": "cla_header", "cin": "cin_child_identifiers"}
"""The table of each return that has one row for each child."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """One hand-in: its issues by severity, in the order of SEVERITIES.

    `compared` are those of the rules that were run on every hand-in that is shown: only they can be set beside others.
    `children` is how many rows the return has for who its children are; None for a form without such a table.
    """

    submission: Submission
    title: str
    counts: tuple[int, ...]
    compared: tuple[int, ...]
    children: int | None = None

    @property
    def rate(self) -> float | None:
        """How many errors there are for each 100 children, of the rules that are compared; None where not known."""
        return 100 * self.compared[0] / self.children if self.children else None

    @property
    def total(self) -> int:
        """How many issues it has."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class RuleOverTime:
    """One rule: how many issues it made in each hand-in, None where it was not run on it."""

    rule: str
    severity: str
    says: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """The hand-ins, the earliest first, and the rules, those first that make most issues in the latest.

    `apart` are the codes of rules that made issues in one of them and were not run on another. `local` are local rules,
    where the actor may see them: one that was declared otherwise in between is another, and stands by itself.
    """

    hand_ins: tuple[HandIn, ...]
    rules: tuple[RuleOverTime, ...]
    left_out: int
    local: tuple[RuleOverTime, ...] = ()

    @property
    def apart(self) -> tuple[str, ...]:
        """The rules that are not compared."""
        return tuple(sorted(one.rule for one in self.rules if None in one.counts))


def over_time(submission: Submission, actor: Actor) -> OverTime:
    """The hand-ins of the same form and side in the inspection that were read and not withdrawn.

    One whose files were read again counts as its later reading. They are those that the actor may see; returns of
    other years are among them, whose rules differ where the year's do.
    """
    rows = queries.handed_in(actor, submission.inspection).filter(
        form=submission.form, side=submission.side, status=lifecycle.Submission.READ
    )
    rows = rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).exclude(readings__status=lifecycle.Submission.READ)
    every = sorted(rows.distinct(), key=lambda one: one.created_at)
    kept = every[-MOST:]
    stopped = set().union(*(_stopped(one) for one in kept)) if kept else set()
    hand_ins = tuple(HandIn(one, _title(one), _counts(one), _compared(one, stopped), _children(one)) for one in kept)
    local = _local_rules(kept) if local_rules.may_see(actor, submission) else ()
    return OverTime(hand_ins, _rules(kept), len(every) - len(kept), local)


def chart(told: OverTime) -> Chart | None:
    """The counts by severity as lines; None where there is no hand-in."""
    from goldthread.kernel.charts.issue_counts import HandInRow, issue_counts_chart

    rows = [HandInRow(one.title, *_three(one.compared), children=one.children) for one in told.hand_ins]
    return issue_counts_chart(rows, of_all=not told.apart) if rows else None


def _three(counts: tuple[int, ...]) -> tuple[int, int, int]:
    errors, queries_, notes = counts
    return errors, queries_, notes


def _title(one: Submission) -> str:
    """When it was handed in, to the minute: two of one day are told apart."""
    return f"{timezone.localtime(one.created_at):%-d %b %Y, %H:%M}"


def _children(one: Submission) -> int | None:
    """How many children a return tells of, by the table that has a row for each."""
    held: int | None = one.lists.get("rows", {}).get(WHO.get(one.form or "", ""))
    return held


def _counts(one: Submission) -> tuple[int, ...]:
    held = one.counts.get("severities", {})
    return tuple(held.get(name, 0) for name in SEVERITIES)


def _compared(one: Submission, stopped: set[str]) -> tuple[int, ...]:
    rules = one.counts.get("rules", [])
    left_out = dict.fromkeys(SEVERITIES, 0)
    for rule in rules:
        if rule["rule"] in stopped and rule["severity"] in left_out:
            left_out[rule["severity"]] += rule["issues"]
    return tuple(count - left_out[name] for name, count in zip(SEVERITIES, _counts(one), strict=True))


def _stopped(one: Submission) -> set[str]:
    """The rules that were not run on a hand-in at all: one that made issues all the same was run on some of it."""
    made = {each["rule"] for each in one.counts.get("rules", [])}
    return {each["rule"] for each in one.counts.get("not_run", [])} - made


def _rules(rows: list[Submission]) -> tuple[RuleOverTime, ...]:
    says: dict[str, tuple[str, str]] = {}
    counts: list[dict[str, int]] = []
    not_run: list[set[str]] = []
    for row in rows:
        of_row: dict[str, int] = {}
        for one in row.counts.get("rules", []):
            of_row[one["rule"]] = of_row.get(one["rule"], 0) + one["issues"]
            says[one["rule"]] = (one["severity"], one["says"])
        counts.append(of_row)
        not_run.append(_stopped(row))
    found = [
        RuleOverTime(
            rule, severity, words,
            tuple(
                None if rule in stopped else of_row.get(rule, 0)
                for of_row, stopped in zip(counts, not_run, strict=True)
            ),
        )
        for rule, (severity, words) in says.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: ([-(count or 0) for count in reversed(one.counts)], one.rule)))


def _local_rules(rows: list[Submission]) -> tuple[RuleOverTime, ...]:
    """Each local rule in each of its declarations, with its issues in every hand-in that it was run on."""
    told = [row.counts.get("local", {}) for row in rows]
    says: dict[tuple[str, str], tuple[str, str]] = {}
    versions: dict[tuple[str, str], set[int]] = {}
    for held in told:
        made = {one["rule"]: one for one in held.get("rules", [])}
        for declared in held.get("ran", {}).items():
            one = made.get(declared[0])
            if one is not None or declared not in says:
                says[declared] = (one["severity"], one["says"]) if one else ("", "It found nothing.")
            versions.setdefault(declared, set()).add(held["version"])
    found = []
    for (code, mark), (severity, words) in sorted(says.items()):
        numbers = sorted(versions[code, mark])
        also = f" (version{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))})"
        counts = tuple(_of_local(held, code) if held.get("ran", {}).get(code) == mark else None for held in told)
        found.append(RuleOverTime(code + also, severity, words, counts))
    return tuple(found)


def _of_local(held: dict[str, Any], code: str) -> int:
    return sum(int(one["issues"]) for one in held.get("rules", []) if one["rule"] == code)
