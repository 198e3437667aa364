"""`goldthread national`: every authority's returns checked and measured, and what of it may be released."""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.checking import FORMS
from goldthread.cli import check_as
from goldthread.cli.national_out import must_be_of_this, say_what_this_is
from goldthread.cli.national_part import ISSUES, PARTS, Task, kept, program, refused, work
from goldthread.cli.refusal import ISSUES as SOME_REFUSED
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    import polars as pl

    from goldthread.engines.local import Done
    from goldthread.kernel.national import Part

_LAST = "-last-year"
_ENDINGS = (".xml", ".zip")
_TWICE = "There is more than one folder of {}; keep the one that is meant."
_CANNOT = set('<>:"/\\|?*')


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread national`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER",
        help="a folder with one folder for each authority, and in it ssda903 and cin: each a folder of CSV files, "
        "or a file that ends in .xml or .zip; ssda903-last-year and cin-last-year beside them where there are any",
    )  # fmt: skip
    parser.add_argument("--year", type=check_as.year, required=True, metavar="YEAR", help="2026 for 2025-26")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write the answer to")
    parser.add_argument(
        "--engine", choices=("local", "spark"), default="local", help="where it is worked out (local: this machine)"
    )
    parser.add_argument(
        "--master", default="", metavar="URL",
        help="with --engine spark: the cluster, such as spark://host:7077 or yarn (without it: Spark on this machine)",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=_workers, default=os.cpu_count() or 1, metavar="N",
        help="how many submissions are worked out at once (as many as there are processors)",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help="work out everything, also what an earlier run has done")
    parser.add_argument(
        "--most-mb", type=int, default=300, metavar="N", help="refuse submissions of more than N million bytes (300)"
    )
    check_as.add_references(parser)
    parser.set_defaults(settings=[], as_at=None, corrections=None)
    parser.epilog = (
        f"DIR/{PARTS} and DIR/{ISSUES} hold one file for each submission; a run that was broken off goes on from them. "
        "submissions.csv, validation.csv, measures.csv and breakdowns.csv hold true counts: keep them inside, as the "
        "issues, which name children by their numbers. What is in DIR/release has small numbers withheld. Exit code: "
        "0 all submissions could be used, 1 one or more could not, 2 the request cannot be used."
    )


def run(args: argparse.Namespace) -> int:
    """Work out every submission and write the answer. Raises Refused where the request cannot be used."""
    _must_have_engine(args)
    # A worker may stand in another folder than whoever asks.
    for name in ("folder", "out", "data"):
        if getattr(args, name) is not None:
            setattr(args, name, getattr(args, name).absolute())
    args.reference = [(name, path.absolute()) for name, path in args.reference]
    tasks = list(_tasks(args))
    if not tasks:
        raise Refused(
            f"{args.folder} holds no submission: put a folder for each authority into it, and in that ssda903 or cin."
        )
    check_as.must_be_there(args)
    must_be_of_this(args)
    for part in (PARTS, ISSUES, "release"):
        _make(args.out / part)
    say_what_this_is(args)
    parts = list(_parts(tasks, args))
    _write(parts, args.out)
    broken = sum(not part.submission["used"] for part in parts)
    authorities = len({task.authority for task in tasks})
    says = f"{len(tasks) - broken} of {len(tasks)} submissions of {authorities} authorities could be used"
    print(f"{says}. Written to {args.out}.", file=sys.stderr)
    return SOME_REFUSED if broken else OK


def _tasks(args: argparse.Namespace) -> Iterator[Task]:
    """The submissions of the folder, in the order of authorities. Raises Refused where there is no folder."""
    if not args.folder.is_dir():
        raise Refused(f"{args.folder} is no folder; name the one that holds a folder for each authority.")
    every = sorted(args.folder.iterdir())
    several = Counter(_whose(path) for path in every if path.is_dir())
    for authority in every:
        if authority.name.startswith("."):
            continue
        if not authority.is_dir() or _CANNOT & set(authority.name):
            print(f"{authority.name} was left out: it is no authority's folder.", file=sys.stderr)
            continue
        twice = _TWICE.format(_whose(authority)) if several[_whose(authority)] > 1 else ""
        yield from _of_authority(authority, args, twice)


def _whose(folder: Path) -> str:
    """The Department's code of an authority, where its folder begins with one, and else its name."""
    code = re.match(r"\d{3}(?!\d)", folder.name)
    return code[0] if code else folder.name.casefold()


def _of_authority(folder: Path, args: argparse.Namespace, why: str) -> Iterator[Task]:
    """The submissions of one authority; with `why`, none of them can be used."""
    held: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        name = path.name if path.is_dir() else path.stem if path.suffix.casefold() in _ENDINGS else path.name
        held.setdefault(name.casefold(), []).append(path)
    known = [form + last for form in FORMS for last in ("", _LAST)]
    for name in held:
        if name not in known and not name.startswith("."):
            print(f"{folder.name}: {name} was left out: it is neither ssda903 nor cin.", file=sys.stderr)
    if not set(known) & set(held):
        print(f"{folder.name} has handed in nothing.", file=sys.stderr)
    for form in FORMS:
        paths, last = held.get(form, []), held.get(form + _LAST, [])
        if paths:
            twice = len(paths) > 1 or len(last) > 1
            own = f"{form} is there more than once; keep the one that is meant." if twice else ""
            yield Task(folder.name, form, paths[0], last[0] if last else None, args, why or own, program())


def _parts(tasks: list[Task], args: argparse.Namespace) -> "Iterator[Part]":
    """Each submission's part: what an earlier run left of it, or else worked out now; a line for each."""
    left: list[Task] = []
    for task in tasks:
        done = None if args.again else kept(task)
        if done is None:
            left.append(task)
        else:
            yield done
    if len(left) < len(tasks):
        print(f"{len(tasks) - len(left)} submissions were done before, and are the same.", file=sys.stderr)
    for number, each in enumerate(_carried_out(left, args), 1):
        part = each.result or refused(each.task, each.why)
        print(f"{number} of {len(left)}: {_says(each.task, part)}", file=sys.stderr, flush=True)
        yield part


def _must_have_engine(args: argparse.Namespace) -> None:
    if args.engine != "spark":
        if args.master:
            raise Refused("--master goes with --engine spark.")
        return
    from goldthread.engines import spark

    try:
        spark.must_be_there()
    except spark.Unusable as why:
        raise Refused(str(why)) from why


def _carried_out(tasks: list[Task], args: argparse.Namespace) -> "Iterator[Done[Task, Part]]":
    """Each task with what came of it, by the engine that was asked for. Raises Refused where Spark gives up."""
    if args.engine == "local":
        from goldthread.engines import local

        yield from local.carry_out(tasks, work, workers=args.workers)
        return
    from goldthread.engines import spark

    try:
        yield from spark.carry_out(tasks, work, workers=args.workers, master=args.master)
    except (spark.Unusable, spark.Stopped) as why:
        raise Refused(str(why)) from why


def _says(task: Task, part: "Part") -> str:
    told = part.submission
    if not told["used"]:
        return f"{task.authority} {task.form} could not be used: {told['says']}"
    issues = sum(row["issues"] for row in part.validation)
    remark = f" {told['says']}" if told["says"] else ""
    return f"{task.authority} {task.form}, {told['rows']:,} rows, {issues:,} issues.{remark}"


def _write(parts: "list[Part]", out: Path) -> None:
    from goldthread.domain.disclosure import DFE_LA, SYMBOLS
    from goldthread.kernel.national import together
    from goldthread.kernel.national_release import released

    frames = together(parts)
    release = released(frames.measures, frames.breakdowns)
    for name, frame in frames._asdict().items():
        _csv(out / f"{name}.csv", frame)
    _csv(out / "release" / "measures.csv", release.measures)
    _csv(out / "release" / "benchmarks.csv", release.benchmarks)
    _csv(out / "release" / "breakdowns.csv", release.breakdowns)
    import polars as pl

    key = [*SYMBOLS.items(), ("", DFE_LA.says)]
    _csv(out / "release" / "key.csv", pl.DataFrame(key, schema=["symbol", "means"], orient="row"))


def _csv(path: Path, frame: "pl.DataFrame") -> None:
    from goldthread.cli.output import replace_with_csv

    replace_with_csv(path, frame)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"The folder {folder} cannot be made: {error.strerror or error}.") from error


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 256):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of workers; write 1 or more")
    return int(text)
