"""Recommendations and their goals as pages, files and home pages show them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from goldthread.apps.access.policy import Actor
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries import planned, you_said
from goldthread.domain import lifecycle
from goldthread.domain.improving import FEWEST_FILES, Reach, Verdict, reach
from goldthread.domain.improving_words import day_in_words, difference_told, in_words, places, target_in_words
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters.task import Task, address

WAITS = "Waits for the next draw"
COLOURS = {Verdict.IMPROVED: "green", Verdict.WORSE: "red", Verdict.TOO_LITTLE: "grey", Verdict.DEFINED_ANEW: "yellow"}


def found(pool: queries.Pool, target: int | None = None) -> str:
    """“18 of 24, 75% (likely 55 to 88%)”: a share of few files without a percentage, one of a whole list without a
    range. Beside a target it has as many decimal places as it takes to see on which side of it each number lies."""
    held = pool.sampled
    counts, interval = f"{held.met:,} of {held.of:,}", held.interval
    if held.few or interval is None:
        return counts
    if held.whole:
        count = places([100 * held.met / held.of], target)
        return f"{counts}, {_percent(held.met, held.of, count)} of the whole list"
    low, high = 100 * interval.low, 100 * interval.high
    count = places([low, high], target)
    told = f"likely {round(low, count):.{count}f} to {round(high, count):.{count}f}%"
    return f"{counts}, {_percent(held.met, held.of, count)} ({told})"


def _percent(met: int, of: int, count: int = 0) -> str:
    """A share in per cent; what is some and not all is never told as none or as all."""
    share = f"{round(100 * met / of, count):.{count}f}%"
    if count == 0 and 0 < met < of:
        return {"0%": "under 1%", "100%": "over 99%"}.get(share, share)
    return share


def days(pool: queries.Pool) -> str:
    """“5 March 2026”, or of several draws that are counted together the day of each."""
    said = [f"{one.day:%-d %B %Y}" for one in pool.readings]
    return said[0] if len(said) == 1 else f"draws of {', '.join(said[:-1])} and {said[-1]}, together"


def _waits(pool: Any) -> str:
    if pool is None:
        return ""
    said = " and ".join(f"{one.day:%-d %B %Y}" for one in pool.readings)
    which = "draws" if len(pool.readings) > 1 else "draw"
    return (
        f"Files read of the {which} of {said}: {pool.sampled.of}, too few to say anything by themselves. "
        f"They are counted together with the next draw, until there are {FEWEST_FILES}."
    )


def goal(told: queries.Told, elsewhere: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A goal as its page shows it: baseline, every later reading with its verdict, and what is said of the target.

    `elsewhere` names the inspection for which lists were handed in, by the source of a reading, where it is another.
    """
    other = elsewhere or {}
    target = told.goal.target
    rows = [
        {
            "days": days(one.pool), "from": other.get(one.pool.readings[-1].source, ""),
            "found": found(one.pool, target),
            "verdict": WAITS if one.pool.waits else str(one.change.verdict).capitalize(),
            "colour": _colour(one), "reach": target_in_words(one.reach, one.change.verdict), "slipped": one.slipped,
            "difference": _difference(one.change),
        }
        for one in told.later
    ]  # fmt: skip
    last, baseline = told.last, told.baseline
    return {
        "goal": told.goal, "baseline": baseline, "found": found(baseline, target) if baseline else "",
        "days": days(baseline) if baseline else "", "at_first": _at_first(told),
        "definition": queries.counted_as(baseline.readings[0].definition) if baseline else "",
        "waits": _waits(told.waiting),
        "rows": rows, "says": says(told), "last_days": days(last.pool) if last else "",
        "way": "at least" if told.goal.better == "high" else "at most", "by_when": by_when(told),
    }  # fmt: skip


def says(told: queries.Told) -> str:
    """What can be said of the target and of the change, in one; nothing while nothing was found that can be judged."""
    last = told.last
    if last is None or last.pool.waits:
        return ""
    return in_words(told.goal.aim, last.change, last.reach, last.pool.sampled)


def by_when(told: queries.Told) -> str:
    """What can be said of the day by which its target is to be reached; nothing where it has none."""
    if told.goal.due is None:
        return ""
    found = told.last.pool if told.last is not None else told.baseline
    measured = found.day if found is not None else None
    return day_in_words(told.goal.due, reached=told.at_target, measured=measured, today=localdate())


def _at_first(told: queries.Told) -> str:
    """That the target was reached at the baseline already, where it surely was: the goal is then to keep it."""
    if told.baseline is None:
        return ""
    held = told.baseline.sampled
    reached = reach(told.goal.aim, held.definition, held) is Reach.SURELY
    return "It reached its target already then, so the goal is to keep it." if reached else ""


def _colour(later: queries.Later) -> str:
    """Red is for what is worse and does not reach its target; what is worse and still reaches it is a warning."""
    if later.change.verdict is Verdict.WORSE and later.reach is Reach.SURELY:
        return "orange"
    return COLOURS.get(later.change.verdict, "blue")


def _difference(change: Any) -> str:
    if change.difference is None or change.interval is None:
        return "Not compared"
    return difference_told(*(100 * one for one in (change.difference, change.interval.low, change.interval.high)))


def verdicts(opened: Any) -> list[tuple[str, str, str]]:
    """For the list: each goal's title, its verdict and its colour."""
    return [
        (one.goal.title, queries.VERDICTS[one.verdict], _colour(one.last) if one.last else "grey")
        for one in opened.goals
    ]  # fmt: skip


def plan_table(inspection: Any, held: Iterable[Any], *, by: str, at: datetime, asked: str) -> Table:
    """The plan as a file: a row for each goal, and one for a recommendation that has none."""
    columns = (
        "Number", "What is to be better", "Owner", "Due", "State", "The owner’s word", "Goal", "Target",
        "To be reached by", "Baseline", "Baseline on", "Found last", "Found on", "Verdict", "Target reached",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in held:
        row = one.recommendation
        first: tuple[Cell, ...] = (row.mark, one.says, row.owner.name, row.due, one.state, one.owners_word)
        rows.extend((*first, *_of_goal(each)) for each in one.goals)
        if not one.goals:
            rows.append((*first, *([""] * 9)))
    about = (
        ("Inspection", inspection.title), ("Which", asked), ("Taken out by", by), ("At", f"{at:%d/%m/%Y %H:%M}"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip
    return Table("Recommendations", columns, rows, about)


def _of_goal(told: Any) -> tuple[Cell, ...]:
    shown, last = goal(told), told.last
    return (
        told.goal.title, f"{shown['way']} {told.goal.target}%", told.goal.due or "", shown["found"], shown["days"],
        found(last.pool, told.goal.target) if last else "", shown["last_days"], queries.VERDICTS[told.verdict],
        str(last.reach).capitalize() if last else "",
    )  # fmt: skip


def to_do(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Recommendations that are mine to do; and those that wait for the inspectors' word."""
    if not mine:
        return
    for one in queries.to_do(actor):
        where = address("recommendation", one.inspection_id, one.pk)
        says = f"{one.mark}, {one.inspection.title}"
        yield Task("Do what an inspection asks of you", says, where, due=one.due)
    for inspection, count in queries.new_to_read(actor).items():
        yield Task("Read what an inspection recommends", inspection.title, address("improvement", inspection.pk), count)
    for one in queries.to_judge(actor):
        reopened = one.status == lifecycle.Recommendation.REOPENED
        words = "See why a recommendation is reopened" if reopened else "See whether a recommendation can be closed"
        by = f", to be done by {one.due:%-d %B %Y}" if one.waits_to_be_accepted else ""
        where = address("recommendation", one.inspection_id, one.pk)
        yield Task(words, f"{one.mark}, {one.inspection.title}{by}", where)
    yield from planned_to_do(actor)


def planned_to_do(actor: Actor) -> Iterator[Task]:
    """Actions that the council planned: mine to do or to say done, and those whose proof I may accept."""
    for one in planned.to_do(actor):
        where = address("planned_action", one.inspection_id, one.pk)
        yield Task("Do what the council planned", f"{one.mark}, {one.inspection.title}", where, due=one.due)
    for told in you_said.asked_of(actor):
        where = address("you_said_yes", told.inspection_id, told.pk)
        says = f"{told.recommendation.mark}, {told.inspection.title}"
        yield Task("Say whether families may be promised this", says, where)
    for told in you_said.marked_since(actor):
        where = address("you_said_write", told.inspection_id, told.recommendation_id)
        says = f"{told.recommendation.mark}, {told.inspection.title}"
        yield Task("See whether somebody can be recognised in what families read", says, where)
    for one in planned.to_accept(actor):
        where = address("planned_action", one.inspection_id, one.pk)
        words = f"{one.mark}, {one.inspection.title}, to be done by {one.due:%-d %B %Y}"
        yield Task("See whether an action is shown to be done", words, where)
