"""Single cells, keys, decisions of last year, orders and social workers of the SSDA903, read a second time."""

import itertools
import re
from collections.abc import Iterator
from datetime import date

from tests.kernel.blind_world import HandIn, Row, blind, day

ETHNIC = [
    "WBRI",
    "WIRI",
    "WOTH",
    "WIRT",
    "WROM",
    "MWBC",
    "MWBA",
    "MWAS",
    "MOTH",
    "AIND",
    "APKN",
    "ABAN",
    "AOTH",
    "BCRB",
    "BAFR",
    "BOTH",
    "CHNE",
    "OOTH",
    "REFU",
    "NOBT",
]
LS = ["C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"]
REC = [
    "X1",
    "E11",
    "E12",
    "E2",
    "E3",
    "E4A",
    "E4B",
    "E13",
    "E41",
    "E45",
    "E46",
    "E47",
    "E48",
    "E5",
    "E6",
    "E7",
    "E8",
    "E9",
    "E14",
    "E15",
    "E16",
    "E17",
]
CHANGE = ["CARPL", "CLOSE", "ALLEG", "STAND", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "PLACE", "CUSTOD", "OTHER"]
ACTIV = ["F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0"]
ACCOM = [f"{letter}{one}" for letter in "BCDEGHKRTUVWYZ" for one in "12"] + ["S2", "X2", "0"]
SW_REASONS = ["MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS"]


def _codes(code: str, table: str, column: str, values: list[str], *, blank: bool = False, since: int = 2023) -> None:
    """A code that is none of the list breaks it; nothing at all only where nobody else asks for it."""

    @blind(code, rows=True, since=since)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(table):
            value = row.get(column)
            if (not value and blank) or (value and value not in values):
                yield row


_codes("103", "Header", "ETHNIC", ETHNIC, blank=True)
_codes("105", "Header", "UASC", ["0", "1"], blank=True)
_codes("143", "Episodes", "RNE", list("SLPTBU"))
_codes("145", "Episodes", "CIN", [f"N{one}" for one in range(1, 9)])
_codes("1009", "Episodes", "REASON_PLACE_CHANGE", CHANGE)
_codes("131", "OC3", "IN_TOUCH", ["YES", "NO", "DIED", "REFU", "NREQ", "RHOM"])
_codes("132", "OC3", "ACTIV", ACTIV)
_codes("133", "OC3", "ACCOM", ACCOM)
_codes("114", "AD1", "FOSTER_CARE", ["0", "1"])
_codes("175", "AD1", "NB_ADOPTR", ["1", "2"])
_codes("176", "AD1", "SEX_ADOPTR", ["M1", "F1", "MM", "FF", "MF"])
_codes("177", "AD1", "LS_ADOPTR", ["L0", "L11", "L12", "L2", "L3", "L4"])
_codes("120", "PlacedAdoption", "REASON_PLACED_CEASED", ["RD1", "RD2", "RD3", "RD4"])
_codes("631", "PrevPerm", "PREV_PERM", ["P1", "P2", "P3", "P4", "Z1"])
_codes("1006", "Missing", "MISSING", ["M", "A"])
_codes("167", "Reviews", "REVIEW_CODE", [f"PN{one}" for one in range(8)], blank=True)
_codes("196", "OC2", "SDQ_REASON", [f"SDQ{one}" for one in range(1, 6)])
_codes("SW13STG1", "SWEpisodes", "SW_REASON", SW_REASONS, blank=True, since=2025)


@blind("101", rows=True)
def _101(of: HandIn) -> Iterator[Row]:
    yield from (
        row for row in of.of("Header") if row["SEX"] not in (("M", "F", "U") if of.year >= 2025 else ("1", "2"))
    )


@blind("232", rows=True, since=2025)
def _232(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if row["SEX"] == "U")


@blind("144", rows=True)
def _144(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["LS"] and row["LS"] not in LS)


@blind("149", rows=True)
def _149(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["REC"] and row["REC"] not in REC)


@blind("146", rows=True)
def _146(of: HandIn) -> Iterator[Row]:
    known = [
        "A3",
        "A4",
        "A5",
        "A6",
        "K1",
        "K2",
        "P1",
        "P3",
        "R1",
        "R2",
        "R3",
        "R5",
        "S1",
        "T0",
        "T1",
        "T2",
        "T3",
        "T4",
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "U6",
    ]
    known += ["Z11", "Z12", "Z13", "Z14"] if of.year >= 2026 else ["Z1"]
    known += ["H5", "P2"] if of.year <= 2024 else []
    known += ["K3"] if of.year >= 2024 else []
    yield from (row for row in of.of("Episodes") if row["PLACE"] and row["PLACE"] not in known)


@blind("168", rows=True)
def _168(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        upn = row["UPN"]
        formed = re.fullmatch(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", upn or "")
        if upn and not formed and upn not in ("UN1", "UN2", "UN3", "UN4", "UN5"):
            yield row


@blind("444", since=2026)
def _444(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        same = [one for one in of.of("Header") if one["UPN"] == row["UPN"] and one["CHILD"] != row["CHILD"]]
        if row["UPN"] and row["UPN"] not in ("UN1", "UN2", "UN3", "UN4", "UN5") and same:
            yield row


def _no_date(code: str, table: str, column: str, *, blank: bool = False, since: int = 2023) -> None:
    @blind(code, rows=True, since=since)
    def _(of: HandIn) -> Iterator[Row]:
        yield from (row for row in of.of(table) if not day(row, column) and (blank or row.get(column)))


for _code, _table, _column, _blank, _since in (
    ("102", "Header", "DOB", True, 2023), ("104", "UASC", "DUC", False, 2023), ("112", "AD1", "DATE_INT", False, 2023),
    ("113", "AD1", "DATE_MATCH", False, 2023), ("115", "PlacedAdoption", "DATE_PLACED", False, 2023),
    ("116", "PlacedAdoption", "DATE_PLACED_CEASED", False, 2023), ("141", "Episodes", "DECOM", False, 2023),
    ("147", "Episodes", "DEC", False, 2023), ("166", "Reviews", "REVIEW", True, 2023),
    ("171", "Header", "MC_DOB", False, 2023), ("1004", "Missing", "MIS_START", False, 2023),
    ("1005", "Missing", "MIS_END", False, 2023), ("700", "DoLo", "DOLO_START", True, 2027),
    ("701", "DoLo", "DOLO_END", False, 2027), ("SW04STG1", "SWEpisodes", "SW_DECOM", False, 2024),
    ("SW05STG1", "SWEpisodes", "SW_DEC", False, 2024),
):  # fmt: skip
    _no_date(_code, _table, _column, blank=_blank, since=_since)


@blind("180", rows=True)
def _180(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["SDQ_SCORE"] and not 0 <= int(row["SDQ_SCORE"]) <= 40)


@blind("181", rows=True)
def _181(of: HandIn) -> Iterator[Row]:
    flags = ("CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
    for row in of.of("OC2"):
        if any(row[name] not in ("0", "1", None) for name in (*flags, "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")):
            yield row


@blind("EPI")
def _epi(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if not of.of("Episodes", row["CHILD"]))


def _in_header(code: str, table: str, column: str) -> None:
    same = {"1": "M", "2": "F"}

    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(table):
            header = of.one("Header", row["CHILD"])
            if column == "CHILD":
                if header is None:
                    yield row
            elif header and column == "DOB":
                if day(row, "DOB") and day(header, "DOB") and day(row, "DOB") != day(header, "DOB"):
                    yield row
            elif header and row[column] and header[column]:
                one, other = row[column] or "", header[column] or ""
                if same.get(one, one) != same.get(other, other):
                    yield row


for _number, _table in enumerate(
    ("AD1", "PlacedAdoption", "Episodes", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC"), start=1
):
    _in_header(f"INT0{_number}", _table, "CHILD")
for _number, _table in enumerate(
    ("AD1", "PlacedAdoption", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC"), start=1
):
    _in_header(f"INT1{_number}", _table, "DOB")
_in_header("INT21", "UASC", "SEX")


def _once(code: str, table: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        yield from (row for row in of.of(table) if len(of.of(table, row["CHILD"])) > 1)


for _number, _table in enumerate(("AD1", "Header", "OC2", "OC3", "PrevPerm", "UASC"), start=1):
    _once(f"INT3{_number}", _table)


def _last_decisions(of: HandIn) -> Iterator[tuple[Row, set[date], set[date]]]:
    """Each decision with the days of last year's about the child: those that stood, and those that were reversed."""
    for row in of.of("PlacedAdoption"):
        then = [one for one in of.of("PlacedAdoption", row["CHILD"], last=True) if day(one, "DATE_PLACED")]
        stood = {day(one, "DATE_PLACED") for one in then if not one["DATE_PLACED_CEASED"]}
        reversed_ = {day(one, "DATE_PLACED") for one in then if one["DATE_PLACED_CEASED"]}
        yield row, {one for one in stood if one}, {one for one in reversed_ if one}


@blind("560")
def _560(of: HandIn) -> Iterator[Row]:
    for row, stood, _ in _last_decisions(of):
        days = [day(one, "DATE_PLACED") for one in of.of("PlacedAdoption", row["CHILD"])]
        stands = day(row, "DATE_PLACED") and not row["DATE_PLACED_CEASED"]
        if stands and stood and not any(one in stood for one in days):
            yield row


@blind("561")
def _561(of: HandIn) -> Iterator[Row]:
    yield from (row for row, _, gone in _last_decisions(of) if day(row, "DATE_PLACED") in gone)


@blind("584")
def _584(of: HandIn) -> Iterator[Row]:
    for row, stood, gone in _last_decisions(of):
        if day(row, "DATE_PLACED") and gone and not stood and day(row, "DATE_PLACED") not in gone:
            yield row


def _orders(of: HandIn) -> Iterator[tuple[Row, date, date | None]]:
    """Each order with its start and its end; of one that is open the end of days, None where it cannot be read."""
    for row in of.of("DoLo"):
        begun = day(row, "DOLO_START")
        if begun:
            yield row, begun, day(row, "DOLO_END") if row["DOLO_END"] else date.max


@blind("702", rows=True, since=2027)
def _702(of: HandIn) -> Iterator[Row]:
    yield from (row for row, begun, ended in _orders(of) if ended is not None and ended < begun)


@blind("703", rows=True, since=2027)
def _703(of: HandIn) -> Iterator[Row]:
    yield from (row for row, begun, _ in _orders(of) if begun > of.end)


@blind("704", rows=True, since=2027)
def _704(of: HandIn) -> Iterator[Row]:
    for row in of.of("DoLo"):
        ended = day(row, "DOLO_END")
        if ended and not of.start <= ended <= of.end:
            yield row


@blind("705", since=2027)
def _705(of: HandIn) -> Iterator[Row]:
    orders = list(_orders(of))
    for row, begun, ended in orders:
        for other, then, until in orders:
            if (
                other is not row
                and other["CHILD"] == row["CHILD"]
                and then <= begun
                and until
                and begun < until
                and (then < begun or (ended is not None and begun < ended))
            ):
                yield row


@blind("707", since=2027)
def _707(of: HandIn) -> Iterator[Row]:
    for row in of.of("DoLo"):
        rows = of.episodes(row["CHILD"])
        if not row["DOLO_END"] and rows and rows[-1]["REC"] not in (None, "X1"):
            yield row


@blind("708", since=2027)
def _708(of: HandIn) -> Iterator[Row]:
    for row in of.of("DoLo"):
        born = day(row, "DOB") or of.born(row["CHILD"])
        if any(when and born and when < born for when in (day(row, "DOLO_START"), day(row, "DOLO_END"))):
            yield row


def _within(code: str, places: tuple[str, ...], *, among: bool) -> None:
    @blind(code, since=2027)
    def _(of: HandIn) -> Iterator[Row]:
        for row, begun, ended in _orders(of):
            for one in of.episodes(row["CHILD"]):
                until = day(one, "DEC") if one["DEC"] else date.max
                overlaps = ended and until and day(one, "DECOM") < ended and begun < until  # type: ignore[operator]
                if overlaps and one["PLACE"] and (one["PLACE"] in places) is among:
                    yield row


_within("709", ("K2", "Z12", "Z13"), among=False)
_within("710", ("K1", "P1", "R5", "K3"), among=True)


def _workers(of: HandIn) -> Iterator[list[Row]]:
    for child in of.children("SWEpisodes"):
        rows = [row for row in of.of("SWEpisodes", child) if day(row, "SW_DECOM")]
        yield sorted(rows, key=lambda row: (day(row, "SW_DECOM"), day(row, "SW_DEC") or date.max, int(row["#"] or 0)))


@blind("SW02STG1", rows=True, since=2024)
def _sw02(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("SWEpisodes") if row["SW_ID"] and not row["SW_ID"].startswith(("SW", "XX")))


@blind("SW08STG2", since=2024)
def _sw08(of: HandIn) -> Iterator[Row]:
    for rows in _workers(of):
        yield from (before for before, row in itertools.pairwise(rows) if not before["SW_DEC"])


@blind("SW09STG2", rows=True, since=2024)
def _sw09(of: HandIn) -> Iterator[Row]:
    for row in of.of("SWEpisodes"):
        if day(row, "SW_DECOM") and day(row, "SW_DECOM") == day(row, "SW_DEC"):
            yield row


@blind("SW10STG2", since=2025)
def _sw10(of: HandIn) -> Iterator[Row]:
    for rows in _workers(of):
        for before, row in itertools.pairwise(rows):
            ended = day(before, "SW_DEC")
            if ended and day(row, "SW_DECOM") < ended:  # type: ignore[operator]
                yield row


@blind("SW17STG2", since=2026)
def _sw17(of: HandIn) -> Iterator[Row]:
    for rows in _workers(of):
        still = [row for row in rows if not row["SW_DEC"] or (day(row, "SW_DEC") or date.max) >= of.end]
        if rows and not any(day(row, "SW_DECOM") <= of.end for row in still):  # type: ignore[operator]
            yield rows[-1]


@blind("SW11bSTG2", since=2024)
def _sw11b(of: HandIn) -> Iterator[Row]:
    for rows in _workers(of):
        if rows and day(rows[-1], "SW_DEC") and day(rows[-1], "SW_DEC") < of.end:  # type: ignore[operator]
            yield rows[-1]
