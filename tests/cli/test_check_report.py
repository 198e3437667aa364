"""A report made where the return is read says what one says that is made by the command itself, byte for byte."""

from pathlib import Path

import pytest
from tests import made_returns as made

from goldthread.cli import check_report, main


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("form", ["ssda903", "cin"])
def test_both_ways_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, kind: str) -> None:
    sent = tmp_path / "sent.xml"
    sent.write_bytes(made.xml_903(made.make_903(60)) if form == "ssda903" else made.xml_cin(made.make_cin(60)))
    words = ["check", str(sent), "--as", form, "--year", "2026", "--format", kind, "--out"]
    assert main([*words, str(tmp_path / "in_child")]) == 1
    monkeypatch.setattr(check_report, "suits", lambda _: False)
    assert main([*words, str(tmp_path / "here")]) == 1
    told = (tmp_path / "in_child").read_bytes()
    assert told.count(b"\n") > 100
    assert told == (tmp_path / "here").read_bytes()


def test_a_return_that_is_refused_leaves_the_report_that_was_there(tmp_path: Path) -> None:
    sent, out = tmp_path / "sent.xml", tmp_path / "out.csv"
    sent.write_bytes(made.xml_cin(made.make_cin(5))[:-40])
    out.write_text("as it was")
    assert main(["check", str(sent), "--as", "cin", "--year", "2026", "--format", "csv", "--out", str(out)]) == 2
    assert out.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "sent.xml"]
