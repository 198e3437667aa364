"""Series over time as rows of a page: what each says in a word or two, and which come first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.apps.comparison.watching import Source
from goldthread.domain.control_verdicts import Assurance, Lasting, Variation

CHANGE = {
    Variation.IMPROVING: ("Better", "green"),
    Variation.CONCERNING: ("Worse", "red"),
    Variation.CHANGED_UP: ("Risen", "blue"),
    Variation.CHANGED_DOWN: ("Fallen", "blue"),
    Variation.CHANCE: ("No change", "grey"),
}
LASTING = {
    Lasting.IMPROVEMENT: ("Sustained improvement", "green"),
    Lasting.DECLINE: ("Sustained decline", "red"),
}
TARGET = {
    Assurance.MEETS: ("Consistently met", "green"),
    Assurance.MISSES: ("Consistently missed", "red"),
    Assurance.EITHER: ("Met or missed by chance", "yellow"),
}
FEW = ("Too few children", "grey")
_FIRST = (Lasting.DECLINE, Lasting.IMPROVEMENT, Lasting.NEITHER)
_THEN = tuple(CHANGE)[1::-1] + tuple(CHANGE)[2:]


def source_called(source: Source, *, of_lists: bool, own_month: bool) -> str:
    """Where a series comes from, in a few words; `own_month`: each hand-in gives one point, of its month."""
    if source is Source.HAND_INS:
        return "Own month of each hand-in" if own_month else "All hand-ins"
    if source is Source.ALL_LISTS:
        return "All lists handed in"
    return "These lists alone" if of_lists else "This hand-in alone"


@dataclass(frozen=True, slots=True)
class Row:
    """One series as the overview shows it."""

    watched: Any
    latest: str
    of: str
    period: str
    points: int
    since: str
    anew: str
    tag: tuple[str, str]
    target: tuple[str, str] | None


def row(watched: Any) -> Row:
    """One series, ready to be shown."""
    scale = watched.scale
    told = [one for one in watched.counted if scale.told(one)]
    last = told[-1] if told else None
    lasting = watched.lasting
    lasts = lasting is not None and lasting.what in LASTING and not watched.unsteady
    return Row(
        watched,
        scale.words(last) if last else "–",
        scale.counts(last) if last else "",
        last.period if last else "",
        len(told),
        lasting.since if lasts else "",
        ", ".join(one.points[0].period for one in watched.chart.stretches[1:]) if watched.chart is not None else "",
        LASTING[lasting.what] if lasts else _change(watched),
        _target(watched),
    )


def _change(watched: Any) -> tuple[str, str]:
    """What the latest month says of change, where there are months and children enough to say it."""
    if watched.chart is None:
        return "Too few months", "grey"
    return FEW if watched.unsteady else CHANGE[watched.change]


def _target(watched: Any) -> tuple[str, str] | None:
    """What the limits say of the target; while the series changes, how its latest months did."""
    if watched.assured is None or watched.unsteady:
        return None
    if watched.assured is Assurance.CHANGING:
        return watched.streak.short, "green" if watched.streak.met else "red"
    return TARGET.get(watched.assured)


def in_order(watched: Iterable[Any]) -> list[Any]:
    """Sustained decline first, then improvement that lasts, then what the latest month signals, then the rest.

    Series that are mostly of few children stand after the others, and those without a chart last.
    """

    def place(one: Any) -> tuple[bool, bool, int, int]:
        if one.chart is None:
            return True, True, 0, 0
        return False, one.unsteady, _FIRST.index(one.lasting.what), _THEN.index(one.change)

    return sorted(watched, key=place)


def finding(watched: Sequence[Any]) -> str:
    """What the series say together, in one sentence; those mostly of few children say nothing reliable."""
    charted = [one for one in watched if one.chart is not None and not one.unsteady]
    if not charted:
        return ""
    declined = sum(one.lasting.what is Lasting.DECLINE for one in charted)
    improved = sum(one.lasting.what is Lasting.IMPROVEMENT for one in charted)
    return (
        f"Of {len(charted)} series with enough months and children, {declined or 'none'} "
        f"{'is' if declined == 1 else 'are'} in sustained decline and {improved or 'none'} in sustained improvement."
    )
