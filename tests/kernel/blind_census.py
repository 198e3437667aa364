"""The CIN census, read a second time: the child, the referral and its closure, and what belongs to each."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_world import HandIn, Row, birthday, blind, day, over, under

ETHNIC = ("WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT").split()
DISABILITY = "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA".split()
SOURCES = "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10".split()
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
        for row in [details, *parts(of, "Section47", details)]:
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


@blind("8520", rows=True)
def _8520(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildIdentifiers") if (day(row, "PersonBirthDate") or date.min) > of.end)


@blind("8525Q", rows=True)
def _8525q(of: HandIn) -> Iterator[Row]:
    for row in of.of("ChildIdentifiers"):
        if bool(row["PersonBirthDate"]) == bool(row["ExpectedPersonBirthDate"]):
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
        unborn = not row["PersonBirthDate"] and row["ExpectedPersonBirthDate"]
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
        told = [one["Disability"] for one in of.of("Disabilities") if one["LAchildID"] == child]
        further = any(one["ReferralNFA"] == "0" for one in needs(of, child))
        bad = not any(told) or any(one and one not in DISABILITY for one in told)
        if day(row, "PersonBirthDate") and further and bad:
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
        born = day(child, "PersonBirthDate") or day(child, "ExpectedPersonBirthDate")
        if born and referred and referred < born - timedelta(weeks=40):
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
            if (row[column] and row[column] not in values) or (blank and not row[column]):
                yield row


_listed("8640", "CINdetails", "ReasonForClosure", tuple(f"RC{one}" for one in range(1, 10)))
_listed("8650", "CINdetails", "PrimaryNeedCode", tuple(f"N{one}" for one in range(10)))
_listed("8866", "CINdetails", "ReferralSource", tuple(SOURCES), blank=True)
_listed("8905", "ChildProtectionPlans", "InitialCategoryOfAbuse", ABUSE, blank=True)
_listed("8910", "ChildProtectionPlans", "LatestCategoryOfAbuse", ABUSE, blank=True)


@blind("8805", rows=True)
def _8805(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["CINclosureDate"] and not row["ReasonForClosure"])


@blind("8810", rows=True)
def _8810(of: HandIn) -> Iterator[Row]:
    yield from (row for row in needs(of) if row["ReasonForClosure"] and not row["CINclosureDate"])


@blind("8815")
def _8815(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        rows = [row for row in needs(of, child) if not row["CINclosureDate"] and row["ReferralNFA"] in ("0", None)]
        if len(rows) > 1:
            yield from rows


@blind("8816")
def _8816(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        days = [day(row, "CINreferralDate") for row in needs(of, child)]
        latest = max((one for one in days if one), default=None)
        for row in needs(of, child):
            referred = day(row, "CINreferralDate")
            is_open = not row["CINclosureDate"] and row["ReferralNFA"] in ("0", None)
            if is_open and referred and latest and referred < latest:
                yield row


@blind("8820")
def _8820(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINdetails"):
        rows = needs(of, child)
        for row in rows:
            for other in rows:
                if other is not row and _within(of, row, other, "CINreferralDate", "CINclosureDate"):
                    yield row


def _within(of: HandIn, row: Row, other: Row, start: str, end: str) -> bool:
    """Whether the second begins on or after the start of the first, and before its end."""
    begun, then = day(row, start), day(other, start)
    ended = day(row, end) if row[end] else of.end + timedelta(1)
    return bool(begun and then and ended and begun <= then < ended)


@blind("8825Q")
def _8825q(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        if row["ReasonForClosure"] in ("RC8", "RC9") and not parts(of, "Assessments", row):
            yield row


@blind("8831")
def _8831(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        active = parts(of, "Assessments", row) or parts(of, "Section47", row) or row["DateOfInitialCPC"]
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
        if row["ReasonForClosure"] in ("RC8", "RC9") and (active or row["DateOfInitialCPC"]):
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
        if row["CINclosureDate"]:
            open_ = [one for one in parts(of, "Assessments", row) if not one["AssessmentAuthorisationDate"]]
            yield from (row for _ in open_[:1])


@blind("8868")
def _8868(of: HandIn) -> Iterator[Row]:
    for row in needs(of):
        enquiries = parts(of, "Section47", row)
        if row["CINclosureDate"] and any(_open_enquiry(one) for one in enquiries):
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
        rows = parts(of, "Section47", details)
        for row in rows:
            if row["ICPCnotRequired"] == "1":
                continue
            for other in rows:
                if other is not row and _within(of, row, other, "S47ActualStartDate", "DateOfInitialCPC"):
                    yield row


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
    for row in of.of("ChildIdentifiers"):
        born = day(row, "PersonBirthDate")
        if born and over(born, of.end, 26):
            yield row


__all__ = ["birthday", "under"]
