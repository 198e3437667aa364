"""A return of the invented authority with nothing planted in it breaks no rule of the Department's that is an error."""

from pathlib import Path

import pytest

from goldthread import check
from goldthread.cli import main


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_clean_generated_return_has_no_errors(tmp_path: Path, year: int) -> None:
    made = tmp_path / "authority"
    asked = ["make-authority", "--out", str(made), "--returns", "ssda903,cin", "--size", "0.15", "--defects", "off"]
    assert main([*asked, "--year", str(year)]) == 0
    census, before = (made / "cin" / f"synthetic-cin-{number}.xml" for number in (year, year - 1))
    returned, returned_before = (made / "ssda903" / str(number) for number in (year, year - 1))
    for form, path, last in (("cin", census, before), ("ssda903", returned, returned_before)):
        found = check(path, as_form=form, year=year, last_year=last)
        assert [issue for issue in found.issues if issue.severity == "error"] == []
        assert found.run
