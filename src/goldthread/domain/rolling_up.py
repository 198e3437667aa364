"""Items rated case by case, rolled up: what each case shows of an area, and in how many cases it was achieved.

Nothing here is a judgement. It counts what reviewers rated, says which item or area has too few cases to tell, and
leaves the shares to `grading.weigh`, whose rules say what a share takes away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from goldthread.domain.framework import Area, Framework, Item, ItemWords, RollUp
from goldthread.domain.shares import Share

MET, NOT_MET, NOT_APPLICABLE = "met", "not-met", "not-applicable"
"""How an item is rated in one case."""

ACHIEVED, PARTLY, NOT_ACHIEVED = "achieved", "partly", "not-achieved"
"""What one case shows of an area; `NOT_APPLICABLE` where no item applied."""


class RatingError(ValueError):
    """Ratings that cannot be rolled up. The message is one plain sentence that says where and how to mend it."""


class Rated(NamedTuple):
    """One rating as it was handed in: the case, the item's id, the rating in words, and where it stood."""

    case: str
    item: str
    rating: str
    where: str


@dataclass(frozen=True, slots=True)
class ItemTally:
    """One item over all cases: how many met it, of how many to which it applied. `strong` is None where none did."""

    item: Item
    met: int
    applied: int
    strong: bool | None


@dataclass(frozen=True, slots=True)
class AreaTally:
    """One area over all cases: how many showed what. `share` is None where it applied to no case."""

    area: Area
    achieved: int
    partly: int
    not_achieved: int
    not_applicable: int
    share: Share | None
    items: tuple[ItemTally, ...]


def of_case(roll_up: RollUp, ratings: Mapping[str, str]) -> str:
    """What one case shows of an area, from the rating of each of its items; an item left out does not apply."""
    applied = {item.id: ratings.get(item.id, NOT_APPLICABLE) for item in roll_up.items}
    applied = {id: rating for id, rating in applied.items() if rating != NOT_APPLICABLE}
    if not applied:
        return NOT_APPLICABLE
    missed = [id for id, rating in applied.items() if rating == NOT_MET]
    if len(missed) == len(applied):
        return NOT_ACHIEVED
    return ACHIEVED if len(missed) <= roll_up.may_miss and not set(missed) & set(roll_up.must) else PARTLY


def tally(framework: Framework, rated: Iterable[Rated]) -> tuple[AreaTally, ...]:
    """Every area that has items, with what the cases show of it.

    Raises RatingError where the framework rates no items, for an item or a rating that it does not know, and for an
    item rated twice in one case.
    """
    if framework.items is None:
        raise RatingError(f"{framework.slug} rates no items case by case, so there is nothing to add up.")
    cases = _by_case(framework, framework.items, rated)
    return tuple(_tally(area, area.roll_up, framework.items, cases) for area in framework.areas if area.roll_up)


def shares(tallies: Iterable[AreaTally]) -> dict[str, Share]:
    """The share of cases that achieved each area, areas without a case left out: what `grading.weigh` takes."""
    return {one.area.slug: one.share for one in tallies if one.share is not None}


def _by_case(framework: Framework, words: ItemWords, rated: Iterable[Rated]) -> dict[str, dict[str, str]]:
    known = [item.id for area in framework.areas if area.roll_up for item in area.roll_up.items]
    meaning = {words.met.casefold(): MET, words.not_met.casefold(): NOT_MET}
    meaning |= {words.not_applicable.casefold(): NOT_APPLICABLE}
    cases: dict[str, dict[str, str]] = {}
    for one in rated:
        if not one.case:
            raise RatingError(f"{one.where}: no case is named; write the case's own number or letters.")
        if one.item not in known:
            raise RatingError(f"{one.where}: “{one.item}” is not an item of {framework.slug}; use {', '.join(known)}.")
        rating = meaning.get(" ".join(one.rating.split()).casefold())
        if rating is None:
            each = f"{words.met}, {words.not_met} or {words.not_applicable}"
            raise RatingError(f"{one.where}: “{one.rating}” is not a rating; write {each}.")
        held = cases.setdefault(one.case, {})
        if one.item in held:
            raise RatingError(f"{one.where}: {one.item} is rated twice in case {one.case}; leave one.")
        held[one.item] = rating
    if not cases:
        raise RatingError("there is no rating to add up; write a line for each case and item.")
    return cases


def _tally(area: Area, roll_up: RollUp, words: ItemWords, cases: Mapping[str, Mapping[str, str]]) -> AreaTally:
    shown = [of_case(roll_up, ratings) for ratings in cases.values()]
    counted = len(shown) - shown.count(NOT_APPLICABLE)
    achieved = shown.count(ACHIEVED)
    return AreaTally(
        area=area,
        achieved=achieved,
        partly=shown.count(PARTLY),
        not_achieved=shown.count(NOT_ACHIEVED),
        not_applicable=shown.count(NOT_APPLICABLE),
        share=Share(achieved, counted) if counted else None,
        items=tuple(_item(item, words.least_share, list(cases.values())) for item in roll_up.items),
    )


def _item(item: Item, least: int, cases: Sequence[Mapping[str, str]]) -> ItemTally:
    ratings = [case.get(item.id, NOT_APPLICABLE) for case in cases]
    met, applied = ratings.count(MET), len(ratings) - ratings.count(NOT_APPLICABLE)
    return ItemTally(item, met, applied, Share(met, applied).reaches(least) if applied else None)
