"""Items rated case by case. The spec table says what each case shows; a plain count stands beside the tally."""

import random

import pytest

from goldthread.domain.frameworks import load
from goldthread.domain.rolling_up import Rated, RatingError, of_case, shares, tally
from goldthread.domain.shares import Share

REVIEW = load("us-cfsr")
WORDS = {"S": "met", "A": "not-met", "-": "not-applicable"}

# For each outcome: the ratings of its items, S strength, A area needing improvement, - not applicable; what they show.
SPEC = {
    "safety-1": {"S": "achieved", "A": "not-achieved", "-": "not-applicable"},
    "safety-2": {"SS": "achieved", "S-": "achieved", "SA": "partly", "AA": "not-achieved", "A-": "not-achieved"},
    "permanency-1": {"SSS": "achieved", "SSA": "partly", "S--": "achieved", "AAS": "partly", "---": "not-applicable"},
    "permanency-2": {
        "SSSSS": "achieved", "ASSSS": "achieved", "AASSS": "partly", "A----": "not-achieved", "AS---": "achieved",
    },
    "well-being-1": {"SSSS": "achieved", "SASS": "achieved", "ASSS": "partly", "SAAS": "partly"},
    "well-being-2": {"S": "achieved", "A": "not-achieved"},
    "well-being-3": {"SS": "achieved", "-S": "achieved", "AS": "partly"},
}  # fmt: skip


def rated(case: str, outcome: str, letters: str) -> dict[str, str]:
    roll_up = REVIEW.area(outcome).roll_up
    assert roll_up is not None
    return {item.id: WORDS[letter] for item, letter in zip(roll_up.items, letters, strict=True)}


@pytest.mark.parametrize(
    ("outcome", "letters", "shows"),
    [(o, letters, shows) for o, rows in SPEC.items() for letters, shows in rows.items()],
)
def test_what_a_case_shows(outcome: str, letters: str, shows: str) -> None:
    roll_up = REVIEW.area(outcome).roll_up
    assert roll_up is not None
    assert of_case(roll_up, rated("1", outcome, letters)) == shows


def test_an_item_left_out_does_not_apply() -> None:
    roll_up = REVIEW.area("permanency-1").roll_up
    assert roll_up is not None
    assert of_case(roll_up, {"item-04": "met"}) == "achieved"
    assert of_case(roll_up, {}) == "not-applicable"


def test_the_tally_is_a_plain_count() -> None:
    """Sixty-five random cases, counted a second time case by case from the rule's own sentence."""
    dice = random.Random(65)
    said = ("Strength", "area needing  improvement", "NOT APPLICABLE")
    rows, plain = [], {}
    for case in range(65):
        for number in range(1, 19):
            word = dice.choices(said, (12, 1, 3))[0]
            rows.append(Rated(str(case), f"item-{number:02}", word, "here"))
            plain[case, number] = word[0].upper()
    counted = {one.area.slug: one for one in tally(REVIEW, rows)}
    numbers = {"safety-1": [1], "safety-2": [2, 3], "permanency-1": [4, 5, 6], "permanency-2": list(range(7, 12)),
               "well-being-1": [12, 13, 14, 15], "well-being-2": [16], "well-being-3": [17, 18]}  # fmt: skip
    for outcome, items in numbers.items():
        achieved = applies = 0
        for case in range(65):
            ratings = {number: plain[case, number] for number in items if plain[case, number] != "N"}
            missed = [number for number, letter in ratings.items() if letter == "A"]
            allowed = 1 if outcome in ("permanency-2", "well-being-1") else 0
            applies += bool(ratings)
            achieved += bool(len(missed) < len(ratings) and len(missed) <= allowed and 12 not in missed)
        one = counted[outcome]
        assert one.share == Share(achieved, applies)
        assert one.achieved + one.partly + one.not_achieved + one.not_applicable == 65
        for tallied, number in zip(one.items, items, strict=True):
            letters = [plain[case, number] for case in range(65)]
            assert (tallied.met, tallied.applied) == (letters.count("S"), 65 - letters.count("N"))
            assert tallied.strong is (10 * tallied.met >= 9 * tallied.applied)
    assert shares(counted.values()) == {slug: one.share for slug, one in counted.items()}


def test_an_outcome_that_no_case_speaks_to_has_no_share() -> None:
    counted = tally(REVIEW, [Rated("1", "item-01", "Strength", "here")])
    assert shares(counted) == {"safety-1": Share(1, 1)}
    assert {item.strong for one in counted if one.share is None for item in one.items} == {None}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("", "item-01", "Strength")], "line 2: no case is named"),
        ([("1", "item-1", "Strength")], "“item-1” is not an item of us-cfsr; use item-01, "),
        ([("1", "item-01", "Good")], "write Strength, Area needing improvement or Not applicable"),
        ([("1", "item-01", "Strength"), ("1", "item-01", "Strength")], "line 3: item-01 is rated twice in case 1"),
        ([], "there is no rating to add up"),
    ],
)
def test_what_cannot_be_added_up_is_refused(rows: list[tuple[str, str, str]], says: str) -> None:
    with pytest.raises(RatingError, match=says):
        tally(REVIEW, [Rated(*row, f"line {number}") for number, row in enumerate(rows, 2)])


def test_a_framework_without_items_adds_nothing_up() -> None:
    with pytest.raises(RatingError, match="sif-2013 rates no items case by case"):
        tally(load("sif-2013"), [])
