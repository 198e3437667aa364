"""Corrections: asked before anything else, refused by their row, and carried into the sandbox."""

import pytest
from tests.readers.books import one_list, xlsx

from goldthread.engines.sandbox import read_safely
from goldthread.kernel.corrections import from_bytes, to_bytes
from goldthread.readers import read_bytes
from goldthread.readers.code_fields import UnknownField, field
from goldthread.readers.code_matching import LISTS, matcher
from goldthread.readers.corrections import Unusable, corrected, in_force, parse

GOOD = b"field,value,code\nethnicity,Lapsed Martian,OOTH\nPlacement type,Lodge House,k2\n"


def test_corrections_are_asked_first_and_only_while_they_are_in_force():
    held = parse(GOOD)
    assert held == {("ethnicity", "lapsed martian"): "OOTH", ("placement", "lodge house"): "K2"}
    match = matcher("ethnicity")
    with in_force(held):
        assert (match.understand("LAPSED  martian.").code, match.understand("lapsed martian").confidence) == (
            "OOTH",
            1.0,
        )
        assert matcher("placement").understand("Lapsed Martian").code is None
    assert match.understand("Lapsed Martian").code is None
    assert corrected("ethnicity", "lapsed martian") is None


def test_a_correction_may_overrule_what_would_have_been_read():
    with in_force(parse(b"field,value,code\nsource,Hospital,3E\n")):
        assert matcher("source").understand("Hospital").code == "3E"
    assert matcher("source").understand("Hospital").code == "3F"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "row 1 lacks the heading field and value and code"),
        (b"field,value\nethnicity,x\n", "row 1 lacks the heading code"),
        (b"field,value,code\nethnisity,x,WBRI\n", "row 2: there is no field called"),
        (b"field,value,code\nethnicity,x,WBRI\nethnicity,y,WXYZ\n", "row 3: ethnicity has no code"),
        (b"field,value,code\nethnicity,--,WBRI\n", "row 2: the value has no letter or digit"),
        (b"field,value,code\nethnicity,x\n", "row 2 has too few cells"),
        (b"field,value,code\nethnicity,x,WBRI\nethnicity,X,WIRI\n", "row 3 says WIRI for what row 2 says is WBRI"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_row(data, says):
    with pytest.raises(Unusable) as refused:
        parse(data)
    assert says in str(refused.value)


def test_blank_rows_other_columns_and_windows_letters_are_no_matter():
    data = "note,code,value,field\n\nsaid by team,WOTH,Café,ethnicity\n,,,\n".encode("cp1252")
    assert parse(data) == {("ethnicity", "caf"): "WOTH"}


def test_corrections_become_bytes_and_back_and_other_bytes_are_refused():
    held = parse(GOOD)
    assert from_bytes(to_bytes(held)) == held
    for wrong in (b"{}", b"[1]", b'[["a","b"]]', b'[["a","b",1]]', b"x"):
        with pytest.raises(ValueError):
            from_bytes(wrong)


def test_corrections_reach_the_child_process_and_are_told(tmp_path):
    path = tmp_path / "sent.xlsx"
    path.write_bytes(xlsx(one_list("contacts", ethnicity=["Lapsed Martian", "a) WBRI"])))
    assert read_safely(path).unread["written"].to_list() == ["Lapsed Martian"]
    reading = read_safely(path, corrections=parse(GOOD))
    assert reading.unread.is_empty()
    assert reading.tables["contacts"]["ethnicity"].to_list() == ["OOTH", "WBRI"]
    told = reading.notes.filter(reading.notes["kind"] == "corrected").select("written", "read_as", "says").rows()
    assert told == [("Lapsed Martian", "OOTH: Any other ethnic group", "Read as somebody corrected it before.")]
    assert read_bytes(path.read_bytes(), corrections=parse(GOOD)).unread.is_empty()


NAMES = [
    ("ethnicity", "ethnicity"), ("Placement type", "placement"), ("placement-type", "placement"),
    ("placement_type", "placement"), ("contact-source", "source"), ("referral-source", "source"),
    ("Contact/Referral source", "source"), ("primary-need", "need"), ("reason-ceased", "ceased"),
    ("ceased-reason", "ceased"), ("CLA ceased reason", "ceased"), ("LA of placement", "authority"),
    ("Category of abuse", "abuse"), ("RNE", "new_episode"), ("LS", "legal_status"),
    ("REASON_PLACE_CHANGE", "placement_change"), ("referralsourcetype", "source"), ("In/Out", "in_out"),
    ("YN", "yes_no"), ("YNU", "yes_no_unknown"), ("Permanence plan", "permanence"), ("Case status", "case_status"),
    ("CIN closure reason", "closure"), ("Placement provider", "provider"), ("Legal status", "legal_status"),
    ("Adoption reversal", "reversal"), ("Adopter leaving reason", "leaving"),
    ("Gender (adopters)", "gender_of_adopter"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "known"), NAMES)
def test_a_field_is_known_by_its_other_names(name, known):
    assert field(name) == known


def test_every_list_is_a_field_by_its_own_name_and_a_strange_one_is_refused_with_those_near_it():
    assert {name: field(name) for name in LISTS} == {name: name for name in LISTS}
    with pytest.raises(UnknownField, match="near it are placement"):
        field("placment")
    with pytest.raises(UnknownField, match="codes fields"):
        field("zzzz")
