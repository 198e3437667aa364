"""Returns and extracts as CSV files in which every identity is a canary, and so is whatever an authority may write."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from goldthread.apps.submissions.identities import DETAILS
from goldthread.kernel.forms import FORMS
from goldthread.kernel.table import Column, Kind, Privacy, Table
from tests.canaries import Canaries

AS_AT = date(2026, 3, 31)

SAID: dict[str, str] = {
    # What makes a child in care on the last day of the year of a columns that have to fit each other.
    "decom": "05/01/2026", "rne": "S", "ls": "C2", "cin": "N1", "place": "U4", "place_provider": "PR1",
    "dec": "", "rec": "", "reason_place_change": "", "sex": "F", "ethnic": "WBRI", "mother": "1", "year": "2026",
    "reference_date": "2026-03-31", "collection": "CIN", "gender_current": "F", "ethnicity": "WBRI",
    "cin_closure_date": "", "date_perm": "zz/zz/2014", "clae_cla_episode_ceased_date": "",
    "clap_cla_placement_end_date": "", "lega_legal_status_end_date": "", "addr_address_end_date": "",
    "pers_sex": "F", "pers_gender": "F", "pers_ethnicity": "WBRI", "addr_address_type": "HOME",
}  # fmt: skip
NO_WORDS = frozenset({
    # Text that a reader takes for numbers or versions of its own, and in which nobody writes anything.
    "collection", "software_code", "release", "serial_no", "date_time",
})  # fmt: skip


def files(canaries: Canaries, form: str, klass: str, place: str, children: int = 3) -> dict[str, bytes]:
    """Every table of a form, a row a child; the same children in every table."""
    people = [
        (canaries.plant("vault", f"id of a child in {form}", place), canaries.born(place)) for _ in range(children)
    ]
    return {f"{table.name}.csv": _file(canaries, table, klass, place, people) for table in FORMS[form].tables}


def _file(canaries: Canaries, table: Table, klass: str, place: str, people: list[tuple[str, date]]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow([column.says for column in table.columns])
    for number, (child, born) in enumerate(people[:1] if table.name == "cin_header" else people):
        writer.writerow(list(_row(canaries, table, klass, place, child, born, first=number == 0)))
    return held.getvalue().encode()


def _row(
    canaries: Canaries, table: Table, klass: str, place: str, child: str, born: date, *, first: bool
) -> Iterator[str]:
    given = False
    for column in table.columns:
        if column.privacy is Privacy.IDENTIFIER and _names_the_child(column) and not given:
            given = True
            yield child
        elif DETAILS.get(column.name) == "born_on":
            yield born.isoformat()
        elif column.kind is Kind.DATE and column.privacy is not Privacy.CASE and not first:
            yield ""  # days of birth are few: one of each other kind is enough
        else:
            yield _cell(canaries, column, klass, place)


def _names_the_child(column: Column) -> bool:
    return column.name in ("child", "la_child_id", "person_id") or column.name.endswith("_person_id")


def _cell(canaries: Canaries, column: Column, klass: str, place: str) -> str:
    if column.privacy in (Privacy.IDENTIFIER, Privacy.SEALED):
        if column.kind is Kind.DATE:
            return canaries.born(place).isoformat()
        if column.kind is Kind.POSTCODE:
            return canaries.postcode(place)
        return canaries.plant("vault", column.name, place)
    if column.name in SAID:
        return SAID[column.name]
    if column.privacy is Privacy.STAFF or (column.kind is Kind.TEXT and column.name not in NO_WORDS):
        return canaries.plant(klass, column.name, place)
    return {Kind.DATE: "2026-02-03", Kind.COUNT: "3", Kind.NUMBER: "1.5", Kind.FLAG: "1"}.get(column.kind, "N1")
