"""Demonstration: whom the team hears. Conversations on each of the terms and in each state, practice that was watched,
and what children in care were promised. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.conversations import actions
from goldthread.apps.conversations.models import Conversation
from goldthread.apps.inspections.models import Inspection
from goldthread.config import demonstration_data as data

TOM, PRIYA, EWA = "inspector@demo.example", "inspector2@demo.example", "inspector4@demo.example"
TARGETS = (
    ("children", "8-11", "", "", 6), ("children", "12-17", "", "looked-after", 8), ("care-leavers", "18-25", "", "", 8),
    ("foster-carers", "", "", "", 6), ("social-workers", "", "", "", 12), ("parents", "", "", "help-and-protection", 6),
    ("schools", "", "", "", 3), ("police", "", "", "", 1), ("health", "", "", "", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One conversation: who, on which terms, what was said, and what of it went on the shelf."""

    group: str
    age: str
    team: str
    area: str
    people: int
    by: str
    tier: str = ""
    notes: str = ""
    shelf: tuple[tuple[str, str], ...] = ()
    ends: str = "held"
    how: str = "in-person"


CONVERSATIONS = (
    Told(
        "care-leavers", "18-25", "Leaving care", "care-leavers", 5, TOM, "words",
        "Five young adults at the drop-in, pizza on the table. One said: “My adviser answers the same day, even on a "
        "Sunday.” Another: “I signed for my flat and nobody had told me about the council tax.” All five knew the "
        "local offer by name; two had read it.",
        (("words", "My adviser answers the same day, even on a Sunday"),
         ("words", "I signed for my flat and nobody had told me about the council tax")),
    ),
    Told(
        "foster-carers", "", "Fostering", "looked-after", 4, PRIYA, "idea",
        "Four carers, the longest with eleven years. They ring the duty line at weekends and reach somebody who has "
        "the file in front of them. Two were told of a child's night terrors only after the move. They would rather "
        "hear bad news before than after.",
        (("idea", "Support out of hours is good; carers were not always given what was known of a child beforehand."),),
    ),
    Told(
        "children", "12-17", "Children in care 2", "looked-after", 1, TOM, "inspector",
        "She wanted to be heard and did not want it used. She has told her reviewing officer the same.",
    ),
    Told(
        "social-workers", "", "Assessment North", "help-and-protection", 7, EWA, "words",
        "Seven workers, three of them newly qualified. “I have twenty-six children and I know every one, but I do not "
        "write it up until Friday night.” Supervision happens; it turns to allocation after ten minutes.",
        (("words", "I have twenty-six children and I know every one, but I do not write it up until Friday night"),),
    ),
    Told(
        "schools", "", "", "help-and-protection", 2, PRIYA, "words",
        "Two designated leads. Outcomes of contacts come back within two days now; a year ago they rang to ask.",
        (("words", "Outcomes of contacts come back within two days now"),), how="video",
    ),
    Told("parents", "", "Protection South", "help-and-protection", 1, EWA, "words",
         "He was not asked to the first two meetings, and then he was.", ends="taken back"),
    Told("health", "", "", "looked-after", 2, EWA, "idea", "Initial assessments wait for consent, not for doctors.",
         ends="agreed"),
    Told("police", "", "", "help-and-protection", 1, TOM, ends="planned"),
    Told("children", "8-11", "Children in care 1", "looked-after", 3, PRIYA, ends="planned"),
    Told("parents", "", "Assessment North", "help-and-protection", 1, TOM, ends="not held"),
)  # fmt: skip
OBSERVED = (
    ("panel", "Exploitation panel", "help-and-protection", TOM,
     "Nine children in two hours. Police, health and schools came prepared; return conversations were quoted.",
     "Each child left with an owner and a day.", "Where a child was the risk to another, only one was spoken of.",
     "The exploitation panel plans well for each child; it does not look together at children who are a risk to each "
     "other."),
    ("visit", "Children in care 2", "looked-after", PRIYA,
     "Direct work with a boy of nine about why he lives with his carers, with drawings that he keeps.",
     "His pace, his words, and an honest answer to “for how long”.", "",
     "A social worker helps a child to understand his story, at his pace and honestly."),
    ("supervision", "Assessment North", "leadership", EWA,
     "An hour for nine children. The plan of each was read out; no child's view was.", "",
     "Reflection had no place in it.", ""),
)  # fmt: skip
SAID = (
    "Eleven came. Family time is changed at short notice and nobody tells them why. They asked for the pocket-money "
    "rule to be the same in every home, and for somebody to answer the letter that they wrote in spring."
)
PROMISES = (
    ("An answer to the letter of spring, read out at the next meeting", "Head of corporate parenting", -20, "", ""),
    ("One pocket-money rule for every home", "Lead member", 30, "", ""),
    ("A young person on every interview panel", "Director of children's services", -40, "kept",
     "Three panels since, each with a young person; the minutes name the question that they asked."),
)  # fmt: skip


def voices(inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    """The plan, the conversations, the observations and the promises."""
    today = timezone.localdate()
    for number, (group, age, team, area, wanted) in enumerate(TARGETS):
        actions.set_target(
            inspection=inspection, group=group, age=age, team=team, area=area, wanted=wanted,
            client_key=data.key(f"target-{number}"), by=actors["lead@demo.example"],
        )  # fmt: skip
    for number, told in enumerate(CONVERSATIONS):
        _conversation(inspection, told, number, today, people, actors[told.by])
    for number, (kind, team, area, email, seen, well, better, gist) in enumerate(OBSERVED):
        one = actions.observe(
            inspection=inspection, day=max(inspection.call_day, today - timedelta(days=number)), kind=kind, team=team,
            areas=[area], said={"seen": seen, "well": well, "better": better, "gist": gist},
            client_key=data.key(f"observation-{number}"), by=actors[email],
        )  # fmt: skip
        if gist:
            actions.shelve_observation(observation=one, version=one.version, by=actors[email])
    _promises(inspection, today, actors[TOM])


def _conversation(
    inspection: Inspection, told: Told, number: int, today: date, people: Mapping[str, Person], by: Actor
) -> Conversation:
    day = max(inspection.call_day, today - timedelta(days=number % 3))
    one = actions.plan(
        inspection=inspection, group=told.group, age=told.age, team=told.team, areas=[told.area], day=day, how=told.how,
        people=told.people, holder=people[told.by], client_key=data.key(f"conversation-{number}"), by=by,
    )  # fmt: skip
    if told.ends == "planned":
        return one
    if told.ends == "not held":
        return actions.not_held(conversation=one, because="did-not-want", version=one.version, by=by)
    child = told.group == "children"
    one = actions.agree(
        conversation=one, tier=told.tier, adult="there" if child else "grown-up", agreed="themselves",
        withdraw_until=max(inspection.fieldwork_to, today) + timedelta(days=14), version=one.version, by=by,
    )  # fmt: skip
    one = actions.write_notes(conversation=one, notes=told.notes, version=one.version, by=by)
    if told.ends == "agreed":
        return one
    one = actions.finish(conversation=one, version=one.version, by=by)
    for place, (tier, text) in enumerate(told.shelf):
        actions.shelve_passage(
            conversation=one, tier=tier, text=text, areas=[told.area], client_key=data.key(f"passage-{number}-{place}"),
            by=by,
        )  # fmt: skip
    if told.ends == "taken back":
        one = actions.withdraw(conversation=one, because="slip", version=one.version, by=by)
    return one


def _promises(inspection: Inspection, today: date, by: Actor) -> None:
    council = actions.record_care_council(
        inspection=inspection, day=today - timedelta(days=60), name="Children in Care council", people=11, says=SAID,
        client_key=data.key("care-council"), by=by,
    )  # fmt: skip
    for number, (says, by_whom, days, to, outcome) in enumerate(PROMISES):
        made = actions.promise(
            council=council, says=says, by_whom=by_whom, due=today + timedelta(days=days),
            client_key=data.key(f"promise-{number}"), by=by,
        )  # fmt: skip
        if to:
            actions.settle_promise(promise=made, to=to, outcome=outcome, version=made.version, by=by)
