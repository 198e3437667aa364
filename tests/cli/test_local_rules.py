"""`goldthread check --as … --local-rules`: run beside the Department's rules, and told of apart."""

import json
from pathlib import Path

import pytest
from tests.cli.submissions import ran
from tests.cli.test_check_as import EPISODES, GOOD, HEADER, folder
from tests.kernel.test_local_rules import DECLARED

from goldthread import Refused, check

Capture = pytest.CaptureFixture[str]

OTHERS = """
[[rule]]
code = "L02"
says = "The child is of the census."
mend = "Nothing."
severity = "note"
form = "cin"
table = "ChildIdentifiers"
fields = ["Sex"]
fails = "Sex is not blank"

[[rule]]
code = "L03"
says = "A social worker is named."
mend = "Nothing."
severity = "note"
form = "ssda903"
table = "SWEpisodes"
fields = ["SW_ID"]
fails = "SW_ID is not blank"
"""


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    stays = "101,01/06/2025,S,C2,N1,U1,PR0,01/05/2025,,,,,\n101,01/06/2025,S,C2,N1,U1,PR0,,,,,,\n"
    return folder(tmp_path / "now", header=HEADER + GOOD, episodes=EPISODES + stays)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    (tmp_path / "ours.toml").write_text(DECLARED + OTHERS, encoding="utf-8")
    return tmp_path / "ours.toml"


def test_what_local_rules_find_is_told_apart(returned: Path, ours: Path, capsys: Capture) -> None:
    asked = (returned, "--as", "ssda903", "--year", "2026", "--format", "json")
    *plain, summary = ran(capsys, "check", *asked).out.splitlines()
    *lines, with_local = ran(capsys, "check", *asked, "--local-rules", ours).out.splitlines()
    told = json.loads(with_local)
    assert lines[: len(plain)] == plain
    (issue,) = [json.loads(line) for line in lines[len(plain) :]]
    assert (issue["rule"], issue["table"], issue["row"], issue["child"]) == ("L01", "Episodes", 0, "101")
    assert {key: value for key, value in told.items() if key != "local"} == json.loads(summary)
    assert (told["local"]["issues"], told["local"]["run"]) == (1, ["L01"])
    assert [one["rule"] for one in told["local"]["not_run"]] == ["L03"]
    shown = ran(capsys, "check", returned, "--as", "ssda903", "--year", "2026", "--local-rules", ours).out
    assert "Local rules: 1 run, 1 not run; 1 issue" in shown


def test_python_has_them_apart_too(returned: Path, ours: Path) -> None:
    found = check(returned, as_form="ssda903", year=2026, local_rules=ours)
    assert found.local is not None
    assert [one.rule for one in found.local.issues] == ["L01"]
    assert "L01" not in {one.rule for one in found.issues}
    assert check(returned, as_form="ssda903", year=2026).local is None


def test_a_file_that_cannot_be_used_is_refused(returned: Path, ours: Path, tmp_path: Path, capsys: Capture) -> None:
    asked = (returned, "--as", "ssda903", "--year", "2026", "--local-rules")
    ours.write_text(DECLARED.replace('"L01"', '"L401"'), encoding="utf-8")
    told = ran(capsys, "check", *asked, ours)
    assert told.code == 2
    assert "ours.toml, rule L401" in told.err and "another rule has this code" in told.err
    assert "no file nowhere.toml" in ran(capsys, "check", *asked, tmp_path / "nowhere.toml").err
    ours.write_bytes(b"\xff\xfe[\x00")
    with pytest.raises(Refused, match="not in UTF-8"):
        check(returned, as_form="ssda903", year=2026, local_rules=ours)
    assert "--local-rules goes with --as" in ran(capsys, "check", returned, "--local-rules", ours).err


def test_rules_not_run_stand_in_the_order_of_their_codes_and_in_words(returned: Path, capsys: Capture) -> None:
    shown = ran(capsys, "check", returned, "--as", "ssda903", "--year", "2026", "--format", "table").out
    told = shown[shown.index("Rules not run") :]
    assert told.index("202 ") < told.index("1015") < told.index("NoE")
    assert "Care began before this year" in told
