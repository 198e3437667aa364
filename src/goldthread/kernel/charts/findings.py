"""The finding that stands above a chart, in words. Each says no more than the numbers bear."""

from collections.abc import Sequence

from goldthread.domain.control_charts import ControlChart, Direction
from goldthread.domain.control_verdicts import (
    Assurance,
    Lasting,
    Variation,
    assurance,
    side,
    streak,
    sustained,
    variation,
)
from goldthread.domain.funnels import Basis, Funnel, Placed
from goldthread.domain.intervals import RelativeRate
from goldthread.domain.quartiles import Band
from goldthread.domain.survival import Curve
from goldthread.kernel.charts.base import number, with_unit
from goldthread.kernel.comparison import Comparison
from goldthread.kernel.journey import Journey
from goldthread.kernel.journey_gaps import Gap

QUARTER: dict[Band, str] = {
    Band.A: "in the best quarter",
    Band.B: "in the second best quarter",
    Band.C: "in the third quarter",
    Band.D: "in the worst quarter",
}

DATA_QUALITY_FROM = 10.0
"""From this φ on, authorities probably record in different ways, and the spread says little about their work."""


HARDLY = 0.1
"""A move of less than this part of what lies between the quartiles of all authorities is not told as a rise or a fall:
it changes nothing about where the authority stands. The house's own line, not a published one."""


def of_strip(compared: Comparison) -> str:
    """Where the authority stands among all, and England."""
    latest, name = compared.latest, compared.authority.name
    if latest is None or latest.value is None:
        return f"{name} has no published figure for {compared.period}"
    own = number(latest.value, compared.decimals, compared.unit)
    where = "" if compared.quartile_band is None else f", {QUARTER[compared.quartile_band]}"
    count = f" of {compared.quarters.authorities} authorities" if compared.quarters and where else ""
    england = compared.comparator(compared.england)
    beside = "" if england is None else f"; England {number(england, compared.decimals, compared.unit)}"
    return f"{name}: {own} in {compared.period}{where}{count}{beside}"


def of_lines(compared: Comparison) -> str:
    """From where to where the authority went, and whether England lies above or below; across a break, only since."""
    since = max((broken.year for broken in compared.breaks), default=0)
    held = [figure for figure in compared.own.figures if figure.value is not None and figure.year >= since]
    name = compared.authority.name
    if not held:
        return f"{name} has no published figures that can be compared"
    first, last = held[0], held[-1]
    end = number(last.value or 0.0, compared.decimals, compared.unit)
    england = compared.comparator(compared.england)
    beside = "" if england is None else f"; England is at {number(england, compared.decimals, compared.unit)}"
    if len(held) == 1:
        return f"{name}: {end} in {last.period}{beside}"
    before, after = round(first.value or 0.0, compared.decimals), round(last.value or 0.0, compared.decimals)
    if before == after:
        return f"{name} is where it was in {first.period}, at {end}, in {last.period}{beside}"
    moved = "hardly moved," if _hardly(after - before, compared) else "rose" if after > before else "fell"
    start = number(first.value or 0.0, compared.decimals)
    return f"{name} {moved} from {start} in {first.period} to {end} in {last.period}{beside}"


def _hardly(change: float, compared: Comparison) -> bool:
    return compared.quarters is not None and abs(change) < HARDLY * (compared.quarters.upper - compared.quarters.lower)


def funnel_unit(of: Funnel) -> str:
    """In what the values of a funnel are told."""
    return "%" if of.basis is Basis.SHARE else f"per {of.basis.per:,}"


def of_funnel(of: Funnel, own: Placed | None, name: str, says: str) -> str:
    """Whether the authority lies outside what chance and the usual spread explain."""
    if own is None:
        return f"{name} has no counts published for “{says}”"
    share = number(of.basis.per * own.share, 1, funnel_unit(of))
    if own.stands_out == 0:
        spread = "the spread that authorities have anyway" if of.over_dispersed else "what chance explains"
        return f"{name}, at {share}, is within {spread}"
    side = "higher" if own.stands_out > 0 else "lower"
    explained = "chance and the usual spread between authorities explain" if of.over_dispersed else "chance explains"
    return f"{name}, at {share}, is {side} than {explained}"


def spread_warning(of: Funnel) -> str:
    """What a very wide spread says: nothing of the work, much of the recording. Empty where it is not so wide."""
    if of.phi < DATA_QUALITY_FROM:
        return ""
    return (
        f"Authorities differ far more than chance explains (φ {of.phi:.1f}): they probably record this in different "
        "ways. Take it as a question about data before one about practice."
    )


def of_control_chart(
    chart: ControlChart, says: str, target: float | None, unit: str, decimals: int, *, sides: bool = False
) -> str:
    """What the latest point and the limits say, beginning with change that has lasted; with `sides` only whether it is
    higher or lower than the series was, and not which of them is better. Of the target both say the same."""
    lasting = sustained(chart, target) if chart.better is not Direction.NEITHER else None
    if sides:
        found = f"{says}: {_SIDE[side(chart)]}"
    elif lasting is not None and lasting.what is not Lasting.NEITHER:
        found = f"{says}: {lasting.what.value} since {lasting.since}"
    else:
        found = f"{says}: {_CHANGE[variation(chart)]}"
    if target is None:
        return found
    aim = with_unit(f"{target:,.{decimals}f}".removesuffix(".0"), unit)
    assured = assurance(chart, target)
    if assured is Assurance.CHANGING:
        return f"{found}; the target of {aim} was {streak(chart, target).says}"
    return f"{found}; the target of {aim} is {_TARGET[assured]}"


def of_few(says: str) -> str:
    """A series whose points are mostly of few children has no finding but that."""
    return f"{says}: most of the points count too few to tell change from chance"


_CHANGE: dict[Variation, str] = {
    Variation.IMPROVING: "getting better, beyond chance",
    Variation.CONCERNING: "getting worse, beyond chance",
    Variation.CHANGED_UP: "risen, beyond chance",
    Variation.CHANGED_DOWN: "fallen, beyond chance",
    Variation.CHANCE: "no change beyond chance",
}

_SIDE: dict[bool | None, str] = {
    True: "higher of late than the series as a whole, beyond chance",
    False: "lower of late than the series as a whole, beyond chance",
    None: "no change beyond chance",
}

_TARGET: dict[Assurance, str] = {
    Assurance.MEETS: "consistently met",
    Assurance.MISSES: "consistently missed",
    Assurance.EITHER: "met or missed by chance",
}


def of_survival(curve: Curve, event: str, day: int) -> str:
    """To what share the event had happened by a day, with its range."""
    back = curve.back_by(day)
    if back is None:
        return f"Nobody was followed for {day} days: too soon to say how many {event}"
    if not curve.happened:
        return f"None of the {curve.followed:,} followed {event} by day {day}"
    share, low, high = (100 * part for part in back)
    return f"By day {day}, {share:.0f}% {event} (range {low:.0f} to {high:.0f}%, of {curve.followed:,} followed)"


def of_disproportion(rates: Sequence[tuple[str, RelativeRate | None]], baseline: str, event: str) -> str:
    """The group that differs most from the one it is compared with, among those that differ beyond chance."""
    clear = [(name, rate) for name, rate in rates if rate is not None and not rate.low <= 1 <= rate.high]
    if not clear:
        return f"No group is more or less likely than {baseline} {event}, beyond chance"
    name, rate = max(clear, key=lambda pair: max(pair[1].value, 1 / pair[1].value))
    return f"{name}: {rate.value:.1f} times as likely as {baseline} {event} (range {rate.low:.1f} to {rate.high:.1f})"


def of_journey(journey: Journey, gaps: Sequence[Gap]) -> str:
    """Since when the journey is told, and its longest gap."""
    if not journey.sound:
        return "No list tells of a day in this child's journey"
    first = min(event.day for event in journey.sound)
    told = f"{len(journey.events)} event{'' if len(journey.events) == 1 else 's'} since {first:%B %Y}"
    if not gaps:
        return f"{told}; no gap by the limits set"
    longest = max(gaps, key=lambda gap: gap.days)
    count = "1 gap, of" if len(gaps) == 1 else f"{len(gaps)} gaps, the longest of"
    days = f"{longest.days:,} day{'' if longest.days == 1 else 's'}"
    return f"{told}; {count} {days} ({longest.letter}: {longest.kind.value.lower()})"
