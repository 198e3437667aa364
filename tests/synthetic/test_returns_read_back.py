"""The invented returns go through the readers without loss, where the readers of the returns are there."""

from pathlib import Path

import pytest

from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts.folder import write
from goldthread.synthetic.cuts.request import Request

pytest.importorskip("goldthread.readers.returns", reason="this version reads Annex A only")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("returns")
    spec = AuthoritySpec(size=0.04, seed=77, defects=False)
    write(Request(spec, returns=("ssda903", "cin")), out, lambda _: None)
    return out


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_903_is_read_without_loss(clean: Path, year: int):
    from goldthread.readers import read

    folder = clean / "ssda903" / str(year)
    reading = read(folder, year=year)  # type: ignore[call-arg, unused-ignore]
    assert reading.unread.height == 0
    assert reading.notes.height == 0
    written = sorted(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in folder.glob("*.csv"))
    read_back = sorted(frame.height for frame in reading.tables.values() if frame.height)
    assert read_back == [count for count in written if count]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_census_is_read_without_loss(clean: Path, year: int):
    from goldthread.readers import read

    path = clean / "cin" / f"synthetic-cin-{year}.xml"
    reading = read(path)
    assert reading.unread.height == 0
    assert reading.notes.height == 0
    text = path.read_text(encoding="utf-8")
    heights = {name: frame.height for name, frame in reading.tables.items()}
    for element, table in (
        ("Child>", "cin_child_identifiers"),
        ("CINdetails>", "cin_details"),
        ("Section47>", "cin_section_47"),
    ):
        assert heights[table] == text.count(f"<{element}")
