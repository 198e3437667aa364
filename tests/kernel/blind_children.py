"""The header, asylum, ages and places of the SSDA903, read a second time."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_world import ADOPTED, SHORT, TEMPORARY, HandIn, Row, birthday, blind, day, given, over, under

UNKNOWN = ("UN1", "UN2", "UN3", "UN4", "UN5")
LONG = ("E45", "E46", "E47", "E48")


def both_years(of: HandIn) -> Iterator[tuple[Row, Row]]:
    """Each header with that of the child last year."""
    for row in of.of("Header"):
        was = of.one("Header", row["CHILD"], last=True)
        if was:
            yield was, row


def _differs(code: str, column: str) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for was, row in both_years(of):
            if column == "DOB":
                one, other = day(was, column), day(row, column)
                if one and other and one != other:
                    yield row
            elif was[column] and row[column] and was[column] != row[column]:
                yield row


for _code, _column in (("203", "DOB"), ("204", "ETHNIC")):
    _differs(_code, _column)


@blind("202", rows=True)
def _202(of: HandIn) -> Iterator[Row]:
    same = {"1": "M", "2": "F"}
    for was, row in both_years(of):
        one, other = was["SEX"], row["SEX"]
        if one and other and same.get(one, one) != same.get(other, other):
            yield row


@blind("208", rows=True)
def _208(of: HandIn) -> Iterator[Row]:
    for was, row in both_years(of):
        if was["UPN"] and row["UPN"] and was["UPN"] != row["UPN"] and was["UPN"] not in UNKNOWN:
            yield row


@blind("207")
def _207(of: HandIn) -> Iterator[Row]:
    for was, row in both_years(of):
        if was["MOTHER"] == "1" and row["MOTHER"] not in ("1", None) and _in_care(of, row["CHILD"]):
            yield row


def _female(of: HandIn) -> str:
    return "F" if of.year >= 2025 else "2"


def _in_care(of: HandIn, child: str | None) -> bool:
    """Whether the child has an episode that is no short break."""
    return any(row["LS"] not in SHORT for row in of.of("Episodes", child))


@blind("624", rows=True)
def _624(of: HandIn) -> Iterator[Row]:
    for was, row in both_years(of):
        one, other = day(was, "MC_DOB"), day(row, "MC_DOB")
        if one and other and one != other:
            yield row


@blind("626", rows=True)
def _626(of: HandIn) -> Iterator[Row]:
    for was, row in both_years(of):
        child = day(row, "MC_DOB")
        if was["MOTHER"] == "0" and row["MOTHER"] == "1" and child and child < of.start:
            yield row


@blind("209", rows=True)
def _209(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if row["UPN"] == "UN1" and over(day(row, "DOB"), date(of.year - 1, 8, 31), 5):
            yield row


@blind("210")
def _210(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        period: list[Row] = []
        for one in of.episodes(row["CHILD"]):
            new = one["RNE"] == "S" or (period and period[-1]["REC"] not in (None, "X1"))
            period = [one] if new else [*period, one]
            still = not one["DEC"] or (day(one, "DEC") or date.min) > of.end
            if (
                row["UPN"] == "UN4"
                and still
                and _last_of_period(of, one)
                and any(day(each, "DECOM") < of.end - timedelta(7) for each in period)  # type: ignore[operator]
            ):
                yield row


def _last_of_period(of: HandIn, row: Row) -> bool:
    rows = of.episodes(row["CHILD"])
    after = rows[rows.index(row) + 1 :]
    return not after or after[0]["RNE"] == "S" or row["REC"] not in (None, "X1")


@blind("301", rows=True)
def _301(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if (day(row, "DOB") or date.min) > of.end)


@blind("351", rows=True)
def _351(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if over(day(row, "DOB"), of.start, 26))


@blind("304", rows=True)
def _304(of: HandIn) -> Iterator[Row]:
    for row in of.of("UASC"):
        born, ended = day(row, "DOB"), day(row, "DUC")
        if born and ended and ended > birthday(born, 18):
            yield row


@blind("611", rows=True)
def _611(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if row["MOTHER"] == "1" and not row["MC_DOB"])


@blind("612", rows=True)
def _612(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if row["SEX"] not in ("M", "1", None) and row["MOTHER"] == "0" and day(row, "MC_DOB"):
            yield row


@blind("174", rows=True)
def _174(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if row["SEX"] in ("M", "1") and day(row, "MC_DOB"):
            yield row


@blind("620", rows=True)
def _620(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if row["MOTHER"] == "1" and under(day(row, "DOB"), of.start, 11):
            yield row


@blind("621", rows=True)
def _621(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        born, child = day(row, "DOB"), day(row, "MC_DOB")
        if born and child and born > child:
            yield row


@blind("625")
def _625(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        child, rows = day(row, "MC_DOB"), of.episodes(row["CHILD"])
        left = day(rows[-1], "DEC") if rows and rows[-1]["REC"] != "X1" else None
        if child and (child > of.end or (left and child > left)):
            yield row


@blind("393")
def _393(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if row["SEX"] == _female(of) and not row["MOTHER"] and _in_care(of, row["CHILD"]):
            yield row


@blind("607")
def _607(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        for one in of.of("Episodes", row["CHILD"]):
            ended = day(one, "DEC")
            in_year = ended is not None and of.start <= ended <= of.end
            left = one["REC"] not in (None, "X1") and one["LS"] not in SHORT
            if row["SEX"] == _female(of) and not row["MOTHER"] and in_year and left:
                yield row


@blind("442")
def _442(of: HandIn) -> Iterator[Row]:
    for row in of.of("Header"):
        if not row["UPN"] and _in_care(of, row["CHILD"]):
            yield row


@blind("399")
def _399(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = [row for row in of.of("Episodes", child) if row["LS"] in SHORT]
        reviewed = any(day(one, "REVIEW") or one["REVIEW_CODE"] for one in of.of("Reviews", child))
        if rows and (reviewed or any(given(one, "MOTHER") for one in of.of("Header", child))):
            yield rows[0]


@blind("302")
def _302(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        born = of.born(child)
        for row in of.episodes(child)[:1]:
            if born and day(row, "DECOM") < born:  # type: ignore[operator]
                yield row


@blind("352", rows=True)
def _352(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["RNE"] == "S" and over(of.born(row["CHILD"]), day(row, "DECOM"), 18):
            yield row


def _too_young(code: str, column: str, values: tuple[str, ...], years: int, since: int = 2023) -> None:
    when = "DEC" if column == "REC" else "DECOM"

    @blind(code, since=since)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of("Episodes"):
            if row[column] in values and under(of.born(row["CHILD"]), day(row, when), years):
                yield row


for _code, _column, _values, _years in (
    ("358", "LS", ("J1", "J2", "J3"), 10), ("372", "PLACE", ("R5",), 10), ("373", "PLACE", ("S1",), 4),
    ("374", "PLACE", ("P3",), 14), ("387", "REC", ("E5", "E6"), 14), ("389", "REC", ("E7",), 16),
    ("460", "REC", ("E17",), 18),
):  # fmt: skip
    _too_young(_code, _column, _values, _years)
_too_young("371", "PLACE", ("K3",), 16, since=2025)


@blind("386")
def _386(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["REC"] in ADOPTED and over(of.born(row["CHILD"]), day(row, "DEC"), 18):
            yield row


@blind("407")
def _407(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["REC"] in LONG and over(of.born(row["CHILD"]), day(row, "DEC"), 18):
            yield row


@blind("359")
def _359(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        born, ended = of.born(row["CHILD"]), day(row, "DEC") if row["DEC"] else of.end
        other = row["LS"] not in ("V2", None) or row["PLACE"] not in ("K2", None)
        if born and ended and ended > birthday(born, 18) and other:
            yield row


@blind("234", since=2026)
def _234(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        ended = day(row, "DEC") if row["DEC"] else of.end
        if row["REASON_PLACE_CHANGE"] == "CUSTOD" and under(of.born(row["CHILD"]), ended, 10):
            yield row


def _flag(of: HandIn, child: str | None, *, last: bool = False) -> str | None:
    """The header's flag in a year that has any, else 1 for who is in the file UASC, and else 0."""
    if any(row.get("UASC") for row in of.of("Header", last=last)):
        return (of.one("Header", child, last=last) or {}).get("UASC")
    return "1" if of.of("UASC", child, last=last) else "0"


def _asylum(of: HandIn, child: str | None, *, last: bool = False) -> bool:
    if any(row.get("UASC") for row in of.of("Header", last=last)):
        return any(row["UASC"] == "1" for row in of.of("Header", child, last=last))
    return bool(of.of("UASC", child, last=last))


def was_asylum(of: HandIn, child: str | None) -> bool:
    """Whether the child sought asylum alone this year or last."""
    return _asylum(of, child) or _asylum(of, child, last=True)


@blind("406", rows=True)
def _406(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["PL_DISTANCE"] and was_asylum(of, row["CHILD"]))


@blind("392a", rows=True)
def _392a(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if not row["PL_DISTANCE"] and row["LS"] not in SHORT and not was_asylum(of, row["CHILD"]):
            yield row


@blind("392b", rows=True)
def _392b(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        lacks = not row["HOME_POST"] or not row["PL_POST"]
        if lacks and row["LS"] not in SHORT and not was_asylum(of, row["CHILD"]):
            yield row


@blind("164", rows=True)
def _164(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if (
            row["PL_DISTANCE"]
            and row["LS"] not in SHORT
            and not was_asylum(of, row["CHILD"])
            and not 0 <= float(row["PL_DISTANCE"]) <= 999.9
        ):
            yield row


@blind("454", since=2026, rows=True)
def _454(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if (
            row["PL_DISTANCE"]
            and row["LS"] not in SHORT
            and not was_asylum(of, row["CHILD"])
            and float(row["PL_DISTANCE"]) > 350
            and row["PL_DISTANCE"] != "999.9"
        ):
            yield row


def _asylum_both(of: HandIn) -> Iterator[tuple[Row, str | None, str | None, list[date]]]:
    """Each header, the flag of last year and of this, and the days on which the status is said to have ended."""
    for _, row in both_years(of):
        child = row["CHILD"]
        ends = (day(of.one("UASC", child, last=True), "DUC"), day(of.one("UASC", child), "DUC"))
        yield row, _flag(of, child, last=True), _flag(of, child), [one for one in ends if one]


@blind("205A")
def _205a(of: HandIn) -> Iterator[Row]:
    for row, was, now, _ in _asylum_both(of):
        then, this = day(of.one("UASC", row["CHILD"], last=True), "DUC"), day(of.one("UASC", row["CHILD"]), "DUC")
        ended = any(one and one < of.start for one in (then, this))
        if was == "1" and now == "0" and not (ended and not (this and this >= of.start)):
            yield row


@blind("205B")
def _205b(of: HandIn) -> Iterator[Row]:
    for row, was, now, ends in _asylum_both(of):
        if was == "1" and now == "1" and any(one < of.start for one in ends):
            yield row


@blind("205C")
def _205c(of: HandIn) -> Iterator[Row]:
    for row, was, now, _ in _asylum_both(of):
        if was == "0" and now == "0" and day(of.one("UASC", row["CHILD"]), "DUC"):
            yield row


@blind("205D")
def _205d(of: HandIn) -> Iterator[Row]:
    for row, was, now, _ in _asylum_both(of):
        if was == "0" and now == "1":
            yield row


@blind("303")
def _303(of: HandIn) -> Iterator[Row]:
    for row in of.of("UASC"):
        if day(row, "DUC") and _flag(of, row["CHILD"]) not in ("1", None):
            yield row


@blind("440", rows=True)
def _440(of: HandIn) -> Iterator[Row]:
    for row in of.of("Reviews"):
        if row["REVIEW_CODE"] == "PN0" and over(day(row, "DOB"), day(row, "REVIEW"), 4):
            yield row


@blind("441", rows=True)
def _441(of: HandIn) -> Iterator[Row]:
    for row in of.of("Reviews"):
        if row["REVIEW_CODE"] in [f"PN{one}" for one in range(1, 8)] and under(day(row, "DOB"), day(row, "REVIEW"), 4):
            yield row


def _never_with(
    code: str, column: str, values: tuple[str, ...], with_column: str, with_values: tuple[str, ...]
) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        yield from (row for row in of.of("Episodes") if row[column] in values and row[with_column] in with_values)


for _code, _values, _with in (
    ("527", ("PR1",), ("P1", "R2", "R5")), ("528", ("PR2",), ("P1", "R2", "R5")), ("530", ("PR4",), ("P1",)),
    ("529", ("PR3",), ("P1", "A3", "A4", "A5", "A6", "K1", "K2", "U1", "U2", "U3", "U4", "U5", "U6")),
    ("531", ("PR5",), ("P1",)),
):  # fmt: skip
    _never_with(_code, "PLACE_PROVIDER", _values, "PLACE", _with)
_never_with("378", "PLACE", ("P1",), "LS", ("V2",))
_never_with("382", "LS", SHORT, "PLACE", TEMPORARY)
_never_with("384", "LS", SHORT, "PLACE", ("U1", "U4"))


@blind("550", rows=True)
def _550(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["PLACE_PROVIDER"] == "PR0" and row["PLACE"] not in ("P1", None))


@blind("408", rows=True)
def _408(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["PLACE"] in ("A5", "A6") and row["LS"] not in ("E1", None))


@blind("217", rows=True)
def _217(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        since = day(row, "DECOM") or date.min
        if row["PLACE"] in ("A3", "A5") and since >= date(2015, 4, 1) and row["RNE"] not in ("S", "T", "U", None):
            yield row


@blind("390", rows=True)
def _390(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["REC"] in ADOPTED and row["PLACE"] not in ("A3", "A4", "A5", "A6", None):
            yield row


@blind("516", rows=True)
def _516(of: HandIn) -> Iterator[Row]:
    foster = ("U1", "U2", "U3", "U4", "U5", "U6")
    for row in of.of("Episodes"):
        shown = any(one["PLACE"] in foster for one in of.of("Episodes", row["CHILD"]))
        if row["REC"] in ("E45", "E46") and row["PLACE"] and not shown:
            yield row


@blind("446", rows=True)
def _446(of: HandIn) -> Iterator[Row]:
    yield from (
        row for row in of.of("Episodes") if row["LS"] == "E1" and (day(row, "DECOM") or date.max) < date(2005, 12, 1)
    )


@blind("353", rows=True)
def _353(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if (day(row, "DECOM") or date.max) < date(1991, 10, 14))


@blind("354", rows=True)
def _354(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if (day(row, "DECOM") or date.min) > of.end)


@blind("385", rows=True)
def _385(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if (day(row, "DEC") or date.min) > of.end)


@blind("355", rows=True)
def _355(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if day(row, "DECOM") and day(row, "DECOM") == day(row, "DEC"))


@blind("356", rows=True)
def _356(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if day(row, "DECOM") and day(row, "DEC") and day(row, "DEC") < day(row, "DECOM"):  # type: ignore[operator]
            yield row


@blind("148", rows=True)
def _148(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if bool(row["DEC"]) != bool(row["REC"]))


@blind("214", rows=True)
def _214(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["LS"] in SHORT and given(row, "PL_POST", "URN"))


@blind("398", rows=True)
def _398(of: HandIn) -> Iterator[Row]:
    told = ("HOME_POST", "PL_POST", "PL_DISTANCE")
    yield from (row for row in of.of("Episodes") if row["LS"] in SHORT and given(row, *told))


@blind("420", rows=True)
def _420(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["LS"] in SHORT and given(row, "PL_LA"))


@blind("179", rows=True)
def _179(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["LS"] not in SHORT and not given(row, "PL_LOCATION"))


@blind("392d", rows=True)
def _392d(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["HOME_POST"] and row["HOME_POST"] == row["PL_POST"] and row["PLACE"] not in ("P1", None):
            yield row


@blind("526", rows=True)
def _526(of: HandIn) -> Iterator[Row]:
    other = ("Z1",) if of.year < 2026 else ("Z11", "Z12", "Z13", "Z14")
    for row in of.of("Episodes"):
        if row["PLACE"] and not row["PLACE_PROVIDER"] and row["PLACE"] not in (*TEMPORARY, *other):
            yield row


@blind("213", rows=True)
def _213(of: HandIn) -> Iterator[Row]:
    other = ("Z1",) if of.year < 2026 else ("Z11", "Z12", "Z13", "Z14")
    yield from (row for row in of.of("Episodes") if row["PLACE_PROVIDER"] and row["PLACE"] in (*TEMPORARY, *other))


@blind("233", since=2026, rows=True)
def _233(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["REASON_PLACE_CHANGE"] and not row["DEC"])
