"""The order and number of elements of a return's XML, beside the Department's schemas where they lie at hand."""

import re
from pathlib import Path

import pytest
from lxml import etree
from tests.made_returns import make_cin, xml_cin

from goldthread import mend, suggest
from goldthread.readers.xml_places import places
from goldthread.readers.xml_shape import CIN, SSDA903, Shape
from goldthread.readers.xml_structure import _DECLARED, odd_structure

SHARED = Path(__file__).parents[3] / "shared" / "data"
SCHEMAS = [
    (CIN, SHARED / "cin/CIN_schema_2023.xsd"), (CIN, SHARED / "cin/CIN_schema_2026.xsd"),
    (SSDA903, SHARED / "ssda903/CLA.xsd"),
]  # fmt: skip
_XS = "{http://www.w3.org/2001/XMLSchema}"


def odd(text: str, shape: Shape = CIN) -> list[tuple[str, str, str, int, int]]:
    found = odd_structure(places(text.encode(), shape), shape)
    return [(one.holder, one.element, one.says.split()[0], one.times, one.line) for one in found]


WHO = "<ChildIdentifiers><LAchildID>1</LAchildID><Sex>M</Sex></ChildIdentifiers>"
IS = "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
NEED = (
    "<CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>1A</ReferralSource>"
    "<ReferralNFA>0</ReferralNFA></CINdetails>"
)


def census(*parts: str) -> str:
    inner = "".join(parts)
    return f"<Message>\n<Children>\n<Child>\n{inner}\n</Child></Children></Message>"


def test_a_document_as_the_schema_says_has_nothing_odd() -> None:
    assert odd(census(WHO, IS, NEED, NEED)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (census(IS, WHO, NEED), ("Child", "ChildCharacteristics", "stands", 1, 4)),
        (census(WHO, WHO, IS, NEED), ("Child", "ChildIdentifiers", "stands", 1, 4)),
        (census(WHO, IS), ("Child", "CINdetails", "is", 1, 3)),
        (census(WHO, IS, NEED.replace("<ReferralNFA>0</ReferralNFA>", "")), ("CINdetails", "ReferralNFA", "is", 1, 4)),
        (census(WHO.replace("1<", "1</LAchildID><UPN/><LAchildID>1<", 1), IS, NEED),
         ("ChildIdentifiers", "UPN", "is", 1, 4)),
    ],
)  # fmt: skip
def test_what_is_odd_is_told_with_its_place(text: str, told: tuple[str, str, str, int, int]) -> None:
    assert told in odd(text)


def test_elements_of_newer_years_and_empty_cells_of_ssda903_are_no_matter() -> None:
    header = "<CHILDID>1</CHILDID><UPN/><SEX>M</SEX><DOB>01/02/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC>"
    text = f"<EXPSSDA903><CHILD><HEADER>{header}<SW_EPISODE><SW_ID>1</SW_ID></SW_EPISODE></HEADER></CHILD></EXPSSDA903>"
    assert odd(text, SSDA903) == []


def test_the_same_is_told_of_a_return_and_of_its_corrected_copy(tmp_path: Path) -> None:
    text = xml_cin(make_cin(12)).decode()
    assert "WBRI" in text or "Ethnicity" in text
    text = re.sub(r"<Ethnicity>(\w+)<", r"<Ethnicity> \1 <", text, count=3)
    text = re.sub(r"(<LAchildID>.*?</LAchildID>)", r"\1\1", text, count=1)
    (tmp_path / "census.xml").write_text(text, encoding="utf-8")
    before = suggest(tmp_path / "census.xml", as_form="cin", year=2026)
    made = mend(tmp_path / "census.xml", as_form="cin", year=2026, out=tmp_path / "copy")
    twice = [one for one in before.structure if one.element == "LAchildID"]
    assert [one.times for one in twice] == [1] and made.structure == before.structure


@pytest.mark.parametrize(("shape", "schema"), SCHEMAS, ids=lambda one: getattr(one, "stem", ""))
@pytest.mark.skipif(not SHARED.exists(), reason="the schemas beside the project are not here")
def test_what_is_held_is_what_the_schemas_say(shape: Shape, schema: Path) -> None:
    root = etree.parse(schema).getroot()
    types = {one.get("name"): one for one in root.iter(f"{_XS}complexType") if one.get("name")}
    seen = set()
    for element in root.iter(f"{_XS}element"):
        inner = element.find(f"{_XS}complexType")
        inner = types.get(element.get("type")) if inner is None else inner
        name = element.get("name", "").casefold()
        if inner is None or name not in _DECLARED[shape.form]:
            continue
        seen.add(name)
        wanted = [
            (one.get("name").casefold(), one.get("minOccurs", "1") != "0", one.get("maxOccurs", "1") == "1")
            for one in inner.find(f"{_XS}sequence")
            if one.tag == f"{_XS}element"
        ]
        parts = _DECLARED[shape.form][name]
        assert [each[1:] for each in wanted] == [(part.needed, part.once) for part in parts], name
        assert all(each[0] in part.names for each, part in zip(wanted, parts, strict=True)), name
    assert seen == set(_DECLARED[shape.form])
