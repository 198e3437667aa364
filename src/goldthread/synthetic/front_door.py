"""The front door: referrals, and the assessments, enquiries and decisions that follow them.

Two kinds of case: those referred inside the six months of the lists, and those referred shortly before whose
assessment was authorised inside them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from itertools import groupby

from goldthread.synthetic import mixes
from goldthread.synthetic.case import Assessment, Care, Case, Enquiry, Plan, Referral
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.people import AGES_IN_CARE, AGES_IN_NEED, Child
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.staff import Post, Service

# A conference is to be held within 15 working days (Working Together; check against the published text).
_DECIDED_AFTER = 15


class Leads(Enum):
    """What a section 47 enquiry leads to."""

    NOTHING = auto()
    UNDECIDED = auto()
    CONFERENCE = auto()
    PLAN = auto()


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the front door, and how many children of the full-sized authority take it."""

    quota: int
    status: str | None
    enquiry: Leads | None = None
    enters_care: bool = False
    assessed: bool = True
    before: bool = False


PATHS = (
    Path(187, None, assessed=False),
    Path(930, "ASSESSMENT"),
    Path(160, "ASSESSMENT", Leads.UNDECIDED),
    Path(1150, None),
    Path(150, None, Leads.NOTHING),
    Path(700, "NEED"),
    Path(295, "NEED", Leads.NOTHING),
    Path(105, "NEED", Leads.CONFERENCE),
    Path(335, "PLAN", Leads.PLAN),
    Path(60, "CARE", enters_care=True),
    Path(58, "CARE", Leads.NOTHING, enters_care=True),
    Path(12, "CARE", Leads.PLAN, enters_care=True),
    Path(740, "CLOSED"),
    Path(250, "CLOSED", Leads.NOTHING),
    Path(300, None, before=True),
    Path(240, "NEED", before=True),
    Path(60, "NEED", Leads.NOTHING, before=True),
    Path(116, "PLAN", Leads.PLAN, before=True),
    Path(20, "CARE", enters_care=True, before=True),
    Path(140, "CLOSED", before=True),
    Path(20, "CLOSED", Leads.NOTHING, before=True),
)
REPEATED_REFERRALS = 368


@dataclass(frozen=True, slots=True)
class Times:
    """When the steps of one household's case happened; empty where a step did not."""

    referred_on: date
    started_on: date
    authorised_on: date | None
    strategy_on: date | None
    conference_on: date | None
    entered_on: date | None
    closed_on: date | None


def cases(scene: Scene) -> list[Case]:
    """Every case that came through the front door, household by household."""
    dice = scene.dice("front door")
    made: list[Case] = []
    for path in PATHS:
        room = scene.count(path.quota)
        while room > 0:
            household = _household(scene, dice, path, room)
            made += household
            room -= len(household)
    _refer_again(scene, dice, made)
    return made


def _household(scene: Scene, dice: Dice, path: Path, room: int) -> list[Case]:
    times = _times_before(scene, dice, path) if path.before else _times_within(scene, dice, path)
    ages = AGES_IN_CARE if path.enters_care else AGES_IN_NEED
    unborn = 0.0 if path.enters_care else 0.018
    source, need = dice.pick(mixes.SOURCES), dice.pick(mixes.NEEDS)
    children = scene.people.household(times.referred_on, room, ages, unborn)
    first = scene.staff.allocate(Service.ASSESSMENT, len(children) if path.status in (None, "ASSESSMENT") else 0)
    later = _later_post(scene, path, need, first, len(children))
    return [_case(scene, dice, path, times, child, source, need, first, later) for child in children]


def _later_post(scene: Scene, path: Path, need: str, first: Post, children: int) -> Post:
    match path.status:
        case "CARE":
            return scene.staff.allocate(Service.CARE, children)
        case "NEED" | "PLAN" if need == "N2":
            return scene.staff.allocate(Service.DISABILITY, children)
        case "NEED" | "PLAN":
            return scene.staff.allocate(Service.SAFEGUARDING, children)
        case _:
            return first


def _times_within(scene: Scene, dice: Dice, path: Path) -> Times:
    days = scene.days
    long = dice.number(*dice.pick(mixes.OPEN_DAYS if path.status == "ASSESSMENT" else mixes.ASSESSMENT_DAYS))
    wait = dice.number(0, min(20, long)) if path.enquiry else 0
    gap = dice.number(*dice.pick(mixes.CONFERENCE_DAYS)) if path.enquiry in (Leads.CONFERENCE, Leads.PLAN) else 0
    entry = dice.number(0, 30) if path.enters_care else 0
    end = min(long + dice.number(0, 40), 118) if path.status == "CLOSED" else 0
    if path.status == "ASSESSMENT":
        started_on = max(days.before(scene.as_at, long), days.after(scene.opens, 0))
    else:
        started_on = days.pick(dice, scene.opens, days.before(scene.as_at, max(long, wait + gap, entry, end)))
    referred_on = days.before(started_on, dice.one_of((0, 0, 0, 0, 0, 0, 0, 1, 1, 2)))
    return Times(
        referred_on if referred_on >= scene.opens else started_on,
        started_on,
        None if path.status == "ASSESSMENT" or not path.assessed else days.after(started_on, long),
        days.after(started_on, wait) if path.enquiry else None,
        days.after(started_on, wait + gap) if gap else None,
        days.after(started_on, entry) if path.enters_care else None,
        days.after(started_on, end) if path.status == "CLOSED" else None,
    )


def _times_before(scene: Scene, dice: Dice, path: Path) -> Times:
    days = scene.days
    long = max(2, dice.number(*dice.pick(mixes.ASSESSMENT_DAYS)))
    authorised_on = days.pick(dice, scene.opens, days.after(scene.opens, long - 1))
    started_on = days.before(authorised_on, long)
    strategy_on = days.after(scene.opens, dice.number(0, 20)) if path.enquiry else None
    gap = dice.number(*dice.pick(mixes.CONFERENCE_DAYS)) if path.enquiry is Leads.PLAN else 0
    closed_on = min(days.after(authorised_on, dice.number(0, 45)), days.before(scene.as_at, 0))
    return Times(
        days.before(started_on, dice.one_of((0, 0, 0, 1))),
        started_on,
        authorised_on,
        strategy_on,
        days.after(strategy_on, gap) if strategy_on and gap else None,
        days.after(scene.opens, dice.number(3, 60)) if path.enters_care else None,
        closed_on if path.status == "CLOSED" else None,
    )


def _case(
    scene: Scene, dice: Dice, path: Path, times: Times, child: Child, source: str, need: str, first: Post, later: Post
) -> Case:
    case = Case(child, times.referred_on, source, later, path.status, need)
    if not path.before:
        case.referrals.append(Referral(times.referred_on, source, not path.assessed, first))
    if path.assessed:
        case.assessments.append(_assessment(scene, dice, times, child, path.status is not None, first))
    if times.strategy_on:
        case.enquiries.append(_enquiry(scene, dice, path, times, times.strategy_on, first))
    if path.enquiry is Leads.PLAN and times.conference_on:
        case.plan = Plan(times.conference_on)
    if times.entered_on:
        case.care = Care(times.entered_on)
    if times.closed_on:
        case.closed_on = times.closed_on
        case.closure_reason = dice.pick(mixes.CLOSURES)
    return case


def _assessment(scene: Scene, dice: Dice, times: Times, child: Child, needed: bool, post: Post) -> Assessment:
    seen = "N" if child.born_on > scene.as_at else dice.pick(mixes.SEEN)
    support = ("Y" if needed else "N") if times.authorised_on else None
    return Assessment(times.started_on, times.authorised_on, seen, support, post)


def _enquiry(scene: Scene, dice: Dice, path: Path, times: Times, strategy_on: date, post: Post) -> Enquiry:
    if times.conference_on:
        return Enquiry(strategy_on, "N", times.conference_on, "Y" if path.enquiry is Leads.PLAN else "N", post)
    recent = scene.days.between(strategy_on, scene.as_at) < _DECIDED_AFTER
    undecided = path.enquiry is Leads.UNDECIDED and recent and dice.chance(0.6)
    return Enquiry(strategy_on, None if undecided else "Y", None, None, post)


def _refer_again(scene: Scene, dice: Dice, made: list[Case]) -> None:
    """Give some households an earlier referral in the six months, which was assessed and needed no support."""
    late = scene.opens + timedelta(days=75)
    able = [case for case in made if case.referrals and case.referrals[0].on >= late]
    households = [list(group) for _, group in groupby(able, key=lambda case: case.child.household)]
    room = scene.count(REPEATED_REFERRALS)
    for household in dice.shuffled(households):
        if room <= 0:
            return
        latest = household[0].referrals[0].on
        earlier = scene.days.pick(dice, scene.opens, latest - timedelta(days=66))
        if earlier < scene.opens or any(earlier < case.child.born_on <= scene.as_at for case in household):
            continue
        source, long = dice.pick(mixes.SOURCES), dice.number(4, 38)
        for case in household[:room]:
            post = case.referrals[0].post
            case.referrals.insert(0, Referral(earlier, source, False, post))
            authorised_on = scene.days.after(earlier, long)
            seen = "N" if case.child.born_on > scene.as_at else dice.pick(mixes.SEEN)
            case.assessments.insert(0, Assessment(earlier, authorised_on, seen, "N", post))
        room -= len(household[:room])
