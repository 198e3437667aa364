"""Contacts and early help: lists 1 and 2, where most children are heard of once and never again."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from goldthread.synthetic import mixes
from goldthread.synthetic.case import Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.people import Child
from goldthread.synthetic.scene import Scene

CONTACTS = 11_500
EARLY_HELP = 2_300
# Not every referral was recorded as a contact first.
_CONTACT_BEFORE_REFERRAL = 0.96
_ON_OPEN_CASES = 1_700
_EARLY_HELP_ALONE = 1_500

ORGANISATIONS = Weights(
    {
        "Early Help Team Northside": 16.0, "Early Help Team Riverside": 15.0, "Early Help Team Hillside": 14.0,
        "Primary school": 19.0, "Secondary school": 13.0, "Health visiting service": 9.0, "School nursing service": 4.0,
        "Nursery or pre-school": 4.0, "Youth service": 3.0, "Voluntary organisation": 3.0,
    }
)  # fmt: skip


class _Add(Protocol):
    """What takes a contact in: the child, the day, the source."""

    def __call__(self, child: Child, on: date, source: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact about one child."""

    child: Child
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """One early help assessment or intervention for one child; running while `completed_on` is empty."""

    child: Child
    started_on: date
    completed_on: date | None
    organisation: str


def contacts(scene: Scene, cases: list[Case]) -> list[Contact]:
    """Contacts that led to a referral, contacts about open cases, and the many that led to neither."""
    dice = scene.dice("contacts")
    made: dict[tuple[str, date, str], Contact] = {}

    def add(child: Child, on: date, source: str) -> None:
        born = child.born_on <= on or child.born_on > scene.as_at
        if born and scene.opens <= on <= scene.as_at:
            made.setdefault((child.id, on, source), Contact(child, on, source))

    _before_referrals(scene, dice, cases, add)
    known = [case for case in cases if case.status and not case.adoption]
    for case in dice.some(known, scene.count(_ON_OPEN_CASES)):
        until = case.closed_on or scene.as_at
        on = scene.days.pick(dice, max(scene.opens, case.started_on), until)
        add(case.child, on, dice.pick(mixes.SOURCES))
    while len(made) < scene.count(CONTACTS):
        _unreferred(scene, dice, scene.count(CONTACTS) - len(made), add)
    return list(made.values())


def _before_referrals(scene: Scene, dice: Dice, cases: list[Case], add: _Add) -> None:
    lag: dict[tuple[int, date], int | None] = {}
    for case in cases:
        for referral in case.referrals:
            together = (case.child.household, referral.on)
            if together not in lag:
                told = dice.chance(_CONTACT_BEFORE_REFERRAL)
                lag[together] = dice.one_of((0, 0, 0, 0, 0, 0, 1, 1, 2)) if told else None
            days = lag[together]
            if days is not None:
                on = scene.days.before(referral.on, days)
                add(case.child, on if on >= scene.opens else referral.on, referral.source)


def _unreferred(scene: Scene, dice: Dice, room: int, add: _Add) -> None:
    """A household that was heard of, once or twice, and not referred."""
    on = scene.days.pick(dice, scene.opens, scene.as_at)
    if dice.chance(0.06):
        on = dice.day(scene.opens, scene.as_at)
    source = dice.pick(mixes.SOURCES)
    again = scene.days.pick(dice, on, scene.as_at) if dice.chance(0.1) else None
    children = scene.people.household(on, room, unborn=0.006)
    for place, child in enumerate(children, start=1):
        add(child, on, source)
        if again and len(children) + place <= room:
            add(child, again, source)


def early_help(scene: Scene, cases: list[Case]) -> list[EarlyHelp]:
    """Families with early help alone, and children who came down from, or later went up to, social care."""
    dice = scene.dice("early help")
    made: list[EarlyHelp] = []
    known = [case for case in cases if case.referrals and case.status in (None, "CLOSED")]
    quota = scene.count(EARLY_HELP)
    for case in dice.some(known, quota - scene.count(_EARLY_HELP_ALONE)):
        after = case.closed_on or case.referrals[-1].on
        made += _help(scene, dice, [case.child], scene.days.pick(dice, after, scene.as_at))
    while len(made) < quota:
        running_before = dice.chance(0.25)
        first = scene.opens - timedelta(days=300) if running_before else scene.opens
        started_on = scene.days.pick(dice, first, scene.opens if running_before else scene.as_at)
        children = scene.people.household(started_on, quota - len(made))
        made += _help(scene, dice, children, started_on)
    return made


def _help(scene: Scene, dice: Dice, children: list[Child], started_on: date) -> list[EarlyHelp]:
    organisation = dice.pick(ORGANISATIONS)
    completed_on = scene.days.before(started_on + timedelta(days=dice.leaning(35, 110, 320)), 0)
    if completed_on < scene.opens:
        completed_on = scene.days.pick(dice, scene.opens, scene.as_at)
    done = completed_on if completed_on <= scene.as_at else None
    return [EarlyHelp(child, started_on, done, organisation) for child in children]
