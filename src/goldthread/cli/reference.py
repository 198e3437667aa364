"""`goldthread reference`: keep what measures and rules look things up in, on this machine: postcodes, localities, and
lists of providers."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli import output, submission
from goldthread.cli.output import Table
from goldthread.cli.refusal import OK, Refused

if TYPE_CHECKING:
    import polars as pl


LOAD_POSTCODES, LOAD_LOCALITIES, LOAD_PROVIDERS = "load-postcodes", "load-localities", "load-providers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread reference`."""
    parser.add_argument("what", choices=(LOAD_POSTCODES, LOAD_LOCALITIES, LOAD_PROVIDERS), help="what to load")
    parser.add_argument(
        "file", type=Path, metavar="FILE", nargs="+",
        help="the ONS Postcode Directory (its CSV, .csv.gz or zip); or localities (a CSV with the columns area, the "
        "code of a district or ward, and locality, the name of the part of the authority that it belongs to); or one "
        "list of providers or several, as Ofsted gives them out in any year",
    )  # fmt: skip
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder to keep it in (left out: GOLDTHREAD_DATA)")
    parser.epilog = (
        "goldthread measure then tells how far placements lie from home, and breaks measures of a return or a dataset "
        "down by the locality of the child's home: a district, or a locality of your own where you loaded some. "
        "Where the web application reads a return, the Department's rules about providers and postcodes are run with "
        "what is loaded; without it they are told as not run. What is loaded stays on this machine and no postcode is "
        "looked up anywhere else. Exit code: 0 loaded, 2 the file cannot be used."
    )


def folder(given: Path | None) -> Path:
    """The data folder: the one given, the one that the environment names, or .goldthread/data where one stands."""
    return given or Path(os.environ.get("GOLDTHREAD_DATA") or Path(".goldthread") / "data")


def anything_in(given: Path | None) -> bool:
    """Whether anything was ever loaded to look things up in."""
    return (folder(given) / "reference").exists()


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


def providers(given: Path | None) -> "pl.LazyFrame | None":
    """The lists of providers that were loaded, or None. Raises Refused for damaged ones."""
    from goldthread.engines import reference

    try:
        return reference.providers(folder(given))
    except reference.Damaged as damaged:
        raise Refused(f"{damaged} is damaged; load it again with goldthread reference load-providers.") from damaged


def localities(given: Path | None) -> "pl.LazyFrame | None":
    """The localities that were loaded, or None. Raises Refused for damaged ones."""
    from goldthread.engines import reference

    try:
        return reference.localities(folder(given))
    except reference.Damaged as damaged:
        raise Refused(f"{damaged} is damaged; load it again with goldthread reference load-localities.") from damaged


def run(args: argparse.Namespace) -> int:
    """Load a file. Raises Refused where it is not what was said, or cannot be kept."""
    from goldthread.engines.reference import LOCALITIES, POSTCODES, PROVIDERS

    for file in args.file:
        submission.must_be_a_file(file)
    if args.what != LOAD_PROVIDERS and len(args.file) > 1:
        raise Refused(f"goldthread reference {args.what} takes one file; {len(args.file)} were named.")
    loaded = _read(args.what, args.file)
    kept_in = {LOAD_LOCALITIES: LOCALITIES, LOAD_PROVIDERS: PROVIDERS}.get(args.what, POSTCODES)
    path = folder(args.data) / kept_in
    size = _keep(path, loaded)
    if args.what == LOAD_PROVIDERS:
        told = _of_providers(args.file, path, loaded)
    elif args.what == LOAD_LOCALITIES:
        told = _of_localities(args.file[0], path, loaded)
    else:
        told = _told(args.file[0], path, loaded, size)
    output.print_tables([told])
    return OK


def _read(what: str, files: list[Path]) -> "pl.DataFrame":
    from goldthread.kernel.refusal import Refused as ReadingRefused
    from goldthread.readers.localities import read_localities
    from goldthread.readers.postcodes import read_directory
    from goldthread.readers.providers import read_providers

    try:
        if what == LOAD_PROVIDERS:
            return read_providers(files)
        return read_localities(files[0]) if what == LOAD_LOCALITIES else read_directory(files[0])
    except ReadingRefused as refusal:
        # A refusal of one list among several names it already.
        named = "" if what == LOAD_PROVIDERS else f"{files[0].name}: "
        raise Refused(f"{named}{refusal.reason} {refusal.mend}") from refusal
    except OSError as error:
        raise Refused(f"{error.filename or files[0]} cannot be read: {error.strerror or error}.") from error


def _of_providers(sources: list[Path], path: Path, providers: "pl.DataFrame") -> Table:
    rows: list[tuple[str, str | int]] = [
        ("providers", providers.height),
        ("whose registration has ended", providers.height - providers["closed_on"].null_count()),
        ("kept in", str(path)),
    ]
    return Table(f"{', '.join(one.name for one in sources)}: providers", ("", "says"), rows)


def _keep(path: Path, frame: "pl.DataFrame") -> int:
    """Keep a frame; how many bytes it takes. Raises Refused where the folder cannot be made."""
    import io

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{path.parent} cannot be made: {error.strerror or error}.") from error
    held = io.BytesIO()
    frame.write_parquet(held, compression="zstd")
    output.replace(path, held.getvalue())
    return held.tell()


def _of_localities(source: Path, path: Path, named: "pl.DataFrame") -> Table:
    by_ward = named["area"].str.starts_with("E05").any()
    rows: list[tuple[str, str | int]] = [
        ("localities", named["locality"].n_unique()),
        ("districts and wards in them", named.height),
        ("kept in", str(path)),
    ]
    if by_ward:
        rows.append(("wards", "need a directory of postcodes that has them (its column osward)"))
    return Table(f"{source.name}: localities", ("", "says"), rows)


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
