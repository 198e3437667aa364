"""Tells whether `goldthread check --as` says the same as before of a hundred invented hand-ins, issue for issue.

What works faster must find the same. The hand-ins are of both returns, as CSV and as XML, of five years, with and
without last year's, providers and postcodes; defects are planted in each by a dice of its own number: cells blank,
senseless, of another code or another kind, rows twice or out of order, columns and files left out. Of each, the report
as CSV and as JSON is kept as a digest, with its number of issues: write them at one commit, hold another against them.

    .venv/bin/python bench/unchanged.py --write FILE
    .venv/bin/python bench/unchanged.py --against FILE

Exit code 1 where anything is told otherwise.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import made_returns as made  # noqa: E402 - the tests lie beside, and are no package that is installed

from goldthread.cli import main as goldthread  # noqa: E402

HAND_INS = 104
ODD_CELLS = (
    "", " ", "31/02/2025", "01/04/2025", "2025-13-01", "29/02/2024", "31/03/2026", "45000", "1", "0", "2", "1.0", "-1",
    "X1", "U1", "U4", "K1", "H5", "V2", "V3", "V4", "E1", "D1", "L1", "S", "P", "T", "n8", "MALLOC", "zz/zz/2014",
    "N/A",
    "YES", "NONE", "AUT", "RC1", "RC9", "NEU", "ABCD", "999999", "A12345678901Z", "de1 1aa", "“=1+1”", "UN3",
)  # fmt: skip
"""What is written over a cell: each is right somewhere and wrong elsewhere."""

PROVIDERS = (
    "URN,Placement type code,Placement provider code,Local authority,Setting postcode,Registration date,"
    "Deregistration date\n"
    'SC123456,"K2, S1",PR4,Derbyshire,AB1 3EF,01/04/2010,\n'
    "1234567,U1-U6,PR1 or PR2,Derby,de1 1ab,01/04/2010,31/03/2024\n"
)
POSTCODES = (
    "pcds,doterm,oscty,oslaua,osward,oseast1m,osnrth1m\nAB1 2CD,,E99999999,E06000015,E05001770,435500,336500\n"
    "AB1 3EF,,E99999999,E06000016,E05001771,460000,304000\nDE1 1AA,202001,E99999999,E06000015,E05001770,435400,336400\n"
)


def _spoil(tables: dict[str, list[made.Record]], dice: random.Random) -> dict[str, list[made.Record]]:
    """The same return with defects planted: about one row in four is touched, and all sorts of cells."""
    spoilt: dict[str, list[made.Record]] = {}
    for name, rows in tables.items():
        changed = [dict(row) for row in rows]
        for row in changed:
            while row and dice.random() < 0.25:
                row[dice.choice(sorted(row))] = dice.choice(ODD_CELLS)
        doubled = [dict(dice.choice(changed)) for _ in range(len(changed) // 25)]
        spoilt[name] = changed + doubled
    return spoilt


def _without_columns(headings: dict[str, tuple[str, ...]], dice: random.Random) -> dict[str, tuple[str, ...]]:
    """The headings with a column left out here and there, never the first."""
    return {name: tuple(one for one in of if one == of[0] or dice.random() > 0.04) for name, of in headings.items()}


def _write(form: str, number: int, folder: Path, *, last: bool = False) -> Path:
    """One hand-in, or the one of the year before it."""
    dice = random.Random(f"{number} {last}")
    children = dice.choice((1, 12, 60, 200))
    plain = made.make_903(children, number) if form == "ssda903" else made.make_cin(children, number)
    headings = made.HEADINGS_903 if form == "ssda903" else made.HEADINGS_CIN
    tables = plain if number % 13 == 0 else _spoil(plain, dice)
    if number % 4 == 3:
        path = folder / f"{number}-{'last' if last else 'now'}.xml"
        path.write_bytes(made.xml_903(_known(tables)) if form == "ssda903" else made.xml_cin(_sound(plain, tables)))
        return path
    path = folder / f"{number}-{'last' if last else 'now'}"
    path.mkdir()
    if number % 4 == 1:
        tables = {name: dice.sample(rows, len(rows)) for name, rows in tables.items()}
    if number % 4 == 2:
        headings = _without_columns(headings, dice)
        tables = {name: rows for name, rows in tables.items() if dice.random() > 0.1 or name in ("header", "Header")}
    for name, data in made.csv_files(headings, tables).items():
        (path / name).write_bytes(data)
    return path


def _known(tables: dict[str, list[made.Record]]) -> dict[str, list[made.Record]]:
    """The tables without rows of nobody, for which XML has no place."""
    return {name: [row for row in rows if row["CHILD"]] for name, rows in tables.items()}


def _sound(plain: dict[str, list[made.Record]], spoilt: dict[str, list[made.Record]]) -> dict[str, list[made.Record]]:
    """The spoilt census with the numbers by which XML puts rows together left as they were."""
    return {
        name: [*({**row, **{key: own[key] for key in _NUMBERS if key in own}}
                 for row, own in zip(spoilt[name], rows, strict=False))]
        for name, rows in plain.items()
    }  # fmt: skip


_NUMBERS = ("LAchildID", "CINdetailsID", "CPPID")


def _words(number: int, folder: Path) -> list[str]:
    """The command line of a hand-in, its files written."""
    form = "ssda903" if number % 2 == 0 or number % 8 == 3 else "cin"
    year = 2022 + number % 5 + 1
    words = ["check", str(_write(form, number, folder)), "--as", form, "--year", str(year)]
    if number % 3 == 0:
        words += ["--last-year", str(_write(form, number, folder, last=True))]
    if number % 5 == 0:
        words += ["--reference", f"providers={folder / 'providers.csv'}"]
        words += ["--reference", f"postcodes={folder / 'postcodes.csv'}"]
    if number % 11 == 0:
        words += ["--rules", "101,102,103,1000,8500,8510,8535Q" if form == "ssda903" else "8500,8520,8535Q,100"]
    return words


def _told(words: Sequence[str], out: Path) -> dict[str, object]:
    """The exit code, digests and number of issues of one hand-in; paths are left out of what is said."""
    told: dict[str, object] = {}
    for form in ("csv", "json"):
        out.unlink(missing_ok=True)
        said = StringIO()
        with redirect_stderr(said), redirect_stdout(said):
            told[f"{form}: exit"] = goldthread([*words, "--format", form, "--out", str(out)])
        told[f"{form}: says"] = said.getvalue().replace(str(out.parent), "")
        data = out.read_bytes() if out.exists() else b""
        told[form], told[f"{form}: lines"] = hashlib.sha256(data).hexdigest(), data.count(b"\n")
    return told


def main() -> int:
    """Write what is told, or hold it against what was told before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hand-ins", type=int, default=HAND_INS)
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--write", type=Path, metavar="FILE")
    chosen.add_argument("--against", type=Path, metavar="FILE")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "providers.csv").write_text(PROVIDERS, encoding="utf-8")
        (folder / "postcodes.csv").write_text(POSTCODES, encoding="utf-8")
        told = {str(number): _told(_words(number, folder), folder / "out") for number in range(args.hand_ins)}
    if args.write:
        args.write.write_text(json.dumps(told, indent=1), encoding="utf-8")
        return 0
    before = json.loads(args.against.read_text(encoding="utf-8"))
    other = [number for number, one in told.items() if one != before.get(number)]
    for number in other:
        parts = [name for name, one in told[number].items() if one != before.get(number, {}).get(name)]
        print(f"hand-in {number}: told otherwise: {', '.join(parts)}")
    lines = sum(int(str(one["csv: lines"])) for one in told.values())
    print(f"{len(told)} hand-ins, {lines:,} lines of CSV; {len(other)} told otherwise than before.")
    return 1 if other or set(before) != set(told) else 0


if __name__ == "__main__":
    sys.exit(main())
