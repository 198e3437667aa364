"""Two inspections side by side as a page shows them: area by area, with the months between the watch's word and now."""

from collections import Counter
from typing import Any

from django.urls import reverse

from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries.then_and_now import Area, Asked, ThenAndNow, ahead
from goldthread.apps.improvement.queries.watched_things import EVERY
from goldthread.domain.watch.then_and_now import Became
from goldthread.web.presenters.between_inspections import anchor, month

COLOURS = {
    Became.SLIPPED: "red", Became.BACK: "orange", Became.HELD: "green", Became.PUT_RIGHT: "blue",
    Became.NOT_TOLD: "grey",
}  # fmt: skip
THE_WHOLE = "The whole"
SAID_NOTHING = "It said nothing"
NOT_WATCHED = "Nothing was watched long enough"


def whole(found: ThenAndNow) -> dict[str, Any]:
    """Everything that the page shows beside the two inspections."""
    counts = Counter(one.became for one in _each_once(found))
    return {
        "areas": [area(one, found) for one in found.areas],
        "counts": [(str(one).capitalize(), COLOURS[one], counts[one]) for one in Became],
        "asked": [asked(one) for one in found.asked], "called": month(found.month),
        "overall": any("overall" in one.now.area.casefold() for one in found.areas if one.now),
    }  # fmt: skip


def _each_once(found: ThenAndNow) -> list[Any]:
    """Every point once: one that tells of two services stands under both."""
    held: dict[tuple[str, bool], Any] = {}
    for one in found.areas:
        for each in one.points:
            key = each.then.text, each.then.well
            worst = held.get(key)
            if worst is None or list(Became).index(each.became) < list(Became).index(worst.became):
                held[key] = each
    return list(held.values())


def area(one: Area, found: ThenAndNow) -> dict[str, Any]:
    """One area: its grades, when the watch said that it had changed, and what became of each point."""
    page = reverse("improvement_watch_area", args=[found.later.pk, one.slug]) + f"?month={one.said}"
    return {
        "slug": one.slug, "title": THE_WHOLE if one.slug == EVERY else one.title,
        "laid_out": bool(one.points or one.new or one.said), "then": one.then, "now": one.now, "said": month(one.said),
        "known": one.known, "page": page, "ahead": ahead(one.said, found.month) if one.said else 0,
        "ended": month(one.ended), "silent": _silent(one),
        "by": [
            {"title": each.thing.title, "since": month(each.since), "address": f"{page}#{anchor(each.thing)}"}
            for each in one.by
        ],
        "points": [
            {"kind": kind(each.then.well), "text": each.then.text,
             "became": str(each.became).capitalize(), "colour": COLOURS[each.became],
             "now": [point.text for point in each.now]}
            for each in one.points
        ],
        "new": [(kind(each.well), each.text) for each in one.new],
    }  # fmt: skip


def kind(well: bool) -> str:
    """What a point of a report tells of."""
    return "Strength" if well else "Area for improvement"


def _silent(one: Area) -> str:
    """Why the watch said nothing of an area; empty where it spoke."""
    if one.said:
        return ""
    watched = one.watched is not None and any(thing.watched.months for thing in one.watched.watch.things)
    return SAID_NOTHING if watched else NOT_WATCHED


def asked(one: Asked) -> dict[str, Any]:
    """A recommendation made in between: its words, how it stands, and what was found of its goals last."""
    return {
        "held": one.opened.recommendation, "says": one.opened.says, "state": one.opened.state, "slipped": one.slipped,
        "reopened": one.reopened,
        "goals": [(goal.goal.title, queries.VERDICTS[goal.verdict]) for goal in one.opened.goals],
    }  # fmt: skip
