"""Where a child in care lives: one placement after another, with moves, matches for good, and days away."""

from dataclasses import replace
from datetime import date, timedelta

from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.life import Care, Home, Stay
from goldthread.synthetic.lives.pace import SLIPS
from goldthread.synthetic.lives.stage import Stage, birthday, postcode
from goldthread.synthetic.people import Child, age_on
from goldthread.synthetic.placement import (
    FROM_16,
    INSIDE,
    KIND_OF_PROVIDER,
    OUTSIDE,
    PROVIDERS,
    UNACCOMPANIED,
    UNDER_5,
    UNDER_10,
    UNDER_16,
)

# Moves to another home in a year of care, at most; the first year has more.
_MOVES_FIRST_YEAR, _MOVES_LATER = 0.88, 0.38
_RESTLESS = Weights({0.35: 48.0, 0.9: 30.0, 2.1: 17.0, 3.6: 5.0})
_REASONS = Weights(
    {"CARPL": 56.0, "CREQB": 13.0, "CREQO": 8.0, "CHILD": 7.0, "LAREQ": 5.0, "OTHER": 5.0, "STAND": 2.0, "ALLEG": 1.5,
     "CLOSE": 1.5, "APPRR": 1.0}
)  # fmt: skip
_FOR_GOOD = {"U6": "U4", "U3": "U1"}
NO_URN = frozenset({"P1", "P3", "R1", "R2", "R5", "Z1"})
"""Placements that Ofsted registers nobody for. Supported accommodation has numbers since 2023 only."""

_YOUNGEST = {"H5": 16, "P2": 16, "R5": 15, "S1": 5, "K1": 11, "K2": 7, "Z1": 14, "R1": 10}


def settle(stage: Stage, dice: Dice, child: Child, care: Care) -> None:
    """Tell the placements of a period of care whose dates, legal statuses and adoption are known."""
    moves, matches, away = dice.fork(), dice.fork(), dice.fork()
    restless = dice.pick(_RESTLESS)
    stays = [_stay(stage, dice, child, care, care.started_on)]
    moving_on = _towards_independence(moves, child, care)
    for day in sorted([*_move_days(stage, moves, care, restless), *moving_on]):
        if day <= stays[-1].on + timedelta(days=3) or _kept_for_adoption(care, day):
            continue
        stays[-1].until, stays[-1].why_ended = day, moves.pick(_REASONS)
        stays.append(_stay(stage, moves, child, care, day, moving_on=day in moving_on))
    stays[-1].until = care.ceased_on
    stays = _lawful(care, stays)
    stays = _place_for_adoption(stage, dice, care, stays)
    if care.reason in ("E45", "E46") and not stays[-1].kind.startswith("U"):
        care.reason = "E47" if care.reason == "E45" else "E48"
    stays = [part for stay in stays for part in _matched(matches, stay)]
    care.stays = [part for stay in stays for part in _with_days_away(stage, away, care, stay)]
    care.stays[-1].why_ended = None


def _move_days(stage: Stage, dice: Dice, care: Care, restless: float) -> list[date]:
    days: list[date] = []
    day = float(care.started_on.toordinal())
    # Thrown for the most that there ever are, then thinned: so a decline adds moves and shifts none.
    most = 1.0 + SLIPS["placement_moves"].more
    while True:
        first_year = day - care.started_on.toordinal() < 365
        rate = (_MOVES_FIRST_YEAR if first_year else _MOVES_LATER) * restless * most
        day += dice.wait(365.0 / rate)
        if day >= min(care.ceased_on.toordinal() - 4, stage.ends.toordinal() + 1):
            return days
        on = date.fromordinal(int(day))
        if dice.point(0, 1) < stage.pace.more("placement_moves", on):
            days.append(on)


def _towards_independence(dice: Dice, child: Child, care: Care) -> list[date]:
    """The day on which one in three moves on to a home with support, at 16 or 17."""
    day = birthday(child.born_on, 16) + timedelta(days=dice.number(20, 640))
    moves_on = dice.chance(0.34)
    return [day] if moves_on and care.started_on < day < care.ceased_on - timedelta(days=30) else []


def _kept_for_adoption(care: Care, day: date) -> bool:
    return bool(care.adoption and care.adoption.placed_on and day >= care.adoption.placed_on - timedelta(days=20))


def _stay(stage: Stage, dice: Dice, child: Child, care: Care, on: date, *, moving_on: bool = False) -> Stay:
    kind = dice.one_of(("H5", "H5", "H5", "P2")) if moving_on else _kind(dice, child, care, on)
    return Stay(kind, home_of(stage, dice, kind), on, care.ceased_on)


def _kind(dice: Dice, child: Child, care: Care, on: date) -> str:
    age = max(0, age_on(child.born_on, on))
    weights = UNDER_5 if age < 5 else UNDER_10 if age < 10 else UNDER_16 if age < 16 else FROM_16
    kind = dice.pick(UNACCOMPANIED if child.unaccompanied else weights)
    if kind.startswith("T") or age < _YOUNGEST.get(kind, 0) or (kind == "R3" and age > 1):
        kind = "U6"
    if on == care.started_on or care.adoption:
        # Nobody is matched for good on the first day.
        kind = {"U4": "U6", "U1": "U3"}.get(kind, kind)
    if kind in ("U5", "U2") and not care.adoption:
        kind = "U6"
    return kind


def home_of(stage: Stage, dice: Dice, kind: str) -> Home:
    """A home that offers a kind of placement."""
    provider = dice.pick(PROVIDERS[KIND_OF_PROVIDER.get(kind, "residential")])
    inside = dice.chance(INSIDE[provider])
    authority = stage.name if inside else dice.pick(OUTSIDE)
    urn = None if kind in NO_URN else f"SYN{dice.number(100, 999):06d}"
    return Home(dice.number(1, 10**9), provider, postcode(dice), urn, authority, inside)


def _lawful(care: Care, stays: list[Stay]) -> list[Stay]:
    """Nobody is placed with parents while accommodated by their agreement."""
    for stay in stays:
        agreed = any(
            status.code not in ("C1", "C2") and status.on < stay.until and status.until > stay.on
            for status in care.statuses
        )
        if stay.kind == "P1" and agreed:
            stay.kind = "U6"
            stay.home = Home(stay.home.number, "PR1", stay.home.postcode, None, stay.home.authority, stay.home.inside)
    return stays


def _place_for_adoption(stage: Stage, dice: Dice, care: Care, stays: list[Stay]) -> list[Stay]:
    adoption = care.adoption
    if not adoption or not adoption.placed_on:
        return stays
    on = adoption.placed_on
    kept = [stay for stay in stays if stay.on < on]
    before = kept[-1]
    before.until, before.why_ended = on, "CARPL"
    if before.kind.startswith("U") and (adoption.by_carer or adoption.early_placement_on):
        before.why_ended = "PLACE"
        kept.append(Stay("A5", before.home, on, care.ceased_on, same_carer=True))
        adoption.by_carer = True
    else:
        adoption.by_carer = False
        kept.append(Stay("A6", home_of(stage, dice, "A6"), on, care.ceased_on))
    return kept


def _matched(dice: Dice, stay: Stay) -> list[Stay]:
    """A foster home becomes the home for good: the same carer, another status."""
    after = dice.number(270, 520)
    long = (stay.until - stay.on).days
    if stay.kind not in _FOR_GOOD or long < after + 60 or not dice.chance(0.62):
        return [stay]
    day = stay.on + timedelta(days=after)
    return [
        Stay(stay.kind, stay.home, stay.on, day, "PLACE", stay.same_carer),
        Stay(_FOR_GOOD[stay.kind], stay.home, day, stay.until, stay.why_ended, same_carer=True),
    ]


def _with_days_away(stage: Stage, dice: Dice, care: Care, stay: Stay) -> list[Stay]:
    """Once in a while a child spends days elsewhere, and comes back to the same placement."""
    long = (stay.until - stay.on).days
    if long < 120 or stay.kind in ("P1", "R3", "A5", "A6") or not dice.chance(min(0.4, 0.07 * long / 365)):
        return [stay]
    kind = dice.one_of(("T1", "T3", "T3", "T4", "T4", "T4"))
    days = dice.number(2, {"T1": 24, "T3": 19, "T4": 6}[kind])
    on = stay.on + timedelta(days=dice.number(40, long - 40))
    back = on + timedelta(days=days)
    busy = any(on <= status.on <= back for status in care.statuses)
    if busy:
        return [stay]
    home = Home(dice.number(1, 10**9), "", postcode(dice), None, stay.home.authority, stay.home.inside)
    return [
        Stay(stay.kind, stay.home, stay.on, on, None, stay.same_carer),
        Stay(kind, home, on, back, None),
        Stay(stay.kind, stay.home, back, stay.until, stay.why_ended, returned=True),
    ]


def away_from(care: Care, postcode: str) -> None:
    """Move each placement that chance put into the family's own postcode next door, unless it is with the parents."""
    for stay in care.stays:
        if stay.home.postcode == postcode and stay.kind != "P1":
            stay.home = replace(stay.home, postcode=postcode[:-1] + ("A" if postcode[-1] != "A" else "B"))
