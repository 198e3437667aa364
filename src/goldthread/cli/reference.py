"""`goldthread reference load-postcodes`: keep what measures look things up in, in a folder on this machine."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    import polars as pl


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread reference`."""
    parser.add_argument("what", choices=("load-postcodes",), help="what to load")
    parser.add_argument("file", type=Path, metavar="FILE", help="the ONS Postcode Directory: its CSV, .csv.gz or zip")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder to keep it in (left out: GOLDTHREAD_DATA)")
    parser.epilog = (
        "goldthread measure then tells how far placements lie from home. The directory stays on this machine and no "
        "postcode is looked up anywhere else. Exit code: 0 loaded, 2 the file cannot be used."
    )


def folder(given: Path | None) -> Path:
    """The data folder: the one given, the one that the environment names, or .goldthread/data where one stands."""
    return given or Path(os.environ.get("GOLDTHREAD_DATA") or Path(".goldthread") / "data")


def postcodes(given: Path | None) -> "pl.LazyFrame | None":
    """The directory that was loaded, or None. Raises Refused where a folder is named that holds none, or a bad one."""
    from goldthread.engines.reference import Damaged, directory

    try:
        held = directory(folder(given))
    except Damaged as damaged:
        raise Refused(
            f"{damaged} is damaged; load the directory again with goldthread reference load-postcodes."
        ) from damaged
    if held is None and given is not None:
        raise Refused(f"{given} holds no directory of postcodes; load one with goldthread reference load-postcodes.")
    return held


def run(args: argparse.Namespace) -> int:
    """Load the directory. Raises Refused where it is none, or cannot be kept."""
    import io

    from goldthread.engines.reference import POSTCODES
    from goldthread.kernel.refusal import Refused as ReadingRefused
    from goldthread.readers.postcodes import read_directory

    submission.must_be_a_file(args.file)
    try:
        directory = read_directory(args.file)
    except ReadingRefused as refusal:
        raise Refused(f"{args.file.name}: {refusal.reason} {refusal.mend}") from refusal
    except OSError as error:
        raise Refused(f"{args.file} cannot be read: {error.strerror or error}.") from error
    path = folder(args.data) / POSTCODES
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{path.parent} cannot be made: {error.strerror or error}.") from error
    held = io.BytesIO()
    directory.write_parquet(held, compression="zstd")
    output.replace(path, held.getvalue())
    output.print_tables([_told(args.file, path, directory, held.tell())])
    return OK


def _told(source: Path, path: Path, directory: "pl.DataFrame", size: int) -> Table:
    by_district = directory["authority"].str.starts_with("E07").any()
    rows: list[tuple[str, str | int]] = [
        ("postcodes", directory.height),
        ("no longer in use", int((~directory["in_use"]).sum())),
        ("without a place on the grid", directory["east"].null_count()),
        ("kept in", str(path)),
        ("bytes", size),
    ]
    if by_district:
        rows.append(
            (
                "counties",
                "not named: within a county, two districts cannot be told from inside and outside the authority",
            )
        )
    return Table(f"{source.name}: a directory of postcodes", ("", "says"), rows)
