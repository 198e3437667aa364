"""Adoption: the children of list 10, and the households of list 11 that they come to."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from goldthread.synthetic.case import Adoption, Care, Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.scene import Scene
from goldthread.synthetic.staff import Service

_REASONS = Weights({"RD1": 44.0, "RD2": 12.0, "RD3": 24.0, "RD4": 20.0})
# An adoptive family of another agency does not stand in list 11, and its identifier is left blank.
_INTERAGENCY = 0.36


@dataclass(frozen=True, slots=True)
class _Stage:
    """How far a group of children has come, and how many there are in a full-sized authority."""

    quota: int
    reached: str
    recent: bool = True


_STAGES = (
    _Stage(22, "adopted"),
    _Stage(21, "adopted", recent=False),
    _Stage(27, "placed"),
    _Stage(7, "matched"),
    _Stage(30, "ordered"),
    _Stage(15, "decided"),
    _Stage(16, "reversed"),
)


@dataclass(slots=True)
class AdoptiveFamily:
    """A household of this agency that children were matched with."""

    id: str
    adoption: Adoption
    children: int = 0


@dataclass(slots=True)
class Adoptions:
    """The cases of children with a plan for adoption, and the families that some of them have."""

    cases: list[Case] = field(default_factory=list)
    families: list[AdoptiveFamily] = field(default_factory=list)


def adoptions(scene: Scene) -> Adoptions:
    """Every child of list 10. Those adopted in the earlier six months stand in no other list."""
    dice = scene.dice("adoption")
    made = Adoptions()
    for stage in _STAGES:
        room = scene.count(stage.quota)
        while room > 0:
            group = 2 if room > 1 and dice.chance(0.16) else 1
            _group(scene, dice, stage, group, made)
            room -= group
    return made


def _group(scene: Scene, dice: Dice, stage: _Stage, children: int, made: Adoptions) -> None:
    adoption = _way(scene, dice, stage)
    if adoption.matched_on and not dice.chance(_INTERAGENCY):
        adoption.family = f"SYNF-{scene.people.number()}"
        made.families.append(AdoptiveFamily(adoption.family, adoption, children))
    born_on = adoption.entered_care_on - timedelta(days=dice.number(0, 700))
    eldest = scene.people.child(born_on)
    siblings = [eldest]
    if children > 1:
        siblings.append(scene.people.child(born_on - timedelta(days=dice.number(330, 800)), eldest.ethnicity))
    post = scene.staff.allocate(Service.CARE, children if stage.reached != "adopted" else 0)
    started_on = scene.days.before(adoption.entered_care_on, dice.number(0, 50))
    if not all(child.born_on <= started_on for child in siblings):
        started_on = adoption.entered_care_on
    for child in siblings:
        case = Case(child, started_on, "5A", post, None, "N1", adoption=replace(adoption))
        if stage.recent:
            _in_care(scene, dice, case, adoption)
        made.cases.append(case)


def _in_care(scene: Scene, dice: Dice, case: Case, adoption: Adoption) -> None:
    case.care = Care(adoption.entered_care_on)
    case.status = "CARE"
    if adoption.adopted_on:
        case.status = "CLOSED"
        case.closed_on = case.care.ceased_on = adoption.adopted_on
        case.closure_reason = "RC1"
        case.care.ceased_reason = "E12" if dice.chance(0.7) else "E11"


def _way(scene: Scene, dice: Dice, stage: _Stage) -> Adoption:
    """The dates of one way to adoption, told backwards from the latest step."""

    def earlier(day: date, low: int, high: int) -> date:
        return scene.days.before(day - timedelta(days=dice.leaning(low, low + (high - low) // 3, high)), 0)

    adopted_on = placed_on = matched_on = ordered_on = reversed_on = None
    last = scene.as_at - timedelta(days=7)
    if stage.reached == "adopted":
        first = scene.opens if stage.recent else scene.year_opens
        adopted_on = scene.days.pick(dice, first, last if stage.recent else scene.opens - timedelta(days=1))
        placed_on = earlier(adopted_on, 120, 330)
    elif stage.reached == "placed":
        placed_on = earlier(last, 3, 270)
    if stage.reached == "matched" or placed_on:
        matched_on = earlier(placed_on or last, 10, 45)
    if stage.reached == "reversed":
        reversed_on = scene.days.pick(dice, scene.year_opens, last)
    if stage.reached != "decided":
        ordered_on = earlier(matched_on or reversed_on or last, 15, 420)
    decided_on = earlier(ordered_on or last, 20, 110)
    entered_on = earlier(decided_on, 80, 260)
    early = matched_on is not None and dice.chance(0.13)
    return Adoption(
        entered_on,
        decided_on,
        ordered_on,
        matched_on,
        placed_on,
        adopted_on,
        reversed_on,
        dice.pick(_REASONS) if reversed_on else None,
        scene.days.pick(dice, entered_on, decided_on) if early else None,
    )
