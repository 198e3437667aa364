"""Lists of providers in several yearly shapes."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from goldthread.kernel.providers import SCHEMA
from goldthread.kernel.refusal import Refused
from goldthread.readers.providers import read_providers

CODES = """Social care providers,,,,,,
URN,Placement type code,Placement provider code,Local authority,Setting postcode,Registration date,Deregistration date
SC012345,"K2, S1",PR4,Derbyshire,DE1 1AA,01/04/2010,
1234567.0,U1-U6,PR1 or PR2,Derby,de1 1ab,01/04/2010,31/03/2024
,K2,PR4,Derby,,,
"""
WORDS = """Provider type;Sector;URN;LA;Postcode;Places
Children’s Home;Private;7654321;Kent;ME1 1AA;12
Fostering Agency;Voluntary;7654322;Kent;;
"""


def test_codes_are_found_in_whatever_text_holds_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CODES, encoding="utf-8-sig")
    rows = read_providers([tmp_path / "a.csv"])
    assert dict(rows.schema) == SCHEMA
    assert rows.rows() == [
        ("SC012345", ["K2", "S1"], ["PR4"], "DERBYSHIRE", "DE11AA", date(2010, 4, 1), None),
        (
            "1234567", ["U1", "U2", "U3", "U4", "U5", "U6"], ["PR1", "PR2"], "DERBY", "DE11AB", date(2010, 4, 1),
            date(2024, 3, 31),
        ),
    ]  # fmt: skip


def test_without_codes_words_tell_them_and_a_number_of_places_is_no_code(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(WORDS.encode("cp1252"))
    rows = read_providers([tmp_path / "b.csv"])
    assert rows.select("urn", "place_codes", "provider_codes").rows() == [
        ("7654321", ["K2"], ["PR4"]),
        ("7654322", ["U1", "U2", "U3", "U4", "U5", "U6"], ["PR5"]),
    ]


def test_a_workbook_of_several_sheets_and_a_second_file_are_one_list(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        notes, homes = book.add_worksheet("Notes"), book.add_worksheet("CH")
        notes.write_string(0, 0, "As sent in 2025")
        for at, heading in enumerate(("URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END")):
            homes.write_string(2, at, heading)
        homes.write_number(3, 0, 7654321)
        homes.write_string(3, 1, "K1")
        homes.write_datetime(3, 3, date(2024, 5, 1), day)
    (tmp_path / "c.xlsx").write_bytes(out.getvalue())
    (tmp_path / "b.csv").write_bytes(WORDS.encode())
    one = read_providers([tmp_path / "c.xlsx"])
    assert one.select("urn", "place_codes", "provider_codes", "closed_on").rows() == [
        ("7654321", ["K1"], None, date(2024, 5, 1))
    ]
    both = read_providers([tmp_path / "c.xlsx", tmp_path / "b.csv"])
    assert both["urn"].to_list() == ["7654321", "7654322"]
    assert both["place_codes"][0].to_list() == ["K1", "K2"]
    assert both["closed_on"].to_list() == [None, None]


def test_what_is_no_list_of_providers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("name,town\nA,B\n", encoding="utf-8")
    with pytest.raises(Refused, match="no list of providers"):
        read_providers([tmp_path / "d.csv"])
