"""Measures the watch between inspections on invented authorities of which half decline from a known month.

    .venv/bin/python bench/watch.py [--authorities 200] [--counts FILE] [--shallow]
    .venv/bin/python bench/watch.py --rates [--series 200000]

Each authority has lives of five years. It is judged after two, and in half of them the service declines from a month
that is drawn from the three that follow. What the lists would show is counted month by month from the lives. Audits
(eight files a month) and a survey (sixty answers every half year) are tossed by the same pace, for the lives have none.
FILE keeps the counts for another run. `--rates` finds the false-alarm rates that the kinds of sign declare.
Prints a block of Markdown for docs/figures.md.
"""

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from goldthread.domain.control_charts import Direction, Point, limits_of
from goldthread.domain.watch import KINDS, Look, Sign, Source, Thing, has_changed, watch_series, watch_shares
from goldthread.domain.watch.areas import month_of, number_of
from goldthread.domain.watch.series import signs
from goldthread.synthetic.cuts.monthly import counts
from goldthread.synthetic.lives.households import lives
from goldthread.synthetic.lives.pace import Pace
from goldthread.synthetic.lives.pace import month_of as month_of_story
from goldthread.synthetic.lives.stage import Stage

FIRST, ENDS, MONTHS, JUDGED = date(2021, 7, 1), date(2026, 6, 30), 60, "2023-06"
EARLIEST, LATEST = 25, 48
"""The months of the story from which a decline may begin: the first watched one, and one that leaves a year."""

SIZES, DRIFTS = (0.05, 0.1, 0.1, 0.2), (-0.05, 0.0, 0.05)
AREAS = {
    "help and protection": (
        "assessments", "conferences", "protection_visits", "need_visits", "decisions", "minutes", "audits",
    ),
    "children in care": ("care_visits", "placement_moves", "answers"),
}  # fmt: skip
MEASURES = tuple(name for names in AREAS.values() for name in names if name not in ("audits", "answers"))
FILES, STANDARD, AUDIT_LOST = 8, 0.75, 0.34
ANSWERS, CONTENT, CONTENT_LOST, EVERY = 60, 0.7, 0.3, 6
WITHIN = (3, 6, 12)


class Shallow(Pace):
    """A decline of a third of the depth."""

    def depth(self, day: date) -> float:
        """How deep the decline is on a day: up to a third."""
        return super().depth(day) / 3


@dataclass(frozen=True)
class Authority:
    """One authority: from which month of the story it declines, and what is counted in each month."""

    declines: int | None
    counts: dict[str, dict[str, list[int]]]

    @property
    def starts(self) -> int:
        """The number of the month in which it begins to decline; beyond every month where it does not."""
        return number_of(f"{FIRST:%Y-%m}") + self.declines - 1 if self.declines else 10**9


def invent(seed: int, *, shallow: bool) -> Authority:
    """Authority number `seed`: every second one declines."""
    dice = Random(f"watch {seed}")
    size, drift, month = dice.choice(SIZES), dice.choice(DRIFTS), dice.randint(EARLIEST, LATEST)
    declines = month if seed % 2 == 0 or shallow else None
    on = month_of_story(FIRST, declines) if declines else None
    pace = (Shallow if shallow else Pace)(FIRST, on, drift)
    stage = Stage.set("Invented", seed, size, (FIRST, ENDS), pace)
    told: dict[str, dict[str, list[int]]] = {
        code: {month: list(pair) for month, pair in months.items()}
        for code, months in counts(lives(stage), stage, FIRST).items()
    }
    told["audits"], told["answers"] = {}, {}
    for number in range(1, MONTHS + 1):
        day = month_of_story(FIRST, number)
        share = STANDARD * (1 - AUDIT_LOST * pace.depth(day))
        told["audits"][f"{day:%Y-%m}"] = [sum(dice.random() < share for _ in range(FILES)), FILES]
        if number % EVERY == 0:
            share = CONTENT * (1 - CONTENT_LOST * pace.depth(day))
            told["answers"][f"{day:%Y-%m}"] = [sum(dice.random() < share for _ in range(ANSWERS)), ANSWERS]
    return Authority(declines, told)


def invented(args: argparse.Namespace) -> list[Authority]:
    """All of them, from the file where they are kept."""
    if args.counts and args.counts.is_file():
        return [Authority(*one) for one in json.loads(args.counts.read_text())]
    made = []
    for seed in range(1, args.authorities + 1):
        made.append(invent(seed, shallow=args.shallow))
        print(f"\r{seed} of {args.authorities}", end="", file=sys.stderr, flush=True)
    if args.counts:
        args.counts.write_text(json.dumps([[one.declines, one.counts] for one in made]))
    return made


def watched(authority: Authority, name: str) -> Thing:
    """One thing that is watched of an authority, by the rules that the page goes by."""
    held = {month: pair for month, pair in authority.counts[name].items() if pair[1]}
    if name in ("audits", "answers"):
        looks = [Look(month, *pair) for month, pair in held.items()]
        sign, source = (
            (Sign.AUDIT_SHARE, Source.AUDIT) if name == "audits" else (Sign.VOICE_SHARE, Source.VOICE)
        )  # fmt: skip
        together = 3 if name == "audits" else 1
        return Thing(name, name, source, watch_shares(looks, judged=JUDGED, sign=sign, together=together))
    points = [Point(month, 100 * yes / of) for month, (yes, of) in held.items()]
    small = {month for month, (_, of) in held.items() if of < 10}
    better = Direction.LOW if name == "placement_moves" else Direction.HIGH
    return Thing(
        name, name, Source.MEASURE, watch_series(points, judged=JUDGED, better=better, percent=True, small=small)
    )  # fmt: skip


@dataclass
class Told:
    """What a way of combining signs found: months from the start of a decline, and how often it was wrong."""

    delays: list[int]
    missed: int = 0
    already: int = 0
    false: int = 0
    months: int = 0

    def row(self, name: str) -> str:
        """A row of the table."""
        asked = len(self.delays) + self.missed
        within = " / ".join(f"{sum(one < months for one in self.delays) / asked:.0%}" for months in WITHIN)
        low, middle, high = statistics.quantiles(self.delays, n=4) if len(self.delays) > 1 else (0, 0, 0)
        years = self.months / 12
        early = f"{self.already} of {asked + self.already}"
        delay = f"{middle:g} ({low:g} to {high:g})"
        return f"| {name} | {delay} | {within} | {self.missed} | {early} | {self.false / years:.2f} |"


def months_watched() -> Iterator[int]:
    """The numbers of the months after the judgement."""
    return iter(range(number_of(JUDGED) + 1, number_of(f"{ENDS:%Y-%m}") + 1))


def combined(authorities: Sequence[Authority], names: Sequence[Sequence[str]], least: int) -> Told:
    """How soon one of the areas says that it has changed, and how often one says so although nothing has."""
    told = Told([])
    for one in authorities:
        held = [[watched(one, name) for name in area] for area in names]
        said: set[int] = set()
        for number in months_watched():
            month = month_of(number)
            on = any(
                has_changed(area, month) if least > 1 else any(each.signs_in(month) for each in area) for area in held
            )
            said |= {number} if on else set()
            told.months += number < one.starts
        told.false += sum(number < one.starts and number - 1 not in said for number in said)
        if one.starts - 1 in said:
            told.already += 1
        elif one.declines:
            after = sorted(number for number in said if number >= one.starts)
            told.delays += [after[0] - one.starts] if after else []
            told.missed += not after
    return told


def by_kind(authorities: Sequence[Authority]) -> dict[Sign, tuple[int, int, float]]:
    """For every kind of sign: how often it began before any decline, in how many months, and at which stated rate."""
    began: Counter[Sign] = Counter()
    looked: Counter[Sign] = Counter()
    stated: Counter[Sign] = Counter()
    for one in authorities:
        for name in (name for names in AREAS.values() for name in names):
            thing = watched(one, name)
            kinds = {
                Source.MEASURE: (Sign.SHIFT, Sign.OUTSIDE, Sign.NEAR_LIMIT), Source.AUDIT: (Sign.AUDIT_SHARE,),
            }.get(thing.source, (Sign.VOICE_SHARE,))  # fmt: skip
            before: frozenset[Sign] = frozenset()
            for month in thing.watched.months:
                if number_of(month.period) >= one.starts:
                    break
                began.update(month.worse - before)
                looked.update(kinds)
                for sign in kinds:
                    stated[sign] += KINDS[sign].rate(len(thing.watched.against))  # type: ignore[assignment]
                before = month.worse
    return {sign: (began[sign], looked[sign], stated[sign] / looked[sign]) for sign in looked if looked[sign]}


def report(args: argparse.Namespace) -> None:
    """Print what was found."""
    authorities = invented(args)
    decline = sum(one.declines is not None for one in authorities)
    depth = ", a third as deep" if args.shallow else ""
    print(f"\n## Watch between inspections{depth} (`just bench-watch{' --shallow' if args.shallow else ''}`)\n")
    print(
        f"{len(authorities)} invented authorities, {decline} of them declining{depth} from a known month of the three "
        "years after their judgement; five years of lives each.\n"
    )
    print(
        "| the watch says | months to it: half within (quarters) | within 3 / 6 / 12 months | never | said so already "
        "| false a year |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    whole, measures = list(AREAS.values()), [[name for name in area if name in MEASURES] for area in AREAS.values()]
    for name, areas, least in (
        ("one sign, anywhere", whole, 1),
        ("an area has changed: by measures, audits, answers", whole, 2),
        ("the same by measures alone", measures, 2),
        ("the same where a single measure is watched in an area", [[name] for name in MEASURES], 2),
    ):
        print(combined(authorities, areas, least).row(name))
    print(
        "\nMonths are counted from the one in which the decline begins; 0 is that month itself. Where it was "
        "said so already in the month before, by chance, the delay is not counted.\n"
    )
    print("| kind of sign | began although nothing had changed | months (or looks) | found rate | stated rate |")
    print("|---|---:|---:|---:|---:|")
    for sign, (began, looked, stated) in by_kind(authorities).items():
        print(f"| {KINDS[sign].title} | {began} | {looked:,} | {began / looked:.4f} | {stated:.4f} |")


def rates(series: int) -> None:
    """How often each sign of a series begins in a month, two years long, by chance alone."""
    length = 24
    for against in (12, 18, 24):
        dice, found = Random(against), Counter[Sign]()
        for _ in range(series):
            values = [dice.gauss(0, 1) for _ in range(against + length)]
            given = signs(values[against:], limits_of(values[:against]), up=True)
            for place, here in enumerate(given):
                found.update(here - (given[place - 1] if place else frozenset()))
        told: dict[str, Any] = {str(sign): f"{found[sign] / series / length:.4f}" for sign in sorted(found)}
        print(f"against {against} months: {told}")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--authorities", type=int, default=200)
    parser.add_argument("--counts", type=Path)
    parser.add_argument("--shallow", action="store_true")
    parser.add_argument("--rates", action="store_true")
    parser.add_argument("--series", type=int, default=200_000)
    args = parser.parse_args()
    if args.rates:
        rates(args.series)
    else:
        report(args)


if __name__ == "__main__":
    main()
