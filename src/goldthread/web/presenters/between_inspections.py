"""The watch between inspections as pages show it: each area in a sentence, each sign with its rule and its rate."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import slugify

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.improvement.queries.watch_pictures import bears_out
from goldthread.apps.improvement.queries.watched_things import EVERY
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.submissions import pictures
from goldthread.domain.watch import KINDS, Source, Standing, Thing
from goldthread.domain.watch.areas import number_of
from goldthread.web.presenters.task import may

COLOURS = {
    Standing.CHANGED: "red", Standing.SIGN: "yellow", Standing.NOT_SHOWN: "grey", Standing.NO_EVIDENCE: "grey",
    Standing.HOLDS: "green",
}  # fmt: skip
UNSEEN = "Nothing that you may see"
"""Said of an area of which its reader sees no data at all: others may see that it has changed."""
LOOK: Mapping[Source, str] = {
    Source.MEASURE: "the series, then the children who were not in time",
    Source.AUDIT: "the files that fell short, by theme",
    Source.VOICE: "what else was answered, and the words that were released",
    Source.PROMISE: "what its owner says, and what was found last",
}
"""What to look at where a sign comes from."""
NEEDS: Mapping[str, Permission] = {
    "submission_watch_series": Permission.SUBMISSION_READ, "programme": Permission.PROGRAMME_READ,
    "moderation": Permission.MODERATION_READ, "survey": Permission.SURVEY_READ,
    "recommendation": Permission.IMPROVEMENT_READ, "audit_actions": Permission.AUDIT_ACTION_READ,
}  # fmt: skip
"""What the page asks of its reader on which a thing is shown whole."""


SAID = ("route", "was", "now", "own", "own_from", "own_to", "due", "unit", "percent", "better")
"""What is told of a thing beside the parts of its page's address."""


def month(told: str) -> str:
    """“March 2026” for 2026-03; nothing for nothing."""
    return f"{date.fromisoformat(f'{told}-01'):%B %Y}" if told else ""


def rate(chance: float) -> str:
    """How often a sign begins by chance, in words: once in so many years, or so often a year."""
    if not chance:
        return "never by chance"
    yearly = 12 * chance
    return f"by chance once in {1 / yearly:.0f} years" if yearly < 0.7 else f"by chance {yearly:.1f} times a year"


def a_year(signs: float) -> str:
    """How many signs a year chance would give; nothing where no sign can come by chance."""
    return f"{max(signs, 0.1):.1f}" if signs else ""


def area(held: Any) -> dict[str, Any]:
    """One area in a row: what is said of it, how it was judged, and what to look at first."""
    watch = held.watch
    worse, said, telling, past_day = watch.worse, watch.said, watch.telling, watch.past_day
    nothing = not (worse or watch.better or watch.holding or watch.silent)
    return {
        "slug": watch.slug, "title": watch.title,
        "standing": UNSEEN if nothing else standing(watch.standing, len(telling)),
        "colour": COLOURS[watch.standing], "judged": held.judged,
        "whole": held.judged is not None and watch.slug != EVERY and "overall" in held.judged.area.casefold(),
        "first": worse[0].title if worse else "", "worse": len(telling), "better": len(watch.better),
        "holding": len(watch.holding), "silent": len(watch.silent),
        "now": month(said[-1][0]) if said and said[-1][1] == watch.now else "",
        "earlier": [(month(one), month(other)) for one, other in said if other != watch.now],
        "by_chance": a_year(watch.by_chance),
        "past_day": len(past_day), "not_shown": len(watch.not_shown), "months": month(watch.now),
    }  # fmt: skip


def standing(held: Standing, things: int) -> str:
    """What the signs of an area say together; more than one of them only where they rest on the same files."""
    if held is Standing.SIGN and things > 1:
        return f"{things} signs, all from the same files"
    return str(held).capitalize()


def whole_area(held: Any, actor: Actor) -> dict[str, Any]:
    """Everything of one area: what changed, what is better, what holds, and what tells nothing."""
    watch = held.watch
    spoke = next((one for one, other in watch.said if other == watch.now), "")
    return {
        **area(held),
        "changed": [
            _sign(one, watch.now, actor) | {"drawn": picture(bears_out(one, watch.now, spoke))} for one in watch.telling
        ],
        "promised": [_sign(one, watch.now, actor) for one in watch.past_day],
        "improved": [_thing(one, watch.now, actor) for one in watch.better],
        "holds": [_thing(one, watch.now, actor) for one in watch.holding],
        "tells_nothing": _by_reason(watch.silent, watch.now, actor),
    }  # fmt: skip


def picture(chart: Any) -> dict[str, Any] | None:
    """A chart with its picture; None for none."""
    return {"chart": chart, "drawn": pictures.whole(chart)} if chart is not None else None


def anchor(thing: Thing) -> str:
    """Where a thing with signs stands on the page of its area."""
    return slugify(thing.name.replace(":", "-"))


def _by_reason(silent: list[Thing], now: str, actor: Actor) -> list[tuple[str, list[dict[str, Any]]]]:
    """What tells nothing, gathered by why."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in silent:
        found.setdefault(_why(one, now), []).append(_thing(one, now, actor))
    return list(found.items())


def _why(thing: Thing, now: str) -> str:
    if thing.watched.why_not:
        return thing.watched.why_not
    if thing.stale(now):
        return f"It told last in {month(thing.last)}."
    return "It is watched for less than half a year yet."


def _thing(thing: Thing, now: str, actor: Actor) -> dict[str, Any]:
    watched, where = thing.watched, thing.where
    against = ""
    if watched.against:
        before = "before the judgement" if watched.before else "the first that are held"
        against = f"{month(watched.against[0])} to {month(watched.against[-1])}, {before}"
    told, periods = [one for one in watched.points if one.period <= now], [one.period for one in watched.months]
    # As of an earlier month it is told by that month's value, and not by one that came later.
    earlier = bool(told) and len(told) < len(watched.points)
    value = f"{told[-1].value:,.1f}{'%' if where.get('percent') else ' ' + where.get('unit', '')}" if earlier else ""
    return {
        "title": thing.title, "source": str(thing.source).capitalize(), "against": against,
        "last": month(told[-1].period if earlier else max((one for one in periods if one <= now), default="")),
        "own": "" if earlier else where.get("own", ""), "own_months": "" if earlier else _own_months(where),
        "was": where.get("was", ""), "is_now": value or where.get("now", ""), "address": address(where, actor),
        "rate": rate(watched.chance), "kept": watched.kept if watched.months else 0,
    }  # fmt: skip


def _own_months(where: Mapping[str, str]) -> str:
    return f"{month(where['own_from'])} to {month(where['own_to'])}" if "own" in where else ""


def _sign(thing: Thing, now: str, actor: Actor) -> dict[str, Any]:
    """Something with signs: since when, and of each sign the rule, the rate and how the rate was found."""
    held = [KINDS[sign] for sign in sorted(thing.signs_in(now))]
    months = len(thing.watched.against) if thing.source is Source.MEASURE else 0
    return {
        **_thing(thing, now, actor), "since": month(thing.since(now)), "look": LOOK[thing.source],
        "anchor": anchor(thing), "due": thing.where.get("due", ""), "practice": bool(thing.tells(now)),
        "of_lists": "code" in thing.where, "passed": _passed(thing.passed(now)),
        "signs": [{"kind": one, "rate": rate(one.rate(months))} for one in held],
    }  # fmt: skip


def _passed(months: tuple[str, ...]) -> str:
    """“January 2025, March 2025 to May 2025”: months that lie side by side as one stretch."""
    stretches: list[list[str]] = []
    for one in months:
        if stretches and number_of(one) == number_of(stretches[-1][-1]) + 1:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return ", ".join(month(one[0]) if len(one) == 1 else f"{month(one[0])} to {month(one[-1])}" for one in stretches)


def address(where: Mapping[str, str], actor: Actor) -> str:
    """Where a thing is shown whole; nothing for a page that its reader may not open."""
    route = where.get("route", "")
    if not route:
        return ""
    inspection = inspections.get(actor, where["inspection"])  # type: ignore[arg-type]
    if not may(actor, NEEDS[route], inspection):
        return ""
    parts = {name: value for name, value in where.items() if name not in SAID}
    return reverse(route, kwargs=parts)


def kinds() -> list[dict[str, Any]]:
    """Every kind of sign with its rule, its rate by months held against, and how that was found."""
    return [
        {
            "kind": one, "source": str(one.source).capitalize(),
            "rates": ", ".join(
                f"{100 * chance:.2g}%{f' against {months} months' if months else ''}"
                for months, chance in one.chance.items()
            ),
        }
        for one in KINDS.values()
    ]  # fmt: skip
