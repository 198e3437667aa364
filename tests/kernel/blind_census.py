"""The CIN census, read a second time: the child, the referral and its closure, and what belongs to each."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_world import HandIn, Row, birthday, blind, day, over

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
DISABILITY = ["NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"]
SOURCES = [
    "1A",
    "1B",
    "1C",
    "1D",
    "2A",
    "2B",
    "3A",
    "3B",
    "3C",
    "3D",
    "3E",
    "3F",
    "4",
    "5A",
    "5B",
    "5C",
    "5D",
    "6",
    "7",
    "8",
    "9",
    "10",
]
ABUSE = ("NEG", "PHY", "SAB", "EMO", "MUL")
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PARTS = ("Assessments", "CINplanDates", "Section47", "ChildProtectionPlans")


def parts(of: HandIn, name: str, details: Row) -> list[Row]:
    """The rows of a module that belong to an episode of need."""
    key = (details["LAchildID"], details["CINdetailsID"])
    return [row for row in of.of(name) if (row["LAchildID"], row["CINdetailsID"]) == key]


def needs(of: HandIn, child: str | None = None) -> list[Row]:
    """Episodes of need, of one child where one is named."""
    return [row for row in of.of("CINdetails") if child is None or row["LAchildID"] == child]


def who(of: HandIn, child: str | None) -> Row | None:
    """The identifiers of a child."""
    return next((row for row in of.of("ChildIdentifiers") if row["LAchildID"] == child), None)


def _children(of: HandIn, name: str) -> list[str | None]:
    return list(dict.fromkeys(row["LAchildID"] for row in of.of(name)))


@blind("100", rows=True)
def _100(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Header") if day(row, "ReferenceDate") != of.end)


def _not_before_referral(code: str, name: str, column: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for details in needs(of):
            referred = day(details, "CINreferralDate")
            for row in parts(of, name, details):
                when = day(row, column)
                if referred and when and when < referred:
                    yield row


_not_before_referral("1103", "Assessments", "AssessmentActualStartDate")
_not_before_referral("1105", "ChildProtectionPlans", "CPPstartDate")
_not_before_referral("2889", "Section47", "S47ActualStartDate")
_not_before_referral("4015", "CINplanDates", "CINPlanStartDate")


@blind("1104")
def _1104(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        referred = day(details, "CINreferralDate")
        for row in parts(of, "Section47", details):
            when = day(row, "DateOfInitialCPC")
            if referred and when and when < referred:
                yield row


def _upn(row: Row) -> str:
    upn = row["UPN"] or ""
    return upn if len(upn) == 13 else ""


@blind("1510", rows=True)
def _1510(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        upn = _upn(row)
        values = [int(one) if one.isdigit() else CHECK_LETTERS.find(one) for one in upn[1:]]
        if upn and re.fullmatch(r"\d{11}", upn[1:12]) and min(values) >= 0:
            total = sum(weight * value for weight, value in zip(range(2, 14), values, strict=True))
            if upn[0] != CHECK_LETTERS[total % 23]:
                yield row


@blind("1520")
def _1520(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if row["UPN"] and sum(one["UPN"] == row["UPN"] for one in of.of("ChildIdentifiers")) > 1:
            yield row


@blind("1540", rows=True)
def _1540(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if row["UPN"] and not re.fullmatch(r"\d{8}", row["UPN"][4:12]):
            yield row


@blind("1550", rows=True)
def _1550(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if row["UPN"] and row["UPN"][-1] not in "0123456789" + CHECK_LETTERS:
            yield row


@blind("1570", since=2025, rows=True)
def _1570(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if len(row["LAchildID"] or "") > 20)


@blind("1580", since=2025, rows=True)
def _1580(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if not (row["LAchildID"] or "0").isalnum())


@blind("8520", rows=True)
def _8520(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if (day(row, "PersonBirthDate") or date.min) > of.end)


@blind("8525Q", rows=True)
def _8525q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        names = ("PersonBirthDate", "ExpectedPersonBirthDate")
        if all(day(row, name) for name in names) or not any(row[name] for name in names):
            yield row


@blind("8530Q", rows=True)
def _8530q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        when = day(row, "ExpectedPersonBirthDate")
        if when and not date(of.year, 3, 1) <= when <= date(of.year, 12, 31):
            yield row


@blind("8535Q", rows=True)
def _8535q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        born, died = day(row, "PersonBirthDate"), day(row, "PersonDeathDate")
        if born and died and died < born:
            yield row


@blind("8545Q", rows=True)
def _8545q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        died = day(row, "PersonDeathDate")
        if died and not of.start <= died <= of.end:
            yield row


@blind("8750", rows=True, since=2025)
def _8750(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        unborn = not row["PersonBirthDate"] and day(row, "ExpectedPersonBirthDate")
        if unborn and row["Sex"] not in ("U", None):
            yield row


@blind("4180", rows=True, since=2025)
def _4180(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if row["Sex"] not in ("M", "F", "U"))


@blind("4220", rows=True)
def _4220(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildCharacteristics") if row["Ethnicity"] not in ETHNIC)


@blind("8590")
def _8590(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if not needs(of, row["LAchildID"]))


@blind("8772")
def _8772(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if row["UPNunknown"] == "UN7" and any(one["ReferralNFA"] == "0" for one in needs(of, row["LAchildID"])):
            yield row


@blind("8540")
def _8540(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        child = row["LAchildID"]
        there = any(one["LAchildID"] == child for one in of.of("ChildCharacteristics"))
        told = [one["Disability"] for one in of.of("Disabilities") if one["LAchildID"] == child]
        rows = needs(of, child)
        asked = day(row, "PersonBirthDate") and not (rows and all(one["ReferralNFA"] == "1" for one in rows))
        if asked and ((there and not any(told)) or any(one and one not in DISABILITY for one in told)):
            yield row


@blind("8790")
def _8790(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "Disabilities"):
        rows = [row for row in of.of("Disabilities") if row["LAchildID"] == child and row["Disability"]]
        if len({row["Disability"] for row in rows}) > 1 and any(row["Disability"] == "NONE" for row in rows):
            yield from rows


@blind("8794")
def _8794(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "Disabilities"):
        told = [row["Disability"] for row in of.of("Disabilities") if row["LAchildID"] == child and row["Disability"]]
        if len(told) != len(set(told)):
            yield next(row for row in of.of("Disabilities") if row["LAchildID"] == child)


@blind("8555Q")
def _8555q(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        died, referred = day(who(of, row["LAchildID"]), "PersonDeathDate"), day(row, "CINreferralDate")
        if died and referred and referred > died:
            yield row


@blind("8568", rows=True)
def _8568(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReferralNFA"] not in ("0", "1"))


@blind("8569Q", rows=True)
def _8569q(of: HandIn) -> Iterator[Row]:
    before = of.start - timedelta(1)
    while before.weekday() > 4 or before in GOOD_FRIDAYS or before in EASTER_MONDAYS:
        before -= timedelta(1)
    for row in needs(of):
        referred = day(row, "CINreferralDate")
        if row["ReferralNFA"] == "1" and referred and referred < before:
            yield row


GOOD_FRIDAYS = {date(2022, 4, 15), date(2023, 4, 7), date(2024, 3, 29), date(2025, 4, 18), date(2026, 4, 3)}
EASTER_MONDAYS = {one + timedelta(3) for one in GOOD_FRIDAYS}


@blind("8585Q")
def _8585q(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        child = who(of, row["LAchildID"])
        if row["ReasonForClosure"] == "RC2" and child and not child["PersonDeathDate"]:
            yield row


@blind("8600", rows=True)
def _8600(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        if not row["CINreferralDate"] or (day(row, "CINreferralDate") or date.min) > of.end:
            yield row


@blind("8606")
def _8606(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        child, referred = who(of, row["LAchildID"]), day(row, "CINreferralDate")
        born = [day(child, "PersonBirthDate"), day(child, "ExpectedPersonBirthDate")]
        if referred and any(referred < one - timedelta(weeks=40) for one in born if one):
            yield row


@blind("8610", rows=True)
def _8610(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReferralNFA"] == "0" and not row["PrimaryNeedCode"])


@blind("8620", rows=True)
def _8620(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        closed = day(row, "CINclosureDate")
        if closed and not of.start <= closed <= of.end:
            yield row


@blind("8630", rows=True)
def _8630(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        closed, referred = day(row, "CINclosureDate"), day(row, "CINreferralDate")
        if closed and referred and closed < referred:
            yield row


def _listed(code: str, name: str, column: str, values: tuple[str, ...], *, blank: bool = False) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(name):
            old = code == "8866" and (day(row, "CINreferralDate") or of.end) < date(2013, 4, 1)
            if (row[column] and row[column] not in values) or (blank and not row[column]):
                yield from [] if old else [row]


_listed("8640", "CINdetails", "ReasonForClosure", tuple(f"RC{one}" for one in range(1, 10)))
_listed("8650", "CINdetails", "PrimaryNeedCode", tuple(f"N{one}" for one in range(10)))
_listed("8866", "CINdetails", "ReferralSource", tuple(SOURCES), blank=True)
_listed("8905", "ChildProtectionPlans", "InitialCategoryOfAbuse", ABUSE, blank=True)
_listed("8910", "ChildProtectionPlans", "LatestCategoryOfAbuse", ABUSE, blank=True)


@blind("8805", rows=True)
def _8805(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if day(row, "CINclosureDate") and not row["ReasonForClosure"])


@blind("8810", rows=True)
def _8810(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReasonForClosure"] and not row["CINclosureDate"])


@blind("8815")
def _8815(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        rows = [row for row in needs(of, child) if not row["CINclosureDate"] and row["ReferralNFA"] == "0"]
        if len(rows) > 1:
            yield from rows


@blind("8816")
def _8816(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        days = [day(row, "CINreferralDate") for row in needs(of, child)]
        latest = max((one for one in days if one), default=None)
        for row in needs(of, child):
            referred = day(row, "CINreferralDate")
            is_open = not row["CINclosureDate"] and row["ReferralNFA"] == "0"
            if is_open and referred and latest and referred < latest:
                yield row


@blind("8820")
def _8820(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        rows = [row for row in needs(of, child) if day(row, "CINreferralDate")]
        spans = [(_span(row), row) for row in rows if not row["CINclosureDate"] or day(row, "CINclosureDate")]
        yield from together(spans)


def _span(row: Row) -> tuple[date, date]:
    """From the referral to the closure; a referral without further action that has none runs for its own day."""
    begun = day(row, "CINreferralDate") or date.max
    return begun, day(row, "CINclosureDate") or (begun if row["ReferralNFA"] == "1" else date.max)


def together(spans: list[tuple[tuple[date, date], Row]]) -> Iterator[Row]:
    """The rows that run at the same time as another: two that begin on one day do, whenever they end."""
    for number, ((begun, ended), row) in enumerate(spans):
        for other, ((then, until), _) in enumerate(spans):
            if other != number and (begun == then or (begun < then < ended) or (then < begun < until)):
                yield row


@blind("8825Q")
def _8825q(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        if row["ReasonForClosure"] in ("RC8", "RC9") and not parts(of, "Assessments", row):
            yield row


@blind("8831")
def _8831(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        active = parts(of, "Assessments", row) or parts(of, "Section47", row) or day(row, "DateOfInitialCPC")
        if row["ReferralNFA"] == "1" and active:
            yield row


@blind("8832")
def _8832(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReferralNFA"] == "1" and parts(of, "ChildProtectionPlans", row))


@blind("4000")
def _4000(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReferralNFA"] == "1" and parts(of, "CINplanDates", row))


@blind("2990")
def _2990(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        active = any(parts(of, name, row) for name in ("Section47", "CINplanDates", "ChildProtectionPlans"))
        if row["ReasonForClosure"] in ("RC8", "RC9") and active:
            yield row


@blind("2991Q")
def _2991q(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if parts(of, "Section47", row) and not parts(of, "Assessments", row))


@blind("2884")
def _2884(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        when = day(details, "DateOfInitialCPC")
        if when and any(day(row, "DateOfInitialCPC") == when for row in parts(of, "Section47", details)):
            yield details


@blind("8867")
def _8867(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        if day(row, "CINclosureDate"):
            open_ = [one for one in parts(of, "Assessments", row) if not one["AssessmentAuthorisationDate"]]
            yield from (row for _ in open_[:1])


@blind("8868")
def _8868(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        enquiries = parts(of, "Section47", row)
        if day(row, "CINclosureDate") and any(_open_enquiry(one) for one in enquiries):
            yield row


def _open_enquiry(row: Row) -> bool:
    return not row["DateOfInitialCPC"] and row["ICPCnotRequired"] != "1"


@blind("8839")
def _8839(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        rows = [row for row in parts(of, "Section47", details) if _open_enquiry(row)]
        if len(rows) > 1:
            yield from rows


@blind("8890")
def _8890(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        rows = [row for row in parts(of, "Section47", details) if day(row, "S47ActualStartDate")]
        rows = [row for row in rows if not row["DateOfInitialCPC"] or day(row, "DateOfInitialCPC")]
        yield from together([(_enquiry(row), row) for row in rows])


def _enquiry(row: Row) -> tuple[date, date]:
    """From the start to the conference; one that needed none and has none is not known to last."""
    begun = day(row, "S47ActualStartDate") or date.max
    return begun, day(row, "DateOfInitialCPC") or (begun if row["ICPCnotRequired"] == "1" else date.max)


@blind("8565")
def _8565(of: HandIn) -> Iterator[Row]:
    names = (
        ("Assessments", "AssessmentActualStartDate"), ("Assessments", "AssessmentAuthorisationDate"),
        ("Section47", "S47ActualStartDate"), ("Section47", "DateOfInitialCPC"), ("CINplanDates", "CINPlanStartDate"),
        ("CINplanDates", "CINPlanEndDate"), ("ChildProtectionPlans", "CPPstartDate"),
        ("ChildProtectionPlans", "CPPendDate"),
    )  # fmt: skip
    for details in needs(of):
        closed = day(details, "CINclosureDate")
        whens = [day(row, column) for name, column in names for row in parts(of, name, details)]
        whens.append(day(details, "DateOfInitialCPC"))
        if closed and any(when > closed for when in whens if when):
            yield details


@blind("8775Q")
def _8775q(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        born, on = day(who(of, row["LAchildID"]), "PersonBirthDate"), day(row, "CINclosureDate") or of.end
        if born and on > birthday(born, 25):
            yield row


@blind("1560Q", rows=True)
def _1560q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        upn = row["FormerUPN"]
        if upn and not re.fullmatch(f"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]", upn):
            yield row


@blind("1530", rows=True)
def _1530(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if row["UPN"] and row["UPN"][1:4] != "801")


@blind("8510")
def _8510(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if sum(one["LAchildID"] == row["LAchildID"] for one in of.of("ChildIdentifiers")) > 1:
            yield row


@blind("8770Q")
def _8770q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        born = day(row, "PersonBirthDate")
        lacks = not row["UPN"] and row["UPNunknown"] in (None, "UN1")
        of_age = born is not None and date(of.year - 17, 9, 1) <= born and over(born, of.end, 5)
        rows = needs(of, row["LAchildID"])
        if lacks and of_age and not (rows and all(one["ReferralNFA"] == "1" for one in rows)):
            yield row


@blind("2886Q", since=2025)
def _2886q(of: HandIn) -> Iterator[Row]:
    rows = [
        row for row in of.of("ChildIdentifiers") if row["PersonBirthDate"] or not day(row, "ExpectedPersonBirthDate")
    ]
    without = [row for row in rows if row["Sex"] in ("U", None)]
    if rows and 100 * len(without) > 2 * len(rows):
        yield {"LAchildID": None, "#": None}


@blind("2887Q")
def _2887q(of: HandIn) -> Iterator[Row]:
    if len({row["Disability"] for row in of.of("Disabilities")} & set(DISABILITY)) < 8:
        yield {"LAchildID": None, "#": None}


@blind("2888Q")
def _2888q(of: HandIn) -> Iterator[Row]:
    told = {(row["LAchildID"], row["Disability"]) for row in of.of("Disabilities") if row["Disability"]}
    children = [child for child, _ in told]
    if told and len(children) == len(set(children)):
        yield {"LAchildID": None, "#": None}


@blind("2883")
def _2883(of: HandIn) -> Iterator[Row]:
    def within(when: date | None) -> bool:
        return when is not None and of.start <= when <= of.end

    plans = sum(within(day(row, "CPPstartDate")) for row in of.of("ChildProtectionPlans"))
    rows = [*of.of("Section47"), *of.of("CINdetails")]
    held = {(row["LAchildID"], day(row, "DateOfInitialCPC")) for row in rows if within(day(row, "DateOfInitialCPC"))}
    if plans > len(held):
        yield {"LAchildID": None, "#": None}
