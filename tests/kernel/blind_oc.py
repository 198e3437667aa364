"""Health of those in care for a year (OC2) and care leavers (OC3) of the SSDA903, read a second time."""

import itertools
from collections.abc import Iterator
from datetime import date

from tests.kernel.blind_world import SHORT, HandIn, Row, birthday, blind, day, over, under

HEALTH = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
FLAGS = ("CONVICTED", "HEALTH_CHECK", *HEALTH, "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
LEAVER = ("IN_TOUCH", "ACTIV", "ACCOM")
ADOPTION = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")


def told(row: Row | None, *columns: str) -> bool:
    """Whether any of the cells holds something that can be read."""
    for column in columns:
        value = (row or {}).get(column)
        if value and (not column.startswith("DATE_") or day(row, column)):
            return True
    return False


def full_year(of: HandIn, child: str | None) -> bool:
    """Whether the child was looked after on 31 March and since 1 April, in one period, and on no short break."""
    rows = [row for row in of.episodes(child) if day(row, "DECOM") <= of.end]  # type: ignore[operator]
    if not rows:
        return False
    begun = day(rows[0], "DECOM")
    for before, row in itertools.pairwise(rows):
        if row["RNE"] == "S" or before["REC"] not in (None, "X1"):
            begun = day(row, "DECOM")
    short = any(row["LS"] in SHORT and (not row["DEC"] or (day(row, "DEC") or of.start) >= of.start) for row in rows)
    still = not day(rows[-1], "DEC") or day(rows[-1], "DEC") > of.end  # type: ignore[operator]
    return begun is not None and begun <= of.start and still and not short


@blind("157")
def _157(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if row["SDQ_REASON"] == "SDQ1" and _sdq_age(of, row) and full_year(of, row["CHILD"]):
            yield row


def _sdq_age(of: HandIn, row: Row) -> bool:
    """Four or more when the year begins and under 17 when it ends."""
    return over(day(row, "DOB"), of.start, 4) and under(day(row, "DOB"), of.end, 17)


@blind("158", rows=True)
def _158(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["INTERVENTION_RECEIVED"] == "1" and row["INTERVENTION_OFFERED"])


@blind("159", rows=True)
def _159(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if row["SUBSTANCE_MISUSE"] == "1" and row["INTERVENTION_RECEIVED"] == "0" and not row["INTERVENTION_OFFERED"]:
            yield row


@blind("182", rows=True)
def _182(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if any(row[name] for name in FLAGS) and not all(row[name] for name in HEALTH):
            yield row


def _only_full_year(code: str, *columns: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of("OC2"):
            if any(row[name] for name in columns) and not full_year(of, row["CHILD"]):
                yield row


_only_full_year("185", "SDQ_SCORE")
_only_full_year("190", *FLAGS)
_only_full_year("198", "SDQ_REASON")


@blind("186")
def _186(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if _sdq_age(of, row) and full_year(of, row["CHILD"]) and not row["SDQ_SCORE"]:
            yield row


@blind("187")
def _187(of: HandIn) -> Iterator[Row]:
    for name, columns in (("OC3", LEAVER), ("AD1", ADOPTION)):
        for row in of.of(name):
            if told(row, *columns) and full_year(of, row["CHILD"]):
                yield row


@blind("188", rows=True)
def _188(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if under(day(row, "DOB"), of.end, 4) and (row["SDQ_SCORE"] or row["SDQ_REASON"]):
            yield row


@blind("189", rows=True)
def _189(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if over(day(row, "DOB"), of.start, 17) and (row["SDQ_SCORE"] or row["SDQ_REASON"]):
            yield row


@blind("191")
def _191(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if full_year(of, row["CHILD"]) and not all(row[name] for name in HEALTH):
            yield row
    for child in of.children("Episodes"):
        if full_year(of, child) and not of.of("OC2", child):
            yield of.episodes(child)[0]


@blind("192", rows=True)
def _192(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["SUBSTANCE_MISUSE"] == "1" and not row["INTERVENTION_RECEIVED"])


@blind("193", rows=True)
def _193(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if row["SUBSTANCE_MISUSE"] != "1" and (row["INTERVENTION_RECEIVED"] or row["INTERVENTION_OFFERED"]):
            yield row


@blind("197a", rows=True)
def _197a(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["SDQ_SCORE"] and row["SDQ_REASON"])


@blind("197B")
def _197b(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        born = day(row, "DOB")
        turns = born is not None and any(of.start < birthday(born, years) <= of.end for years in (4, 17))
        if turns and full_year(of, row["CHILD"]) and not row["SDQ_SCORE"] and not row["SDQ_REASON"]:
            yield row


@blind("215")
def _215(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        if told(row, *LEAVER) and any(told(one, *FLAGS) for one in of.of("OC2", row["CHILD"])):
            yield row


@blind("542", rows=True)
def _542(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["CONVICTED"] and under(day(row, "DOB"), of.end, 10))


@blind("543")
def _543(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if over(day(row, "DOB"), of.end, 10) and full_year(of, row["CHILD"]) and not row["CONVICTED"]:
            yield row


@blind("545")
def _545(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC2"):
        if under(day(row, "DOB"), of.end, 5) and full_year(of, row["CHILD"]) and not row["HEALTH_CHECK"]:
            yield row


@blind("546")
def _546(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC2") if row["HEALTH_CHECK"] and over(day(row, "DOB"), of.end, 5))


def _with_all(code: str, column: str) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        yield from (row for row in of.of("OC2") if row[column] and not all(row[name] for name in HEALTH))


_with_all("544", "CONVICTED")
_with_all("547", "HEALTH_CHECK")


@blind("153", rows=True)
def _153(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        gone = row["IN_TOUCH"] in ("DIED", "RHOM")
        if any(row[name] for name in LEAVER) and not all(row[name] for name in LEAVER) and not gone:
            yield row


@blind("134")
def _134(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        if told(row, *LEAVER) and any(told(one, *ADOPTION) for one in of.of("AD1", row["CHILD"])):
            yield row


@blind("344", rows=True)
def _344(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC3") if row["IN_TOUCH"] in ("DIED", "RHOM") and told(row, "ACTIV", "ACCOM"))


@blind("345", rows=True)
def _345(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("OC3") if row["IN_TOUCH"] == "YES" and "0" in (row["ACTIV"], row["ACCOM"]))


@blind("347", since=2024)
def _347(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        if row["ACCOM"] in ("T1", "T2") and under(_born(of, row), of.end, 18):
            yield row


@blind("348", since=2026)
def _348(of: HandIn) -> Iterator[Row]:
    for row, _ in _leavers(of):
        if any(was["IN_TOUCH"] == "DIED" for was in of.of("OC3", row["CHILD"], last=True)):
            yield row


@blind("391", rows=True)
def _391(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        born = _born(of, row)
        if born and told(row, *LEAVER) and (under(born, of.end, 17) or over(born, of.start, 22)):
            yield row


def _born(of: HandIn, row: Row) -> date | None:
    """The birth date of the row, else that of the header."""
    return day(row, "DOB") or of.born(row["CHILD"])


def _leavers(of: HandIn) -> Iterator[tuple[Row, list[Row]]]:
    """Each care leaver of whom something is said, with the episodes of this year."""
    for row in of.of("OC3"):
        if told(row, *LEAVER):
            yield row, of.episodes(row["CHILD"])


@blind("628")
def _628(of: HandIn) -> Iterator[Row]:
    for row, rows in _leavers(of):
        if not _touches(of, rows) and any(one["MOTHER"] for one in of.of("Header", row["CHILD"])):
            yield row


def _of_both_years(of: HandIn, child: str | None) -> list[Row]:
    return [*of.of("Episodes", child), *of.of("Episodes", child, last=True)]


@blind("1000")
def _1000(of: HandIn) -> Iterator[Row]:
    for row, _ in _leavers(of):
        if any(one["REC"] == "E2" for one in _of_both_years(of, row["CHILD"])):
            yield row


@blind("1002")
def _1002(of: HandIn) -> Iterator[Row]:
    for row, _ in _leavers(of):
        if not any(of.of("Episodes", row["CHILD"], last=last) for last in (False, True)):
            yield row


@blind("1007")
def _1007(of: HandIn) -> Iterator[Row]:
    for row, rows in _leavers(of):
        for years in (17, 18):
            on = _turns(of, row, years)
            if on and any(_lasts_over(of, one, on) for one in rows):
                yield row


def _turns(of: HandIn, row: Row, years: int) -> date | None:
    """The birthday, where it lies in the year."""
    born = _born(of, row)
    on = birthday(born, years) if born else None
    return on if on and of.start <= on <= of.end else None


def _lasts_over(of: HandIn, row: Row, on: date) -> bool:
    ended = day(row, "DEC") if row["DEC"] else date.max
    return row["LS"] not in SHORT and day(row, "DECOM") <= on and ended is not None and ended > on  # type: ignore[operator]


@blind("1010")
def _1010(of: HandIn) -> Iterator[Row]:
    for row, _ in _leavers(of):
        then = of.episodes(row["CHILD"], last=True)
        if not of.of("Episodes", row["CHILD"]) and then and not then[-1]["DEC"]:
            yield row


@blind("1011")
def _1011(of: HandIn) -> Iterator[Row]:
    for row, rows in _leavers(of):
        if rows and rows[-1]["REC"] == "E3":
            yield row


@blind("1012")
def _1012(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        if not of.of("Episodes", row["CHILD"]):
            others = [name for name in of.tables if name not in ("Header", "Episodes", "OC3", "DoLo")]
            if any(of.of(name, row["CHILD"]) for name in others):
                yield row


@blind("1014")
def _1014(of: HandIn) -> Iterator[Row]:
    for row, rows in _leavers(of):
        if not _touches(of, rows) and any(day(one, "DUC") for one in of.of("UASC", row["CHILD"])):
            yield row


def _touches(of: HandIn, rows: list[Row]) -> bool:
    return any(day(one, "DECOM") <= of.end and (day(one, "DEC") or date.max) >= of.start for one in rows)  # type: ignore[operator]


@blind("1016", since=2024)
def _1016(of: HandIn) -> Iterator[Row]:
    for row, rows in _leavers(of):
        for years in (17, 18):
            on = _turns(of, row, years)
            ends = [day(one, "DEC") for one in rows if one["REC"] not in (None, "X1") and one["LS"] not in SHORT]
            if on and any(on < left <= of.end for left in ends if left):
                yield row


@blind("3001")
def _3001(of: HandIn) -> Iterator[Row]:
    for row in of.of("OC3"):
        born = _born(of, row)
        if row["ACCOM"] in ("Z1", "Z2") and over(born, of.end, 17) and under(born, of.end, 18):
            yield row


def _long(of: HandIn, child: str | None) -> list[Row]:
    return [row for row in of.episodes(child) if row["LS"] not in SHORT]


@blind("165")
def _165(of: HandIn) -> Iterator[Row]:
    female, male = ("F", "M") if of.year >= 2025 else ("2", "1")
    for row in of.of("Header"):
        wrong = row["MOTHER"] not in ("0", "1", None) or (row["SEX"] == male and row["MOTHER"])
        lacks = row["SEX"] == female and not row["MOTHER"] and _touches(of, _long(of, row["CHILD"]))
        if wrong or lacks:
            yield row
