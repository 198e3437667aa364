"""`goldthread agreement`: how far two reviewers of the same files agree, who grades more kindly, and over time."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from goldthread.cli import output, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.refusal import OK, Refused
from goldthread.domain.agreement import (
    FEW,
    SEED,
    Agreement,
    Coefficient,
    Figure,
    Paired,
    Period,
    Reading,
    ReadingError,
    ReadTwice,
    Reviewed,
    Scale,
    agreement_of,
    paired,
    reviewers_of,
)
from goldthread.domain.instrument import ANSWERS, NOT_APPLICABLE

COLUMNS = ("case", "reviewer", "question", "grade")
KNOWN = tuple(ANSWERS[kind] for kind in ("practice", "record"))
"""Scales that need not be named: the answers of an instrument's questions on practice and on the record."""

SHOWN = (
    Coefficient.PERCENT,
    Coefficient.AC1,
    Coefficient.KAPPA,
    Coefficient.AC2_QUADRATIC,
    Coefficient.KAPPA_QUADRATIC,
)
"""What a terminal has room for; the other formats have them all."""

DAYS = ("%Y-%m-%d", "%d/%m/%Y")
OTHER = "any other answer"


class Told(NamedTuple):
    """Questions that are answered on one scale, together and one by one, and each reviewer where it has an order."""

    name: str
    scale: Scale
    whole: Agreement
    questions: tuple[tuple[str, Agreement], ...]
    reviewers: tuple[Reviewed, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread agreement`."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a CSV: case, reviewer, question and grade; day if known",
    )
    parser.add_argument(
        "--scale", metavar="ANSWERS", help="the answers in their order, the kindest first, with commas between them"
    )
    parser.add_argument("--period", choices=[one.value for one in Period], default="week", help="how time is parted")
    parser.add_argument("--seed", default=SEED, help="a word that makes the ranges come out the same again")
    output.add_arguments(parser)
    parser.epilog = (
        "A grade of “not applicable” is left out of the figures and counted apart. Scales that are known need no "
        "--scale; answers on an unknown one have no order. Exit code: 0 told, 2 the file cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Pair the answers and tell. Raises Refused where the file is none, or no file was read twice."""
    readings = list(_readings(args.file))
    try:
        found = paired(readings)
    except ReadingError as error:
        raise Refused(f"{args.file.name}: {error}") from error
    if not found.twice:
        raise Refused(f"{args.file.name}: no question of a case was answered by two reviewers, so nothing agrees.")
    told = list(_told(found, _asked_scale(args), args))
    wide = args.format == "table"
    tables = [_wide(told, found, args.file.name) if wide else _long(told), _reviewers(told)]
    output.write(tables, args, _data(told, found) if args.format == "json" else None)
    return OK


def _readings(path: Path) -> Iterator[Reading]:
    from goldthread.kernel.reading import Refused as ReadingRefused
    from goldthread.readers import csv_guard

    submission.must_be_a_file(path)
    try:
        frame = csv_guard.table(path.read_bytes())
    except ReadingRefused as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    names = {name.strip().lower(): name for name in frame.columns}
    if missing := [name for name in COLUMNS if name not in names]:
        raise Refused(f"{path.name}: there is no column “{missing[0]}”; it needs {', '.join(COLUMNS)}.")
    for number, row in enumerate(frame.iter_rows(named=True), 2):
        case, reviewer, question, grade = (str(row[names[name]] or "").strip() for name in COLUMNS)
        if not (case and reviewer and question):
            raise Refused(f"{path.name}, row {number}: the case, the reviewer or the question is blank; fill it in.")
        day = _day(str(row[names["day"]] or "").strip(), path, number) if "day" in names else None
        yield Reading(case, reviewer, question, _plain(grade), day)


def _plain(grade: str) -> str:
    """A grade as instruments write it: “Requires improvement” is requires-improvement."""
    return "-".join(grade.lower().split())


def _day(text: str, path: Path, number: int) -> date | None:
    if not text:
        return None
    for shape in DAYS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused(f"{path.name}, row {number}: “{text}” is no day; write it as 2026-11-23 or 23/11/2026.")


def _asked_scale(args: argparse.Namespace) -> Scale | None:
    if args.scale is None:
        return None
    try:
        return Scale(tuple(_plain(one) for one in args.scale.split(",") if one.strip()))
    except ValueError:
        raise Refused("--scale needs two different answers or more, with commas between them.") from None


def _told(found: Paired, asked: Scale | None, args: argparse.Namespace) -> Iterator[Told]:
    parted: dict[str, list[ReadTwice]] = {}
    for pair in found.twice:
        parted.setdefault(pair.question, []).append(pair)
    by_scale: dict[Scale, list[str]] = {}
    for question, pairs in parted.items():
        by_scale.setdefault(asked or _scale_of(pairs), []).append(question)
    for scale, questions in by_scale.items():
        every = [pair for question in questions for pair in parted[question]]
        people = reviewers_of(every, scale, Period(args.period), args.seed) if scale.ordered else []
        yield Told(
            " / ".join(scale.answers), scale, agreement_of(every, scale, args.seed),
            tuple((question, agreement_of(parted[question], scale, args.seed)) for question in questions),
            tuple(people),
        )  # fmt: skip


def _scale_of(pairs: Sequence[ReadTwice]) -> Scale:
    """A known scale that holds every answer given; otherwise the answers themselves, without an order."""
    given = {one.grade for pair in pairs for one in (pair.first, pair.second)} - {"", NOT_APPLICABLE}
    for answers in KNOWN:
        if given and given <= set(answers):
            return Scale(answers)
    return Scale((*sorted(given), *([OTHER] if len(given) < 2 else []), *([f"{OTHER} still"] if not given else [])),
                 ordered=False)  # fmt: skip


def _rows(told: Sequence[Told]) -> Iterator[tuple[str, Agreement]]:
    for one in told:
        if len(one.questions) > 1:
            yield f"all {len(one.questions)} questions on {one.name}", one.whole
        yield from one.questions


def _wide(told: Sequence[Told], found: Paired, name: str) -> Table:
    least = min(one.whole.files for one in told)
    caution = f"; fewer than {FEW} files say little" if least < FEW else ""
    left = f"; {found.once:,} answered once only" if found.once else ""
    left += f"; left out, from a third reviewer: {found.more:,}" if found.more else ""
    rows: list[tuple[Cell, ...]] = [
        (
            title,
            of.files,
            f"{of.agreed} of {of.pairs}",
            of.off_scale or None,
            *(_words(of.figures[which]) for which in SHOWN),
        )
        for title, of in _rows(told)
    ]
    columns = ("question", "files", "same answer", "applies for one only", *(one.value for one in SHOWN))
    return Table(f"{name}: how far two reviewers agree, with 95% ranges{left}{caution}", columns, rows)


def _words(figure: Figure, signed: bool = False) -> str:
    if figure.value is None:
        return "cannot be told"
    shape = "+.2f" if signed else ".2f"
    ends = figure.interval
    return f"{figure.value:{shape}}" + (f" ({ends.low:{shape}} to {ends.high:{shape}})" if ends else "")


def _long(told: Sequence[Told]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (title, which.value, *_cells(of.figures[which]), of.files, of.pairs, of.off_scale, of.figures[which].why)
        for title, of in _rows(told) for which in Coefficient
    ]  # fmt: skip
    columns = ("question", "figure", "value", "low", "high", "files", "answers", "applies for one only", "told of it")
    return Table("Agreement", columns, rows)


def _cells(figure: Figure) -> tuple[Cell, Cell, Cell]:
    low, high = figure.interval or (None, None)
    return (*(None if one is None else round(one, 4) for one in (figure.value, low, high)),)  # type: ignore[return-value]


def _reviewers(told: Sequence[Told]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for scale in told:
        for one in scale.reviewers:
            of, change = one.direction, one.drift.change
            rows.append((
                one.reviewer, scale.name, of.files, of.grades, of.kinder, of.harsher, _words(of.steps, signed=True),
                of.leans or ("no more than chance" if of.steps.interval else ""),
                change.why if change.value is None else _words(change, signed=True),
            ))  # fmt: skip
    columns = ("reviewer", "scale", "files", "answers", "kinder", "harsher", "steps kinder on average", "leans",
               "later files less earlier")  # fmt: skip
    return Table("Each reviewer beside whoever read the same files", columns, rows)


def _data(told: Sequence[Told], found: Paired) -> Mapping[str, object]:
    def figures(of: Agreement) -> list[dict[str, object]]:
        return [
            {"figure": which.value, "value": of.figures[which].value, "interval": of.figures[which].interval,
             "why": of.figures[which].why}
            for which in Coefficient
        ]  # fmt: skip

    return {
        "once": found.once,
        "more": found.more,
        "agreement": [
            {"question": title, "files": of.files, "answers": of.pairs, "agreed": of.agreed, "off_scale": of.off_scale,
             "scale": list(of.scale.answers), "counts": [list(row) for _, row in of.table()], "figures": figures(of)}
            for title, of in _rows(told)
        ],
        "reviewers": [
            {"reviewer": one.reviewer, "scale": list(scale.scale.answers), "files": one.direction.files,
             "answers": one.direction.grades, "kinder": one.direction.kinder, "harsher": one.direction.harsher,
             "steps": one.direction.steps.value, "interval": one.direction.steps.interval,
             "leans": one.direction.leans, "change": one.drift.change.value,
             "change_interval": one.drift.change.interval,
             "periods": [
                 {"begins": week.begins.isoformat(), "files": week.files, "steps": week.steps.value,
                  "interval": week.steps.interval}
                 for week in one.drift.stretches
             ]}
            for scale in told for one in scale.reviewers
        ],
    }  # fmt: skip
