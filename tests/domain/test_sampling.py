import json
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.sampling import (
    Candidate,
    Plan,
    SamplingError,
    as_record,
    draw,
    from_record,
    in_order,
    precision,
    redraw,
    size_needed,
    verify,
)


def frame_of(**sizes: int) -> list[Candidate]:
    return [Candidate(f"{name}-{n:04}", name) for name, size in sizes.items() for n in range(size)]


FRAME = frame_of(care=1024, protection=729, need=5431)
PLAN = Plan(60, "7", ("stage",))

# Written down on the day the algorithm was settled. If these change, every recorded draw has lost its proof.
FOREVER = ["need-0005", "need-0062", "care-0018", "need-0068", "need-0037"]
FOREVER_FRAME = "fbf1dc8f88deaae4f85507afe6325c9093a6709fc4ce25eb7607f7195f14e694"


def test_a_draw_is_in_proportion_and_says_what_each_child_stands_for() -> None:
    drawn = draw(PLAN, FRAME)
    assert [(s.name, s.in_frame, s.drawn) for s in drawn.strata] == [
        ("care", 1024, 9),
        ("need", 5431, 45),
        ("protection", 729, 6),
    ]
    assert sum(s.drawn * s.weight for s in drawn.strata if s.weight) == pytest.approx(len(FRAME))
    assert len({c.id for c in drawn.chosen}) == 60
    assert [c.order for c in drawn.chosen] == list(range(1, 61))
    assert "drawn from the 5,431 in “need”" in next(c.reason for c in drawn.chosen if c.stratum == "need")


def test_this_draw_is_the_same_for_ever() -> None:
    drawn = draw(Plan(5, "2013-11-19", ("stage",)), frame_of(care=30, need=70))
    assert [c.id for c in drawn.chosen] == FOREVER
    assert drawn.frame_hash == FOREVER_FRAME


def test_the_order_of_the_frame_does_not_matter_and_the_seed_does() -> None:
    shuffled = FRAME[:]
    random.Random(1).shuffle(shuffled)
    assert draw(PLAN, shuffled) == draw(PLAN, FRAME)
    assert draw(Plan(60, "8", ("stage",)), FRAME).chosen != draw(PLAN, FRAME).chosen


def test_small_strata_are_reached_and_the_rest_share_what_is_left() -> None:
    drawn = draw(Plan(20, "1"), frame_of(many=990, few=9, one=1))
    assert {s.name: s.drawn for s in drawn.strata} == {"many": 17, "few": 2, "one": 1}
    crowded = draw(Plan(20, "1"), frame_of(**{f"s{n}": 50 for n in range(15)}))
    assert sorted(s.drawn for s in crowded.strata) == [1] * 10 + [2] * 5
    asked = draw(Plan(20, "1", minimum_per_stratum=0), frame_of(many=990, few=9, one=1))
    assert {s.name: (s.drawn, s.weight) for s in asked.strata}["one"] == (0, None)


def test_the_reserve_goes_on_where_the_draw_stopped() -> None:
    drawn = draw(PLAN, FRAME)
    first = next(c.id for c in drawn.reserve if c.stratum == "care" and c.order == 1)
    more = draw(Plan(70, "7", ("stage",)), FRAME)
    assert {s.name: s.drawn for s in more.strata}["care"] == 10
    assert first in {c.id for c in more.chosen}
    assert not {c.id for c in drawn.reserve} & {c.id for c in drawn.chosen}


def test_every_child_has_the_same_chance_within_a_stratum() -> None:
    frame = frame_of(care=20)
    times = Counter(c.id for seed in range(2000) for c in draw(Plan(5, str(seed)), frame).chosen)
    assert len(times) == 20
    # 500 expected of each; six standard deviations (19.4) either side.
    assert all(384 < count < 616 for count in times.values())


def test_a_record_proves_its_draw() -> None:
    drawn = draw(PLAN, FRAME)
    record = json.loads(json.dumps(as_record(drawn)))
    assert from_record(record) == drawn
    assert redraw(record, FRAME) == drawn
    assert verify(from_record(record), FRAME) == ()


def test_a_changed_record_or_frame_is_found_out() -> None:
    drawn = draw(PLAN, FRAME)
    record = json.loads(json.dumps(as_record(drawn)))
    record["chosen"][0]["id"] = record["reserve"][0]["id"]
    record["reserve"].pop()
    record["strata"][0]["in_frame"] += 1
    says = " ".join(verify(from_record(record), FRAME))
    assert "2 children differ" in says
    assert "reserve" in says
    assert "counts of the strata" in says
    assert "frame is not the one" in verify(drawn, FRAME[1:])[0]
    moved = [Candidate(FRAME[0].id, "need"), *FRAME[1:]]
    assert "frame is not the one" in verify(drawn, moved)[0]
    swapped = json.loads(json.dumps(as_record(drawn)))
    swapped["chosen"][:2] = swapped["chosen"][1::-1]
    assert "another order" in verify(from_record(swapped), FRAME)[0]


@pytest.mark.parametrize(
    ("plan", "frame", "says"),
    [
        (Plan(1, "1"), [], "empty"),
        (Plan(0, "1"), frame_of(a=3), "at least one"),
        (Plan(4, "1"), frame_of(a=3), "larger than the frame of 3"),
        (Plan(1, "1"), [Candidate("x"), Candidate("x", "b"), Candidate("y")], "more than once"),
        (Plan(2, "1"), frame_of(a=3, b=3, c=3), "At least 3 must be drawn"),
        (Plan(5, "1", minimum_per_stratum=3), frame_of(a=3, b=3), "At least 6 must be drawn"),
        (Plan(2, "1", minimum_per_stratum=-1), frame_of(a=3), "below nothing"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_in_plain_words(plan: Plan, frame: list[Candidate], says: str) -> None:
    with pytest.raises(SamplingError, match=says):
        draw(plan, frame)


def test_a_record_of_another_kind_is_refused() -> None:
    with pytest.raises(SamplingError, match="goldthread-0"):
        from_record({"algorithm": "goldthread-0"})
    with pytest.raises(SamplingError, match="incomplete"):
        from_record({"algorithm": "goldthread-1", "plan": {"size": 1, "seed": "1", "strata": []}})


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_any_draw_takes_exactly_what_was_asked_and_never_more_than_there_is(
    sizes: dict[str, int], data: st.DataObject
) -> None:
    frame = [Candidate(f"{name}{n}", name) for name, size in sizes.items() for n in range(size)]
    frame = list({c.id: c for c in frame}.values())
    size = data.draw(st.integers(len({c.stratum for c in frame}), len(frame)))
    drawn = draw(Plan(size, data.draw(st.text())), frame)
    assert len(drawn.chosen) == size == sum(s.drawn for s in drawn.strata)
    assert all(1 <= s.drawn <= s.in_frame for s in drawn.strata)


@pytest.mark.parametrize(
    ("population", "sizes", "likely"),
    [
        (50, (45, 39, 34, 24), 37),
        (100, (80, 64, 50, 31), 59),
        (200, (132, 93, 66, 36), 83),
        (300, (169, 110, 73, 38), 95),
        (729, (252, 139, 85, 41), 117),
        (1024, (280, 147, 88, 42), 122),
        (5431, (359, 166, 95, 43), 135),
    ],
)
def test_how_many_cases_a_promise_needs(population: int, sizes: tuple[int, ...], likely: int) -> None:
    for half_width, size in zip((0.05, 0.075, 0.10, 0.15), sizes, strict=True):
        assert size_needed(half_width, population) == size
        assert precision(size, population) <= half_width
    assert size_needed(0.05, population, p=0.9) == likely


def test_what_a_sample_can_and_cannot_promise() -> None:
    assert precision(300, 300) == 0
    assert precision(1, 1) == 0
    assert size_needed(0.9, 1) == 1
    with pytest.raises(ValueError, match="between one and all"):
        precision(61, 60)
    with pytest.raises(ValueError, match="above nothing"):
        size_needed(0, 60)


def test_parts_are_listed_by_their_words_and_the_ages_in_them() -> None:
    wanted = ["Care leaver", "Child in need · Under 1", "Child in need · 1 to 4", "Child in need · 5 to 9",
              "Child in need · 10 to 15", "In care", "In care · 16 to 17", "Under 5", "5 and over"]  # fmt: skip
    assert in_order(reversed(wanted)) == wanted
    assert in_order([]) == []
