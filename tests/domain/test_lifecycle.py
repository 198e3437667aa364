from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import pytest

from goldthread.domain import lifecycle, lifecycle_page
from goldthread.domain.lifecycle import MOVES, NAMES, IllegalMove, can_move, moves_from, require_move

THINGS = list(MOVES)


def test_an_inspection_can_walk_from_set_up_to_the_archive() -> None:
    walk = list(lifecycle.Inspection)
    for here, there in pairwise(walk):
        assert not require_move(lifecycle.Inspection, here, there).needs_reason


def test_a_move_is_found_by_the_words_that_a_database_keeps() -> None:
    assert require_move(lifecycle.Report, "draft", "submitted").to is lifecycle.Report.SUBMITTED


def test_going_back_needs_a_reason() -> None:
    assert require_move(lifecycle.Case, "allocated", "drawn").needs_reason
    assert require_move(lifecycle.Finding, "agreed", "draft").needs_reason
    assert require_move(lifecycle.Report, "submitted", "returned").needs_reason


def test_a_refusal_names_what_is_open_instead() -> None:
    with pytest.raises(IllegalMove, match=r"This finding is agreed and cannot become agreed; .*draft or withdrawn"):
        require_move(lifecycle.Finding, "agreed", "agreed")


def test_a_refusal_at_an_end_says_that_it_is_final() -> None:
    with pytest.raises(IllegalMove, match="This report is published, and that is final"):
        require_move(lifecycle.Report, "published", "draft")


def test_an_unknown_status_is_refused_and_allows_nothing() -> None:
    with pytest.raises(IllegalMove, match="“lost” is not a status of a draw"):
        moves_from(lifecycle.Draw, "lost")
    assert not can_move(lifecycle.Draw, "drafted", "lost")
    assert not can_move(lifecycle.CaseReview, "signed-off", "draft")


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_every_status_stands_in_the_table_and_can_be_reached(thing: type[StrEnum]) -> None:
    assert set(MOVES[thing]) == set(thing)
    reached, waiting = set(), [next(iter(MOVES[thing]))]
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting += [move.to for move in MOVES[thing][status]]
    assert reached == set(thing)
    assert NAMES[thing]


def test_the_page_of_diagrams_is_printed_from_the_table() -> None:
    page = Path(__file__).resolve().parents[2] / "docs/lifecycle.md"
    assert page.read_text("utf-8") == lifecycle_page.page(), (
        "run: python -m goldthread.domain.lifecycle > docs/lifecycle.md"
    )
