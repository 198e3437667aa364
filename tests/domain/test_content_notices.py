"""Of what kind a file is: the kinds in their order, and what categories of abuse lead one to expect."""

import pytest

from goldthread.domain import content_notices


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], ()),
        (["self-harm", "death"], ("death", "self-harm")),
        (["death", "death"], ("death",)),
        (["no such kind"], ()),
    ],
)
def test_kinds_are_told_once_and_in_one_order(given: list[str], told: tuple[str, ...]) -> None:
    assert content_notices.in_order(given) == told


@pytest.mark.parametrize(
    ("categories", "told"),
    [
        (["SAB"], ("sexual-abuse",)),
        (["PHY", "NEG"], ("injury", "neglect")),
        (["MUL"], ("several",)),
        (["EMO"], ()),
        ([None, "", "what was typed instead"], ()),
    ],
)
def test_a_category_of_abuse_leads_one_to_expect_a_kind(categories: list[str | None], told: tuple[str, ...]) -> None:
    assert content_notices.of_categories(categories) == told


def test_every_kind_has_words_and_every_category_a_known_kind() -> None:
    assert set(content_notices.OF_CATEGORY.values()) <= set(content_notices.KINDS)
    assert content_notices.titles(["death", "neglect"]) == ("A death", "Severe neglect")
