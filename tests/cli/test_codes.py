"""`goldthread codes`: one line out for each line in, and an exit code that says whether anything is left."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.submissions import ran

Capture = pytest.CaptureFixture[str]


def _given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    class _Input:
        buffer = io.BytesIO(data)

    monkeypatch.setattr("sys.stdin", _Input())


def test_json_is_one_object_a_line_in_the_order_given(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    _given(monkeypatch, b"wht brit\r\nWhite\r\n\r\nBoth\nwht brit\n")
    told = ran(capsys, "codes", "match", "--field", "ethnicity", "--format", "json")
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == 1
    assert [list(line) for line in lines] == [["value", "code", "how", "confidence"]] * 5
    assert [(line["value"], line["code"]) for line in lines] == [
        ("wht brit", "WBRI"), ("White", None), ("", None), ("Both", None), ("wht brit", "WBRI"),
    ]  # fmt: skip
    assert lines[0]["how"] == "read ‘wht brit’ as WBRI: White British (other words for it)"
    assert lines[0]["confidence"] == 0.96
    assert lines[1]["confidence"] == 0
    assert lines[1]["how"].startswith("left to you: it could be WBRI or WIRI")


def test_all_read_is_0_and_windows_letters_are_read(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    _given(monkeypatch, "N2 - Child’s disability\nAbuse/Neglect".encode("cp1252"))
    told = ran(capsys, "codes", "match", "--field", "primary-need", "--format", "csv")
    rows = list(csv.reader(io.StringIO(told.out)))
    assert told.code == 0
    assert rows[0] == ["value", "code", "how", "confidence"]
    assert [row[1] for row in rows[1:]] == ["N2", "N1"]


def test_a_table_says_how_many_are_left(capsys: Capture, tmp_path: Path) -> None:
    values = tmp_path / "values.txt"
    values.write_text("=1+1\nPolice\n", encoding="utf-8")
    told = ran(capsys, "codes", "match", "--field", "source", "--values", values)
    assert told.code == 1
    assert "source: 2 values, 1 left to you" in told.out


def test_corrections_are_asked_and_refused_by_row(capsys: Capture, tmp_path: Path) -> None:
    values, corrections, out = tmp_path / "values.txt", tmp_path / "corrections.csv", tmp_path / "out.jsonl"
    values.write_text("Martian\n", encoding="utf-8")
    corrections.write_text("field,value,code\nethnicity,martian,OOTH\n", encoding="utf-8")
    words = ("codes", "match", "--field", "ethnicity", "--values", values, "--corrections", corrections)
    assert ran(capsys, *words, "--format", "json", "--output", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["code"] == "OOTH"
    corrections.write_text("field,value,code\nethnicity,martian,XXXX\n", encoding="utf-8")
    told = ran(capsys, *words)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("goldthread codes: corrections.csv: row 2: ethnicity has no code “XXXX”")


def test_a_strange_field_and_no_values_are_refused_in_one_sentence(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(monkeypatch, b"")
    told = ran(capsys, "codes", "match", "--field", "placment-type")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "placement" in told.err
    told = ran(capsys, "codes", "match", "--field", "placement-type")
    assert (told.code, told.err) == (
        2, "goldthread codes: there are no values; give them on standard input, one a line, or with --values FILE.\n"
    )  # fmt: skip


def test_without_a_field_every_field_is_named(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    _given(monkeypatch, b"WBRI\n")
    told = ran(capsys, "codes", "match")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    known = [row["field"] for row in json.loads(ran(capsys, "codes", "fields", "--format", "json").out)]
    assert known and all(name.replace("_", "-") in told.err for name in known)
    assert "--field NAME" in told.err


def test_the_fields_are_listed_with_how_many_codes_each_has(capsys: Capture) -> None:
    told = ran(capsys, "codes", "fields", "--format", "json")
    counts = {entry["field"]: entry["codes"] for entry in json.loads(told.out)}
    assert told.code == 0
    assert {"ethnicity": 21, "source": 22, "yes_no": 2, "assessment_factors": 44}.items() <= counts.items()
    assert "ethnicity" in ran(capsys, "codes", "fields").out
