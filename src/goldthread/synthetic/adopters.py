"""Adopters: list 11. Households of this agency, those with children and those still on the way or gone."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.synthetic.adoption import AdoptiveFamily
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.scene import Scene

ADULTS = 125

_KINDS = Weights({"stage 1": 20.0, "stage 2": 22.0, "approved": 34.0, "left": 24.0})
_LEFT = Weights({"1": 66.0, "2": 28.0, "3": 6.0})
_ETHNICITIES = Weights({"WBRI": 88.0, "WOTH": 4.0, "MWBC": 1.5, "AIND": 1.5, "BAFR": 1.0, "MOTH": 1.0, "NOBT": 3.0})
_COUPLES = (("M", "F"), ("M", "F"), ("M", "F"), ("M", "F"), ("F", "F"), ("M", "M"))


@dataclass(frozen=True, slots=True)
class Adopter:
    """One adult of an adopting household."""

    id: str
    family: str
    gender: str
    ethnicity: str
    disability: str
    fostering_for_adoption: str
    enquired_on: date
    stage_1_started_on: date | None
    stage_1_ended_on: date | None
    stage_2_started_on: date | None
    stage_2_ended_on: date | None
    matched_on: date | None
    placed_on: date | None
    children_placed: int | None
    adopted_on: date | None
    left_on: date | None
    left_reason: str | None


@dataclass(slots=True)
class _Way:
    """A household's way through the stages."""

    enquired_on: date
    stage_1: tuple[date | None, date | None]
    stage_2: tuple[date | None, date | None]
    left_on: date | None = None


def adopters(scene: Scene, families: list[AdoptiveFamily]) -> list[Adopter]:
    """Every adult: first the families that children came to, then others until the list is full."""
    dice = scene.dice("adopters")
    made: list[Adopter] = []
    for family in families:
        ready_on = (family.adoption.matched_on or scene.as_at) - timedelta(days=dice.number(25, 260))
        made += _household(scene, dice, _way(scene, dice, ready_on, "approved"), family)
    while len(made) < scene.count(ADULTS):
        kind = dice.pick(_KINDS)
        last = scene.as_at - timedelta(days=dice.number(8, 300 if kind == "approved" else 40))
        made += _household(scene, dice, _way(scene, dice, last, kind), None)
    return made


def _way(scene: Scene, dice: Dice, last: date, kind: str) -> _Way:
    """Stages told backwards from the last step, which was on about the day `last`."""

    def earlier(day: date, low: int, high: int) -> date:
        return scene.days.before(day - timedelta(days=dice.leaning(low, low + (high - low) // 3, high)), 0)

    left_on = None
    if kind == "left":
        left_on = scene.days.before(last, 0)
        kind = "stage 1 done" if dice.chance(0.6) else "approved"
        last = earlier(left_on, 5, 40)
    stage_2_ended = scene.days.before(last, 0) if kind == "approved" else None
    stage_2_started = earlier(stage_2_ended or last, 60, 135) if kind in ("approved", "stage 2") else None
    if kind == "stage 2":
        stage_2_started = earlier(last, 0, 90)
    stage_1_ended = earlier(stage_2_started or last, 0, 30) if kind != "stage 1" else None
    stage_1_started = earlier(stage_1_ended or last, 0 if kind == "stage 1" else 30, 70)
    enquired_on = earlier(stage_1_started, 5, 60)
    return _Way(enquired_on, (stage_1_started, stage_1_ended), (stage_2_started, stage_2_ended), left_on)


def _household(scene: Scene, dice: Dice, way: _Way, family: AdoptiveFamily | None) -> list[Adopter]:
    adoption = family.adoption if family else None
    identifier = family.id if family else f"SYNF-{scene.people.number()}"
    ethnicity = dice.pick(_ETHNICITIES)
    early = "Y" if (adoption and adoption.early_placement_on) or dice.chance(0.07) else "N"
    genders = dice.one_of(_COUPLES) if dice.chance(0.78) else (dice.one_of(("F", "F", "M")),)
    reason = dice.pick(_LEFT) if way.left_on else None
    return [
        Adopter(
            f"SYNA-{scene.people.number()}",
            identifier,
            gender,
            ethnicity,
            "Y" if dice.chance(0.04) else "N",
            early,
            way.enquired_on,
            *way.stage_1,
            *way.stage_2,
            adoption.matched_on if adoption else None,
            adoption.placed_on if adoption else None,
            family.children if family and adoption and adoption.placed_on else None,
            adoption.adopted_on if adoption else None,
            way.left_on,
            reason,
        )
        for gender in genders
    ]
