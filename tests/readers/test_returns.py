"""Returns as councils write them: each quirk is read, told, or refused by name, and nothing is lost without a word."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.made_returns import HEADINGS_903, HEADINGS_CIN, csv_files, make_903, make_cin, xml_903, xml_cin
from tests.readers.books import all_lists, xlsx

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import NOTE_KINDS, Reading, Refused
from goldthread.kernel.run import run_reading
from goldthread.kernel.tables import TABLES
from goldthread.readers import delimited, read, read_bytes, read_files
from goldthread.readers.handed import Handed

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
ROW = "7,01/05/2025,S,C2,N1,U6,PR1,,,,AB1 2CD,AB1 3EF,SC012345"


def one(text: str | bytes, **asked: object) -> Reading:
    return read_bytes(text.encode() if isinstance(text, str) else text, **asked)  # type: ignore[arg-type]


def together(**files: str | bytes) -> Reading:
    return read_files(
        [Handed(f"{name}.csv", data.encode() if isinstance(data, str) else data) for name, data in files.items()]
    )


def told(reading: Reading, kind: str) -> list[str | None]:
    assert set(reading.notes["kind"]) <= set(NOTE_KINDS)
    return reading.notes.filter(reading.notes["kind"] == kind)["heading"].to_list()


def values(reading: Reading, table: str, column: str) -> list[object]:
    return reading.tables[table][column].to_list()


def refusal(code: str, *files: tuple[str, str | bytes], **asked: object) -> Refused:
    handed = [Handed(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    with pytest.raises(Refused) as caught:
        read_files(handed, **asked)  # type: ignore[arg-type]
    assert caught.value.code == code, caught.value
    assert caught.value.reason.endswith(".")
    assert caught.value.mend.endswith(".")
    return caught.value


# Forms


def test_names_of_tables_are_unique_and_say_their_form() -> None:
    assert {name for name, form in FORMS.items() if form.yearly} == {"ssda903", "cin"}
    assert len(TABLES_OF_ALL_FORMS) == sum(len(form.tables) for form in FORMS.values())
    for form, prefix in (("ssda903", "cla_"), ("cin", "cin_")):
        assert all(table.name.startswith(prefix) and table.list_number is None for table in FORMS[form].tables)
    assert FORMS["annex_a"].by_name() == TABLES


@pytest.mark.parametrize("form", ["ssda903", "cin"])
def test_every_key_is_a_column_and_every_table_begins_with_its_child(form: str) -> None:
    for table in FORMS[form].tables:
        names = [column.name for column in table.columns]
        assert set(table.key) <= set(names)
        assert len(set(names)) == len(names)
        assert names[0] in ("child", "la_child_id") or table.name == "cin_header"


def test_the_rules_of_annex_a_are_not_run_on_a_return() -> None:
    with pytest.raises(ValueError, match="not of ssda903"):
        run_reading(one(f"{EPISODES}\n{ROW}\n"), as_at=date(2026, 3, 31))


# Headings


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.title,
        lambda text: text.replace("_", " "),
        lambda text: text.replace("_", ""),
        lambda text: text.replace(",", " , "),
    ],
)
def test_headings_in_any_case_spacing_or_underscores(change) -> None:
    reading = one(f"{change(EPISODES)}\n{ROW}\n")
    assert reading.found == ("cla_episodes",)
    assert values(reading, "cla_episodes", "place_provider") == ["PR1"]
    assert reading.notes.is_empty()


@pytest.mark.parametrize("name", HEADINGS_903)
def test_every_file_of_the_903_is_known_by_its_headings_in_any_order(name: str) -> None:
    backwards = ",".join(reversed(HEADINGS_903[name]))
    table = {"episodes": "cla_episodes"}.get(name, f"cla_{name}")
    assert one(f"{backwards}\n").found == (table,)


@pytest.mark.parametrize("name", HEADINGS_CIN)
def test_every_module_of_the_census_is_known_by_its_headings(name: str) -> None:
    reading = one(",".join(HEADINGS_CIN[name]) + "\n")
    assert len(reading.found) == 1
    assert told(reading, "extra_column") == []


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ("CHILD,DECOM,PLACE", "cla_episodes"),
        ("CHILD,SW_ID", "cla_sw_episodes"),
        ("CHILD,DOB,DOLO_START,DOLO_END", "cla_dolo"),
        ("CHILD,SEX,DOB", "cla_header"),
        ("LAchildID,CINdetailsID,CINreferralDate", "cin_details"),
        ("LAchildID,GenderCurrent,PersonBirthDate", "cin_child_identifiers"),
        ("LAchildID,CINdetailsID,PPStartDate,CourtAppDate", "cin_pre_proceedings"),
    ],
)
def test_a_file_with_only_some_columns_is_read_as_far_as_it_goes(headings: str, table: str) -> None:
    reading = one(f"{headings}\n5{',' * headings.count(',')}\n")
    assert reading.found == (table,)
    written = set(headings.split(","))
    lacking = [c.says for c in TABLES_OF_ALL_FORMS[table].columns if not c.newer and c.says not in written]
    assert told(reading, "missing_column") == lacking


def test_misspelt_extra_and_double_headings_are_told() -> None:
    reading = one("CHILD,DECOM,RNE,PLACE_PROVIDRE,Colour,DECOM,PLACE\n7,01/05/2025,S,PR1,blue,02/05/2025,U6\n")
    assert values(reading, "cla_episodes", "place_provider") == ["PR1"]
    assert values(reading, "cla_episodes", "decom") == [date(2025, 5, 1)]
    assert told(reading, "spelling") == ["PLACE_PROVIDRE"]
    assert told(reading, "extra_column") == ["Colour"]
    assert told(reading, "double_column") == ["DECOM"]


def test_headings_below_a_title_and_repeated_ones_keep_the_count_of_rows() -> None:
    reading = one(f"\nSSDA903 episodes,,\n{EPISODES}\n{ROW}\n\n{EPISODES}\n{ROW}\n,,,,\n")
    assert values(reading, "cla_episodes", "row") == [4, 7]
    assert told(reading, "footer") == [None]


# Values


@pytest.mark.parametrize(
    "written",
    ["01/05/2025", "1/5/2025", "2025-05-01", "2025-05-01 00:00:00", "2025-05-01T00:00:00", "45778", "01-05-2025",
     "1 May 2025", "01/05/2025 00:00"],
)  # fmt: skip
def test_dates_in_the_forms_that_systems_write(written: str) -> None:
    reading = one(f"CHILD,DECOM,RNE,LS\n7,{written},S,C2\n8,,S,C2\n")
    assert values(reading, "cla_episodes", "decom") == [date(2025, 5, 1), None]
    assert reading.unread.is_empty()


def test_a_date_that_is_none_stands_in_unread_with_its_place_and_touches_no_other_child() -> None:
    reading = one("CHILD,DECOM,RNE,LS\n7,31/02/2025,S,C2\n8,01/05/2025,S,C2\n9,soon,S,C2\n10,05/31/2025,S,C2\n")
    assert values(reading, "cla_episodes", "decom") == [None, date(2025, 5, 1), None, None]
    wanted = [("cla_episodes", 2, "decom", "31/02/2025"), ("cla_episodes", 4, "decom", "soon"),
              ("cla_episodes", 5, "decom", "05/31/2025")]  # fmt: skip
    assert reading.unread.select("table", "row", "column", "written").rows() == wanted
    assert reading.unread["list"].null_count() == 3
    assert all("day first" in expected for expected in reading.unread["expected"])


def test_codes_are_kept_as_written_in_capitals_known_or_not() -> None:
    reading = one("CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER\n7,01/05/2025, s ,zz9,n/a,pr1\n8,01/05/2025,NONE,-,,1.0\n")
    assert values(reading, "cla_episodes", "rne") == ["S", "NONE"]
    assert values(reading, "cla_episodes", "ls") == ["ZZ9", "-"]
    assert values(reading, "cla_episodes", "place") == ["N/A", None]
    assert values(reading, "cla_episodes", "place_provider") == ["PR1", "1"]
    assert reading.unread.is_empty()


def test_text_stored_as_numbers_and_numbers_stored_as_text() -> None:
    reading = one("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n398768.0,2.0,2001-12-17,bcrb,un1,1.0,\n0012,1,,,,true,\n")
    assert values(reading, "cla_header", "child") == ["398768", "0012"]
    assert values(reading, "cla_header", "sex") == ["2", "1"]
    assert values(reading, "cla_header", "mother") == ["1", "1"]
    assert values(reading, "cla_header", "upn") == ["UN1", None]
    scores = one("CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n1,,38.0,,0\n2,,x,,0\n3,, 7 ,,0\n4,,3.5,,0\n")
    assert values(scores, "cla_oc2", "sdq_score") == [38, None, 7, None]
    assert scores.unread["written"].to_list() == ["x", "3.5"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("zz/zz/2014", "zz/zz/2014"), ("ZZ/3/2014", "zz/03/2014"), ("01/02/2014", "01/02/2014"),
     ("2014-02-01", "01/02/2014"), ("xx/xx/xxxx", "zz/zz/zzzz"), ("long ago", "long ago"),
     ("zz/13/2014", "zz/13/2014")],
)  # fmt: skip
def test_the_unknown_parts_of_a_date_of_permanence(written: str, read_as: str) -> None:
    reading = one(f"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n1,,P1,,{written}\n")
    assert values(reading, "cla_previous_permanence", "date_perm") == [read_as]
    assert reading.unread.height == (written in ("long ago", "zz/13/2014"))


@pytest.mark.parametrize("written", ['"2A,4B"', "2A 4B", "2a;4b", "\"['2A', '4B']\"", "2A|4B"])
def test_several_factors_in_one_cell(written: str) -> None:
    reading = one(f"LAchildID,CINdetailsID,AssessmentActualStartDate,AssessmentFactors\n1,1,2025-05-01,{written}\n")
    assert values(reading, "cin_assessments", "assessment_factors") == ["2A,4B"]


# Letters, separators, rows


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b""), ("utf-16-be", b"\xfe\xff")],
)
def test_encodings_of_unicode_are_read_without_a_word(encoding: str, mark: bytes) -> None:
    text = f"{EPISODES}\n{ROW.replace('7,', 'Zoë-7,', 1)}\n"
    reading = one(mark + text.encode(encoding))
    assert values(reading, "cla_episodes", "child") == ["Zoë-7"]
    assert reading.notes.is_empty()


def test_windows_1252_is_read_and_told() -> None:
    reading = one(f"{EPISODES}\n{ROW.replace('7,', 'Zoë’s,', 1)}\n".encode("cp1252"))
    assert values(reading, "cla_episodes", "child") == ["Zoë’s"]
    assert told(reading, "encoding") == [None]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, line_end: str) -> None:
    lines = [EPISODES, ROW, ROW.replace("7,", "8,", 1), "", ",,,,,,,,,,,,", ""]
    reading = one(line_end.join(line.replace(",", separator) for line in lines))
    assert values(reading, "cla_episodes", "child") == ["7", "8"]
    assert values(reading, "cla_episodes", "urn") == ["SC012345"] * 2
    assert reading.notes.is_empty()


def test_quotes_with_commas_lines_and_quotes_in_them() -> None:
    reading = one('"CHILD","DECOM","RNE","LS"\n"a, ""b""\nc","01/05/2025","S","C2"\n"d","02/05/2025","S","C2"\n')
    assert values(reading, "cla_episodes", "child") == ['a, "b"\nc', "d"]
    assert values(reading, "cla_episodes", "row") == [2, 3]


def test_a_stray_quotation_mark_within_a_cell_is_a_letter() -> None:
    reading = one(f"{EPISODES}\n{ROW}\n{ROW.replace('7,', 'x' + chr(34) + 'y,', 1)}\n")
    assert values(reading, "cla_episodes", "child") == ["7", 'x"y']


def test_trailing_separators_and_longer_rows() -> None:
    reading = one(f"{EPISODES},,\n{ROW},,\n")
    assert reading.notes.is_empty()
    longer = one(f"{EPISODES}\n{ROW}\n{ROW},extra,\n")
    assert values(longer, "cla_episodes", "child") == ["7", "7"]
    assert longer.notes.select("kind", "row", "cells").rows() == [("no_heading", 3, 1)]
    shorter = one(f"{EPISODES}\n7,01/05/2025\n")
    assert values(shorter, "cla_episodes", "urn") == [None]


# Refusals


def test_two_files_of_the_same_kind_are_refused_by_name() -> None:
    said = refusal("two-files", ("a.csv", f"{EPISODES}\n{ROW}"), ("b.csv", f"{EPISODES}\n{ROW}"))
    assert "Episodes: a.csv and b.csv" in said.reason


def test_files_of_two_returns_and_two_documents_are_refused() -> None:
    headings = ",".join(HEADINGS_CIN["CINdetails"])
    said = refusal("two-returns", ("a.csv", EPISODES), ("b.csv", headings))
    assert "SSDA903" in said.reason
    assert "CIN census" in said.reason
    refusal("two-files", ("a.xml", xml_cin(make_cin(1))), ("b.xml", xml_cin(make_cin(2))))
    refusal("two-files", ("a.xml", xml_903(make_903(1))), ("b.csv", EPISODES))


def test_the_wrong_return_is_refused() -> None:
    refusal("other-return", ("a.csv", EPISODES), form="cin")
    refusal("other-return", ("a.xml", xml_cin(make_cin(1))), form="ssda903")
    refusal("other-return", ("a.xlsx", xlsx(all_lists(1))), form="ssda903")
    refusal("other-return", ("a.csv", EPISODES), form="annex_a")


def test_lists_that_are_no_return_are_refused_and_say_what_they_look_like() -> None:
    contacts = ",".join(column.says for column in TABLES["contacts"].columns)
    said = refusal("other-return", ("list1.csv", f"{contacts}\n"), form="ssda903")
    assert "Annex A child-level lists, not SSDA903" in said.reason
    sen = "UPN,Surname,Forename,DOB,SENprovision,EHCPstart,NCyear\nA1,x,y,01/01/2015,E,,3\n"
    refusal("strange-return", ("sen.csv", sen), form="ssda903")
    refusal("strange-return", ("sen.csv", sen), ("other.csv", "a,b\n1,2\n"))
    refusal("empty")
    refusal("text", ("sen.csv", sen))


def test_another_census_in_the_same_outer_form_is_refused() -> None:
    other = xml_cin(make_cin(1)).replace(b"<Collection>CIN<", b"<Collection>SC<")
    refusal("strange-return", ("a.xml", other), form="cin")


def test_a_stranger_among_the_files_is_told_and_left() -> None:
    reading = together(episodes=f"{EPISODES}\n{ROW}", letter="Dear all,\nplease find\n")
    assert reading.found == ("cla_episodes",)
    assert reading.notes.select("kind", "sheet").rows() == [("file_ignored", "letter.csv")]
    assert [(sheet.name, sheet.table) for sheet in reading.sheets] == [
        ("episodes.csv", "cla_episodes"),
        ("letter.csv", None),
    ]


def test_another_year_than_asked_is_told() -> None:
    census = xml_cin(make_cin(2))
    assert one(census).year == 2026
    assert told(one(census, year=2026), "other_year") == []
    reading = one(census, year=2025)
    assert reading.year == 2025
    says = reading.notes.filter(reading.notes["kind"] == "other_year")["says"][0]
    assert says == "This return says that it is of 2025-26; it was taken to be that of 2024-25, as asked."
    files = csv_files(HEADINGS_903, make_903(20))
    handed = [Handed(name, data) for name, data in files.items()]
    assert "other_year" in read_files(handed, year=2024).notes["kind"].to_list()
    assert "other_year" not in read_files(handed, year=2026).notes["kind"].to_list()


def test_limits_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal("long-line", ("a.csv", f"{EPISODES}\n{'x' * 1_100_000}\n"), form="ssda903")
    refusal("nul", ("a.csv", f"{EPISODES}\n7,\x00,S\n"))
    refusal("nul", ("a.csv", f"{EPISODES}\n7,\x00,S\n"), ("b.csv", ",".join(HEADINGS_903["reviews"])))
    refusal("quotes", ("a.csv", f'{EPISODES}\n7,"01/05/2025,S\n{ROW}\n'))
    refusal("columns", ("a.csv", EPISODES + "," * 1_100 + "\n"))
    refusal("rows", ("a.csv", EPISODES + "\n" + "1,2\n" * 2_000_010))
    monkeypatch.setattr(delimited, "MOST_CELLS", 30)
    refusal("cells", ("a.csv", f"{EPISODES}\n{ROW}\n{ROW}\n{ROW}\n"))


# XML


def cin_with(inner: str, *, outer: str = "") -> str:
    child = "<ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers>"
    return (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails></Header>"
        f"{outer}<Children><Child>{child}{inner}</Child></Children></Message>"
    )


def test_elements_not_known_out_of_place_or_twice_are_told() -> None:
    reading = one(cin_with(
        "<Mood>good</Mood><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>"
        "<CINdetails>words<CINreferralDate>2025-05-01</CINreferralDate><CINreferralDate>2025-06-01</CINreferralDate>"
        "<Disability>LD</Disability></CINdetails>"
    ))  # fmt: skip
    assert told(reading, "extra_column") == ["Mood"]
    assert {"disability", "section47"} <= set(told(reading, "out_of_place"))
    assert told(reading, "double_column") == ["cinreferraldate"]
    assert told(reading, "stray_text") == [None]
    assert values(reading, "cin_details", "cin_referral_date") == [date(2025, 5, 1)]
    assert values(reading, "cin_disabilities", "disability") == []


def test_comments_sections_instructions_prefixes_attributes_and_references() -> None:
    reading = one(
        '<?xml version="1.0"?><!-- <Child> --><?go <Child> ?><c:Message xmlns:c="urn:x" note="a > b">'
        "<c:Children><c:Child kind='x>y'><c:ChildIdentifiers ><c:LAchildID><![CDATA[A<&>]]></c:LAchildID>"
        "<c:UPN/><c:Sex a='1'/><c:UPNunknown>u<!-- in -->n1</c:UPNunknown></c:ChildIdentifiers>"
        "<c:ChildCharacteristics><c:Ethnicity>W&#66;&amp;RI</c:Ethnicity><c:Disabilities/></c:ChildCharacteristics>"
        "</c:Child></c:Children></c:Message>"
    )
    assert values(reading, "cin_child_identifiers", "la_child_id") == ["A<&>"]
    assert values(reading, "cin_child_identifiers", "upn") == [None]
    assert values(reading, "cin_child_identifiers", "upn_unknown") == ["UN1"]
    assert values(reading, "cin_child_characteristics", "ethnicity") == ["WB&RI"]
    assert values(reading, "cin_disabilities", "disability") == []
    assert reading.notes.select("kind", "column").rows() == [("schema_form", "upn_unknown")]  # its small letters


def test_flags_of_xml_and_dates_that_are_none() -> None:
    reading = one(cin_with(
        "<CINdetails><CINreferralDate>2025-13-01</CINreferralDate><ReferralNFA>true</ReferralNFA></CINdetails>"
        "<CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralNFA>maybe</ReferralNFA></CINdetails>"
    ))  # fmt: skip
    assert values(reading, "cin_details", "referral_nfa") == ["1", "MAYBE"]
    assert values(reading, "cin_details", "cin_details_id") == ["1", "2"]
    assert reading.unread.select("table", "row", "column", "written").rows() == [
        ("cin_details", 2, "cin_referral_date", "2025-13-01")
    ]


def test_xml_in_windows_1252_and_utf_16() -> None:
    text = cin_with("").replace("C1", "Zoë")
    declared = f'<?xml version="1.0" encoding="windows-1252"?>{text}'.encode("cp1252")
    assert values(one(declared), "cin_child_identifiers", "la_child_id") == ["Zoë"]
    assert values(one(text.encode("cp1252")), "cin_child_identifiers", "la_child_id") == ["Zoë"]
    assert told(one(text.encode("cp1252")), "encoding") == [None]
    wide = f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode("utf-16")
    assert values(one(wide), "cin_child_identifiers", "la_child_id") == ["Zoë"]


def test_social_workers_and_orders_in_xml_are_read_under_the_names_they_may_have() -> None:
    reading = one(
        "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><DOB>01/02/2010</DOB><SWEPISODE><SW_ID>sw1</SW_ID>"
        "<SW_DECOM>01/05/2025</SW_DECOM></SWEPISODE></HEADER><EPISODE><DECOM>01/05/2025</DECOM></EPISODE>"
        "</CHILD></EXPSSDA903>"
    )
    assert values(reading, "cla_sw_episodes", "sw_id") == ["SW1"]
    assert values(reading, "cla_sw_episodes", "dob") == [date(2010, 2, 1)]
    assert reading.missing == ("cla_dolo",)


# The sample files beside the repository


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample files are not here")
@pytest.mark.parametrize("year", [2017, 2018, 2019, 2020])
def test_a_year_of_the_four_year_sample_is_read_without_loss(year: int) -> None:
    files = [Handed(path.name, path.read_bytes()) for path in sorted((SHARED / "ssda903/four_years").glob(f"{year}-*"))]
    reading = read_files(files)
    assert (reading.form, reading.year) == ("ssda903", year + 1)
    assert reading.unread.is_empty()
    # One cell of the oldest year has a point zero behind it.
    slips = [("other_form", "mother", "1.0")] if year == 2017 else []
    assert reading.notes.select("kind", "column", "written").rows() == slips
    for file in files:
        lines = file.data.decode().splitlines()
        table = {"previous_permanence": "cla_previous_permanence"}.get(file.name[5:-4], f"cla_{file.name[5:-4]}")
        frame = reading.tables[table]
        assert frame.height == len(lines) - 1
        for heading, at in ((name, at) for at, name in enumerate(lines[0].split(","))):
            filled = sum(bool(line.split(",")[at]) for line in lines[1:])
            assert frame.height - frame[heading.lower()].null_count() == filled, (table, heading)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample files are not here")
def test_the_sample_census_is_read_without_loss() -> None:
    reading = read(SHARED / "cin/cin-2022.xml")
    assert (reading.form, reading.year, reading.missing) == ("cin", 2022, ("cin_pre_proceedings",))
    assert reading.notes.is_empty()
    assert reading.unread.is_empty()
    assert reading.rows == 11
    assert values(reading, "cin_assessments", "assessment_factors") == ["2A,2B"]
    assert values(reading, "cin_child_identifiers", "gender_current") == ["1"]
    assert values(reading, "cin_details", "date_of_initial_cpc") == [date(1970, 12, 6)]
    assert values(reading, "cin_section_47", "date_of_initial_cpc") == [date(1970, 6, 17)]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample files are not here")
@pytest.mark.parametrize("path", ["SSDA903_2020_episodes.csv", "SSDA903_episodes_for_testing_fixes_INPUT.csv"])
def test_the_sample_episodes_are_read_without_loss(path: str) -> None:
    reading = read(SHARED / "ssda903" / path)
    rows = len([line for line in (SHARED / "ssda903" / path).read_text().splitlines()[1:] if line.strip(",")])
    assert reading.row_counts["cla_episodes"] == rows
    assert reading.unread.is_empty()


def test_a_zip_within_a_zip_is_refused() -> None:
    def packed(**files: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for name, data in files.items():
                archive.writestr(f"{name}.csv", data)
        return held.getvalue()

    refusal("zip-in-zip", ("a.zip", packed(a=EPISODES.encode(), b=packed(c=ROW.encode()))))
