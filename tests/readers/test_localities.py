"""The user's own localities: read from a small CSV, and refused in a plain sentence where a row cannot be meant."""

from pathlib import Path

import pytest

from goldthread.kernel.refusal import Refused
from goldthread.readers.localities import MOST, read_localities


@pytest.mark.parametrize(
    "text",
    [
        "area,locality\nE07000032,North\nE07000033,South\nE07000032,North\n",
        "\ufeffCode;Name\r\n e07000032 ; North \r\n;\r\nE07000033;South\r\n",
        "other\tward\tlocality\n1\tE07000032\tNorth\n2\tE07000033\tSouth\n",
    ],
    ids=["plain", "as a spreadsheet saves it", "tabs, and a column more"],
)
def test_localities_are_read_as_they_come(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_localities(tmp_path / "a.csv").rows() == [("E07000032", "North"), ("E07000033", "South")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This file is empty"),
        ("area,locality\n", "headings and no localities"),
        ("team,count\nNorth,3\n", "no column “area”"),
        ("area,locality\nDE1 1AA,North\n", "What is no code of a district or ward: “DE1 1AA”. Write the nine signs"),
        ("area,locality\nE07000032,\n", "An area without a locality: “E07000032”. Give it a name"),
        ("area,locality\nE07000032,North\nE07000032,South\n", "An area in two localities: “E07000032”. Keep one"),
        (f"area,locality\nE07000032,{'x' * 81}\n", "too long a name"),
        ("area,locality\n" + "".join(f"E050000{n:02},L{n}\n" for n in range(MOST + 1)), "more than 60 localities"),
        ("area,locality\n" + "".join(f"x{n},L\n" for n in range(5)), "“X0”, “X1”, “X2” (and 2 more). Write"),
        ('area,locality\nE07000032,"North\n', "quotation marks do not match"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_localities(tmp_path / "a.csv")
    assert says in f"{refused.value.reason} {refused.value.mend}"
