"""Every flaw that is planted in the dataset and the practice record is found at its row, and nothing else is.

In the two returns each flaw is found too, by a rule of the house or by the Department's; what these tell besides of an
invented council is named, so that it cannot grow.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.synthetic.flaw_answers import DEPARTMENTS, FOUND_BY, FOUND_IN_RETURNS, TOLD_OF_SOUND

from goldthread.kernel.checked import check_reading
from goldthread.kernel.children import children_of
from goldthread.kernel.reading import Reading
from goldthread.kernel.statutory import Beside
from goldthread.readers import read
from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts import flaws_903, flaws_cin, flaws_own, practice_record
from goldthread.synthetic.cuts.folder import write
from goldthread.synthetic.cuts.planting import Flaw
from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.dice import Dice

SEEDS = (7, 2013)
RETURNS = ("ssda903", "cin", "ssd", "practice")
GRAVE = ("error", "query")


@dataclass(frozen=True)
class Checked:
    """One form of a folder: what was read, the issues with whose row each is, and the flaws planted in it."""

    reading: Reading
    issues: pl.DataFrame
    flaws: list[dict[str, Any]]
    tables: dict[str, str]

    def at(self, flaw: dict[str, Any]) -> set[str]:
        """The rules broken at the row of a flaw."""
        here = (pl.col("table") == self.tables[flaw["file"]]) & (pl.col("row") == flaw["row"])
        return set(self.issues.filter(here)["rule"])

    def about(self, child: str) -> set[str]:
        """The rules broken by any row of a child."""
        return set(self.issues.filter(pl.col("child") == child)["rule"])


def _children(reading: Reading) -> pl.DataFrame:
    """Whose row each is, in tables that say so."""
    parts = [
        frame.select(pl.lit(name).alias("table"), "row", pl.col(whose).alias("child"))
        for name, frame in reading.tables.items()
        for whose in [next((one for one in frame.columns if one.endswith(("child", "child_id", "person_id"))), None)]
        if whose is not None and frame.height
    ]
    return pl.concat(parts)


def _forms(folder: Path) -> Iterator[tuple[str, Path]]:
    yield from (("ssda903", path) for path in sorted((folder / "ssda903").iterdir()))
    yield from (("cin", path) for path in sorted((folder / "cin").iterdir()))
    yield from ((form, folder / form) for form in ("ssd", "practice"))


def _checked(folder: Path) -> dict[str, list[Checked]]:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    known = children_of(read(folder / "ssd"))
    found: dict[str, list[Checked]] = {}
    for form, path in _forms(folder):
        reading = read(path)
        day = date.fromisoformat(truth["as_at"]) if reading.year is None else date(reading.year, 3, 31)
        issues = check_reading(reading, as_at=day, known=known if form == "practice" else None, beside=Beside()).issues
        owned = issues.join(_children(reading), on=["table", "row"], how="left")
        below = path.relative_to(folder).as_posix()
        flaws = [one for one in truth["defects"] if one["file"] == below or one["file"].startswith(f"{below}/")]
        tables = {f"{below}/{one.name.split('/')[-1]}": str(one.table) for one in reading.sheets}
        found.setdefault(form, []).append(Checked(reading, owned, flaws, tables))
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def made(seed: int, *, flawed: bool) -> dict[str, list[Checked]]:
        out = tmp_path_factory.mktemp(f"of-{seed}-{flawed}")
        write(Request(AuthoritySpec(size=0.07, seed=seed, defects=flawed), returns=RETURNS), out, lambda _: None)
        return _checked(out)

    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_every_flaw_of_the_dataset_and_the_practice_record_is_found_at_its_row(folders: Any, seed: int) -> None:
    made = folders(seed, flawed=True)
    for form in ("ssd", "practice"):
        (checked,) = made[form]
        assert checked.flaws
        for flaw in checked.flaws:
            file = Path(flaw["file"]).stem.removeprefix("synthetic-")
            assert FOUND_BY[flaw["rule"], file, flaw["column"]] in checked.at(flaw), flaw


def _plant(folder: Path, flaws: Sequence[Flaw], whose: Mapping[str, str]) -> list[tuple[Flaw, str, int]]:
    """Plant each flaw once in the files of a clean form, in a child of its own: the flaw, its table's file, its row."""
    used: set[str] = set()
    planted = []
    for flaw in flaws:
        (path,) = [one for one in folder.glob("*.csv") if one.stem.removeprefix("synthetic-") == flaw.file]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        place = next(n for n, row in enumerate(rows) if row[whose[flaw.file]] not in used and flaw.fits(row))
        used.add(rows[place][whose[flaw.file]])
        changed = flaw.change(rows[place], Dice(1, flaw.rule))
        # Rows further up are not moved, for a row that is written twice goes to the end.
        first, *more = changed
        rows[place] = first
        rows += more
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
        planted.append((flaw, path.name, len(rows) + 1 if more else place + 2))
    return planted


def test_every_kind_of_flaw_is_found_wherever_chance_would_have_put_it(tmp_path: Path) -> None:
    write(
        Request(AuthoritySpec(size=0.06, seed=1, defects=False), returns=("ssd", "practice")), tmp_path, lambda _: None
    )
    known = children_of(read(tmp_path / "ssd"))
    found = {
        "ssd": _plant(tmp_path / "ssd", flaws_own.DATASET, flaws_own.WHOSE),
        "practice": _plant(tmp_path / "practice", flaws_own.PRACTICE, dict.fromkeys(practice_record.COLUMNS, "child")),
    }
    for form, planted in found.items():
        reading = read(tmp_path / form)
        issues = check_reading(reading, as_at=date(2026, 9, 30), known=known).issues
        tables = {one.name.split("/")[-1]: one.table for one in reading.sheets}
        for flaw, name, row in planted:
            here = issues.filter((pl.col("table") == tables[name]) & (pl.col("row") == row))
            assert FOUND_BY[flaw.rule, flaw.file, flaw.column] in set(here["rule"]), (flaw.rule, flaw.column)


def test_every_kind_of_flaw_has_its_answer() -> None:
    assert set(FOUND_BY) == {(flaw.rule, flaw.file, flaw.column) for flaw in (*flaws_own.DATASET, *flaws_own.PRACTICE)}
    of_returns = {flaw.rule for flaw in flaws_903.FLAWS} | {flaw.rule for flaw in flaws_cin.FLAWS}
    assert set(FOUND_IN_RETURNS) | DEPARTMENTS == of_returns
    assert not set(FOUND_IN_RETURNS) & DEPARTMENTS


@pytest.mark.parametrize("seed", SEEDS)
def test_every_flaw_of_the_returns_is_found(folders: Any, seed: int) -> None:
    made = folders(seed, flawed=True)
    for form in ("ssda903", "cin"):
        for checked in made[form]:
            for flaw in checked.flaws:
                told = checked.about(flaw["child"])
                if flaw["rule"] in FOUND_IN_RETURNS:
                    assert FOUND_IN_RETURNS[flaw["rule"]] in told, flaw
                else:
                    assert flaw["rule"] in DEPARTMENTS
                    assert flaw["rule"] in told, flaw


@pytest.mark.parametrize("seed", SEEDS)
def test_a_folder_without_flaws_raises_nothing(folders: Any, seed: int) -> None:
    for form, several in folders(seed, flawed=False).items():
        for checked in several:
            grave = checked.issues.filter(
                pl.col("severity").is_in(GRAVE) & pl.col("rule").is_in(list(TOLD_OF_SOUND)).not_()
            )
            assert grave.is_empty(), (form, grave.select("table", "row", "rule", "says").rows()[:10])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_error_is_told_of_a_child_without_a_flaw(folders: Any, seed: int) -> None:
    false_alarms: Counter[str] = Counter()
    for several in folders(seed, flawed=True).values():
        for checked in several:
            flawed = {flaw["child"] for flaw in checked.flaws} | {flaws_own.NOBODY}
            errors = checked.issues.filter(
                (pl.col("severity") == "error") & pl.col("rule").is_in(list(TOLD_OF_SOUND)).not_()
            )
            false_alarms.update(errors.filter(pl.col("child").is_in(sorted(flawed)).fill_null(False).not_())["rule"])
    assert not false_alarms
