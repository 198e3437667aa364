"""`goldthread reference load-providers`: lists of providers kept for the rules that the web application runs."""

from pathlib import Path

import pytest
from tests.cli.submissions import ran

from goldthread.engines.reference import PROVIDERS as KEPT_IN
from goldthread.engines.reference import Damaged, providers

CODES = "URN,Placement type code,Placement provider code,Local authority,Setting postcode\n"
ONE = CODES + "SC012345,K2,PR4,Wexcombe,\n"
OTHER = CODES + "SC054321,K2,PR4,Larkham,\n"


def test_several_lists_are_kept_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "homes.csv", tmp_path / "others.csv"]
    for file, says in zip(files, (ONE, OTHER), strict=True):
        file.write_text(says)
    told = ran(capsys, "reference", "load-providers", *files, "--data", tmp_path)
    assert told.code == 0 and "homes.csv, others.csv: providers" in told.out
    held = providers(tmp_path)
    assert held is not None
    assert sorted(held.collect()["urn"]) == ["SC012345", "SC054321"]


@pytest.mark.parametrize(
    ("says", "told"),
    [("Name,Town\nHolly,Wexcombe\n", "no list of providers"), ("", "This file is empty")],
)
def test_what_is_no_list_is_refused_by_its_name_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], says: str, told: str
) -> None:
    good, bad = tmp_path / "homes.csv", tmp_path / "bad.csv"
    good.write_text(ONE)
    bad.write_text(says)
    refused = ran(capsys, "reference", "load-providers", good, bad, "--data", tmp_path)
    assert refused.code == 2 and told in refused.err and "bad.csv" in refused.err
    assert not (tmp_path / KEPT_IN).exists()
    assert ran(capsys, "reference", "load-providers", tmp_path / "none.csv", "--data", tmp_path).code == 2


def test_the_other_things_are_one_file_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "homes.csv"
    file.write_text(ONE)
    refused = ran(capsys, "reference", "load-postcodes", file, file, "--data", tmp_path)
    assert refused.code == 2 and "takes one file; 2 were named" in refused.err


def test_a_kept_list_that_is_damaged_is_told(tmp_path: Path) -> None:
    assert providers(tmp_path) is None
    (tmp_path / KEPT_IN).parent.mkdir()
    (tmp_path / KEPT_IN).write_bytes(b"no parquet")
    with pytest.raises(Damaged):
        providers(tmp_path)
