"""The watch between inspections: each sign against a naive second computation, its stated rate, and what areas say."""

from datetime import date
from math import factorial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.domain.control_charts import Direction, Point, limits_of
from goldthread.domain.watch import (
    KINDS,
    AreaWatch,
    Look,
    Month,
    Sign,
    Source,
    Standing,
    State,
    Thing,
    Watched,
    in_order,
    over_optimistic,
    watch_series,
    watch_shares,
)
from goldthread.domain.watch.areas import month_of, number_of
from goldthread.domain.watch.recurrence import NOT_KNOWN, recurring, themes_in
from goldthread.domain.watch.series import signs

JANUARY = number_of("2020-01")
SHIFT, OUTSIDE, NEAR = Sign.SHIFT, Sign.OUTSIDE, Sign.NEAR_LIMIT


def points(values: list[float]) -> list[Point]:
    return [Point(month_of(JANUARY + place), value) for place, value in enumerate(values)]


def naive(values: list[float], judged: int, worse_is_low: bool) -> list[set[str]]:
    """The signs of every month after the judgement, worked out from the definition alone, month by month."""
    held = values[max(0, judged - 24) : judged] if judged >= 12 else values[:12]
    after = values[judged:] if judged >= 12 else values[12:]
    mean = sum(held) / len(held)
    steps = [abs(held[i] - held[i - 1]) for i in range(1, len(held))]
    width = sum(steps) / len(steps)
    found = []
    for here in range(len(after)):
        past = after[: here + 1]
        bad = [(mean - value if worse_is_low else value - mean) for value in past]
        told = set()
        if bad[-1] > 2.66 * width:
            told.add("outside")
        if bad[-1] > 1.773 * width and len([one for one in bad[-3:] if one > 1.773 * width]) >= 2:
            told.add("near-limit")
        if len(bad) >= 7 and min(bad[-7:]) > 0:
            told.add("shift")
        found.append(told)
    return found


@given(st.lists(st.integers(-40, 40), min_size=14, max_size=60), st.integers(0, 50), st.booleans())
def test_each_month_says_what_a_naive_computation_says(raw: list[int], judged: int, low: bool) -> None:
    # Odd thousandths keep sums away from ties that rounding would settle.
    values = [1000 + value + (place % 7) / 1000 for place, value in enumerate(raw)]
    judged = min(judged, len(values) - 1)
    better = Direction.HIGH if low else Direction.LOW
    month = month_of(JANUARY + judged - 1) if judged else None
    told = watch_series(points(values), judged=month, better=better)
    assert told.why_not == ""
    assert told.before is (judged >= 12)
    assert [set(map(str, one.worse)) for one in told.months] == naive(values, judged, low)
    assert [set(map(str, one.better)) for one in told.months] == naive(values, judged, not low)


def test_what_comes_later_never_changes_what_was_said_before() -> None:
    dice = Random(5)
    values = [dice.gauss(80, 4) - (6 if place > 40 else 0) for place in range(60)]
    whole = watch_series(points(values), judged="2021-12", better=Direction.HIGH, percent=True)
    for length in range(30, 60):
        early = watch_series(points(values[:length]), judged="2021-12", better=Direction.HIGH, percent=True)
        assert early.months == whole.months[: length - 24]
    assert whole.against[0] == "2020-01" and whole.against[-1] == "2021-12"


@pytest.mark.parametrize(
    ("values", "better", "few", "why"),
    [
        ([50.0] * 12, Direction.HIGH, False, "12 months are held; 12 to hold the others against"),
        ([1.0], Direction.HIGH, False, "1 month is held"),
        ([100.0] * 20, Direction.HIGH, False, "never vary"),
        ([50.0, 60.0] * 10, Direction.NEITHER, False, "Neither way is better"),
        ([50.0, 60.0] * 10, Direction.HIGH, True, "one child or two"),
    ],
)
def test_where_nothing_can_be_said_it_says_why(values: list[float], better: Direction, few: bool, why: str) -> None:
    series = points(values)
    small = {one.period for one in series} if few else set()
    told = watch_series(series, judged=None, better=better, small=small)
    assert why in told.why_not
    assert (told.months, told.chance) == ((), 0.0)


def test_small_months_are_counted_among_those_that_it_goes_by_and_no_others() -> None:
    series = points([50.0, 60.0] * 25)  # January 2020 to February 2024
    early = {one.period for one in series[:26]}  # a month before the 24 that it is held against from is among them
    held = watch_series(series, judged="2023-06", better=Direction.HIGH, small=early)
    assert held.against[0] == "2021-07" and held.why_not == "" and len(held.months) == 8
    late = {one.period for one in series[-17:]}
    told = watch_series(series, judged="2023-06", better=Direction.HIGH, small=late)
    assert told.why_not == (
        "Most months count fewer than ten (17 of the 32 that it goes by, July 2021 to February 2024), so that one "
        "child or two would make a sign."
    )
    assert not watch_series(series, judged="2023-06", better=Direction.HIGH, small=set(sorted(late)[1:])).why_not


@pytest.mark.parametrize("against", [12, 18, 24])
def test_series_that_stand_still_give_signs_no_more_often_than_stated(against: int) -> None:
    """Shares of sixty to a hundred and forty children, drawn from other numbers than the bench: within chance."""
    dice, began, runs = Random(77 + against), {SHIFT: 0, OUTSIDE: 0, NEAR: 0}, 1500
    for _ in range(runs):
        # The spread of a share of so many children, by the sum of twelve even numbers.
        sizes = [dice.randint(60, 140) for _ in range(against + 24)]
        values = [85 + (sum(dice.random() for _ in range(12)) - 6) * 100 * (0.85 * 0.15 / of) ** 0.5 for of in sizes]
        before: frozenset[Sign] = frozenset()
        for here in signs(values[against:], limits_of(values[:against]), up=False):
            for sign in here - before:
                began[sign] += 1
            before = here
    for sign, times in began.items():
        stated, months = KINDS[sign].rate(against), runs * 24
        # Signs of one series share its limits, so the spread is more than Poisson's: twice is ample.
        error = 2 * (stated / months) ** 0.5
        assert stated / 4 < times / months < stated + 3 * error


def test_rates_are_those_of_the_most_months_that_are_no_more() -> None:
    kind = KINDS[SHIFT]
    assert [kind.rate(months) for months in (12, 17, 18, 24, 36)] == [
        kind.chance[12], kind.chance[12], kind.chance[18], kind.chance[24], kind.chance[24],
    ]  # fmt: skip
    assert KINDS[Sign.LATE].rate(5) == 0.0
    assert set(KINDS) == set(Sign)
    assert all(one.rule and one.found for one in KINDS.values())


def looks(*met: int, of: int = 10) -> list[Look]:
    return [Look(month_of(JANUARY + place), one, of) for place, one in enumerate(met)]


def test_audits_are_held_against_those_up_to_the_judgement() -> None:
    told = watch_shares(looks(9, 8, 9, 8, 9, 3, 2, 3), judged="2020-05", sign=Sign.AUDIT_SHARE)
    assert told.against == ("2020-01", "2020-02", "2020-03", "2020-04", "2020-05") and told.before
    # 43 of 50 before; then 3 of 10, 5 of 20 and 8 of 30.
    assert [sorted(one.worse) for one in told.months] == [[Sign.AUDIT_SHARE]] * 3
    assert told.chance == KINDS[Sign.AUDIT_SHARE].rate()


def test_audits_without_any_before_are_held_against_the_first_three() -> None:
    told = watch_shares(looks(4, 5, 4, 9, 10, 9, 10), judged="2019-12", sign=Sign.AUDIT_SHARE)
    assert told.against == ("2020-01", "2020-02", "2020-03") and not told.before
    assert [bool(one.better) for one in told.months] == [True, True, True, True]
    few = watch_shares(looks(1, 2, 1, 2, of=3), judged=None, sign=Sign.AUDIT_SHARE)
    assert (few.months, few.chance) == ((), 0.0) and "too few" in few.why_not


@given(st.integers(0, 30), st.integers(0, 30))
def test_over_optimism_is_the_exact_tail_of_a_coin(kinder: int, harsher: int) -> None:
    differ = kinder + harsher
    ways = sum(factorial(differ) // (factorial(one) * factorial(differ - one)) for one in range(kinder, differ + 1))
    assert over_optimistic(kinder, harsher) is (differ > 0 and ways * 40 <= 2**differ)


def test_over_optimism_needs_six_files_and_no_negative_count() -> None:
    assert not over_optimistic(5, 0)
    assert over_optimistic(6, 0)
    with pytest.raises(ValueError, match="negative"):
        over_optimistic(-1, 3)


def thing(name: str, given: dict[str, Sign], *, months: int = 12, source: Source = Source.MEASURE) -> Thing:
    """Watched for a year from January 2020 on; `given` says which month gave which sign."""
    held = tuple(
        Month(month, frozenset({given[month]} if month in given else ()), frozenset())
        for month in (month_of(JANUARY + place) for place in range(months))
    )
    return Thing(name, name, source, Watched((), True, held, 0.01))


def area(*things: Thing, now: str = "2020-12", slug: str = "a") -> AreaWatch:
    return AreaWatch(slug, slug, now, things)


def test_one_sign_is_told_as_one_and_two_at_once_as_a_change() -> None:
    one, other = thing("one", {"2020-10": OUTSIDE}), thing("other", {"2020-12": SHIFT})
    assert area(one, thing("still", {})).standing is Standing.SIGN
    assert area(one, other).standing is Standing.CHANGED
    # Given in October, it stands in December; by January it does not.
    assert (one.state("2020-12"), one.state("2021-01"), one.since("2020-12")) == (State.WORSE, State.HOLDS, "2020-10")
    assert area(one, other).said == (("2020-12", "2020-12"),)


def test_one_series_far_out_three_months_running_is_a_change_by_itself() -> None:
    run = {"2020-08": OUTSIDE, "2020-09": NEAR, "2020-10": OUTSIDE}
    alone = area(thing("alone", run))
    assert alone.said == (("2020-10", "2020-12"),) and alone.standing is Standing.CHANGED
    # Two months, a month between, or months on one side of the mean are one sign still.
    for told in ({"2020-11": OUTSIDE, "2020-12": OUTSIDE}, {"2020-09": OUTSIDE, "2020-10": NEAR, "2020-12": NEAR},
                  {"2020-10": SHIFT, "2020-11": SHIFT, "2020-12": SHIFT}):  # fmt: skip
        assert area(thing("alone", told)).standing is Standing.SIGN


def test_a_day_that_is_past_is_told_and_is_no_change_of_practice() -> None:
    late = thing("late", {"2020-12": Sign.LATE}, source=Source.PROMISE)
    sign = thing("sign", {"2020-12": SHIFT})
    both = area(late, sign)
    assert both.standing is Standing.SIGN
    assert [one.name for one in both.worse] == ["sign", "late"]
    assert area(late).standing is Standing.NO_EVIDENCE


def test_holding_needs_months_and_silence_is_no_evidence() -> None:
    assert area(thing("short", {}, months=5), now="2020-05").standing is Standing.NO_EVIDENCE
    held = area(thing("long", {}, months=6), now="2020-06")
    assert (held.standing, [one.name for one in held.holding]) == (Standing.HOLDS, ["long"])
    silent = Thing("none", "none", Source.VOICE, Watched((), False, (), 0.0, None, "Nobody was asked."))
    assert area(silent).standing is Standing.NO_EVIDENCE
    assert [one.name for one in area(silent).silent] == ["none"]


def test_when_it_would_have_said_so_goes_by_what_was_known_in_each_month() -> None:
    one = thing("one", {"2020-02": OUTSIDE, "2020-09": OUTSIDE})
    other = thing("other", {"2020-04": SHIFT, "2020-09": NEAR})
    # February to April overlaps with April to June in April alone; September to November is shared.
    assert area(one, other).said == (("2020-04", "2020-04"), ("2020-09", "2020-11"))
    assert area().said == ()


def test_areas_that_changed_come_first_then_single_signs_then_silence() -> None:
    changed = area(thing("a", {"2020-12": SHIFT}), thing("b", {"2020-12": SHIFT}), slug="changed")
    sign = area(thing("c", {"2020-12": SHIFT}), slug="sign")
    silent, holds = area(slug="silent"), area(thing("d", {}), slug="holds")
    assert [one.slug for one in in_order([holds, silent, sign, changed])] == ["changed", "sign", "silent", "holds"]
    assert changed.by_chance == pytest.approx(0.24)


def test_the_strongest_sign_is_looked_at_first() -> None:
    two = Thing("two", "two", Source.MEASURE, Watched((), True, (Month("2020-12", frozenset({SHIFT, OUTSIDE}),
                frozenset()),), 0.02))  # fmt: skip
    sure = Thing("sure", "sure", Source.MEASURE, Watched((), True, (Month("2020-12", frozenset({SHIFT}), frozenset()),),
                 0.01))  # fmt: skip
    unsure = Thing("unsure", "unsure", Source.AUDIT, Watched((), True, (Month("2020-12", frozenset({Sign.AUDIT_SHARE}),
                   frozenset()),), 0.03))  # fmt: skip
    assert [one.name for one in area(unsure, sure, two).worse] == ["two", "sure", "unsure"]


def test_things_that_rest_on_the_same_files_count_as_one() -> None:
    one, other = (Thing(name, name, Source.AUDIT, Watched((), True, (Month("2020-12", frozenset({Sign.AUDIT_SHARE}),
                  frozenset()),), 0.03), group="the same round") for name in ("one", "other"))  # fmt: skip
    assert area(one, other).standing is Standing.SIGN
    assert area(one, other, thing("series", {"2020-12": SHIFT})).standing is Standing.CHANGED


def test_what_told_long_ago_is_no_evidence_of_today() -> None:
    held = thing("held", {}, months=12)
    assert [held.state(month) for month in ("2020-12", "2021-05", "2021-06")] == [
        State.HOLDS, State.HOLDS, State.TOO_LITTLE,
    ]  # fmt: skip
    assert area(held, now="2021-06").standing is Standing.NO_EVIDENCE


def test_themes_of_the_past_stand_beside_todays_with_how_common_they_are() -> None:
    found = recurring(
        [("oversight", date(2014, 2, 1)), ("recording", date(2014, 2, 1)), ("oversight", date(2019, 9, 1)),
         ("missing", date(2014, 2, 1))],
        [("oversight", "F3"), ("recording", "F4"), ("recording", "F4"), ("workforce", "F5")],
    )  # fmt: skip
    assert [(one.theme.slug, one.back) for one in found] == [
        ("recording", True), ("oversight", True), ("workforce", False), ("missing", False),
    ]  # fmt: skip
    recording, oversight, _, missing = found
    assert (recording.stands_out, oversight.stands_out, recording.today) == (False, False, ("F4",))
    assert oversight.before == (date(2014, 2, 1), date(2019, 9, 1))
    assert "64%, where 58% raise it anyway" in oversight.rates
    assert NOT_KNOWN in missing.rates
    homes = recurring([("sufficiency", date(2014, 2, 1))], [("sufficiency", "F1")])[0]
    assert homes.stands_out and "39%, where 26% raise it anyway" in homes.rates
    with pytest.raises(KeyError):
        recurring([("nothing", date(2014, 2, 1))], [])


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Record management decisions on all files", {"oversight", "recording"}),
        ("The recording of strategy meetings", {"recording", "strategy"}),
        ("Feedback from families in audits", {"voice", "audit"}),
        ("Enough foster homes", {"sufficiency"}),
        ("Nothing to say", set()),
    ],
)
def test_words_point_to_themes(text: str, themes: set[str]) -> None:
    assert set(themes_in(text)) == themes


def test_with_months_before_the_judgement_and_none_after_it_that_is_said() -> None:
    told = watch_series(points([50.0, 60.0] * 12), judged="2021-12", better=Direction.HIGH)
    assert told.why_not.startswith("No month after the judgement of December 2021 is told of yet.")
    assert "24 months before it" in told.why_not and "needed" not in told.why_not
    assert told.points == ()


def test_the_values_of_a_series_come_along_as_they_are_held_against_and_watched() -> None:
    told = watch_series(points([50.0, 60.0] * 15), judged="2021-12", better=Direction.HIGH)
    assert [one.period for one in told.points] == [*told.against, *(one.period for one in told.months)]


def test_a_sign_of_practice_is_told_from_its_own_month_and_not_from_a_day_that_was_past_before() -> None:
    late, both = frozenset({Sign.LATE}), frozenset({Sign.LATE, Sign.SLIPPED})
    months = tuple(
        Month(one, worse, frozenset()) for one, worse in (("2026-01", late), ("2026-02", both), ("2026-03", both))
    )
    thing = Thing("promise:1", "Recommendation 1", Source.PROMISE, Watched((), False, months, 0.05))
    assert thing.since("2026-03") == "2026-02"
    assert (thing.since("2026-01"), thing.tells("2026-01")) == ("2026-01", frozenset())
