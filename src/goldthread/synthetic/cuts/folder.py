"""Writes a folder of returns about one invented authority, file by file, with the truth about them.

The lives are held in memory; what is cut from them goes out row by row, and a snapshot at a time. The truth file is
written last, so that a folder without one is not finished.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from goldthread.synthetic import workbook
from goldthread.synthetic.authority import FAULTS, Authority, frames
from goldthread.synthetic.cuts import cin, flaws_903, flaws_own, practice_record, readme, ssd, ssda903
from goldthread.synthetic.cuts.flaws_cin import CinSower
from goldthread.synthetic.cuts.monthly import counts
from goldthread.synthetic.cuts.parquet import as_parquet
from goldthread.synthetic.cuts.planting import Flaw, Found, Record, Sower
from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.cuts.snapshot import snapshot
from goldthread.synthetic.cuts.ssd_columns import COLUMNS as SSD_COLUMNS
from goldthread.synthetic.cuts.truth import whole_truth
from goldthread.synthetic.cuts.window import Window
from goldthread.synthetic.cuts.year import Year
from goldthread.synthetic.defects import ONE_IN, Ground, Planted, plant
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.lives.adopting import Adult, adults
from goldthread.synthetic.lives.households import lives
from goldthread.synthetic.lives.life import Life
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.truth import as_json, shares

TRUTH = "truth.json"
Say = Callable[[str], None]

_ONE_IN = {"ssda903": 60, "cin": 60, "ssd": 900, "practice": 150}


@dataclass(slots=True)
class Writing:
    """A folder being written: what it is to be, the lives, what was written so far, and whom to tell."""

    request: Request
    out: Path
    stage: Stage
    lives: list[Life]
    adults: list[Adult]
    say: Say
    rows: dict[str, int] = field(default_factory=dict)
    flaws: list[Found] = field(default_factory=list)

    def place(self, *parts: str) -> Path:
        """Where a file goes; its folder is made."""
        path = self.out.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def named(self, path: Path) -> str:
        """The name of a file inside the folder."""
        return path.relative_to(self.out).as_posix()


def write(request: Request, out: Path, say: Say, *, messy: bool = False, list_9: workbook.Form = "new") -> Writing:
    """Write everything that was asked for, and the truth. Raises OSError where a file cannot be written."""
    writing = write_returns(request, out, say, messy=messy, list_9=list_9)
    say("Counting what the files should show ...")
    monthly = counts(writing.lives, writing.stage, request.first_day)
    truth = whole_truth(request, writing.rows, writing.flaws, monthly)
    writing.place(TRUTH).write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return writing


def write_returns(
    request: Request, out: Path, say: Say, *, messy: bool = False, list_9: workbook.Form = "new"
) -> Writing:
    """Write what was asked for, without the truth about all of it. Raises OSError where a file cannot be written."""
    spec = request.spec
    say(f"Inventing the lives of {spec.name}, seed {spec.seed}, from {request.looks_back_to} to {spec.as_at} ...")
    span = (request.looks_back_to, spec.as_at)
    stage = Stage.set(spec.name, spec.seed, spec.size, span, request.pace)
    told = list(lives(stage))
    writing = Writing(request, out, stage, told, adults(stage, told), say)
    say(f"{len(told):,} children have a story.")
    writing.place("README.md").write_text(readme.text(request), encoding="utf-8")
    writing.rows["README.md"] = 0
    if "annex-a" in request.returns:
        _annex_a(writing, messy, list_9)
    for year in request.years:
        if "ssda903" in request.returns:
            _ssda903(writing, year)
        if "cin" in request.returns:
            _cin(writing, year)
    if "ssd" in request.returns:
        _ssd(writing)
    if "practice" in request.returns:
        _practice(writing)
    return writing


def _annex_a(writing: Writing, messy: bool, list_9: workbook.Form) -> None:
    days = writing.request.snapshots
    for number, day in enumerate(days, start=1):
        writing.say(f"Annex A as at {day} ({number} of {len(days)}) ...")
        spec = replace(writing.request.spec, as_at=day)
        window = Window.up_to(day, writing.stage.days)
        told = snapshot(writing.lives, writing.adults, window)
        measured, planted = shares(told, window), Planted((), {})
        if spec.defects:
            dice = Dice(spec.seed, f"defects of {day}")
            ground = Ground(told, day, window.opens, spec.name, dice)
            planted = plant(ground, FAULTS, round(sum(map(len, told.values())) / ONE_IN))
            told = ground.lists
        authority = Authority(spec, frames(told), planted.defects, planted.written, measured)
        path = writing.place("annex-a", f"synthetic-annex-a-{day}.xlsx")
        defects = workbook.write(authority, path, list_9=list_9, messy=messy)
        truth = path.with_suffix(".truth.json")
        truth.write_text(as_json(authority, defects), encoding="utf-8")
        writing.rows[writing.named(path)] = authority.rows
        writing.rows[writing.named(truth)] = 0


def _sower(writing: Writing, kind: str, flaws: Iterable[Flaw], whose: dict[str, str], room: str = "") -> Sower | None:
    if not writing.request.spec.defects:
        return None
    dice = Dice(writing.request.spec.seed, f"flaws/{kind}/{room}")
    return Sower(dice, tuple(flaws), _ONE_IN[kind], whose)


def _ssda903(writing: Writing, year: Year) -> None:
    writing.say(f"SSDA903 of {year.number} ...")
    whose = dict.fromkeys(ssda903.COLUMNS, "CHILD")
    sower = _sower(writing, "ssda903", flaws_903.FLAWS, whose, str(year.number))
    found = ssda903.records(writing.lives, year, writing.stage)
    columns = {name: ssda903.COLUMNS[name] for name in ssda903.tables(year)}
    paths = {name: ("ssda903", str(year.number), f"synthetic-{year.number}-{name}.csv") for name in columns}
    _tables(writing, found, columns, paths, sower)


def _ssd(writing: Writing) -> None:
    writing.say("Standard Safeguarding Dataset ...")
    paths = {name: ("ssd", f"{name}.csv") for name in SSD_COLUMNS}
    sower = _sower(writing, "ssd", flaws_own.DATASET, flaws_own.WHOSE)
    written = _tables(writing, _in_text(ssd.records(writing.lives, writing.stage)), SSD_COLUMNS, paths, sower)
    if writing.request.dataset_form == "parquet":
        for path in written:
            as_parquet(path)
            csv_name = writing.named(path)
            writing.rows[csv_name.removesuffix(".csv") + ".parquet"] = writing.rows.pop(csv_name)
        writing.flaws = [
            replace(each, file=each.file.removesuffix(".csv") + ".parquet") if each.file.startswith("ssd/") else each
            for each in writing.flaws
        ]


def _in_text(found: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, Record]]:
    for name, record in found:
        yield name, {column: "" if value is None else str(value) for column, value in record.items()}


def _practice(writing: Writing) -> None:
    writing.say("Practice record ...")
    whose = dict.fromkeys(practice_record.COLUMNS, "child")
    sower = _sower(writing, "practice", flaws_own.PRACTICE, whose)
    found = practice_record.records(writing.lives, writing.stage, writing.request.first_day)
    paths = {name: ("practice", f"synthetic-{name}.csv") for name in practice_record.COLUMNS}
    _tables(writing, found, practice_record.COLUMNS, paths, sower)


def _tables(
    writing: Writing,
    found: Iterable[tuple[str, Record]],
    columns: Mapping[str, tuple[str, ...]],
    paths: Mapping[str, tuple[str, ...]],
    sower: Sower | None,
) -> list[Path]:
    """Write rows into the files of their tables as they come. Every table gets its file, with or without rows."""
    made = {name: writing.place(*parts) for name, parts in paths.items()}
    count: Counter[str] = Counter()
    with ExitStack() as stack:
        out = {}
        for name, path in made.items():
            file = stack.enter_context(path.open("w", newline="", encoding="utf-8"))
            out[name] = csv.DictWriter(file, columns[name], restval="", lineterminator="\n")
            out[name].writeheader()
        for name, record in found:
            rows, flaw = sower.sow(name, record) if sower else ((record,), None)
            for row in rows:
                out[name].writerow({column: "" if value is None else value for column, value in row.items()})
            count[name] += len(rows)
            if flaw and sower:
                child = str(record.get(sower.whose[name], ""))
                place = count[name] + (1 if rows else 2)
                file_name = writing.named(made[name])
                writing.flaws.append(Found(flaw.rule, file_name, place, flaw.column, child, flaw.planted))
    for name, path in made.items():
        writing.rows[writing.named(path)] = count[name]
    return list(made.values())


def _cin(writing: Writing, year: Year) -> None:
    writing.say(f"CIN census of {year.number} ...")
    path = writing.place("cin", f"synthetic-cin-{year.number}.xml")
    spec = writing.request.spec
    sower = CinSower(Dice(spec.seed, f"flaws/cin/{year.number}"), _ONE_IN["cin"]) if spec.defects else None
    line, children = 0, 0
    with path.open("w", newline="\n", encoding="utf-8") as file:
        for text in cin.head(year):
            file.write(f"{text}\n")
            line += 1
        for child in cin.children(writing.lives, year, writing.stage):
            planted = sower.sow(child) if sower else None
            children += 1
            for node, text in cin.lines(child, 2):
                line += 1
                file.write(f"{text}\n")
                if planted and node is planted[1]:
                    flaw = planted[0]
                    name = cin.identifier_of(child)
                    writing.flaws.append(Found(flaw.rule, writing.named(path), line, flaw.column, name, flaw.planted))
        for text in cin.FOOT:
            file.write(f"{text}\n")
    writing.rows[writing.named(path)] = children
