"""What was written down of the practice: supervision, management decisions, strategy discussions, voices.

No national return asks for any of it. Nothing of it is kept in a life: it is told again, always the same, whenever it
is asked for, because there is more of it than of all the rest together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Enquired, Life, Spell
from goldthread.synthetic.lives.stage import Stage

RECORDED = 0.92
"""The share of months of an open case in which a steady service records a management decision."""

MINUTED = 0.95
"""The share of strategy discussions of which a steady service records a minute."""

_REASONED = 0.86
_EVERY = 30

_SUPERVISED = Weights(
    {"Continue the plan": 44.0, "Increase visits": 9.0, "Review the plan early": 8.0,
     "Seek a family group meeting": 7.0, "Complete the chronology": 9.0, "Ask for a health report": 6.0,
     "See the child alone": 8.0, "Seek legal advice": 4.0, "Reduce visits": 5.0}
)  # fmt: skip
_AGENCIES = Weights(
    {"Police; Health; Education": 55.0, "Police; Health": 20.0, "Police; Education": 8.0,
     "Police; Health; Education; Housing": 7.0, "Police; Health; Probation": 4.0, "Health; Education": 4.0,
     "Police": 2.0}
)  # fmt: skip
_ACTIONS = Weights(
    {"Joint section 47 enquiry": 52.0, "Single-agency section 47 enquiry": 33.0,
     "Joint section 47 enquiry; child protection medical": 15.0}
)  # fmt: skip
_HOW = Weights(
    {"Talk with the child": 58.0, "Drawing or play": 16.0, "Observation": 14.0, "Written by the child": 7.0,
     "Through an advocate": 5.0}
)  # fmt: skip
_FROM = Weights({"Mother": 49.0, "Father": 17.0, "Both parents": 14.0, "Relative carer": 9.0, "Foster carer": 11.0})
SUPERVISOR, MANAGER, SERVICE_MANAGER = "Practice supervisor", "Team manager", "Service manager"


@dataclass(frozen=True, slots=True)
class Decision:
    """A management decision that was due in a month of an open case; written down or not."""

    due_on: date
    decision: str
    reasoned: bool
    role: str
    recorded: bool = True
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """A strategy discussion: who was there, what was agreed, and when the minute was recorded, if it was."""

    held_on: date
    agencies: str
    minuted_on: date | None
    actions: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """The child's wishes and feelings as recorded on a day."""

    on: date
    how: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A family asked what it thinks of the help, and its answer, if one came."""

    sought_on: date
    given_on: date | None
    giver: str


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything that was written down about one child within the story."""

    decisions: tuple[Decision, ...]
    discussions: tuple[Discussion, ...]
    wishes: tuple[Wishes, ...]
    feedback: tuple[Feedback, ...]


def practice(life: Life, stage: Stage, since: date) -> Practice:
    """Tell the practice record of a child from a day to the last day of the story."""
    dice = Dice(stage.seed, f"practice/{life.number}")
    parts = [dice.fork() for _ in range(4)]
    spells = [spell for spell in life.spells if spell.closed_on >= since and spell.referred_on <= stage.ends]
    told = Practice(
        tuple(each for spell in spells for each in _decisions(stage, parts[0], spell, since)),
        tuple(_discussion(stage, parts[1], each) for spell in spells for each in spell.enquiries),
        tuple(each for spell in spells for each in _wishes(stage, parts[2], life, spell)),
        tuple(each for spell in spells for each in _feedback(stage, parts[3], spell)),
    )
    ends = stage.ends
    return Practice(
        tuple(each for each in told.decisions if since <= each.due_on <= ends),
        tuple(each for each in told.discussions if since <= each.held_on <= ends),
        tuple(each for each in told.wishes if since <= each.on <= ends),
        tuple(each for each in told.feedback if since <= each.sought_on <= ends),
    )


def _decisions(stage: Stage, dice: Dice, spell: Spell, since: date) -> Iterator[Decision]:
    """The decision on the referral, one in each month while the case is open, and the decision to close."""
    days = stage.days
    after = 0 if dice.chance(0.88) else dice.number(1, 4)
    decision = "No further action" if spell.ended_there else "Begin an assessment"
    yield Decision(days.after(spell.referred_on, after), decision, dice.chance(_REASONED), MANAGER)
    if spell.ended_there:
        return
    due_on = spell.referred_on + timedelta(days=dice.number(18, _EVERY))
    last = min(spell.closed_on, stage.ends)
    while due_on < last:
        on = days.before(due_on, 0)
        recorded = dice.point(0, 1) < RECORDED * (1.0 - stage.pace.lost("decisions", on))
        reasoned = dice.point(0, 1) < _REASONED * (1.0 - 0.5 * stage.pace.lost("decisions", on))
        role = SUPERVISOR if dice.chance(0.62) else MANAGER if dice.chance(0.9) else SERVICE_MANAGER
        decided = dice.pick(_SUPERVISED)
        yield Decision(on, decided, reasoned, role, recorded, monthly=True)
        due_on = due_on + timedelta(days=_EVERY)
    for enquiry in spell.enquiries:
        if enquiry.conference_on:
            yield Decision(enquiry.decided_on, "Call a child protection conference", True, MANAGER)
    if spell.enters_care_on:
        yield Decision(spell.enters_care_on, "Agree to accommodation or proceedings", True, SERVICE_MANAGER)
    yield Decision(spell.closed_on, "Close the case", dice.chance(_REASONED), MANAGER)


def _discussion(stage: Stage, dice: Dice, enquiry: Enquired) -> Discussion:
    minuted = dice.point(0, 1) < MINUTED * (1.0 - stage.pace.lost("minutes", enquiry.strategy_on))
    wait = dice.number(0, 3) if dice.chance(0.8) else dice.number(4, 20)
    agencies, actions = dice.pick(_AGENCIES), dice.pick(_ACTIONS)
    minuted_on = stage.days.after(enquiry.strategy_on, wait) if minuted else None
    if minuted_on and minuted_on > stage.ends:
        minuted_on = None
    return Discussion(enquiry.strategy_on, agencies, minuted_on, actions)


def _wishes(stage: Stage, dice: Dice, life: Life, spell: Spell) -> Iterator[Wishes]:
    """Wishes and feelings are recorded at most assessments, and then about once in three months."""
    if spell.ended_there:
        return
    on = stage.days.after(spell.referred_on, dice.number(4, 25))
    last = min(spell.closed_on, stage.ends)
    while on <= last:
        recorded, how = dice.chance(0.78), dice.pick(_HOW)
        if recorded and life.child.born_on < on:
            yield Wishes(on, how)
        on = stage.days.after(on + timedelta(days=dice.number(60, 110)), 0)


def _feedback(stage: Stage, dice: Dice, spell: Spell) -> Iterator[Feedback]:
    """A family is asked when help ends, and once in a while before."""
    if spell.ended_there or not spell.needed:
        return
    asked = dice.chance(0.46)
    sought_on = stage.days.before(spell.closed_on, 0)
    answered, wait, giver = dice.chance(0.41), dice.number(0, 28), dice.pick(_FROM)
    if asked and spell.referred_on <= sought_on <= stage.ends:
        given_on = stage.days.after(sought_on + timedelta(days=wait), 0)
        yield Feedback(sought_on, given_on if answered and given_on <= stage.ends else None, giver)
