"""Where children in care live, and how the authority looks after them: the second half of a row of list 8.

Shapes after 2025 (DfE, LAIT, Derbyshire): 64 % in foster care, 17 % in children's homes, 44 % outside the
authority, 44 % in its own provision, 12 % with three or more placements in the year, 10 % missing at least once.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.synthetic.case import Case
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.people import age_on
from goldthread.synthetic.scene import Scene

UNDER_5 = Weights(
    {"U6": 43.0, "U3": 17.0, "U1": 11.0, "U4": 15.0, "U5": 3.0, "U2": 1.0, "P1": 7.5, "R3": 1.6, "T4": 0.3}
)
UNDER_10 = Weights({"U6": 33.0, "U4": 30.0, "U3": 14.0, "U1": 9.0, "P1": 5.5, "K2": 8.0, "S1": 0.3, "T4": 0.2})
UNDER_16 = Weights(
    {"U6": 26.0, "U4": 31.0, "U3": 6.5, "U1": 4.5, "P1": 4.5, "K2": 25.0, "K1": 0.5, "Z1": 1.2, "S1": 0.5, "R2": 0.3}
)
FROM_16 = Weights(
    {
        "U6": 18.0, "U4": 19.0, "U3": 3.0, "U1": 2.0, "P1": 3.0, "K2": 19.0, "K1": 0.6, "H5": 24.0, "P2": 3.5,
        "Z1": 6.5, "R5": 0.8, "R1": 0.5, "R2": 0.3,
    }
)  # fmt: skip
UNACCOMPANIED = Weights({"H5": 52.0, "U6": 37.0, "P2": 4.0, "Z1": 7.0})
PROVIDERS = {
    "own": Weights({"PR1": 100.0}),
    "fostered": Weights({"PR1": 51.0, "PR4": 41.0, "PR5": 8.0}),
    "residential": Weights({"PR1": 14.0, "PR4": 79.0, "PR5": 7.0}),
    "public": Weights({"PR3": 100.0}),
    "adoption": Weights({"PR1": 55.0, "PR2": 30.0, "PR5": 15.0}),
    "parents": Weights({"PR0": 100.0}),
}
KIND_OF_PROVIDER = {
    "U1": "own", "U2": "own", "U3": "own", "U4": "fostered", "U5": "fostered", "U6": "fostered", "P1": "parents",
    "A3": "adoption", "A4": "adoption", "A5": "adoption", "A6": "adoption", "R2": "public", "R5": "public",
}  # fmt: skip
INSIDE = {"PR0": 0.86, "PR1": 0.77, "PR2": 0.2, "PR3": 0.1, "PR4": 0.34, "PR5": 0.42}
OUTSIDE = Weights(
    {"Ellmarch": 30.0, "Norrowick": 22.0, "Tarnbridge": 16.0, "Quillmere": 12.0, "Sallowfen": 9.0, "Marrowdale": 8.0,
     "WAL": 1.2, "SCO": 0.8, "CON": 1.0}
)  # fmt: skip
_PLACEMENTS = Weights({1: 66.5, 2: 21.0, 3: 7.2, 4: 3.0, 5: 1.4, 6: 0.6, 7: 0.3})
_MISSING = Weights({1: 42.0, 2: 20.0, 3: 12.0, 4: 7.0, 6: 7.0, 9: 6.0, 14: 4.0, 23: 2.0})
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Placement:
    """One child's latest placement and the count of placements in the twelve months."""

    on: date
    kind: str
    provider: str
    postcode: str
    urn: str | None
    in_or_out: str
    authority: str
    in_year: int


def placement(scene: Scene, dice: Dice, case: Case) -> Placement:
    """Place a child in care. Raises ValueError for a case without a period of care."""
    if case.care is None:
        raise ValueError("the case has no period of care")
    until = case.care.ceased_on or scene.as_at
    kind = _kind(dice, case, until)
    on, in_year = _moves(scene, dice, case, case.care.started_on, until, kind)
    provider = dice.pick(PROVIDERS[KIND_OF_PROVIDER.get(kind, "residential")])
    inside = dice.chance(INSIDE[provider])
    authority = scene.name if inside else dice.pick(OUTSIDE)
    needs_urn = kind in ("K1", "K2") or (kind in ("U4", "U5", "U6") and provider in ("PR4", "PR5"))
    urn = f"SYN{dice.number(100, 999):06d}" if needs_urn else None
    postcode = f"ZZ99 {dice.number(1, 9)}{dice.one_of(LETTERS)}{dice.one_of(LETTERS)}"
    return Placement(on, kind, provider, postcode, urn, "IN" if inside else "OUT", authority, in_year)


def _kind(dice: Dice, case: Case, until: date) -> str:
    adoption = case.adoption
    if adoption and adoption.placed_on and not adoption.reversed_on:
        return "A5" if adoption.early_placement_on or dice.chance(0.12) else "A6"
    if case.child.unaccompanied:
        return dice.pick(UNACCOMPANIED)
    age = age_on(case.child.born_on, until)
    kind = dice.pick(UNDER_5 if age < 5 else UNDER_10 if age < 10 else UNDER_16 if age < 16 else FROM_16)
    if adoption and kind in ("P1", "U4"):
        return "U6"
    return "U6" if kind == "R3" and age > 1 else kind


def _moves(scene: Scene, dice: Dice, case: Case, started_on: date, until: date, kind: str) -> tuple[date, int]:
    """The start of the latest placement and the count in the year to `until`, in accord with each other."""
    year_on = until - timedelta(days=364)
    in_care = (until - started_on).days
    if case.adoption and case.adoption.placed_on and kind.startswith("A"):
        placed_on = case.adoption.placed_on
        return placed_on, 2 if placed_on > year_on else 1
    count = min(dice.pick(_PLACEMENTS), 1 + in_care // 25)
    if count > 1:
        # Stormy years are those of new arrivals and of teenagers, but every child may have one.
        return dice.day(max(year_on, started_on) + timedelta(days=12 * count), until), count
    if started_on > year_on or dice.chance(0.3):
        return started_on, 1
    return dice.day(started_on + timedelta(days=1), year_on), 1


def missing(dice: Dice, age: int) -> int:
    """How often the child was missing in twelve months; one in ten at least once, mostly from 12 on."""
    return dice.pick(_MISSING) if dice.chance(0.165 if age >= 12 else 0.02) else 0


def interview(dice: Dice, times_missing: int) -> tuple[str | None, str | None]:
    """Whether a return interview was offered after the last missing episode, and whether it was accepted."""
    if not times_missing:
        return None, None
    offered = dice.one_of("YYYYYYYYYYYYYYYYYNNU")
    return offered, dice.one_of("YYYNN") if offered == "Y" else None
