"""What must hold in every timetable, and what is aimed at: each with its name and a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HardRule:
    """What no plan may break."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan tries for. `cost` is what one unit of missing it weighs, beside 1,000 a minute of work left out."""

    name: str
    says: str
    unit: str
    cost: int


WHOLE = HardRule("whole", "A task has as many people as it needs, each of them once, and stands in the plan once.")
INVITED = HardRule("invited", "Those who must take part do, and nobody does who may not.")
WINDOW = HardRule("window", "A task lies on a day of fieldwork that is within its window.")
HOUR = HardRule("hour", "A task whose hour is settled begins at that hour.")
HOURS = HardRule("hours", "Nobody works outside the hours in which they are there.")
ONCE = HardRule("once", "Nobody is at two tasks at once.")
TRAVEL = HardRule("travel", "Nobody changes site more than once a day, and there is time to travel in between.")
PAUSE = HardRule("pause", "Of a long day, time for a pause is left free.")
SPECIALISM = HardRule("specialism", "One of those who take part has the specialism that the task needs.")
LANGUAGE = HardRule("language", "One of those who take part speaks the language that the task needs.")
CONFLICT = HardRule("conflict", "Nobody takes part in what they have a conflict of interest in, unless it is waived.")
SECOND = HardRule("second", "A second reading is done by somebody who did not do the first.")
LOCKED = HardRule("locked", "What is locked stays where it is.")

HARD_RULES = (
    WHOLE, INVITED, WINDOW, HOUR, HOURS, ONCE, TRAVEL, PAUSE, SPECIALISM, LANGUAGE, CONFLICT, SECOND, LOCKED,
)  # fmt: skip

EVEN = Aim("even", "Loads are even: the share of their time that people work is the same for all.", "0.01 points", 4)
UNEVEN = Aim(
    "uneven", "Loads further apart than one percentage point are to be avoided almost at any price.", "0.01 points", 200
)
CONTINUITY = Aim("continuity", "Tasks of one group are done by one person.", "a person more", 300)
HOME = Aim("home", "People work at the site that is nearest to them.", "a day elsewhere", 60)
STAY = Aim("stay", "A plan that is worked out anew differs little from the one before.", "a task that moves", 500)

AIMS = (UNEVEN, EVEN, CONTINUITY, HOME, STAY)

LEFT_OUT = 1000
"""What a minute of work weighs that is left out of a plan: more than any aim, so that work is placed first."""
