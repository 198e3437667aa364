"""Adoption, earlier permanence and time missing of the SSDA903, read a second time."""

from collections.abc import Iterator
from datetime import date

from tests.kernel.blind_oc import ADOPTION, told
from tests.kernel.blind_world import ADOPTED, HandIn, Row, blind, day, given

FOR_ADOPTION = ("A3", "A4", "A5", "A6")
COUPLE = ("MM", "FF", "MF")


@blind("151", rows=True)
def _151(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        if given(row, *ADOPTION) and not all(row[name] for name in ADOPTION):
            yield row


@blind("333", rows=True)
def _333(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        decided, matched = day(row, "DATE_INT"), day(row, "DATE_MATCH")
        if decided and matched and decided > matched:
            yield row


def _sexes(code: str, column: str, values: tuple[str, ...], sexes: tuple[str, ...]) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of("AD1"):
            if row[column] in values and row["SEX_ADOPTR"] and row["SEX_ADOPTR"] not in sexes:
                yield row


_sexes("511", "NB_ADOPTR", ("2",), COUPLE)
_sexes("517", "LS_ADOPTR", ("L3",), ("MF",))
_sexes("518", "LS_ADOPTR", ("L4",), ("MM", "FF"))
_sexes("519", "LS_ADOPTR", ("L2",), COUPLE)
_sexes("520", "LS_ADOPTR", ("L11",), ("MF",))
_sexes("524", "LS_ADOPTR", ("L12",), ("MM", "FF"))


@blind("514", rows=True)
def _514(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("AD1") if row["LS_ADOPTR"] == "L0" and row["SEX_ADOPTR"] in COUPLE)


def _placed_on(of: HandIn, child: str | None) -> date | None:
    """The day on which the first placement for adoption began."""
    days = [day(row, "DECOM") for row in of.episodes(child) if row["PLACE"] in FOR_ADOPTION]
    return min((one for one in days if one), default=None)


def _last_start(of: HandIn, child: str | None) -> date | None:
    days = [day(row, "DECOM") for row in of.episodes(child) if row["RNE"] == "S"]
    return max((one for one in days if one), default=None)


@blind("331")
def _331(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        days = [day(one, "DECOM") for one in of.episodes(row["CHILD"]) if one["REC"] in ADOPTED]
        matched, placed = day(row, "DATE_MATCH"), min((one for one in days if one), default=None)
        if matched and placed and matched > placed:
            yield row


@blind("334")
def _334(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        decided, begun = day(row, "DATE_INT"), _last_start(of, row["CHILD"])
        if decided and begun and decided < begun:
            yield row


@blind("335")
def _335(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        rows = of.episodes(row["CHILD"])
        place = rows[-1]["PLACE"] if rows else None
        same, other = ("A2", "A3", "A5"), ("A1", "A4", "A6")
        if (row["FOSTER_CARE"] == "0" and place in same) or (row["FOSTER_CARE"] == "1" and place in other):
            yield row


@blind("521")
def _521(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        decided, placed = day(row, "DATE_INT"), _placed_on(of, row["CHILD"])
        if decided and placed and decided > placed:
            yield row


@blind("523")
def _523(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        decided = {day(one, "DATE_INT") for one in of.of("AD1", row["CHILD"])} - {None}
        days = {day(one, "DATE_PLACED") for one in of.of("PlacedAdoption", row["CHILD"])} - {None}
        if decided and days and not decided & days:
            yield row


@blind("525")
def _525(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("AD1") if told(row, *ADOPTION) and _given_up(of, row["CHILD"]))


def _given_up(of: HandIn, child: str | None) -> bool:
    """Whether a decision to place the child was reversed and none stands: a new one may have followed."""
    rows = of.of("PlacedAdoption", child)
    stands = any(day(row, "DATE_PLACED") and not row["DATE_PLACED_CEASED"] for row in rows)
    return any(day(row, "DATE_PLACED_CEASED") for row in rows) and not stands


@blind("582")
def _582(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        ends = [day(one, "DEC") for one in of.of("Episodes", row["CHILD"]) if one["REC"] in ADOPTED]
        if day(row, "DATE_MATCH") and day(row, "DATE_MATCH") in ends:
            yield row


def _adopted_in_year(of: HandIn, child: str | None) -> bool:
    ends = [day(row, "DEC") for row in of.of("Episodes", child) if row["REC"] in ADOPTED]
    return any(of.start <= one <= of.end for one in ends if one)


@blind("601")
def _601(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        rows = of.of("AD1", child)
        if _adopted_in_year(of, child) and not any(all(row[name] for name in ADOPTION) for row in rows):
            yield of.of("Episodes", child)[0]
        elif _adopted_in_year(of, child):
            yield from (row for row in rows if not all(row[name] for name in ADOPTION))


@blind("602")
def _602(of: HandIn) -> Iterator[Row]:
    for row in of.of("AD1"):
        if told(row, *ADOPTION) and not _adopted_in_year(of, row["CHILD"]):
            yield row


def _left_on(of: HandIn, child: str | None) -> date | None:
    rows = of.episodes(child)
    return day(rows[-1], "DEC") if rows and rows[-1]["REC"] not in (None, "X1") else None


@blind("117")
def _117(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        left = _left_on(of, row["CHILD"])
        for when in (day(row, "DATE_PLACED"), day(row, "DATE_PLACED_CEASED")):
            if when and (when > of.end or (left and when > left)):
                yield row


@blind("118")
def _118(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        when, rows = day(row, "DATE_PLACED_CEASED"), of.episodes(row["CHILD"])
        rows = [one for one in rows if one["LS"] not in ("V3", "V4")]
        if when and (when < of.start or (rows and when < day(rows[0], "DECOM"))):  # type: ignore[operator]
            yield row


@blind("119", rows=True)
def _119(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        if bool(row["DATE_PLACED_CEASED"]) != bool(row["REASON_PLACED_CEASED"]):
            yield row


@blind("184")
def _184(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        born, when = day(row, "DOB") or of.born(row["CHILD"]), day(row, "DATE_PLACED")
        if born and when and when < born:
            yield row


@blind("522", rows=True)
def _522(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        when, ceased = day(row, "DATE_PLACED"), day(row, "DATE_PLACED_CEASED")
        if when and ceased and when > ceased:
            yield row


@blind("551")
def _551(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        if any(row["PLACE"] in FOR_ADOPTION for row in of.of("Episodes", child)) and not any(
            row["DATE_PLACED"] for row in of.of("PlacedAdoption", child)
        ):
            yield of.of("Episodes", child)[0]


def _decided(of: HandIn, row: Row) -> date | None:
    """The day of the first decision about the child of a row that has one."""
    days = [day(one, "DATE_PLACED") for one in of.of("PlacedAdoption", row["CHILD"])]
    return min((one for one in days if one), default=None) if day(row, "DATE_PLACED") else None


@blind("552")
def _552(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        when, placed = _decided(of, row), _placed_on(of, row["CHILD"])
        if when and placed and when > placed:
            yield row


def _order_from(of: HandIn, child: str | None) -> date | None:
    days = [day(row, "DECOM") for row in of.episodes(child) if row["LS"] == "E1"]
    return min((one for one in days if one), default=None)


@blind("553")
def _553(of: HandIn) -> Iterator[Row]:
    for child in of.children("Episodes"):
        if any(row["LS"] == "E1" for row in of.of("Episodes", child)) and not any(
            row["DATE_PLACED"] for row in of.of("PlacedAdoption", child)
        ):
            yield of.of("Episodes", child)[0]


@blind("554")
def _554(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        when, order = _decided(of, row), _order_from(of, row["CHILD"])
        if when and order and when > order:
            yield row


@blind("557", since=2025)
def _557(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        left = row["REC"] not in (None, "X1", *ADOPTED) and (row["PLACE"] in FOR_ADOPTION or row["LS"] == "E1")
        rows = of.of("PlacedAdoption", row["CHILD"])
        whole = rows and all(one["DATE_PLACED_CEASED"] and one["REASON_PLACED_CEASED"] for one in rows)
        if left and not whole:
            yield row


@blind("558")
def _558(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        adopted = any(one["REC"] in ADOPTED for one in of.of("Episodes", row["CHILD"]))
        if adopted and _given_up(of, row["CHILD"]):
            yield row


def _placed_both(of: HandIn) -> Iterator[tuple[Row, list[Row]]]:
    for row in of.of("PlacedAdoption"):
        if day(row, "DATE_PLACED"):
            yield row, of.of("PlacedAdoption", row["CHILD"], last=True)


@blind("559")
def _559(of: HandIn) -> Iterator[Row]:
    for row, then in _placed_both(of):
        if day(row, "DATE_PLACED") < of.start and not any(day(one, "DATE_PLACED") for one in then):  # type: ignore[operator]
            yield row


@blind("563", rows=True)
def _563(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        if (day(row, "DATE_PLACED_CEASED") or row["REASON_PLACED_CEASED"]) and not row["DATE_PLACED"]:
            yield row


def _decisions(of: HandIn) -> Iterator[list[Row]]:
    for child in of.children("PlacedAdoption"):
        rows = [row for row in of.of("PlacedAdoption", child) if day(row, "DATE_PLACED")]
        yield sorted(rows, key=lambda row: (day(row, "DATE_PLACED"), _until(row)))


def _until(row: Row) -> date:
    """The day of the reversal; of one that cannot be read that of the decision, of none the end of days."""
    ceased = day(row, "DATE_PLACED_CEASED") or date.max
    return ceased if not row["DATE_PLACED_CEASED"] or ceased != date.max else day(row, "DATE_PLACED") or ceased


@blind("579")
def _579(of: HandIn) -> Iterator[Row]:
    for rows in _decisions(of):
        for number, row in enumerate(rows):
            for before in rows[:number]:
                ceased = day(before, "DATE_PLACED_CEASED")
                if not before["DATE_PLACED_CEASED"] or (ceased and day(row, "DATE_PLACED") < ceased):  # type: ignore[operator]
                    yield row


@blind("583")
def _583(of: HandIn) -> Iterator[Row]:
    for rows in _decisions(of):
        for before in rows[:-1]:
            if not before["DATE_PLACED_CEASED"] and day(before, "DATE_PLACED") != day(rows[-1], "DATE_PLACED"):
                yield before


@blind("1003")
def _1003(of: HandIn) -> Iterator[Row]:
    for row in of.of("PlacedAdoption"):
        when, rows = day(row, "DATE_PLACED"), of.episodes(row["CHILD"])
        if when and rows and rows[0]["RNE"] == "S" and when < day(rows[0], "DECOM"):  # type: ignore[operator]
            yield row


@blind("564", rows=True)
def _564(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Missing") if row["MISSING"] in ("M", "A") and not row["MIS_START"])


@blind("565", rows=True)
def _565(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Missing") if not row["MISSING"] and day(row, "MIS_START"))


@blind("566", rows=True)
def _566(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Missing") if not row["MISSING"] and day(row, "MIS_END"))


@blind("567", rows=True)
def _567(of: HandIn) -> Iterator[Row]:
    for row in of.of("Missing"):
        begun, ended = day(row, "MIS_START"), day(row, "MIS_END")
        if begun and ended and ended < begun:
            yield row


@blind("570", rows=True)
def _570(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Missing") if (day(row, "MIS_START") or date.min) > of.end)


@blind("571", rows=True)
def _571(of: HandIn) -> Iterator[Row]:
    for row in of.of("Missing"):
        ended = day(row, "MIS_END")
        if ended and not of.start <= ended <= of.end:
            yield row


def _spells(of: HandIn) -> Iterator[list[Row]]:
    for child in of.children("Missing"):
        rows = [row for row in of.of("Missing", child) if day(row, "MIS_START")]
        yield sorted(rows, key=lambda row: (day(row, "MIS_START"), day(row, "MIS_END") or date.max))


@blind("574")
def _574(of: HandIn) -> Iterator[Row]:
    for rows in _spells(of):
        for number, row in enumerate(rows):
            for before in rows[:number]:
                ended = day(before, "MIS_END")
                if not before["MIS_END"] or (ended and day(row, "MIS_START") < ended):  # type: ignore[operator]
                    yield row


def _from_where(of: HandIn) -> Iterator[tuple[Row, date, list[Row], list[Row]]]:
    """Each time missing with its start, the episodes of that period of care, and those of that placement on."""
    for row in of.of("Missing"):
        begun, rows = day(row, "MIS_START"), of.episodes(row["CHILD"])
        met = [number for number, one in enumerate(rows) if begun and day(one, "DECOM") <= begun]  # type: ignore[operator]
        if not met or begun is None:
            continue
        period, placement = [rows[met[-1]]], [rows[met[-1]]]
        for before, one in zip(rows[met[-1] :], rows[met[-1] + 1 :], strict=False):
            if one["RNE"] == "S" or before["REC"] not in (None, "X1"):
                break
            period.append(one)
            if one["RNE"] == "L" and placement[-1] is before:
                placement.append(one)
        yield row, begun, period, placement


def _left(rows: list[Row]) -> date | None:
    return day(rows[-1], "DEC") if rows[-1]["REC"] not in (None, "X1") else None


@blind("575")
def _575(of: HandIn) -> Iterator[Row]:
    for row, begun, _, placement in _from_where(of):
        ended = day(placement[-1], "DEC")
        if ended and begun <= ended and not row["MIS_END"]:
            yield row


@blind("576")
def _576(of: HandIn) -> Iterator[Row]:
    for was in of.of("Missing", last=True):
        if (
            day(was, "MIS_START")
            and not was["MIS_END"]
            and all(day(row, "MIS_START") != day(was, "MIS_START") for row in of.of("Missing", was["CHILD"]))
        ):
            yield was


@blind("577")
def _577(of: HandIn) -> Iterator[Row]:
    for row, begun, period, _ in _from_where(of):
        left = _left(period)
        if left and begun <= left and not row["MIS_END"]:
            yield row


@blind("578")
def _578(of: HandIn) -> Iterator[Row]:
    for row, begun, period, _ in _from_where(of):
        left = _left(period)
        if left and begun > left:
            yield row


@blind("580")
def _580(of: HandIn) -> Iterator[Row]:
    for row, begun, period, _ in _from_where(of):
        left, until = _left(period), day(row, "MIS_END") if row["MIS_END"] else date.max
        if left and until and begun <= left <= until and period[-1]["REC"] != "E8":
            yield row


@blind("581")
def _581(of: HandIn) -> Iterator[Row]:
    for row in of.of("Missing"):
        begun, rows = day(row, "MIS_START"), of.episodes(row["CHILD"])
        if begun and rows and begun < day(rows[0], "DECOM"):  # type: ignore[operator]
            yield row


@blind("586", rows=True)
def _586(of: HandIn) -> Iterator[Row]:
    for row in of.of("Missing"):
        born, begun = day(row, "DOB"), day(row, "MIS_START")
        if born and begun and begun < born:
            yield row


@blind("630")
def _630(of: HandIn) -> Iterator[Row]:
    for row in of.of("Episodes"):
        begun, told_of = day(row, "DECOM"), any(one["PREV_PERM"] for one in of.of("PrevPerm", row["CHILD"]))
        starts = row["RNE"] == "S" and begun and of.start <= begun <= of.end and row["LS"] not in ("V3", "V4")
        if starts and not told_of:
            yield row


@blind("632")
def _632(of: HandIn) -> Iterator[Row]:
    for row in of.of("PrevPerm"):
        when, begun = day(row, "DATE_PERM"), _last_start(of, row["CHILD"])
        if (row["DATE_PERM"] and not when) or (when and begun and when > begun):
            yield row


@blind("634")
def _634(of: HandIn) -> Iterator[Row]:
    for row in of.of("PrevPerm"):
        rows = of.of("Episodes", row["CHILD"])
        begun = [day(one, "DECOM") for one in rows if one["RNE"] == "S"]
        first = min((one for one in (day(each, "DECOM") for each in rows) if one), default=None)
        known = all(day(one, "DECOM") for one in rows)
        since = any(one >= date(2016, 4, 1) for one in [*begun, first] if one)
        if given(row, "PREV_PERM", "LA_PERM", "DATE_PERM") and known and not since:
            yield row


@blind("635", rows=True)
def _635(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("PrevPerm") if row["PREV_PERM"] == "Z1" and given(row, "LA_PERM", "DATE_PERM"))
