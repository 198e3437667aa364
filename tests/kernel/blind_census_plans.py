"""The CIN census, read a second time: assessments, enquiries, plans and reviews."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from tests.kernel.blind_census import needs, parts, together, who
from tests.kernel.blind_world import HandIn, Row, blind, day


def _children(of: HandIn, name: str) -> list[str | None]:
    return list(dict.fromkeys(row["LAchildID"] for row in of.of(name)))


def _of_child(of: HandIn, name: str, child: str | None) -> list[Row]:
    return [row for row in of.of(name) if row["LAchildID"] == child]


def _factors(row: Row) -> list[str]:
    return (row["AssessmentFactors"] or "").split(";") if row["AssessmentFactors"] else []


def _after(code: str, name: str, first: str, second: str, *, same: bool = False) -> None:
    """The second day of a row before the first; or the same day."""

    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(name):
            begun, ended = day(row, first), day(row, second)
            if begun and ended and (begun == ended if same else ended < begun):
                yield row


_after("8608", "Assessments", "AssessmentActualStartDate", "AssessmentAuthorisationDate")
_after("4011", "CINplanDates", "CINPlanStartDate", "CINPlanEndDate")
_after("4012Q", "CINplanDates", "CINPlanStartDate", "CINPlanEndDate", same=True)
_after("8925", "ChildProtectionPlans", "CPPstartDate", "CPPendDate")
_after("8840", "ChildProtectionPlans", "CPPstartDate", "CPPendDate", same=True)


def _in_year(code: str, name: str, column: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(name):
            when = day(row, column)
            if when and not of.start <= when <= of.end:
                yield row


_in_year("8696", "Assessments", "AssessmentAuthorisationDate")
_in_year("8715", "Section47", "DateOfInitialCPC")
_in_year("8930", "ChildProtectionPlans", "CPPendDate")
_in_year("4013", "CINplanDates", "CINPlanEndDate")


def _begun_by_end(code: str, name: str, column: str) -> None:
    @blind(code, rows=True)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(name):
            if not row[column] or (day(row, column) or date.min) > of.end:
                yield row


_begun_by_end("4010", "CINplanDates", "CINPlanStartDate")
_begun_by_end("8720", "ChildProtectionPlans", "CPPstartDate")


@blind("8614", rows=True)
def _8614(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Assessments") if _factors(row) and not row["AssessmentAuthorisationDate"])


@blind("8615", rows=True)
def _8615(of: HandIn) -> Iterator[Row]:
    for row in of.of("Section47"):
        begun, held = day(row, "S47ActualStartDate"), day(row, "DateOfInitialCPC")
        if not row["S47ActualStartDate"] or (begun and held and begun > held):
            yield row


def before_end(of: HandIn, days: int) -> date:
    """The day so many working days before 31 March, counted back from it whether or not it is one itself."""
    when = of.end
    while days:
        when -= timedelta(1)
        days -= when.weekday() < 5 and when not in HOLIDAYS
    return when


HOLIDAYS = {date(2024, 3, 29), date(2027, 3, 26), date(2027, 3, 29)}
"""The bank holidays of 2023 to 2027 between the middle of January and 31 March: Easter alone falls so early."""


@blind("8670Q", rows=True)
def _8670q(of: HandIn) -> Iterator[Row]:
    for row in of.of("Assessments"):
        begun = day(row, "AssessmentActualStartDate")
        if begun and not row["AssessmentAuthorisationDate"] and begun < before_end(of, 45):
            yield row


@blind("8675Q", rows=True)
def _8675q(of: HandIn) -> Iterator[Row]:
    for row in of.of("Section47"):
        begun = day(row, "S47ActualStartDate")
        is_open = not row["DateOfInitialCPC"] and row["ICPCnotRequired"] != "1"
        if begun and is_open and begun < before_end(of, 15):
            yield row


@blind("8736", rows=True)
def _8736(of: HandIn) -> Iterator[Row]:
    for row in of.of("Assessments"):
        begun = day(row, "AssessmentActualStartDate")
        if begun and not row["AssessmentAuthorisationDate"] and not of.start <= begun <= of.end:
            yield row


@blind("8740", rows=True)
def _8740(of: HandIn) -> Iterator[Row]:
    for row in of.of("Section47"):
        begun, held = day(row, "S47ActualStartDate"), day(row, "DateOfInitialCPC")
        waiting = (held is None or held > of.end) and (held or not row["DateOfInitialCPC"])
        if begun and waiting and row["ICPCnotRequired"] != "1" and not of.start <= begun <= of.end:
            yield row


@blind("8730", rows=True)
def _8730(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("ChildProtectionPlans") if not row["NumberOfPreviousCPP"])


def _weekend(code: str, column: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        yield from (row for row in of.of("Section47") if (day(row, column) or date(2024, 1, 1)).weekday() > 4)


_weekend("8870Q", "InitialCPCtarget")
_weekend("8875", "DateOfInitialCPC")


def _ongoing(rows: list[Row], start: str, end: str) -> Iterator[Row]:
    """Rows that run at the same time as another; what ends on no known day does not."""
    known = [row for row in rows if day(row, start) and (not row[end] or day(row, end))]
    return together([((day(row, start) or date.max, day(row, end) or date.max), row) for row in known])


@blind("8863Q")
def _8863q(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        rows = parts(of, "Assessments", details)
        yield from _ongoing(rows, "AssessmentActualStartDate", "AssessmentAuthorisationDate")


@blind("8896")
def _8896(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        rows = [row for row in parts(of, "Assessments", details) if not row["AssessmentAuthorisationDate"]]
        if len(rows) > 1:
            yield from rows


@blind("8869", rows=True)
def _8869(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Assessments") if "21" in _factors(row) and len(set(_factors(row))) > 1)


@blind("8898", rows=True)
def _8898(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Assessments") if any(one > 1 for one in Counter(_factors(row)).values()))


@blind("8897Q", rows=True)
def _8897q(of: HandIn) -> Iterator[Row]:
    for row in of.of("Assessments"):
        done = day(row, "AssessmentAuthorisationDate")
        if done and of.start <= done <= of.end and not _factors(row):
            yield row


@blind("8873Q")
def _8873q(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        rows = parts(of, "Assessments", details)
        if (
            len(rows) == 1
            and "21" in _factors(rows[0])
            and day(rows[0], "AssessmentAuthorisationDate")
            and details["ReasonForClosure"] not in ("RC8", "RC9", None)
        ):
            yield details


@blind("8945Q", rows=True, since=2025)
def _8945q(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Assessments") if "18A" in _factors(row))


@blind("8950Q", rows=True, since=2025)
def _8950q(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Assessments") if "19A" in _factors(row))


@blind("4001")
def _4001(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINplanDates"):
        open_ = [row for row in _of_child(of, "CINplanDates", child) if not row["CINPlanEndDate"]]
        if open_ and any(not row["CPPendDate"] for row in _of_child(of, "ChildProtectionPlans", child)):
            yield from open_


@blind("4003")
def _4003(of: HandIn) -> Iterator[Row]:
    for row in of.of("Reviews"):
        when = day(row, "CPPreviewDate")
        for plan in _of_child(of, "CINplanDates", row["LAchildID"]):
            begun = day(plan, "CINPlanStartDate")
            ended = day(plan, "CINPlanEndDate") if plan["CINPlanEndDate"] else date.max
            if when and begun and ended and begun < when < ended:
                yield row


@blind("4004")
def _4004(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINplanDates"):
        rows = [row for row in _of_child(of, "CINplanDates", child) if not row["CINPlanEndDate"]]
        if len(rows) > 1:
            yield from rows


@blind("8935")
def _8935(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "ChildProtectionPlans"):
        rows = [row for row in _of_child(of, "ChildProtectionPlans", child) if not row["CPPendDate"]]
        if len(rows) > 1:
            yield from rows


@blind("4014")
def _4014(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "CINplanDates"):
        yield from _ongoing(_of_child(of, "CINplanDates", child), "CINPlanStartDate", "CINPlanEndDate")


@blind("8940")
def _8940(of: HandIn) -> Iterator[Row]:
    for child in _children(of, "ChildProtectionPlans"):
        yield from _ongoing(_of_child(of, "ChildProtectionPlans", child), "CPPstartDate", "CPPendDate")


def _starts_within(code: str, inner: tuple[str, str], outer: tuple[str, str, str]) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(inner[0]):
            when = day(row, inner[1])
            for plan in _of_child(of, outer[0], row["LAchildID"]):
                begun, ended = day(plan, outer[1]), day(plan, outer[2]) if plan[outer[2]] else date.max
                if when and begun and ended and begun <= when < ended:
                    yield row


_starts_within("4016", ("CINplanDates", "CINPlanStartDate"), ("ChildProtectionPlans", "CPPstartDate", "CPPendDate"))
_starts_within("4017", ("ChildProtectionPlans", "CPPstartDate"), ("CINplanDates", "CINPlanStartDate", "CINPlanEndDate"))


def _not_after_death(code: str, name: str, column: str) -> None:
    @blind(code)
    def _(of: HandIn) -> Iterator[Row]:
        for row in of.of(name):
            when, died = day(row, column), day(who(of, row["LAchildID"]), "PersonDeathDate")
            if when and died and when > died:
                yield row


_not_after_death("4008", "CINplanDates", "CINPlanStartDate")
_not_after_death("4009Q", "CINplanDates", "CINPlanEndDate")
_not_after_death("8915", "ChildProtectionPlans", "CPPstartDate")
_not_after_death("8920", "ChildProtectionPlans", "CPPendDate")


@blind("2885")
def _2885(of: HandIn) -> Iterator[Row]:
    for details in needs(of):
        held = [day(one, "DateOfInitialCPC") for one in [details, *parts(of, "Section47", details)]]
        for row in parts(of, "ChildProtectionPlans", details):
            begun = day(row, "CPPstartDate")
            if begun and of.start <= begun <= of.end and begun not in held:
                yield row


@blind("8841")
def _8841(of: HandIn) -> Iterator[Row]:
    for row in of.of("Reviews"):
        for plan in _of_child(of, "ChildProtectionPlans", row["LAchildID"]):
            begun, when = day(plan, "CPPstartDate"), day(row, "CPPreviewDate")
            if plan["CPPID"] == row["CPPID"] and begun and when and when <= begun:
                yield row


@blind("8842Q", rows=True)
def _8842q(of: HandIn) -> Iterator[Row]:
    yield from (row for row in of.of("Reviews") if not day(row, "CPPreviewDate"))
