"""Invented published figures: the Department's download and a neighbour table, for 153 authorities that do not exist.

The shape is that of the Local Authority Interactive Tool's download, so the same reader takes both. Every topic says
SYNTHETIC, every authority is named after a bird and has a code that no authority has. England's level comes from the
headline figures that come with the project; how authorities differ is invented.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from math import exp, log, log1p
from typing import NamedTuple

from goldthread.domain.benchmarks import ENGLAND, headlines
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.benchmark_codes import COUNTERPARTS, PER_10K, Counterpart
from goldthread.kernel.benchmarks import SYNTHETIC
from goldthread.kernel.measures import MEASURES
from goldthread.synthetic.cuts.year import LA
from goldthread.synthetic.dice import Dice

AUTHORITIES = 153
YEARS = 5
NEAREST = 10

_BIRDS = (
    "Avocet", "Bittern", "Brambling", "Bunting", "Chough", "Corncrake", "Curlew", "Dotterel", "Dunlin", "Fieldfare",
    "Firecrest", "Gannet", "Godwit", "Goldcrest", "Harrier", "Heron", "Kestrel", "Kittiwake", "Lapwing", "Linnet",
    "Nightjar", "Nuthatch", "Osprey", "Ouzel", "Petrel", "Pipit", "Plover", "Redpoll", "Redshank", "Siskin", "Skylark",
    "Smew", "Turnstone", "Waxwing", "Wheatear", "Whimbrel", "Whinchat", "Wigeon", "Yellowhammer",
)  # fmt: skip
_ENDINGS = ("shire", " Vale", "mouth", " and Fenmarsh")

_FIGURES = ("topic", "lait_short", "measure", "polarity", "year_type", "period", "level", "geography", "old_la_code",
            "value")  # fmt: skip
_NEIGHBOURS = ("model", "old_la_code", "la_name", "sn_rank", "sn_old_la_code", "sn_la_name", "closeness")

_COUNTED: Mapping[str, int] = {
    "FD-05": 5_100, "CP-02": 480, "CP-08": 500, "CP-12": 290, "CLA-04": 660, "CL-01": 310, "CL-06": 310,
}  # fmt: skip
"""How many an authority of middling size counts, by our measure: for those whose counts are published too."""

_SAME_COUNT: Mapping[str, str] = {"FD-05": "FD-04", "CP-08": "CP-07", "CLA-04": "CLA-01"}
"""The rates whose published count is the one behind a share."""

_CHILDREN = 98_125
"""How many children live in the area of an authority of middling size; at size 1.6 as many as in Derbyshire."""

_APART, _YEARLY, _ODD = 0.36, 0.10, 0.01
"""In log-odds: how far authorities lie apart, and how far one moves in a year; and how many figures are not there."""

_NO_RATE = Counterpart("")

_FEWEST = 6
"""Below this the Department prints a symbol in the place of a figure."""


class FigureRow(NamedTuple):
    """One line of the download."""

    topic: str
    measure: str
    title: str
    polarity: str
    period: str
    level: str
    place: str
    code: str
    value: str


class NeighbourRow(NamedTuple):
    """One line of the table of neighbours."""

    model: str
    code: str
    name: str
    order: int
    neighbour: str
    neighbour_name: str
    closeness: str


def figures_csv(rows: Iterable[FigureRow]) -> str:
    """Figures as the download has them."""
    return _csv(_FIGURES, ((*row[:4], "Financial Year", *row[4:]) for row in rows))


def neighbours_csv(rows: Iterable[NeighbourRow]) -> str:
    """Neighbours as the table has them."""
    return _csv(_NEIGHBOURS, rows)


def _csv(headings: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    held = io.StringIO()
    out = csv.writer(held, lineterminator="\n")
    out.writerow(headings)
    out.writerows(rows)
    return held.getvalue()


class _Place(NamedTuple):
    """One invented authority: how large it is where a middling one is 1, and how poor its area."""

    code: str
    name: str
    size: float
    poverty: float


@dataclass(frozen=True)
class Published:
    """What is published of the invented authorities in five years up to `last`.

    `own` is the authority that the demonstration is about, `size` its size as `make-authority` understands it,
    `shares` its own level in per cent for some of our measures and `rates` for 10,000 children for some of our amounts;
    where none is given, it is invented as the others'. The same spec makes the same files.
    """

    last: int
    own: str = "Wrenfordshire"
    size: float = 1.0
    seed: int = 2013
    shares: Mapping[str, float] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)

    @property
    def model(self) -> str:
        """What the version of the neighbour model is called."""
        return f"{SYNTHETIC} {self.last}"

    @cached_property
    def places(self) -> tuple[_Place, ...]:
        """Every authority, the demonstration's first: at size 1 it counts as 1.6 middling ones, as Derbyshire does."""
        dice = Dice(self.seed, "published authorities")
        names = islice((bird + end for end, bird in product(_ENDINGS, _BIRDS)), AUTHORITIES - 1)
        others = (
            _Place(f"S{number:03}", name, exp(dice.point(log(0.2), log(3.5))), dice.point(-1.0, 1.0))
            for number, name in enumerate(names, start=1)
        )
        return (_Place(LA, self.own, max(0.2, 1.6 * self.size), 0.1), *others)

    def figures(self) -> str:
        """The download, as text."""
        return figures_csv(self._figures())

    def neighbours(self) -> str:
        """The ten nearest of every authority, by size and poverty."""
        return neighbours_csv(self._neighbours())

    def _neighbours(self) -> Iterator[NeighbourRow]:
        for one in self.places:
            far = sorted((_distance(one, other), other) for other in self.places if other is not one)
            for order, (distance, other) in enumerate(far[:NEAREST], start=1):
                close = "Very close" if distance < 0.15 else "Close" if distance < 0.3 else "Somewhat close"
                yield NeighbourRow(self.model, one.code, one.name, order, other.code, other.name, close)

    def _figures(self) -> Iterator[FigureRow]:
        told = {measure.code: measure for measure in MEASURES}
        counts: dict[tuple[str, str, str], str] = {}
        for code, counterpart in COUNTERPARTS.items():
            measure = told.get(code)
            if measure is None or code not in self._england or counterpart.unit != "%":
                continue
            better = {"high": "High", "low": "Low"}.get(measure.better.value, "-")
            for row in self._measure(code, counterpart, self._england[code]):
                if row[0] == counterpart.lait:
                    yield self._row(row, measure.title, better)
                elif row[:3] not in counts:
                    counts[row[:3]] = row.value
                    yield self._row(row, f"{row[0]}: count", "-")
        for amount in {one.code: one for one in (*RECORD_AMOUNTS, *LIST_AMOUNTS)}.values():
            counterpart = COUNTERPARTS.get(amount.code, _NO_RATE)
            if counterpart.unit == PER_10K and amount.code in self._england:
                for row in self._rate(amount.code, counterpart, counts):
                    yield self._row(row, amount.title if row[0] == counterpart.lait else f"{row[0]}: count", "-")

    @cached_property
    def _england(self) -> Mapping[str, float]:
        return {one.code: one.value for one in headlines() if one.place == ENGLAND}

    def _rate(self, code: str, counterpart: Counterpart, counts: dict[tuple[str, str, str], str]) -> "Iterator[_Said]":
        """A rate for 10,000 children and the count behind it: the one behind a share, where there is one."""
        dice, level = Dice(self.seed, f"published {code}"), self._england[code]
        every, children = dict.fromkeys(self._periods(), 0.0), sum(_CHILDREN * place.size for place in self.places)
        for place in self.places:
            lies = log(level) + 0.18 * sum(dice.point(-1.0, 1.0) for _ in range(3)) + 0.25 * place.poverty
            if place.code == LA and code in self.rates:
                lies = log(max(0.1, self.rates[code]))
            for period in self._periods():
                rate = exp(lies + 0.05 * dice.point(-1.0, 1.0))
                keys = [(name, period, place.code) for name in counterpart.numerator]
                held = [counts[key] for key in keys if key in counts]
                count = int(held[0]) if held and held[0] != "c" else round(rate * _CHILDREN * place.size / 10_000)
                every[period] += count
                small = count < _FEWEST or "c" in held
                for key in keys:
                    if key not in counts:
                        counts[key] = "c" if small else str(count)
                        yield _Said(*key, place.name, counts[key])
                said = "c" if small else f"{10_000 * count / (_CHILDREN * place.size):.1f}"
                yield _Said(counterpart.lait, period, place.code, place.name, said)
        for period in self._periods():
            yield _Said(counterpart.lait, period, "", ENGLAND, f"{10_000 * every[period] / children:.1f}")

    def _row(self, row: "_Said", title: str, better: str) -> FigureRow:
        published, period, code, place, value = row
        level = "National" if not code else "Local authority"
        topic = f"{SYNTHETIC}: invented for the demonstration"
        return FigureRow(topic, published, f"{title} ({SYNTHETIC.lower()})", better, period, level, place, code, value)

    def _measure(self, code: str, counterpart: Counterpart, level: float) -> "Iterator[_Said]":
        # Measures that share a published count throw the same dice for it, so that the counts agree.
        counted = _COUNTED.get(code)
        dice, sizes = Dice(self.seed, f"published {code}"), Dice(self.seed, f"published counts of {counted}")
        paces = Dice(self.seed, f"published pace of {code}")
        centre = _log_odds(level / 100)
        done, of_all = dict.fromkeys(self._periods(), 0.0), dict.fromkeys(self._periods(), 0.0)
        for place in self.places:
            apart = sum(dice.point(-1.0, 1.0) for _ in range(3))
            lies = centre + _APART * apart + (0.1 if place.poverty > 0 else -0.1)
            if place.code == LA and code in self.shares:
                lies = _log_odds(self.shares[code] / 100)
            as_many = (counted or 400) * place.size * self._pace(code, place, paces)
            for period in self._periods():
                share = _share(lies + _YEARLY * dice.point(-1.0, 1.0))
                whole = max(1, round(as_many * sizes.point(0.93, 1.07)))
                top = round(whole * share)
                done[period] += top
                of_all[period] += whole
                withheld = top < _FEWEST or (place.code != LA and dice.chance(_ODD))
                yield _Said(counterpart.lait, period, place.code, place.name, "c" if withheld else _percent(top, whole))
                if counted:
                    for name, count in _counts(counterpart, top, whole).items():
                        yield _Said(name, period, place.code, place.name, "c" if withheld else str(count))
        for period in self._periods():
            yield _Said(counterpart.lait, period, "", ENGLAND, _percent(done[period], of_all[period]))

    def _pace(self, code: str, place: _Place, dice: Dice) -> float:
        """How many times as many as by its size an authority counts, where a rate rests on the same count."""
        rate = _SAME_COUNT.get(code, "")
        spread = exp(0.18 * sum(dice.point(-1.0, 1.0) for _ in range(3)) + 0.2 * place.poverty) if rate else 1.0
        return self.rates[rate] / self._england[rate] if place.code == LA and rate in self.rates else spread

    def _periods(self) -> tuple[str, ...]:
        return tuple(str(year) for year in range(self.last - YEARS + 1, self.last + 1))


class _Said(NamedTuple):
    """One figure: of which published measure, when, where, and how it is printed."""

    published: str
    period: str
    code: str
    place: str
    value: str


def _distance(one: _Place, other: _Place) -> float:
    return abs(log(one.size / other.size)) + abs(one.poverty - other.poverty)


def _counts(counterpart: Counterpart, top: int, whole: int) -> dict[str, int]:
    """The published counts behind a share: what is done in time among the shares of it, the rest among the others."""
    rest = [name for name in counterpart.denominator if name not in counterpart.numerator]
    if len(rest) == len(counterpart.denominator):
        return {**_split(counterpart.numerator, top), **_split(tuple(rest), whole)}
    return {**_split(counterpart.numerator, top), **_split(tuple(rest), whole - top)}


def _split(names: tuple[str, ...], count: int) -> dict[str, int]:
    """A count in parts that add up to it, the later ones the larger."""
    made, left = {}, count
    for place, name in enumerate(names):
        made[name] = left if place == len(names) - 1 else left // 3
        left -= made[name]
    return made


def _percent(top: float, whole: float) -> str:
    return f"{100 * top / whole:.1f}"


def _log_odds(share: float) -> float:
    share = min(max(share, 0.002), 0.998)
    return log(share) - log1p(-share)


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds))
