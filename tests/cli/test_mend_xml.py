"""`goldthread mend` on the XML of a return: the mended cells change, every other byte stays."""

import csv
import difflib
import io
from pathlib import Path

import pytest
from tests.made_returns import make_903, make_cin, xml_903, xml_cin

from goldthread import Refused, check, mend, suggest
from goldthread.kernel.mends import BY_CODE

HEAD = b"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<Message xmlns:x="urn:x">
<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails></Header>
<Children>
  <Child>
"""
CHILD = b"""    <ChildIdentifiers>
      <LAchildID> C1 </LAchildID>
      <PersonBirthDate>1 March 2012</PersonBirthDate>
      <x:Sex note="a > b">m</x:Sex>
      <PersonDeathDate>N/A</PersonDeathDate>
    </ChildIdentifiers>
"""
DISABLED = b"<Disabilities><Disability>none</Disability><Disability>NONE</Disability></Disabilities>"
NEED = b"""    <CINdetails><CINreferralDate>2025-04-01</CINreferralDate><PrimaryNeedCode>n1<!-- ? --></PrimaryNeedCode>
      <ReferralNFA>True</ReferralNFA>
      <Assessments><AssessmentActualStartDate>2025-04-02</AssessmentActualStartDate></Assessments>
      <Assessments>
        <AssessmentActualStartDate>02.04.2025</AssessmentActualStartDate>
      </Assessments>
      <Own>&lt;kept&gt; <![CDATA[<so>]]></Own></CINdetails>
    <CINdetails><CINreferralDate>2025-09-01</CINreferralDate><ReferralNFA>false</ReferralNFA><ChildProtectionPlans>
      <NumberOfPreviousCPP>0.0</NumberOfPreviousCPP><Reviews><CPPreviewDate>N/A</CPPreviewDate></Reviews>
      </ChildProtectionPlans></CINdetails>
"""
FOOT = b"  </Child>\n</Children></Message>\n"


def document(*parts: bytes) -> bytes:
    disabled = b"    <ChildCharacteristics><Ethnicity>wbri</Ethnicity>" + DISABLED + b"</ChildCharacteristics>\n"
    return HEAD + CHILD + disabled + NEED + b"".join(parts) + FOOT


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "census.xml"
    path.write_bytes(document())
    return path


def changed(path: Path) -> list[tuple[str, str, str, str, str, str]]:
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    names = ("mend", "table", "row", "heading", "written", "becomes")
    return sorted(tuple(row[name] for name in names) for row in rows)  # type: ignore[misc]


def test_the_mended_cells_change_and_every_other_line_stays(untidy: Path, tmp_path: Path) -> None:
    before = untidy.read_bytes()
    made = mend(untidy, as_form="cin", year=2026, out=tmp_path / "copy")
    assert untidy.read_bytes() == before
    now = (tmp_path / "copy" / "census.xml").read_text(encoding="utf-8").splitlines()
    lines = list(difflib.ndiff(before.decode().splitlines(), now))
    gone = [line[2:].strip() for line in lines if line.startswith("- ")]
    come = [line[2:].strip() for line in lines if line.startswith("+ ")]
    assert come == [
        "<LAchildID>C1</LAchildID>",
        "<PersonBirthDate>2012-03-01</PersonBirthDate>",
        '<x:Sex note="a > b">M</x:Sex>',
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"
        "</ChildCharacteristics>",
        "<ReferralNFA>1</ReferralNFA>",
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>N/A</CPPreviewDate></Reviews>",
    ]
    # Beside what came anew, the emptied date and the assessment that was told twice are gone.
    assert len(gone) == len(come) + 1 + 3
    assert (made.mended, made.new) == (made.before.frame.height - made.after.frame.height, 0)


def test_the_log_has_every_change_by_table_and_row(untidy: Path, tmp_path: Path) -> None:
    made = mend(untidy, as_form="cin", year=2026, out=tmp_path / "copy")
    assert changed(made.log) == sorted([
        ("spaces", "cin_child_identifiers", "2", "LAchildID", " C1 ", "C1"),
        ("dates", "cin_child_identifiers", "2", "PersonBirthDate", "1 March 2012", "2012-03-01"),
        ("case", "cin_child_identifiers", "2", "Sex", "m", "M"),
        ("blanks", "cin_child_identifiers", "2", "PersonDeathDate", "N/A", ""),
        ("case", "cin_child_characteristics", "2", "Ethnicity", "wbri", "WBRI"),
        ("case", "cin_disabilities", "2", "Disability", "none", "NONE"),
        ("same-rows", "cin_disabilities", "3", "", "", ""),
        ("true-false", "cin_details", "2", "ReferralNFA", "True", "1"),
        ("dates", "cin_assessments", "3", "AssessmentActualStartDate", "02.04.2025", "2025-04-02"),
        ("same-rows", "cin_assessments", "3", "", "", ""),
        ("point-zero", "cin_protection_plans", "2", "NumberOfPreviousCPP", "0.0", "0"),
    ])  # fmt: skip
    assert suggest(tmp_path / "copy", as_form="cin", year=2026).changes.is_empty()


def test_one_mend_is_taken_alone(untidy: Path, tmp_path: Path) -> None:
    made = mend(untidy, as_form="cin", year=2026, out=tmp_path / "copy", take=["spaces"])
    assert (made.out / "census.xml").read_bytes() == untidy.read_bytes().replace(b"> C1 <", b">C1<")


def test_rows_that_hold_other_rows_are_not_taken_out_unasked(tmp_path: Path) -> None:
    twice = (
        b"<CINdetails><CINreferralDate>2025-10-01</CINreferralDate><Section47><S47ActualStartDate>2025-10-02"
        b"</S47ActualStartDate></Section47></CINdetails>"
    )
    (tmp_path / "census.xml").write_bytes(document(twice, twice))
    made = mend(tmp_path / "census.xml", as_form="cin", year=2026, out=tmp_path / "copy", take=["case", "same-rows"])
    assert made.changes.filter(mend="same-rows")["table"].to_list() == ["cin_disabilities"]
    assert "cin_details" not in made.changes["table"].to_list()
    assert (made.out / "census.xml").read_bytes().count(twice) == 2


@pytest.mark.parametrize(
    ("mark", "encoding", "declared"),
    [(b"\xef\xbb\xbf", "utf-8", "utf-8"), (b"", "cp1252", "windows-1252"), (b"\xff\xfe", "utf-16-le", "utf-16")],
)
def test_letters_and_line_ends_are_written_as_they_were(
    mark: bytes, encoding: str, declared: str, tmp_path: Path
) -> None:
    text = document(b"<Own>caf\xc3\xa9</Own>").decode().replace('"utf-8"', f'"{declared}"').replace("\n", "\r\n")
    (tmp_path / "census.xml").write_bytes(mark + text.encode(encoding))
    made = mend(tmp_path / "census.xml", as_form="cin", year=2026, out=tmp_path / "copy", take=["spaces"])
    assert (made.out / "census.xml").read_bytes() == mark + text.replace("> C1 <", ">C1<").encode(encoding)


def test_the_xml_of_ssda903_is_mended(tmp_path: Path) -> None:
    clean = xml_903(make_903(30))
    (tmp_path / "return.xml").write_bytes(clean.replace(b"<SEX>M</SEX>", b"<SEX>1</SEX>"))
    made = mend(tmp_path / "return.xml", as_form="ssda903", year=2026, out=tmp_path / "copy")
    assert set(made.changes["mend"]) == {"older-codes"} and made.changes.height == clean.count(b"<SEX>M</SEX>")
    assert (made.out / "return.xml").read_bytes() == clean


def test_a_word_for_nothing_that_makes_a_row_is_left(tmp_path: Path) -> None:
    text = (
        b"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><DOB>2012-03-01</DOB><DUC>N/A</DUC><MC_DOB>N/A</MC_DOB>"
        b"</HEADER></CHILD></EXPSSDA903>"
    )
    (tmp_path / "return.xml").write_bytes(text)
    made = mend(tmp_path / "return.xml", as_form="ssda903", year=2026, out=tmp_path / "copy")
    assert (made.out / "return.xml").read_bytes() == text.replace(b"<MC_DOB>N/A</MC_DOB>", b"").replace(
        b"2012-03-01", b"01/03/2012"
    )


def test_a_clean_document_has_nothing_to_mend(tmp_path: Path) -> None:
    (tmp_path / "census.xml").write_bytes(xml_cin(make_cin(40)))
    assert suggest(tmp_path / "census.xml", as_form="cin", year=2026).changes.is_empty()
    with pytest.raises(Refused, match="another return than was asked for"):
        suggest(tmp_path / "census.xml", as_form="ssda903", year=2026)


def test_every_table_keeps_its_rows_but_those_told_twice(untidy: Path, tmp_path: Path) -> None:
    made = mend(untidy, as_form="cin", year=2026, out=tmp_path / "copy", take=[c for c in BY_CODE if c != "same-rows"])
    then, now = check(untidy, as_form="cin", year=2026), check(made.out, as_form="cin", year=2026)
    assert then.rows == now.rows
