"""The adults of list 11: families of this agency that children come to, and those still on the way or gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Adopted, Life
from goldthread.synthetic.lives.stage import Stage, identifier

_INTERAGENCY = 0.36
_KINDS = Weights({"approved": 55.0, "left": 45.0})
_LEFT = Weights({"1": 66.0, "2": 28.0, "3": 6.0})
_ETHNICITIES = Weights({"WBRI": 88.0, "WOTH": 4.0, "MWBC": 1.5, "AIND": 1.5, "BAFR": 1.0, "MOTH": 1.0, "NOBT": 3.0})
_GENDERS = {"MF": ("M", "F"), "FF": ("F", "F"), "MM": ("M", "M"), "F1": ("F",), "M1": ("M",)}
# Households a year that apply and are never matched within the story.
_YEARLY_WITHOUT_CHILD = 19


@dataclass(frozen=True, slots=True)
class Adult:
    """One adult of an adopting household, with every date of the way."""

    adopter: str
    family: str
    gender: str
    ethnicity: str
    disability: str
    fostering_for_adoption: str
    enquired_on: date
    stage_1: tuple[date, date]
    stage_2: tuple[date, date]
    adoption: Adopted | None
    left_on: date | None
    left_reason: str | None


def adults(stage: Stage, lives: Iterable[Life]) -> list[Adult]:
    """Every adult of the story, and on the children's side the families that they were matched with."""
    dice = Dice(stage.seed, "adopters of a lasting story")
    made: list[Adult] = []
    for life in lives:
        for care in life.cares:
            adoption = care.adoption
            if adoption and adoption.matched_on and not dice.chance(_INTERAGENCY):
                adoption.family = identifier(life.number, "SYNF")
                ready_on = adoption.matched_on - timedelta(days=dice.number(25, 260))
                made += _family(stage, dice, adoption.family, ready_on, adoption, None)
    number = 0
    room = 0.0
    for month in stage.months(30):
        room += _YEARLY_WITHOUT_CHILD * stage.size / 12
        while room >= 0.5:
            room -= 1
            number += 1
            last = add_months(month, 1) - timedelta(days=dice.number(1, 28))
            left = stage.days.before(last, 0) if dice.pick(_KINDS) == "left" else None
            family = identifier(5_000_000 + number, "SYNF")
            made += _family(stage, dice, family, left or last, None, left)
    return made


def _family(
    stage: Stage, dice: Dice, family: str, ready_on: date, adoption: Adopted | None, left_on: date | None
) -> list[Adult]:
    """The way through the stages, told backwards from the day on which the household was ready, or left."""

    def earlier(day: date, low: int, high: int) -> date:
        return stage.days.before(day - timedelta(days=dice.leaning(low, low + (high - low) // 3, high)), 0)

    stage_2_ended = stage.days.before(ready_on, 0) if not left_on else earlier(left_on, 5, 40)
    stage_2 = (earlier(stage_2_ended, 60, 135), stage_2_ended)
    stage_1_ended = earlier(stage_2[0], 0, 30)
    stage_1 = (earlier(stage_1_ended, 30, 70), stage_1_ended)
    enquired_on = earlier(stage_1[0], 5, 60)
    genders = _GENDERS[adoption.adopters] if adoption else dice.one_of(tuple(_GENDERS.values()))
    ethnicity, reason = dice.pick(_ETHNICITIES), dice.pick(_LEFT)
    early = "Y" if (adoption and adoption.early_placement_on) or dice.chance(0.07) else "N"
    number = int("".join(filter(str.isdigit, family)))
    return [
        Adult(
            f"SYNA{number}{place}",
            family,
            gender,
            ethnicity,
            "Y" if dice.chance(0.04) else "N",
            early,
            enquired_on,
            stage_1,
            stage_2,
            adoption,
            left_on,
            reason if left_on else None,
        )
        for place, gender in enumerate(genders, start=1)
    ]
