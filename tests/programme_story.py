"""An audit programme with three teams and three who audit, for the tests of the programme."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import polars as pl

from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import AuditAction, ProgrammeRule, Round
from goldthread.apps.submissions import holdings
from tests.cases_story import INSTRUMENT, Story, full_answers, story, tables

TEAMS = ("North", "South", "East, and fostering")
"""One of them with a comma in its name."""
FIRST = date(2026, 1, 1)


def programme(*, declared: bool = True, **rule: Any) -> Story:
    """Wexcombe, with its rule set and, where it is declared, everybody's own team."""
    made = story("own-audit")
    hand_in(made)
    if declared:
        for role, team in zip(("lead", "inspector", "inspector-2"), TEAMS, strict=True):
            note(made, role, teams=[team])
    set_rule(made, **rule)
    return made


def hand_in(made: Story) -> None:
    """The lists again, each third child with another team."""
    held = {}
    for name, frame in tables().items():
        team = pl.col("child").str.slice(-3).cast(pl.Int64).mod(3).replace_strict(dict(enumerate(TEAMS)))
        held[name] = frame.with_columns(team.alias("team"))
    assert made.submission is not None
    made.submission.store_key = holdings.keep_frames(made.submission, "tables", held)
    made.submission.save()


def note(made: Story, role: str, *, takes_part: bool = True, teams: list[str] | None = None, version: int = 0) -> None:
    """Somebody says how they take part."""
    actions.note_auditor(
        inspection=made.inspection, person=made.person(role), takes_part=takes_part, teams=teams or [],
        version=version, by=made[role],
    )  # fmt: skip


def set_rule(made: Story, *, version: int = 0, by: str = "lead", **changed: Any) -> ProgrammeRule:
    """The rule: nine a month, at least two of each team."""
    fields: dict[str, Any] = {
        "instrument": INSTRUMENT, "first_month": FIRST, "size": 9, "design": "proportional",
        "population": "open-cases", "strata_by": ["team"], "minimum_per_stratum": 2, "days": 10, "soon": 5,
        "share": 0, "rest": 12, "because": "", **changed,
    }  # fmt: skip
    return actions.set_rule(inspection=made.inspection, version=version, by=made[by], **fields)


def planned(made: Story) -> Round:
    """The round that is drawn next."""
    found = queries.next_planned(made.inspection)
    assert found is not None
    return found


def drawn(made: Story, round_: Round | None = None, *, by: str = "lead") -> Round:
    """A round drawn as it was seen."""
    held, rule = round_ or planned(made), queries.rule_of(made.inspection)
    assert rule is not None
    told = queries.propose(held, rule, made[by])
    return actions.draw_round(round_=held, seen=told.seen, version=held.version, by=made[by])


def signed(made: Story, case: Case, **changed: Any) -> None:
    """Whoever has the case audits it."""
    role = next(role for role, one in made.people.items() if one.pk == case.allocated_to_id)
    review = cases.start_review(case=case, by=made[role])
    given = {**full_answers(), **{name.replace("_", "-"): typed for name, typed in changed.items()}}
    review = cases.save_answers(review=review, answers=given, by=made[role]).review
    cases.sign_off(review=review, version=review.version, by=made[role])


def action(made: Story, *, to: str = "inspector", by: str = "lead", **more: Any) -> AuditAction:
    """Something to be done."""
    words = {"says": "Ring the school.", "due": date(2030, 3, 1), "client_key": uuid4(), **more}
    return actions.give_action(inspection=made.inspection, owner=made.person(to), by=made[by], **words)
