"""Every design: who it draws, with which chance, and that its record proves it."""

import hashlib
import hmac
import json
import random
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.sampling import (
    DESIGNS,
    FIRST,
    SECOND,
    WHOLE,
    Candidate,
    Design,
    Draw,
    Plan,
    SamplingError,
    as_record,
    children_in,
    draw,
    expected_precision,
    families_in,
    frame_from_record,
    from_record,
    named_numbers,
    picked_in,
    verify,
    weights,
)


def frame_of(**sizes: int) -> list[Candidate]:
    """Children by stratum, in families of one, two and three in turn."""
    return [
        Candidate(f"{name}-{n:04}", name, f"{name}-{n // 6}-{(0, 1, 1, 2, 2, 2)[n % 6]}")
        for name, size in sizes.items()
        for n in range(size)
    ]


FRAME = frame_of(care=60, need=300, protection=120)
PICKED = (("need-0007", "Named in a complaint."), ("care-0001", "Asked for by the director."))
PLANS = {
    Design.PROPORTIONAL: Plan(24, "seed", ("stage",)),
    Design.SIMPLE: Plan(24, "seed", design=Design.SIMPLE),
    Design.NEYMAN: Plan(24, "seed", ("stage",), design=Design.NEYMAN, expected={"need": 95, "care": 60}),
    Design.OVERSAMPLED: Plan(24, "seed", ("stage",), design=Design.OVERSAMPLED, times={"care": 4}),
    Design.SYSTEMATIC: Plan(24, "seed", ("stage",), design=Design.SYSTEMATIC),
    Design.ONE_OF_SIBLINGS: Plan(24, "seed", design=Design.ONE_OF_SIBLINGS),
    Design.DIP: Plan(6, "seed", design=Design.DIP, theme="strategy discussions"),
    Design.HAND_PICKED: Plan(2, "", ("stage",), design=Design.HAND_PICKED, picked=PICKED),
}
EVERY = pytest.mark.parametrize("design", list(Design))


def drawn_by(design: Design) -> Draw:
    return draw(PLANS[design], FRAME)


# Written down on the day each design was settled. If these change, every recorded draw has lost its proof.
FOREVER = {
    Design.PROPORTIONAL: "bb81946df14176af",
    Design.SIMPLE: "c982f0944d23514a",
    Design.NEYMAN: "2cecb101636fcb7e",
    Design.OVERSAMPLED: "ef552c8ad44b3165",
    Design.SYSTEMATIC: "1215d941e18899d0",
    Design.ONE_OF_SIBLINGS: "2495ec70b6349349",
    Design.DIP: "715d77336575e9cb",
    Design.HAND_PICKED: "6b637ded8527d0e2",
}


def digest(drawn: Draw) -> str:
    return hashlib.sha256(json.dumps(as_record(drawn), sort_keys=True).encode()).hexdigest()[:16]


def test_every_design_has_words() -> None:
    assert set(DESIGNS) == set(Design) == set(PLANS)
    assert {design for design in Design if design.algorithm == FIRST} == {Design.PROPORTIONAL, Design.SIMPLE}
    assert {design.algorithm for design in Design} == {FIRST, SECOND}


@EVERY
def test_this_draw_is_the_same_for_ever(design: Design) -> None:
    assert digest(drawn_by(design)) == FOREVER[design]


@EVERY
def test_the_record_alone_proves_the_draw_in_any_order_of_the_frame(design: Design) -> None:
    drawn = drawn_by(design)
    shuffled = FRAME[:]
    random.Random(3).shuffle(shuffled)
    assert draw(PLANS[design], shuffled) == drawn
    record = json.loads(json.dumps(as_record(drawn, shuffled)))
    frame = frame_from_record(record)
    assert from_record(record) == drawn
    assert frame is not None
    assert verify(from_record(record), frame) == ()
    assert frame_from_record({}) is None


@EVERY
def test_a_record_in_which_a_child_was_swapped_is_found_out(design: Design) -> None:
    record = json.loads(json.dumps(as_record(drawn_by(design))))
    inside = {one["id"] for one in record["chosen"]}
    record["chosen"][0]["id"] = next(one.id for one in FRAME if one.id not in inside)
    assert "2 children differ" in verify(from_record(record), FRAME)[0]
    if design is not Design.HAND_PICKED:
        again = replace(drawn_by(design), plan=replace(PLANS[design], seed="another"))
        assert verify(again, FRAME)


@EVERY
def test_as_many_as_asked_are_drawn_once_each_and_none_of_them_is_in_reserve(design: Design) -> None:
    drawn, plan = drawn_by(design), PLANS[design]
    chosen = [one.id for one in drawn.chosen]
    assert len(set(chosen)) == len(chosen) == plan.size == sum(one.drawn for one in drawn.strata)
    assert not set(chosen) & {one.id for one in drawn.reserve}
    assert [one.order for one in drawn.chosen] == list(range(1, plan.size + 1))
    assert all(one.reason for one in (*drawn.chosen, *drawn.reserve))
    assert bool(drawn.reserve) == design.by_chance


@EVERY
def test_the_weights_stand_for_the_whole_frame(design: Design) -> None:
    told = weights(drawn_by(design))
    if design is Design.HAND_PICKED:
        assert told == {}
    elif design is not Design.ONE_OF_SIBLINGS:
        assert sum(told.values()) == pytest.approx(len(FRAME))
    else:
        # The groups drawn are not all of the average size: on average over many draws they stand for all.
        sums = [sum(weights(draw(replace(PLANS[design], seed=str(n)), FRAME)).values()) for n in range(300)]
        assert sum(sums) / len(sums) == pytest.approx(len(FRAME), rel=0.03)


def test_a_simple_draw_is_the_undivided_draw_of_the_first_way() -> None:
    whole = [Candidate(one.id) for one in FRAME]
    simple, old = drawn_by(Design.SIMPLE), draw(Plan(24, "seed"), whole)
    assert (simple.chosen, simple.reserve, simple.frame_hash) == (old.chosen, old.reserve, old.frame_hash)


def test_a_record_of_the_first_way_is_as_it_always_was() -> None:
    record = as_record(drawn_by(Design.PROPORTIONAL))
    assert set(record["plan"]) == {"size", "seed", "strata", "minimum_per_stratum"}
    assert set(record["chosen"][0]) == {"id", "stratum", "order", "reason"}
    assert set(record) == {"chosen", "reserve", "strata", "frame_hash", "frame_size", "plan", "algorithm"}


@pytest.mark.parametrize(
    ("design", "words"), [(Design.NEYMAN, {"expected": {"b": 90}}), (Design.OVERSAMPLED, {"times": {"a": 3}})]
)
def test_shares_follow_size_and_what_the_plan_says_of_each_stratum(design: Design, words: dict[str, object]) -> None:
    sizes = {"a": 400, "b": 500, "c": 100}
    drawn = draw(Plan(100, "1", ("s",), design=design, **words), frame_of(**sizes))  # type: ignore[arg-type]
    # Worked out anew, in plain decimals: size times the root of p(1-p), or size times how often.
    spread = {"a": 0.5, "b": 0.3, "c": 0.5} if design is Design.NEYMAN else {"a": 3.0, "b": 1.0, "c": 1.0}
    whole = sum(sizes[name] * spread[name] for name in sizes)
    for one in drawn.strata:
        assert abs(one.drawn - 100 * sizes[one.name] * spread[one.name] / whole) < 1
        assert one.weight == pytest.approx(sizes[one.name] / one.drawn)


def test_neyman_estimates_more_closely_than_proportion_where_strata_differ_in_spread() -> None:
    sizes, shares = {"even": 500, "settled": 500}, {"even": 0.5, "settled": 0.98}

    def variance(drawn: Draw) -> float:
        return sum(
            (s.in_frame / 1000) ** 2 * (1 - s.drawn / s.in_frame) * shares[s.name] * (1 - shares[s.name]) / s.drawn
            for s in drawn.strata
        )

    neyman = draw(Plan(100, "1", ("s",), design=Design.NEYMAN, expected={"settled": 98}), frame_of(**sizes))
    assert {s.name: s.drawn for s in neyman.strata} == {"even": 78, "settled": 22}
    first, second = neyman.strata
    every = [
        variance(replace(neyman, strata=(replace(first, drawn=n), replace(second, drawn=100 - n))))
        for n in range(2, 99)
    ]
    assert variance(neyman) == pytest.approx(min(every), rel=2e-3)
    assert variance(neyman) < variance(draw(Plan(100, "1", ("s",)), frame_of(**sizes)))


def test_a_stratum_whose_share_is_more_than_it_holds_is_taken_whole() -> None:
    frame = frame_of(many=100, few=5)
    drawn = draw(Plan(40, "1", ("s",), design=Design.OVERSAMPLED, times={"few": 50}), frame)
    assert {s.name: (s.drawn, s.weight) for s in drawn.strata} == {"many": (35, 100 / 35), "few": (5, 1.0)}


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_shares_are_never_more_than_there_is_nor_fewer_than_the_minimum(data: st.DataObject) -> None:
    sizes = data.draw(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 30), min_size=1))
    times = {name: data.draw(st.integers(1, 40)) for name in sizes}
    least = data.draw(st.integers(0, 3))
    fewest = max(1, sum(min(least, size) for size in sizes.values()))
    size = data.draw(st.integers(fewest, sum(sizes.values())))
    plan = Plan(size, "1", ("s",), least, design=Design.OVERSAMPLED, times=times)
    drawn = draw(plan, frame_of(**sizes))
    assert sum(s.drawn for s in drawn.strata) == size
    assert all(min(least, s.in_frame) <= s.drawn <= s.in_frame for s in drawn.strata)


def test_a_systematic_draw_steps_through_the_frame_in_order() -> None:
    ordered = sorted(FRAME, key=lambda one: (one.stratum, one.id))
    places = sorted(
        ordered.index(next(o for o in FRAME if o.id == one.id)) for one in drawn_by(Design.SYSTEMATIC).chosen
    )
    assert {later - earlier for earlier, later in pairwise(places)} == {20}
    assert {s.name: s.drawn for s in drawn_by(Design.SYSTEMATIC).strata} == {"care": 3, "need": 15, "protection": 6}
    told = hmac.digest(b"seed", b"goldthread-2\0start\0", "sha256")
    assert places[0] == int.from_bytes(told, "big") % 480 // 24


@pytest.mark.parametrize(
    ("design", "size", "chance"),
    [(Design.SIMPLE, 5, 5 / 18), (Design.SYSTEMATIC, 5, 5 / 18), (Design.SYSTEMATIC, 7, 7 / 18)],
)
def test_every_child_has_the_same_chance(design: Design, size: int, chance: float) -> None:
    frame, times = frame_of(a=11, b=7), 3000
    seen = Counter(c.id for n in range(times) for c in draw(Plan(size, f"s{n}", design=design), frame).chosen)
    assert len(seen) == 18
    # Six standard deviations either side.
    room = 6 * sqrt(times * chance * (1 - chance))
    assert all(abs(count - times * chance) < room for count in seen.values())


def test_of_each_family_one_child_is_drawn_with_the_same_chance_as_its_siblings() -> None:
    family = {one.id: one.family for one in FRAME}
    drawn = drawn_by(Design.ONE_OF_SIBLINGS)
    families = [family[one.id] for one in (*drawn.chosen, *drawn.reserve)]
    assert len(set(families)) == len(families)
    sizes = Counter(one.family for one in FRAME)
    assert all(one.siblings == sizes[family[one.id]] for one in drawn.chosen)
    assert drawn.strata[0].in_frame == len(sizes) == 240
    assert drawn.strata[0].name == WHOLE
    small = [Candidate("x", family="f"), Candidate("y", family="f"), Candidate("z")]
    plans = [Plan(1, str(n), design=Design.ONE_OF_SIBLINGS) for n in range(2000)]
    seen = Counter(draw(plan, small).chosen[0].id for plan in plans)
    assert seen["z"] == pytest.approx(1000, abs=135)
    assert seen["x"] == pytest.approx(500, abs=117)
    assert seen["y"] == pytest.approx(500, abs=117)


def test_children_whose_family_is_not_known_are_families_of_their_own() -> None:
    frame = [Candidate("a"), Candidate("b"), Candidate("c", family="a"), Candidate("d", family="a")]
    drawn = draw(Plan(3, "1", design=Design.ONE_OF_SIBLINGS), frame)
    assert sorted(one.siblings for one in drawn.chosen) == [1, 1, 2]


def test_a_family_that_changes_is_another_frame() -> None:
    drawn = drawn_by(Design.ONE_OF_SIBLINGS)
    moved = [replace(FRAME[0], family="elsewhere"), *FRAME[1:]]
    assert "frame is not the one" in verify(drawn, moved)[0]
    assert verify(drawn_by(Design.PROPORTIONAL), moved) == ()


def test_hand_picked_children_stand_in_the_order_named_with_their_reasons_and_weigh_nothing() -> None:
    drawn = drawn_by(Design.HAND_PICKED)
    assert [(one.id, one.reason) for one in drawn.chosen] == [
        ("need-0007", "Picked by hand: Named in a complaint."),
        ("care-0001", "Picked by hand: Asked for by the director."),
    ]
    assert all(stratum.weight is None for stratum in drawn.strata)


def plan(design: Design, size: int = 2, **more: object) -> Plan:
    return Plan(size, "1", design=design, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (plan(Design.SIMPLE, 12), "larger than the frame of 11"),
        (plan(Design.SIMPLE, strata=("s",)), "does not divide"),
        (plan(Design.ONE_OF_SIBLINGS, 7), "larger than the 6 sibling groups"),
        (plan(Design.NEYMAN, expected={"c": 20}), "“c” is empty: nobody in the frame is in it. It has “a”, “b”."),
        (plan(Design.NEYMAN, expected={"a": 100}), "1 to 99 per cent"),
        (plan(Design.OVERSAMPLED), "at least one stratum to over-sample"),
        (plan(Design.OVERSAMPLED, times={"c": 2}), "“c” is empty"),
        (plan(Design.OVERSAMPLED, times={"a": 0}), "from 1 to 1,000 times"),
        (plan(Design.DIP, theme=" "), "which theme"),
        (plan(Design.HAND_PICKED), "each with the reason"),
        (plan(Design.HAND_PICKED, 1, picked=(("x", "Because."),)), "not in the frame: x"),
        (plan(Design.HAND_PICKED, picked=(("a-0001", "So."), ("a-0001", "Again."))), "twice"),
        (plan(Design.HAND_PICKED, 1, picked=(("a-0001", " "),)), "Say why a-0001"),
        (plan(Design.HAND_PICKED, 1, picked=(("a-0001", "x" * 251),)), "longer than 250"),
        (plan(Design.HAND_PICKED, 3, picked=(("a-0001", "So."),)), "the plan says 3"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_in_one_sentence(plan: Plan, says: str) -> None:
    with pytest.raises(SamplingError, match=says) as refused:
        draw(plan, frame_of(a=6, b=5))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"plan": {"size": "24", "seed": "seed", "strata": [], "minimum_per_stratum": None}},
        {"plan": {"size": 24, "seed": "seed", "strata": [], "minimum_per_stratum": None, "design": "guess"}},
        {"plan": {"size": 24, "seed": "seed", "strata": [], "minimum_per_stratum": None, "design": "simple"}},
        {"plan": {"size": 24, "seed": "s", "strata": [], "minimum_per_stratum": None, "times": {"a": "b"}}},
        {"plan": {"size": 24}},
        {"plan": []},
        {"chosen": [{"id": "x"}]},
        {"strata": None},
    ],
)
def test_a_record_that_was_tampered_with_is_refused(change: dict[str, object]) -> None:
    record = json.loads(json.dumps(as_record(drawn_by(Design.OVERSAMPLED)))) | change
    with pytest.raises(SamplingError, match="incomplete or has been changed"):
        from_record(record)
    for frame in ([["a"], 3], [[1, "b"]], [["a", "b", "c", "d"]], 7):
        with pytest.raises(SamplingError, match="incomplete or has been changed"):
            frame_from_record({"frame": frame})


def test_what_is_pasted_is_read_as_people_write_it() -> None:
    assert children_in(' C-1, C-2\n\n"C-3";C-4\tC-5\r\nC-1\n') == ["C-1", "C-2", "C-3", "C-4", "C-5", "C-1"]
    assert families_in("b, a\n\nc\n e;d ") == {"a": "a", "b": "a", "c": "c", "d": "d", "e": "d"}
    assert families_in("d,e\nc\na,b") == families_in("b, a\n\nc\n e;d ")
    with pytest.raises(SamplingError, match="Line 2 of the families names b"):
        families_in("a,b\nb,c")
    assert picked_in("a: Named in a complaint: twice.\n\nb\n") == (("a", "Named in a complaint: twice."), ("b", ""))
    assert named_numbers("In care: 80%\nAges 1: 4 = 3\n\n", "shares") == {"In care": 80, "Ages 1: 4": 3}
    for wrong in ("In care", "In care: many", ": 4", "a: 4\na: 5", "a: -4"):
        with pytest.raises(SamplingError, match="of shares"):
            named_numbers(wrong, "shares")


def test_the_precision_that_a_draw_promises_is_that_of_the_estimate_it_will_give() -> None:
    for design, plan_of in PLANS.items():
        drawn = draw(plan_of, FRAME)
        promised = expected_precision(drawn)
        if design is Design.HAND_PICKED:
            assert promised is None
            continue
        # Half of each stratum says so; by the normal interval, which the promise is, from the spread of the estimate.
        strata = (
            drawn.strata
            if design.divides
            else [replace(drawn.strata[0], in_frame=sum(s.in_frame for s in drawn.strata), drawn=plan_of.size)]
        )
        whole = sum(s.in_frame for s in strata)
        variance = sum((s.in_frame / whole) ** 2 * (1 - s.drawn / s.in_frame) * 0.25 / s.drawn for s in strata)
        if design is Design.ONE_OF_SIBLINGS:
            sizes = [one.siblings for one in drawn.chosen]
            variance *= len(sizes) * sum(size**2 for size in sizes) / sum(sizes) ** 2
        assert promised == pytest.approx(1.959964 * sqrt(variance), rel=0.003)
