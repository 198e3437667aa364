"""What real Annex A files look like, one oddity a test: each is read for what it means, or told as not understood."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from tests.readers.books import (
    all_lists,
    canonical,
    headings,
    list_rows,
    ods,
    ods_table,
    ods_with,
    one_list,
    unzipped,
    xlsx,
    zipped,
)

from goldthread.kernel.reading import NOTE_KINDS, Reading, Refused
from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.kernel.tables import TABLES
from goldthread.readers import read_bytes
from goldthread.readers.code_matching import matcher

CONTACTS = TABLES["contacts"]


def read_column(table: str, column: str, *written: Any, **options: Any) -> list[Any]:
    return read_bytes(xlsx(one_list(table, **{column: list(written)}), **options)).tables[table][column].to_list()


def kinds(reading: Reading) -> set[str]:
    return set(reading.notes["kind"])


@pytest.mark.parametrize("make", [xlsx, ods])
def test_all_eleven_lists_are_read_without_loss(make):
    reading = read_bytes(make(all_lists(30)))
    assert reading.missing == ()
    assert reading.unread.is_empty()
    for name, table in TABLES.items():
        frame = reading.tables[name]
        assert dict(frame.schema) == {column: kind() for column, kind in table.schema().items()}
        assert frame["row"].to_list() == list(range(3, 33))
        for column in table.columns:
            wanted = [canonical(column, at) for at in range(30)]
            assert frame[column.name].to_list() == wanted, (name, column.name)


def test_headings_may_stand_on_any_of_the_first_rows():
    for above in (0, 1, 5, 14):
        rows = [["Some council, made on a Monday"]] * above + list_rows(CONTACTS, 2, title=False)
        reading = read_bytes(xlsx({"List_1": rows}))
        assert reading.tables["contacts"]["row"].to_list() == [above + 2, above + 3]


def test_headings_below_the_first_rows_are_not_searched_for():
    with pytest.raises(Refused, match="within the first 15 rows"):
        read_bytes(xlsx({"List_1": [["x"]] * 20 + list_rows(CONTACTS, 2, title=False)}))


def test_lists_are_known_by_headings_and_not_by_name_or_place():
    sheets = all_lists(2)
    wrong = dict(zip([f"Sheet{n}" for n in range(11, 0, -1)], sheets.values(), strict=True))
    reading = read_bytes(xlsx(dict(reversed(wrong.items()))))
    assert reading.missing == ()
    assert all(count == 2 for count in reading.row_counts.values())


def test_a_list_is_not_mistaken_for_another_by_its_sheet_name():
    reading = read_bytes(xlsx({"List 1": list_rows(TABLES["adoptions"]), "List 10": list_rows(CONTACTS)}))
    assert reading.found == ("contacts", "adoptions")
    assert {sheet.name: sheet.table for sheet in reading.sheets} == {"List 1": "adoptions", "List 10": "contacts"}


def untidy(heading: str, at: int) -> str:
    forms = (
        f"  {heading} ",
        heading.replace(" ", "\u00a0"),
        heading.replace("'", "\u2019"),
        heading.upper(),
        heading.replace(")", "))"),
        heading.rstrip("?") if heading.endswith("?") else f"{heading}?",
        heading.lower(),
    )
    return forms[at % len(forms)]


@pytest.mark.parametrize("start", range(7))
def test_headings_are_known_in_spite_of_spaces_case_apostrophes_brackets_and_question_marks(start):
    sheets = {}
    for table in TABLES.values():
        rows = list_rows(table, 2)
        rows[1] = [untidy(heading, at + start) for at, heading in enumerate(rows[1])]
        sheets[f"Sheet {table.number}"] = rows
    reading = read_bytes(xlsx(sheets))
    assert reading.missing == ()
    assert kinds(reading) & {"missing_column", "extra_column"} == set()


def test_the_template_s_own_trailing_spaces_are_headings_still():
    for name, heading in (("care_leavers", "LA In Touch"), ("adoptions", "Date of Adoption Order")):
        rows = list_rows(TABLES[name], 1)
        rows[1] = [f"{one} " if one == heading else one for one in rows[1]]
        assert kinds(read_bytes(xlsx({"x": rows}))) <= {"form_of_list"}


def test_short_headings_such_as_age_are_known():
    rows = list_rows(CONTACTS, 1)
    rows[1][4] = "Age"
    assert read_bytes(xlsx({"x": rows})).tables["contacts"]["age"].to_list() == [0]


def test_a_slip_in_a_heading_is_forgiven_and_told():
    rows = list_rows(CONTACTS, 1)
    rows[1][3] = "Date of Brith"
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.tables["contacts"]["born_on"].to_list() == [date(2024, 1, 1)]
    assert reading.notes.filter(reading.notes["kind"] == "spelling")["heading"].to_list() == ["Date of Brith"]


def test_stage_1_and_stage_2_are_never_taken_for_each_other():
    rows = list_rows(TABLES["adopters"], 1)
    rows[1] = [one for one in rows[1] if one != "Date Stage 1 started"]
    rows[2] = rows[2][: len(rows[1])]
    reading = read_bytes(xlsx({"x": rows}))
    lacking = reading.notes.filter(reading.notes["kind"] == "missing_column")["column"].to_list()
    assert lacking == ["stage_1_started_on"]


def test_extra_and_reordered_columns():
    table = TABLES["protection_plans"]
    rows = [[*reversed(row), "left aside"] for row in list_rows(table, 2, title=False)]
    rows[0][-1] = "Team manager"
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.tables["protection_plans"]["child"].to_list() == ["child 0", "child 1"]
    extra = reading.notes.filter(reading.notes["kind"] == "extra_column")
    assert extra["heading"].to_list() == ["Team manager"]


@pytest.mark.parametrize("form", ["older", "newer"])
def test_both_forms_of_list_9(form):
    table = TABLES["care_leavers"]
    rows = list_rows(table, 2, title=False)
    keep = [at for at, column in enumerate(table.columns) if form == "newer" or not column.newer]
    reading = read_bytes(xlsx({"x": [[row[at] for at in keep] for row in rows]}))
    assert f"the {form} form of list 9" in reading.notes.filter(reading.notes["kind"] == "form_of_list")["says"][0]
    assert "missing_column" not in kinds(reading)
    assert reading.tables["care_leavers"]["adviser"].null_count() == (2 if form == "older" else 0)


def test_two_sheets_of_one_list_are_both_named_and_the_better_is_read():
    reading = read_bytes(
        xlsx({"Old": list_rows(CONTACTS, 2), "New": list_rows(CONTACTS, 5), "Empty": list_rows(CONTACTS, 0)})
    )
    assert reading.row_counts["contacts"] == 5
    told = reading.notes.filter(reading.notes["kind"] == "second_sheet")
    assert sorted(told["sheet"]) == ["Empty", "Old"]
    assert all("'New' was read" in says for says in told["says"])
    assert [sheet.rows for sheet in reading.sheets] == [0, 5, 0]


def test_a_list_that_lacks_a_column_is_read_and_the_column_named():
    rows = [[cell for at, cell in enumerate(row) if at != 2] for row in list_rows(CONTACTS, 2, title=False)]
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.tables["contacts"]["ethnicity"].null_count() == 2
    assert reading.notes.filter(reading.notes["kind"] == "missing_column")["column"].to_list() == ["ethnicity"]


def test_a_sheet_with_too_few_headings_says_what_it_is_like():
    rows = [headings("referrals")[:6], ["x"] * 6]
    reading = read_bytes(xlsx({"List_3": rows, "List_1": list_rows(CONTACTS)}))
    assert "referrals" in reading.missing
    told = reading.notes.filter(reading.notes["kind"] == "sheet_ignored")["says"].to_list()
    assert told[0].startswith("This sheet is like list 3 but was not read; it lacks")


def test_a_sheet_that_explains_the_codes_of_many_lists_is_none_of_them():
    codes = [column.says for table in TABLES.values() for column in table.columns if column.codes]
    rows = [list(dict.fromkeys(codes)), ["a) Yes"] * len(codes)]
    reading = read_bytes(xlsx({"Codes_used": rows, "List_9": list_rows(TABLES["care_leavers"], 0)}))
    assert reading.found == ("care_leavers",)
    assert reading.rows == 0


def test_rows_of_nothing_but_blank_forms_are_no_rows():
    rows = [*list_rows(CONTACTS, 2), [None, "-", "N/A"], *[[None, None, "N/A"]] * 5]
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.row_counts["contacts"] == 2
    assert set(reading.notes["kind"]) == {"blank_form"}


def test_missing_and_empty_lists_are_told_apart():
    reading = read_bytes(xlsx({"List_1": list_rows(CONTACTS, 0), "List_3": list_rows(TABLES["referrals"])}))
    assert reading.found == ("contacts", "referrals")
    assert reading.row_counts["contacts"] == 0
    assert "adopters" in reading.missing
    assert reading.tables["adopters"].is_empty()


def test_other_sheets_are_ignored_and_named():
    reading = read_bytes(xlsx({"Front": [["Hello"]], "Guidance": [["a", "b"]] * 40, **all_lists(1)}))
    assert reading.notes.filter(reading.notes["kind"] == "sheet_ignored")["sheet"].to_list() == ["Front", "Guidance"]


def test_hidden_sheets_are_read_and_told():
    reading = read_bytes(xlsx({"Front": [["x"]], **all_lists(1)}, hidden=["List_4"]))
    assert reading.row_counts["assessments"] == 1
    assert reading.notes.filter(reading.notes["kind"] == "hidden_sheet")["sheet"].to_list() == ["List_4"]


DATES = [
    (date(2024, 2, 1), date(2024, 2, 1)),
    (datetime(2024, 2, 1, 0, 0), date(2024, 2, 1)),  # noqa: DTZ001 - as workbooks hold it
    (datetime(2024, 2, 1, 13, 45), date(2024, 2, 1)),  # noqa: DTZ001
    (45323, date(2024, 2, 1)),
    ("45323", date(2024, 2, 1)),
    ("2024-02-01", date(2024, 2, 1)),
    ("2024-02-01T00:00:00", date(2024, 2, 1)),
    ("2024-02-01 00:00:00", date(2024, 2, 1)),
    ("01/02/2024", date(2024, 2, 1)),
    ("1/2/24", date(2024, 2, 1)),
    ("01-02-2024", date(2024, 2, 1)),
    ("01.02.2024", date(2024, 2, 1)),
    ("01/02/2024 00:00", date(2024, 2, 1)),
    ("01/02/2024 00:00:00", date(2024, 2, 1)),
    ("1 Feb 2024", date(2024, 2, 1)),
    ("1st February 2024", date(2024, 2, 1)),
    ("01-Feb-24", date(2024, 2, 1)),
    ("Thursday 1 February 2024", date(2024, 2, 1)),
    ("\u00a001/02/2024 ", date(2024, 2, 1)),
    ("1\u00a0Feb\u00a02024", date(2024, 2, 1)),
]  # fmt: skip


def test_dates_in_every_form_day_first():
    written = [one for one, _ in DATES]
    assert read_column("contacts", "contacted_on", *written) == [wanted for _, wanted in DATES]


@pytest.mark.parametrize(
    "written", ["31/02/2024", "02/13/2024", "2024", "February", "soon", "29/02/2023", "00/01/2024", "12"]
)
def test_impossible_dates_are_not_understood(written):
    reading = read_bytes(xlsx(one_list("contacts", contacted_on=["01/02/2024", written])))
    assert reading.tables["contacts"]["contacted_on"].to_list() == [date(2024, 2, 1), None]
    assert reading.unread.select("list", "row", "column", "written").rows() == [(1, 4, "contacted_on", written)]
    assert "day first" in reading.unread["expected"][0]


def test_placeholder_dates_are_read_and_told():
    reading = read_bytes(xlsx(one_list("contacts", born_on=["01/01/1900", date(1900, 1, 1), "2014-05-06"])))
    assert reading.tables["contacts"]["born_on"].to_list() == [date(1900, 1, 1)] * 2 + [date(2014, 5, 6)]
    assert reading.notes.filter(reading.notes["kind"] == "placeholder")["cells"].to_list() == [2]


def test_day_numbers_are_not_guessed_in_a_workbook_that_counts_from_1904():
    held = one_list("contacts", contacted_on=[45323, date(2024, 2, 1)])
    reading = read_bytes(xlsx(held, date_1904=True))
    assert reading.tables["contacts"]["contacted_on"].to_list() == [None, date(2024, 2, 1)]
    assert reading.unread["written"].to_list() == ["45323"]


def test_formulas_without_a_saved_value_are_told():
    reading = read_bytes(xlsx(one_list("contacts", contacted_on=["==D3+5"])))
    assert reading.tables["contacts"]["contacted_on"].to_list() == [None]
    assert "formula" in kinds(reading)


def test_spreadsheet_errors_are_blank_and_told():
    reading = read_bytes(xlsx(one_list("contacts", contacted_on=["=!1/0"])))
    assert reading.tables["contacts"]["contacted_on"].to_list() == [None]
    assert reading.notes.filter(reading.notes["kind"] == "error_cell")["cells"].to_list() == [1]


def test_merged_cells_are_told_and_their_first_row_named():
    held = one_list("contacts", child=["SYN1", "=^", "SYN2"], source=["a", "b", "b"])
    reading = read_bytes(xlsx(held))
    assert reading.tables["contacts"]["child"].to_list() == ["SYN1", None, "SYN2"]
    told = reading.notes.filter(reading.notes["kind"] == "merged")
    assert told.select("list", "row", "cells").rows() == [(1, 3, 1)]


def test_a_merged_title_or_heading_is_nothing_to_tell():
    rows = list_rows(TABLES["contacts"], 2)
    rows.insert(2, ["=^"] * len(rows[1]))
    assert "merged" not in kinds(read_bytes(xlsx({"List_1": rows})))


def test_merged_cells_of_an_ods_workbook_are_told():
    rows = list_rows(TABLES["contacts"], 2)
    content = ods({"List_1": rows, "List_3": list_rows(TABLES["referrals"], 2)})
    parts = unzipped(content)
    first = rows[2][0]
    spanned = parts["content.xml"].replace(
        b'<table:table-cell office:value-type="string"><text:p>' + first.encode(),
        b'<table:table-cell office:value-type="string" table:number-columns-spanned="1" '
        b'table:number-rows-spanned="2"><text:p>' + first.encode(),
        1,
    )
    assert spanned != parts["content.xml"]
    reading = read_bytes(zipped(parts | {"content.xml": spanned}))
    told = reading.notes.filter(reading.notes["kind"] == "merged")
    assert told.select("list", "row", "cells").rows() == [(1, 3, 1)]


AGES = [
    (7, 7), ("7", 7), (6.138, 6), ("6.138", 6), ("<1", 0), ("8 months", 0), (-1, -1), ("-1", -1), ("unborn", -1),
    ("14 months", 1), ("3 weeks", 0), ("6 yrs", 6), ("1 year 3 months", 1), (0, 0), (17.999, 17),
]  # fmt: skip


def test_ages_become_completed_years():
    assert read_column("contacts", "age", *(one for one, _ in AGES)) == [wanted for _, wanted in AGES]


def test_ages_that_were_rounded_are_told_and_words_are_not_understood():
    reading = read_bytes(xlsx(one_list("contacts", age=[6.138, "teenager"])))
    assert reading.notes.filter(reading.notes["kind"] == "age")["cells"].to_list() == [1]
    assert reading.unread["written"].to_list() == ["teenager"]


def test_counts_as_digits_and_text():
    assert read_column("referrals", "referrals_in_year", 3, "3", "3.0", "1,200", 0) == [3, 3, 3, 1200, 0]
    reading = read_bytes(xlsx(one_list("referrals", referrals_in_year=["three", 2.5])))
    assert reading.unread["written"].to_list() == ["three", "2.5"]


def test_a_number_shown_as_a_date_is_the_number_it_is():
    assert read_column("referrals", "referrals_in_year", date(1900, 1, 3)) == [3]


def test_identifiers_are_kept_as_written():
    written = ["00123", 123, "123.0", " AB-9 ", "\u00a0x1", 900000000012, "1E5", "A 1"]
    wanted = ["00123", "123", "123", "AB-9", "x1", "900000000012", "1E5", "A 1"]
    assert read_column("contacts", "child", *written) == wanted


def _with_ids(**of_lists: list[Any]) -> Reading:
    """Lists of rows with these IDs, or with IDs and dates of birth."""
    sheets: dict[str, Any] = {}
    for name, held in of_lists.items():
        ids = [one[0] if isinstance(one, tuple) else one for one in held]
        births = [one[1] for one in held if isinstance(one, tuple)]
        sheets |= one_list(name, child=ids, **({"born_on": births} if births else {}))
    return read_bytes(xlsx(sheets))


@pytest.mark.parametrize(("elsewhere", "kept"), [("100123", "00100123"), (100123, "00100123"), ("100123.0", "00100123"),
                                                 ("00100123.0", "00100123")])  # fmt: skip
def test_an_id_that_lost_its_zeros_in_one_list_is_the_same_child_and_told(elsewhere, kept):
    reading = _with_ids(contacts=["00100123", "AB-9"], referrals=[elsewhere])
    assert reading.tables["contacts"]["child"].to_list() == [kept, "AB-9"]
    assert reading.tables["referrals"]["child"].to_list() == [kept]
    told = issues_of_reading(reading).filter(pl.col("rule") == "G28")
    assert told["table"].to_list() == ([] if str(elsewhere).startswith("00") else ["referrals"])
    assert told["row"].to_list() == [] or told["row"].to_list() == [reading.tables["referrals"]["row"][0]]


def test_the_way_that_most_lists_write_an_id_is_kept():
    reading = _with_ids(contacts=["0123"], referrals=["123"], assessments=["123"])
    assert {name: reading.tables[name]["child"].to_list() for name in ("contacts", "referrals", "assessments")} == {
        "contacts": ["123"], "referrals": ["123"], "assessments": ["123"]
    }  # fmt: skip
    assert issues_of_reading(reading).filter(pl.col("rule") == "G28")["table"].to_list() == ["contacts"]


@pytest.mark.parametrize(
    "lists",
    [
        # One list writes it in two ways: they may be two children.
        {"contacts": ["0123", "123"], "referrals": ["123"]},
        {"contacts": [("0123", date(2015, 1, 1))], "referrals": [("123", date(2016, 1, 1))]},
        {"contacts": ["ab-01"], "referrals": ["AB-1"]},
        {"contacts": ["000"], "referrals": ["0"]},
    ],
)
def test_an_id_is_not_joined_where_two_readings_exist(lists):
    reading = _with_ids(**lists)
    for name, held in lists.items():
        assert reading.tables[name]["child"].to_list() == [one[0] if isinstance(one, tuple) else one for one in held]
    assert "joined_id" not in kinds(reading)


def test_blank_forms_are_blank_in_every_kind_of_column():
    blanks = ["", "-", "None", "N/A", "#N/A", "\u00a0", "  ", "n/a", "NULL"]
    for table, column in (("contacts", "child"), ("contacts", "contacted_on"), ("contacts", "age"),
                          ("contacts", "ethnicity"), ("referrals", "team")):  # fmt: skip
        reading = read_bytes(xlsx(one_list(table, **{column: blanks})))
        assert reading.tables[table][column].null_count() == len(blanks), column
        assert reading.unread.is_empty()
        assert "blank_form" in kinds(reading)


@pytest.mark.parametrize("tail", [
    ["Total", None, None, None, None, None, 3],
    ["Grand total: 3"],
    ["Applied filters:\nTeam is not (Blank)"],
    ["No filters applied"],
    ["Report run on 1 May"],
])  # fmt: skip
def test_footer_rows_are_left_out_and_told(tail):
    rows = [*list_rows(CONTACTS, 2), [None], tail]
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.row_counts["contacts"] == 2
    told = reading.notes.filter(reading.notes["kind"] == "footer")
    assert told["row"].to_list() == [6]
    assert reading.unread.is_empty()


def test_headings_repeated_in_the_middle_are_left_out_and_told():
    rows = list_rows(CONTACTS, 2)
    reading = read_bytes(xlsx({"x": [*rows, rows[1], *rows[2:]]}))
    assert reading.tables["contacts"]["row"].to_list() == [3, 4, 6, 7]
    assert reading.notes.filter(reading.notes["kind"] == "footer")["row"].to_list() == [5]


def test_a_heading_twice_in_a_row_is_told_and_the_first_is_read():
    rows = [[*row, "F"] for row in list_rows(CONTACTS, 1)]
    rows[1][-1] = "Gender"
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.tables["contacts"]["gender"].to_list() == ["M"]
    assert "double_column" in kinds(reading)


def test_empty_formatted_rows_are_nothing():
    rows = [*list_rows(CONTACTS, 2), *[["", "  ", None, ""]] * 500]
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.row_counts["contacts"] == 2
    assert reading.notes.is_empty()


def test_rows_with_words_outside_the_list_are_told():
    rows = [[*row, None] for row in list_rows(CONTACTS, 2)]
    rows[1][-1] = "Comments"
    rows.append([None] * 7 + ["see above"])
    reading = read_bytes(xlsx({"x": rows}))
    assert reading.row_counts["contacts"] == 2
    assert reading.notes.filter(reading.notes["kind"] == "footer")["row"].to_list() == [5]


def test_ods_sheets_that_end_in_a_million_empty_rows_are_read():
    tail = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    reading = read_bytes(ods({"List_1": list_rows(CONTACTS, 2)}, tail))
    assert reading.row_counts["contacts"] == 2


def test_ods_rows_that_repeat_are_as_many_rows():
    rows = list_rows(CONTACTS, 1)
    table = ods_table("x", rows).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1">')
    last = table.rindex('repeated="1"')
    reading = read_bytes(ods_with(table[:last] + 'repeated="4"' + table[last + len('repeated="1"') :]))
    assert reading.row_counts["contacts"] == 4


CODES = [
    ("ethnicity", "WBRI", ["a) WBRI", "WBRI", "wbri", "a", "a)", "White British", "WHITE - BRITISH", "wht brit",
                           "WBRI - White British", "White British (WBRI)", "a) White British", "White British.",
                           "White Britsh"]),
    ("ethnicity", "NOBT", ["s) NOBT", "t) NOBT", "NOBT", "Information not yet obtained"]),
    ("ethnicity", "ABAN", ["Bangladehsi", "bangladeshi", "l) ABAN"]),
    ("ethnicity", "REFU", ["s) REFU", "REFU", "Refused"]),
    ("need", "N1", ["N1", "N1 - Abuse or neglect", "N1 Abuse or neglect", "Abuse or neglect (N1)", "abuse or neglect",
                    "Abuse or neglect - N1", "Abuse or neglct"]),
    ("need", "N2", ["N2 - Child's disability", "N2 - Child’s disability", "CHILDS DISABILITY"]),
    ("source", "1A", ["a) 1A: Individual", "1A", "1a", "1A: Individual"]),
    ("source", "5D", ["p1) 5D: LA services", "5D"]),
    ("source", "10", ["u) 10: Unknown", "10", "Unknown"]),
    ("gender", "U", ["c) Not stated/recorded", "c", "Not stated"]),
    ("gender_of_adopter", "N", ["c) Neither", "c", "Neither", "d) Neither"]),
    ("gender_of_adopter", "U", ["d) Not stated/recorded", "d", "c) Not stated/recorded"]),
    ("yes_no", "Y", ["a) Yes", "Yes", "Y", "yes", "true", "a"]),
    ("yes_no_plain", "N", ["No", "N", "no"]),
    ("ceased", "E45", ["i) E45: Special Guardianship Orders - former carer relative/friend", "E45"]),
    ("placement", "T4", ["zz) T4: Temporary placement - seven days or less", "T4", "zz"]),
    ("in_touch", "REFU", ["d) Refu", "Refu", "refused"]),
    ("accommodation", "B", ["B: Parents/relatives", "B", "b"]),
    ("activity", "G5", ["G5: Not in education, employment or training - other", "G5"]),
    ("leaving", "2", ["2 - Process put on hold", "2", "Process put on hold"]),
]  # fmt: skip


@pytest.mark.parametrize(("code_list", "code", "written"), CODES)
def test_codes_in_every_form(code_list, code, written):
    assert {one: matcher(code_list).read(one).value for one in written} == dict.fromkeys(written, code)


NOT_GUESSED = [
    ("ethnicity", "s)"),  # two codes share the letter
    ("ethnicity", "White"),
    ("ethnicity", "b) WBRI"),  # letter and code disagree
    ("need", "N1 - Child's disability"),  # code and words disagree
    ("need", "PSRMEM - Support with memory and cognition"),
    ("suitability", "nsuitable"),  # as near to suitable as to unsuitable
    ("source", "Individual"),
    ("yes_no", "c) Unknown"),
    ("yes_no", "N - parents declined"),
    ("closure", "CS Close Case"),
    ("accommodation", "S local hostel"),
    ("gender", "x"),
    ("need_in_care", "N9"),
]  # fmt: skip


@pytest.mark.parametrize(("code_list", "written"), NOT_GUESSED)
def test_codes_are_never_guessed(code_list, written):
    assert matcher(code_list).read(written).value is None


def test_a_code_not_understood_is_told_with_what_the_column_takes():
    reading = read_bytes(xlsx(one_list("contacts", ethnicity=["a) WBRI", "Martian"])))
    cell = reading.unread.row(0, named=True)
    assert cell["written"] == "Martian"
    assert (cell["table"], cell["sheet"], cell["row"], cell["heading"]) == ("contacts", "List_1", 4, "Ethnicity")
    assert cell["expected"].startswith("One of: a) White British")


def test_other_words_for_a_code_are_told_with_what_they_were_read_as():
    reading = read_bytes(xlsx(one_list("contacts", ethnicity=["wht brit", "wht brit", "a) WBRI"])))
    told = reading.notes.filter(reading.notes["kind"] == "form").select("written", "read_as", "cells", "row").rows()
    assert told == [("wht brit", "WBRI: White British", 2, 3)]


def test_postcodes_are_made_alike_and_words_are_not_postcodes():
    written = ["zz1 1aa", "ZZ11AA", " ZZ1  1AA", "nope", "ZZ1"]
    reading = read_bytes(xlsx(one_list("children_in_care", postcode=written)))
    assert reading.tables["children_in_care"]["postcode"].to_list() == ["ZZ1 1AA"] * 3 + [None, "ZZ1"]
    assert reading.unread["written"].to_list() == ["nope"]


def test_every_kind_of_note_has_its_meaning_and_no_sentence_repeats_a_cell():
    marker = "Zebra77"
    held = one_list("contacts", ethnicity=["wht brit", marker], age=[marker, "8 months"], child=[marker, "Total"])
    reading = read_bytes(xlsx(held))
    assert kinds(reading) <= set(NOTE_KINDS)
    assert not [says for says in reading.notes["says"] if marker in says]
    assert not [says for says in reading.unread["expected"] if marker in says]


def test_a_workbook_without_any_list_is_refused_with_a_way_to_mend_it():
    with pytest.raises(Refused, match="No sheet of this workbook has the headings") as refused:
        read_bytes(xlsx({"x": [["a", "b"], [1, 2]]}))
    assert "template" in refused.value.mend


def test_a_country_in_place_of_an_authority_is_its_code_however_it_is_written():
    written = ["WAL", "WAL - Child placed in Wales", "Child placed in Scotland", "con", "Wexcombe", "Walsall", "Conwy"]
    read = read_column("children_in_care", "placement_authority", *written)
    assert read == ["WAL", "WAL", "SCO", "CON", "Wexcombe", "Walsall", "Conwy"]
