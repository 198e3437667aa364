"""The practice record as files: our own format, because no national one exists."""

from collections.abc import Iterable, Iterator
from datetime import date

from goldthread.synthetic.lives.life import Life
from goldthread.synthetic.lives.practice import Decision, Discussion, practice
from goldthread.synthetic.lives.stage import Stage

Record = dict[str, str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "management_decisions": ("child", "decided_on", "decision", "reason_recorded", "role"),
    "strategy_discussions": ("child", "held_on", "agencies", "minuted_on", "actions"),
    "wishes_and_feelings": ("child", "recorded_on", "how"),
    "family_feedback": ("child", "sought_on", "given_on", "given_by"),
}
"""The files of the extract and their columns. Dates are ISO; several agencies or actions are parted by semicolons."""


def records(lives: Iterable[Life], stage: Stage, since: date) -> Iterator[tuple[str, Record]]:
    """Every row of the extract from a day on, with its file."""
    for life in lives:
        if not life.spells:
            continue
        child = life.child.id
        told = practice(life, stage, since)
        yield from (("management_decisions", _decision(child, each)) for each in told.decisions if each.recorded)
        yield from (("strategy_discussions", _discussion(child, each)) for each in told.discussions)
        for heard in told.wishes:
            yield "wishes_and_feelings", {"child": child, "recorded_on": heard.on.isoformat(), "how": heard.how}
        for asked in told.feedback:
            yield (
                "family_feedback",
                {
                    "child": child,
                    "sought_on": asked.sought_on.isoformat(),
                    "given_on": _iso(asked.given_on),
                    "given_by": asked.giver if asked.given_on else "",
                },
            )


def _decision(child: str, made: Decision) -> Record:
    return {
        "child": child,
        "decided_on": made.due_on.isoformat(),
        "decision": made.decision,
        "reason_recorded": "Y" if made.reasoned else "N",
        "role": made.role,
    }


def _discussion(child: str, held: Discussion) -> Record:
    return {
        "child": child,
        "held_on": held.held_on.isoformat(),
        "agencies": held.agencies,
        "minuted_on": _iso(held.minuted_on),
        "actions": held.actions,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
