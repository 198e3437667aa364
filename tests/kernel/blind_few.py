"""A few more rules of the SSDA903, read a second time: providers' codes, last year's places, leavers' years in care."""

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_oc import LEAVER, told
from tests.kernel.blind_world import SHORT, TEMPORARY, HandIn, Row, birthday, blind, day

PROVIDERS = ("PR0", "PR1", "PR2", "PR3", "PR4", "PR5")


def _others(of: HandIn) -> tuple[str, ...]:
    return ("Z1",) if of.year < 2026 else ("Z11", "Z12", "Z13", "Z14")


@blind("178", rows=True)
def _178(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        none = row["PLACE"] in (*TEMPORARY, *_others(of))
        if row["PLACE_PROVIDER"] and (none or row["PLACE_PROVIDER"] not in PROVIDERS):
            yield row


@blind("222", rows=True)
def _222(of: HandIn) -> Iterator[Row]:
    old = ("H5", "P2") if of.year <= 2024 else ()
    none = (*old, "P1", "P3", "R1", "R2", "R5", *TEMPORARY, *_others(of))
    yield from (row for row in of.of("Episodes") if row["URN"] not in (None, "XXXXXXX") and row["PLACE"] in none)


def both_years(of: HandIn) -> Iterator[tuple[Row, Row]]:
    """Each child's first episode beside the last of last year."""
    for child in of.children("Episodes"):
        then, now = of.episodes(child, last=True), of.episodes(child)
        if then and now:
            yield then[-1], now[0]


@blind("452", rows=True)
def _452(of: HandIn) -> Iterator[Row]:
    for was, now in both_years(of):
        one, other = was["PL_LA"], now["PL_LA"]
        alike = one and other and one.isdigit() == other.isdigit()
        if alike and one != other and day(was, "DECOM") == day(now, "DECOM"):
            yield now


@blind("453", rows=True)
def _453(of: HandIn) -> Iterator[Row]:
    for was, now in both_years(of):
        one, other = was["PL_DISTANCE"], now["PL_DISTANCE"]
        far = one and other and abs(round(10 * float(one)) - round(10 * float(other))) >= 2
        if far and day(was, "DECOM") == day(now, "DECOM"):
            yield now


@blind("633", rows=True)
def _633(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("PrevPerm") if row["LA_PERM"] not in (None, "801", "WAL", "999"))


@blind("231", since=2025)
def _231(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        born = day(row, "DOB")
        if row["UASC"] == "1" and born and birthday(born, 10) > of.end:
            yield row


@blind("1001")
def _1001(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        born = day(row, "DOB") or of.born(row["CHILD"])
        stays = _stays(of, row["CHILD"])
        if born is None or not stays or not told(row, *LEAVER):
            continue
        from_14 = birthday(born, 14)
        days = sum(max(0, (ended - max(begun, from_14)).days) for begun, ended in stays.items())
        if days < 13 * 7 or all(ended <= birthday(born, 16) for ended in stays.values()):
            yield row


def _stays(of: HandIn, child: str | None) -> dict[date, date]:
    """The episodes of both years that are no short breaks, by their starts; this year's knows best when one ended."""
    stays: dict[date, date] = {}
    for last, still in ((True, of.start), (False, of.end + timedelta(1))):
        of_year: dict[date, date] = {}
        for row in of.episodes(child, last=last):
            begun = day(row, "DECOM")
            if row["LS"] not in SHORT and begun:
                of_year[begun] = max(of_year.get(begun, date.min), day(row, "DEC") or still)
        stays |= of_year
    return stays


def _outside(code: str, column: str) -> None:
    @blind(code, since=2024, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of("SWEpisodes"):
            when = day(row, column)
            if when and not of.start <= when <= of.end:
                yield row


_outside("SW06STG2", "SW_DECOM")
_outside("SW07STG2", "SW_DEC")


@blind("SW01aSTG1", since=2025, rows=True)
def _sw01a(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("SWEpisodes") if not row["SW_DECOM"] or not row["SW_ID"])


@blind("SW01bSTG1", since=2025, rows=True)
def _sw01b(of: HandIn) -> Iterator[Row]:
    for row in of.of("SWEpisodes"):
        if not row["SW_DECOM"] or not row["SW_ID"] or not row["SW_REASON"]:
            yield row


@blind("SW12STG2", since=2025)
def _sw12(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = [row for row in of.episodes(child) if row["LS"] not in SHORT and day(row, "DECOM") <= of.end]  # type: ignore[operator]
        still = [row for row in rows if not row["DEC"] or (day(row, "DEC") or date.min) > of.end]
        if still and not _covered(of, child):
            yield still[-1]


def _covered(of: HandIn, child: str) -> bool:
    """Whether the child's workers follow one another from 1 April to 31 March, with no day between two."""
    rows = [row for row in of.of("SWEpisodes", child) if day(row, "SW_DECOM")]
    rows.sort(key=lambda row: (day(row, "SW_DECOM"), day(row, "SW_DEC") or date.max))
    if not rows:
        return bool(of.of("SWEpisodes", child))
    gaps = [
        day(row, "SW_DECOM") > (day(before, "SW_DEC") or date.max - timedelta(1)) + timedelta(1)  # type: ignore[operator]
        for before, row in itertools.pairwise(rows)
    ]
    late = day(rows[0], "SW_DECOM") > of.start  # type: ignore[operator]
    return not late and not any(gaps) and (day(rows[-1], "SW_DEC") or date.max) >= of.end


def providers(year: int) -> list[Row]:
    """A list of providers: one that goes on, one that closed within the year, one of which only the number is known."""
    closed = f"01/10/{year - 1}"
    return [
        {"URN": "SC000001", "Placement type code": "K2", "Placement provider code": "PR4", "Local authority": "X",
         "Setting postcode": "AB1 1AA", "Date closed": None},
        {"URN": "SC000002", "Placement type code": "U4", "Placement provider code": "PR5", "Local authority": "X",
         "Setting postcode": "AB12BB", "Date closed": closed},
        {"URN": "SC000003", "Placement type code": None, "Placement provider code": None, "Local authority": None,
         "Setting postcode": None, "Date closed": None},
    ]  # fmt: skip


def _listed(of: HandIn) -> Iterator[tuple[Row, Row]]:
    """Each episode with the provider that it names, where the list has it."""
    known = {one["URN"]: one for one in providers(of.year)}
    yield from ((row, known[row["URN"]]) for row in of.of("Episodes") if row["URN"] in known)


@blind("1008", rows=True)
def _1008(of: HandIn) -> Iterator[Row]:
    known = [one["URN"] for one in providers(of.year)]
    yield from (row for row in of.of("Episodes") if row["URN"] not in (None, "XXXXXXX", *known))


def _unlike(code: str, column: str, heading: str) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row, one in _listed(of):
            said, known = row[column], one[heading]
            # Only of a setting does the list tell where the child lives: an agency's homes lie elsewhere.
            in_setting = row["PLACE"] in ("K1", "K2", "R3", "S1", *(["H5"] if of.year <= 2024 else []))
            asked = code != "221" or in_setting
            if asked and said and known and said.replace(" ", "") != known.replace(" ", ""):
                yield row


_unlike("219", "PLACE", "Placement type code")
_unlike("221", "PL_POST", "Setting postcode")
_unlike("224", "PLACE_PROVIDER", "Placement provider code")


@blind("227", rows=True)
def _227(of: HandIn) -> Iterator[Row]:
    for row, one in _listed(of):
        begun, closed = day(row, "DECOM"), day(one, "Date closed")
        if begun and closed and begun >= closed:
            yield row


@blind("228", rows=True)
def _228(of: HandIn) -> Iterator[Row]:
    for row, one in _listed(of):
        ended, closed = day(row, "DEC") if row["DEC"] else of.end, day(one, "Date closed")
        if ended and closed and ended > closed:
            yield row


@blind("392c", rows=True)
def _392c(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        written = [row[name] for name in ("HOME_POST", "PL_POST") if row[name]]
        if any(not re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", one or "") for one in written):
            yield row


@blind("169", rows=True)
def _169(of: HandIn) -> Iterator[Row]:
    yield from (
        row for row in of.of("Episodes") if row["LS"] not in SHORT and row["PL_LA"] not in ("801", "802", "WAL")
    )


@blind("218", rows=True)
def _218(of: HandIn) -> Iterator[Row]:
    old = ("H5", "P2") if of.year <= 2024 else ()
    none = (*old, "P1", "P3", "R1", "R2", "R5", *TEMPORARY, *_others(of), None)
    for row in of.of("Episodes"):
        if not row["URN"] and row["PLACE"] not in none and row["LS"] not in SHORT and row["PL_LA"] != "WAL":
            yield row
