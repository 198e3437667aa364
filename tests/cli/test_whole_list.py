"""`goldthread check FILE --practice FOLDER`: who is due, and the work of each team."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.submissions import ran

Capture = pytest.CaptureFixture[str]
CASES = (
    "cine_referral_id,cine_person_id,cine_referral_date,cine_referral_nfa,cine_close_date,cine_referral_team\n"
    "R1,1,2026-01-10,N,,East\nR2,2,2026-01-10,N,,West\nR3,3,2026-01-10,N,,East\n"
)
DECISIONS = "child,decided_on,decision,reason_recorded,role\n1,2026-06-20,Review the plan,Y,Team manager\n"


@pytest.fixture
def handed(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    def write(cases: str = CASES, decisions: str = DECISIONS) -> tuple[Path, Path]:
        for folder, name, text in (("dataset", "cases", cases), ("practice", "decisions", decisions)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{name}.csv").write_text(text)
        return tmp_path / "dataset", tmp_path / "practice"

    return write


def check(capsys: Capture, handed: tuple[Path, Path], *more: object) -> tuple[int, str, str]:
    told = ran(capsys, "check", handed[0], "--practice", handed[1], *more)
    return told.code, told.out, told.err


def test_counts_and_the_work_of_each_team(handed: Callable[..., tuple[Path, Path]], capsys: Capture) -> None:
    code, out, _ = check(capsys, handed(), "--as-at", "2026-06-30", "--format", "json")
    told = json.loads(out)
    assert code == 1
    assert [(each["check"], each["due"], each["not_done"]) for each in told["counts"]] == [("W01", 3, 2)]
    assert [(each["team"], each["child"], each["days"]) for each in told["work"]] == [
        ("East", "3", 171),
        ("West", "2", 171),
    ]
    assert [each["check"] for each in told["not_run"]] == ["W02", "W03", "W04", "W05", "W06"]


def test_one_team_sees_its_children(handed: Callable[..., tuple[Path, Path]], capsys: Capture) -> None:
    _, out, _ = check(capsys, handed(), "--as-at", "2026-06-30", "--team", "west", "--format", "csv")
    assert [line.split(",")[:3] for line in out.splitlines()] == [["team", "check", "child"], ["West", "W01", "2"]]


def test_a_limit_can_be_set_and_nothing_to_do_is_well(
    handed: Callable[..., tuple[Path, Path]], capsys: Capture
) -> None:
    code, out, _ = check(capsys, handed(), "--as-at", "2026-06-30", "--set", "decision_days=365")
    assert code == 0
    assert "cases" not in out
    assert "W01" in out


def test_what_cannot_be_used_is_refused(handed: Callable[..., tuple[Path, Path]], capsys: Capture) -> None:
    folders = handed()
    code, _, err = check(capsys, folders)
    assert (code, "--as-at" in err) == (2, True)
    code, _, err = check(capsys, folders, "--as-at", "2026-06-30", "--rule", "L401")
    assert (code, "--rule is about the rules" in err) == (2, True)
    code, _, err = check(capsys, (folders[0], folders[0]), "--as-at", "2026-06-30")
    assert (code, "Practice record" in err) == (2, True)
