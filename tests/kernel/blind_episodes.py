"""The episodes of the SSDA903, read a second time: order, length, and what the year before said."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_world import ADOPTED, SHORT, TEMPORARY, HandIn, Row, blind, day

PLACEMENT = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
RECODED = {("H5", "K3"), ("P2", "K3"), *(("Z1", f"Z1{one}") for one in "1234")}


@blind("142", rows=True)
def _142(of: HandIn) -> Iterator[Row]:
    for row, _ in of.pairs():
        if not row["DEC"] or not row["REC"]:
            yield row


@blind("199")
def _199(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = of.episodes(child)
        yield from (row for row in rows[:-1] if row["REC"] in ADOPTED)
        then = [day(row, "DEC") for row in of.of("Episodes", child, last=True) if row["REC"] in ADOPTED]
        last = max((when for when in then if when), default=None)
        yield from (row for row in rows if last and day(row, "DECOM") >= last)  # type: ignore[operator]


@blind("431", rows=True)
def _431(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if row["RNE"] == "S" and day(before, "DEC") == day(row, "DECOM"):
            yield row


@blind("432", rows=True)
def _432(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if before["REC"] not in (None, "X1") and row["RNE"] not in (None, "S"):
            yield row


@blind("433", rows=True)
def _433(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if row["RNE"] in ("P", "L", "T", "U", "B") and day(before, "DEC") not in (None, day(row, "DECOM")):
            yield row


def _moved(before: Row, row: Row) -> bool:
    """Whether something that both say of the placement differs; a blank tells of no change."""
    return any(before[column] and row[column] and before[column] != row[column] for column in PLACEMENT)


def _stayed(before: Row, row: Row) -> bool:
    return all(before[column] == row[column] for column in PLACEMENT)


def _status(before: Row, row: Row) -> bool | None:
    """Whether the legal status is as before; None where either is blank."""
    return before["LS"] == row["LS"] if before["LS"] and row["LS"] else None


@blind("434", rows=True)
def _434(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if row["RNE"] == "L" and (_status(before, row) is True or _moved(before, row)):
            yield row


@blind("435", rows=True)
def _435(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if row["RNE"] in ("P", "T") and (_status(before, row) is False or _stayed(before, row)):
            yield row


@blind("436", rows=True)
def _436(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if row["RNE"] in ("B", "U") and (_status(before, row) is True or _stayed(before, row)):
            yield row


@blind("437")
def _437(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        if before["REC"] in ("E2", "E15"):
            yield row


@blind("501", rows=True)
def _501(of: HandIn) -> Iterator[Row]:
    for before, row in of.pairs():
        ended = day(before, "DEC")
        if ended and day(row, "DECOM") < ended:  # type: ignore[operator]
            yield row


def _open_last_year(of: HandIn, child: str) -> Row | None:
    rows = of.episodes(child, last=True)
    return rows[-1] if rows and not rows[-1]["DEC"] else None


@blind("502")
def _502(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        was, now = _open_last_year(of, child), of.episodes(child)
        if was and now and day(was, "DECOM") != day(now[0], "DECOM"):
            yield now[0]


def carried(of: HandIn) -> Iterator[tuple[Row, Row]]:
    """Each child's first episode beside the last of last year, where that was open."""
    for child in of.children("Episodes"):
        was, now = _open_last_year(of, child), of.episodes(child)
        if was and now:
            yield was, now[0]


def _changed(code: str, column: str) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for was, now in carried(of):
            if was[column] and now[column] and was[column] != now[column]:
                yield now


for _code, _column in (
    ("503A", "RNE"), ("503B", "LS"), ("503C", "CIN"), ("503E", "PLACE_PROVIDER"), ("503F", "URN"),
    ("503J", "PL_LOCATION"),
):  # fmt: skip
    _changed(_code, _column)


@blind("503D", since=2026, rows=True)
def _503d(of: HandIn) -> Iterator[Row]:
    for was, now in carried(of):
        both = was["PLACE"] and now["PLACE"]
        if both and was["PLACE"] != now["PLACE"] and (was["PLACE"], now["PLACE"]) not in RECODED:
            yield now


@blind("503G", rows=True)
def _503g(of: HandIn) -> Iterator[Row]:
    for was, now in carried(of):
        if (
            was["PL_DISTANCE"]
            and now["PL_DISTANCE"]
            and abs(round(10 * float(was["PL_DISTANCE"])) - round(10 * float(now["PL_DISTANCE"]))) >= 2
        ):
            yield now


@blind("504")
def _504(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        at_start: Row | None = None
        before: Row | None = None
        for row in of.episodes(child):
            if before is None or row["RNE"] == "S" or before["REC"] not in (None, "X1"):
                at_start = None
            at_start = at_start or (row if row["CIN"] else None)
            if at_start and row["CIN"] and row["CIN"] != at_start["CIN"]:
                yield row
            before = row


@blind("562")
def _562(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        then = of.episodes(child, last=True)
        for row in of.episodes(child):
            begun = day(row, "DECOM")
            if begun < of.start and all(day(one, "DECOM") != begun for one in then):  # type: ignore[operator]
                yield row


@blind("NoE")
def _noe(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        if not of.of("Episodes", child, last=True):
            yield from (row for row in of.episodes(child) if day(row, "DECOM") < of.start)  # type: ignore[operator]


@blind("357", rows=True)
def _357(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        for row in of.episodes(child)[:1]:
            if day(row, "DECOM") >= of.start and row["RNE"] not in ("S", None):  # type: ignore[operator]
                yield row


@blind("388", rows=True)
def _388(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = of.episodes(child)
        for row, after in zip(rows, [*rows[1:], None], strict=False):
            goes_on = after is not None and day(row, "DEC") is not None and day(after, "DECOM") == day(row, "DEC")
            alone = after is None or (day(row, "DEC") is not None and not goes_on)
            if (row["REC"] == "X1" and alone) or (row["REC"] not in (None, "X1") and goes_on):
                yield row


@blind("380", rows=True)
def _380(of: HandIn) -> Iterator[Row]:
    before = {row["#"]: was["PLACE"] for was, row in of.pairs()}
    for row in of.of("Episodes"):
        if row["PLACE"] in TEMPORARY and row["RNE"] not in ("P", "B", None):
            was, begun = before.get(row["#"]), day(row, "DECOM")
            first = row in of.episodes(row["CHILD"])[:1]
            then = of.episodes(row["CHILD"], last=True)
            if first and then and day(then[-1], "DECOM") < begun:  # type: ignore[operator]
                was = then[-1]["PLACE"]
            goes_on = was == row["PLACE"] or (was is None and begun is not None and begun < of.start)
            if row["RNE"] != "L" or not goes_on:
                yield row


@blind("381", rows=True)
def _381(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        if row["PLACE"] in TEMPORARY and row["REC"] not in (None, "X1"):
            yield row


@blind("383")
def _383(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = of.episodes(child)
        for number, row in enumerate(rows):
            if row["PLACE"] in TEMPORARY and _not_back(rows, number):
                yield row


def _not_back(rows: list[Row], number: int) -> bool:
    """Whether the settled placements about a temporary one, within one period of care, are not the same."""
    first = last = number
    while rows[first]["PLACE"] in TEMPORARY:
        if first == 0 or _new_period(rows, first):
            return False
        first -= 1
    while rows[last]["PLACE"] in TEMPORARY:
        if last + 1 == len(rows) or _new_period(rows, last + 1):
            return False
        last += 1
    was, now = rows[first], rows[last]
    recoded = (was["PLACE"], now["PLACE"]) in RECODED
    elsewhere = any(was[name] and now[name] and was[name] != now[name] for name in ("PLACE", "PL_POST"))
    return (elsewhere and not (recoded and was["PL_POST"] == now["PL_POST"])) or now["RNE"] not in ("P", "B", None)


def _new_period(rows: list[Row], number: int) -> bool:
    return rows[number]["RNE"] == "S" or rows[number - 1]["REC"] not in (None, "X1")


@blind("366", rows=True)
def _366(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Episodes") if row["LS"] == "V3" and row["RNE"] not in ("S", None))


def _ended(of: HandIn, row: Row) -> date:
    """The day of the end, or 31 March of what is open; before everything where it cannot be read."""
    return (day(row, "DEC") or date.min) if row["DEC"] else of.end


@blind("365", rows=True)
def _365(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        begun = day(row, "DECOM")
        if row["LS"] == "V3" and begun and _ended(of, row) - begun > timedelta(17):
            yield row


@blind("367")
def _367(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = [row for row in of.episodes(child) if row["LS"] == "V3"]
        breaks = [(day(row, "DECOM"), _ended(of, row), row) for row in rows]
        firsts = [begun for begun, _, _ in breaks] + [_years(end, -1) for _, end, _ in breaks if end != date.min]
        for first in firsts:
            days = [(min(end, _years(first, 1)) - max(begun, first)).days for begun, end, _ in breaks]  # type: ignore[type-var]
            if sum(each for each in days if each > 0) > 75:
                yield from (row for each, (_, _, row) in zip(days, breaks, strict=True) if each > 0)


def _years(when: date | None, years: int) -> date:
    assert when
    try:
        return when.replace(year=when.year + years)
    except ValueError:
        return date(when.year + years, 2, 28)


def _too_long(code: str, column: str, value: str, most: int) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for child in of.children("Episodes"):
            begun = latest = date.min
            before: Row | None = None
            for row in of.episodes(child):
                gap = before is None or row["RNE"] == "S" or (day(before, "DEC") or date.max) < day(row, "DECOM")  # type: ignore[operator]
                if gap or before is None or before[column] != value:
                    begun, latest = day(row, "DECOM") or begun, date.min
                latest = max(latest, _ended(of, row))
                if row[column] == value and (latest - begun).days > most:
                    yield row
                before = row


for _code, _column, _value, _most in (
    ("361", "LS", "L1", 3), ("362", "LS", "L2", 21), ("363", "LS", "L3", 7), ("364", "LS", "J2", 21),
    ("375", "PLACE", "T1", 42), ("376", "PLACE", "T3", 21), ("379", "PLACE", "T4", 7),
):  # fmt: skip
    _too_long(_code, _column, _value, _most)


@blind("377")
def _377(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        stays: list[Row] = []
        before: Row | None = None
        for row in of.episodes(child):
            ended = day(before, "DEC")
            same = before is not None and before["PLACE"] == "T3" and row["RNE"] == "L" and ended == day(row, "DECOM")
            if row["PLACE"] == "T3" and not same:
                stays.append(row)
            before = row
        for first, third in zip(stays, stays[2:], strict=False):
            if day(third, "DECOM") < _years(day(first, "DECOM"), 1):  # type: ignore[operator]
                yield first


@blind("426")
def _426(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = [row for row in of.of("Episodes", child) if row["LS"] in SHORT]
        if {row["LS"] for row in rows} == set(SHORT):
            yield from rows


@blind("225", rows=True)
def _225(of: HandIn) -> Iterator[Row]:
    for row, after in of.pairs():
        temporary = row["PLACE"] in TEMPORARY or after["PLACE"] in TEMPORARY
        moved = row["REC"] == "X1" and after["RNE"] in ("P", "T", "B", "U")
        if moved and not temporary and row["LS"] not in SHORT and not row["REASON_PLACE_CHANGE"]:
            yield row


@blind("226", since=2026, rows=True)
def _226(of: HandIn) -> Iterator[Row]:
    after = {row["#"]: then["PLACE"] for row, then in of.pairs()}
    for row in of.of("Episodes"):
        if row["REASON_PLACE_CHANGE"] and (row["PLACE"] in TEMPORARY or after.get(row["#"]) in TEMPORARY):
            yield row


@blind("336")
def _336(of: HandIn) -> Iterator[Row]:
    foster = ("U1", "U2", "U3", "U4", "U5", "U6")
    for before, row in of.pairs():
        if (
            row["RNE"] not in ("S", None)
            and row["PLACE"] in ("A3", "A5")
            and before["PLACE"] not in (None, *foster, "A3", "A4", "A5", "A6")
        ):
            yield row


def _other_authority(code: str, *, same_start: bool) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for was, now in carried(of):
            one, other = was["PL_LA"], now["PL_LA"]
            if (
                one
                and other
                and one.isdigit() == other.isdigit()
                and one != other
                and (not same_start or day(was, "DECOM") == day(now, "DECOM"))
            ):
                yield now


_other_authority("503H", same_start=False)
