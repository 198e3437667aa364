"""A measure's warning says in words how grave the breaches are that it counts, and leaves their codes to a fold."""

import pytest

from goldthread.apps.submissions.measure_words import with_severities

RULES = {"K06": "error", "L401": "query", "S07": "note", "P03": "error"}
SAYS = "10 of the 5,660 rows used (under 1%) break a rule about the same columns"


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ("K06 2, L401 1,198, P03 1, S07 1", "3 errors, 1,198 queries and 1 note"),
        ("K06 1, L401 1", "1 error and 1 query"),
        ("S07 4", "4 notes"),
    ],
)
def test_codes_of_rules_are_told_by_how_grave_they_are(counted: str, told: str) -> None:
    assert with_severities(f"{SAYS}: {counted}.", RULES) == (f"{SAYS}: {told}.", counted)


@pytest.mark.parametrize(
    "other",
    ["Fewer than ten: counts only.", "1 cells that this rests on were not understood: DEC 1.", "Of this: K06.",
     f"{SAYS}: Z99 4."],
)  # fmt: skip
def test_a_warning_that_counts_no_known_rules_is_left_as_it_is(other: str) -> None:
    assert with_severities(other, RULES) == (other, "")
