"""Mends of a return from Python: suggested first, and made only in a copy, with a log of every change.

    >>> from goldthread import mend, suggest
    >>> suggested = suggest("returns/2026", as_form="ssda903", year=2026)  # doctest: +SKIP
    >>> suggested.counts()  # doctest: +SKIP
    >>> made = mend("returns/2026", as_form="ssda903", year=2026, take=["dates"], out="mended")  # doctest: +SKIP
    >>> made.mended, made.new  # doctest: +SKIP
    (12, 0)

The files that were handed in are never written to. `goldthread mend` does the same on the command line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.checking import Checked, check
from goldthread.kernel.mends import BY_CODE, FORMS, MENDS, NAMELESS, Mend, OddStructure, Suggested, chosen, log
from goldthread.kernel.refusal import Refused

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MENDS", "Mend", "Mended", "Suggested", "log_of", "mend", "suggest", "suggested_of", "unlike"]

SAME_ISSUE = ("rule", "table", "child", "fields", "message")
"""What makes two issues of a return and its copy the same: rows move where one is left out."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A corrected copy: where it lies, every change made, what the rules said before and say of it now.

    The same changes stand in the file `log`, beside the folder, so that the folder holds the return alone.
    `mended` counts the issues that are gone, `new` those that were not there before. `structure` is where a copy
    of XML is built otherwise than its schema says, by what is held of it here: no validation against the schema file.
    """

    out: Path
    log: Path
    changes: "pl.DataFrame" = field(repr=False)
    before: Checked
    after: Checked
    structure: tuple[OddStructure, ...] = ()

    @property
    def mended(self) -> int:
        """How many issues of the return are gone in the copy."""
        return unlike(self.before.frame, self.after.frame)[0]

    @property
    def new(self) -> int:
        """How many issues of the copy the return did not have."""
        return unlike(self.before.frame, self.after.frame)[1]


def suggest(
    path: str | Path, *, as_form: str, year: int | None = None, take: Iterable[str] | None = None, most_mb: int = 300
) -> Suggested:
    """What mends would change in a folder of CSV files or its XML, a zip, or one file: every change, and nothing made.

    `take` narrows to the mends of these codes (`MENDS` lists them). Where no year is said, the dates of the return
    tell it. Raises `Refused` where the files cannot be used, ValueError on a return that there is not.
    """
    if as_form not in FORMS:
        raise ValueError(f"there is no return “{as_form}”; mends are made in {' and '.join(FORMS)}")
    of = check(path, as_form=as_form, year=year, rules=["101"] if as_form == "ssda903" else ["8520"], most_mb=most_mb)
    return suggested_of(path, as_form=as_form, year=of.year, take=take, most_mb=most_mb)


def suggested_of(
    path: str | Path,
    *,
    as_form: str,
    year: int | None,
    take: Iterable[str] | None = None,
    copy: bool = False,
    called: str = "",
    most_mb: int = 300,
) -> Suggested:
    """As `suggest`, of a return whose year is known, with `copy` the files as they read then as well.

    Without a year no code of an earlier one is suggested. A single file is `called` so in the answer.
    """
    from goldthread.engines.sandbox import Asked, limits_for, made_safely
    from goldthread.kernel.mends import from_bytes

    codes = tuple(BY_CODE) if take is None else chosen(take)
    if not codes:
        raise Refused("No mend was chosen.", f"Name some of {', '.join(BY_CODE)}.", code="mend")
    asked = Asked(as_form, year, mends=",".join(codes), copy="all" if copy else None)
    made = made_safely(path, from_bytes, limits=limits_for(most_mb * 1_000_000), asked=asked)
    return made if Path(path).is_dir() else _named(made, called or Path(path).name)


def mend(
    path: str | Path, *, as_form: str, out: str | Path, year: int | None = None, take: Iterable[str] | None = None,
    most_mb: int = 300,
) -> Mended:  # fmt: skip
    """Write a corrected copy of a return into a new folder, with a log of every change, and check it again.

    `take` are the codes of the mends to make; without it all are. Files in which nothing is mended are copied byte for
    byte. Raises `Refused`, before anything is written, where the folder is not empty or lies in the return's own.
    """
    source, folder = Path(path), Path(out)
    refuse_folder(source, folder)
    before = check(source, as_form=as_form, year=year, most_mb=most_mb)
    made = suggested_of(source, as_form=as_form, year=before.year, take=take, copy=True, most_mb=most_mb)
    if made.changes.is_empty():
        raise Refused("None of these mends changes anything in it.", "Use the return as it is.", code="nothing")
    _write(folder, made)
    after = check(folder, as_form=as_form, year=before.year, most_mb=most_mb)
    return Mended(folder, log_of(folder), made.changes, before, after, made.structure)


def unlike(before: "pl.DataFrame", after: "pl.DataFrame") -> tuple[int, int]:
    """How many issues are gone and how many are new: the same rule says the same of the same child and fields."""
    import polars as pl

    then, now = (frame.group_by(SAME_ISSUE).len(name) for frame, name in ((before, "then"), (after, "now")))
    both = then.join(now, on=list(SAME_ISSUE), how="full", coalesce=True, nulls_equal=True)
    moved = both.select(pl.col("then").fill_null(0).cast(pl.Int64) - pl.col("now").fill_null(0).cast(pl.Int64))
    counts = moved.to_series()
    return int(counts.clip(lower_bound=0).sum()), int((-counts).clip(lower_bound=0).sum())


def log_of(folder: Path) -> Path:
    """Where the log of a copy in that folder lies."""
    return folder.parent / f"{folder.name}-mends.csv"


def refuse_folder(source: Path, folder: Path) -> None:
    """Raise Refused where a copy may not be written into that folder."""
    here = source.resolve() if source.is_dir() else source.resolve().parent
    if folder.resolve() == here or (source.is_dir() and folder.resolve().is_relative_to(here)):
        raise Refused("The copy would lie in the folder of the return itself.", "Name another folder.", code="folder")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder.name} is not an empty folder.", "Name a new one for the copy.", code="folder")
    if log_of(folder).exists():
        raise Refused(f"There is a log {log_of(folder).name} already.", "Name another folder.", code="folder")


def _named(made: Suggested, name: str) -> Suggested:
    """A single file under its own name, which the child that reads is not told. Those of a zip keep theirs."""
    from dataclasses import replace

    import polars as pl

    unnamed = pl.when(pl.col("file") == NAMELESS).then(pl.lit(name)).otherwise(pl.col("file"))
    files = {name if held == NAMELESS else held: data for held, data in made.files.items()}
    return replace(made, changes=made.changes.with_columns(unnamed.alias("file")), files=files)


def _write(folder: Path, made: Suggested) -> None:
    """The copy and its log."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.files.items():
            (folder / name).write_bytes(data)
        log_of(folder).write_bytes(log(made.changes))
    except OSError as error:
        raise Refused(f"{folder.name} cannot be written to: {error.strerror}.", "Name another.", code="write") from None
