"""Agreement between two readers: published tables, tables worked by hand, and a second computation pair by pair."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from goldthread.domain.agreement import (
    Agreement,
    Coefficient,
    Pair,
    Period,
    Reading,
    ReadingError,
    Scale,
    Step,
    Weights,
    agreement,
    agreement_of,
    coefficient,
    direction,
    drift,
    paired,
    reviewers_of,
    weights,
)

C = Coefficient
GRADES = Scale(("outstanding", "good", "requires-improvement", "inadequate"))
YES_NO = Scale(("yes", "no"))
TRACKED = ((10, 2, 0, 0), (1, 14, 3, 0), (0, 2, 12, 1), (0, 0, 1, 4))

SPECS = [
    # table, which, value, source
    (((20, 5), (5, 20)), C.KAPPA, 0.600, "reference, section 3.4"),
    (((20, 5), (5, 20)), C.AC1, 0.600, "reference, section 3.4"),
    (((118, 5), (2, 0)), C.PERCENT, 0.944, "Gwet 2008; reference, section 3.4"),
    (((118, 5), (2, 0)), C.KAPPA, -0.023, "Gwet 2008; reference, section 3.4"),
    (((118, 5), (2, 0)), C.AC1, 0.941, "Gwet 2008; reference, section 3.4"),
    (((45, 3), (2, 0)), C.PERCENT, 0.900, "reference, section 3.4"),
    (((45, 3), (2, 0)), C.KAPPA, -0.05, "reference, section 3.4"),
    (((45, 3), (2, 0)), C.AC1, 0.89, "reference, section 3.4"),
    (((40, 9), (6, 45)), C.KAPPA, 0.70, "Feinstein and Cicchetti 1990"),
    (((80, 10), (5, 5)), C.KAPPA, 0.32, "Feinstein and Cicchetti 1990"),
    (TRACKED, C.KAPPA, 0.719, "reference, section 3.4"),
    (TRACKED, C.AC1, 0.738, "reference, section 3.4"),
    (TRACKED, C.KAPPA_QUADRATIC, 0.884, "reference, section 3.4"),
    (TRACKED, C.AC2_QUADRATIC, 0.929, "reference, section 3.4"),
    # By hand: agreement 3/4, each answer half of either reader's; chance 1/2 for both forms.
    (((3, 1), (1, 3)), C.KAPPA, 0.5, "by hand"),
    # By hand, three answers, one pair each of (1,1), (2,3): linear weights 1 and 1/2, so 3/4 agree.
    # Chance of kappa: rows 1/2 1/2 0, columns 1/2 0 1/2: ¼·1 + ¼·0 + ¼·½ + ¼·½ = ½, and (¾−½)/½ = ½.
    (((1, 0, 0), (0, 0, 1), (0, 0, 0)), C.KAPPA_LINEAR, 0.5, "by hand"),
    # Chance of AC2: all weights together 5, over 3·2; π = ½ ¼ ¼, so Σπ(1−π) = ⅝; 25/48; (36−25)/(48−25) = 11/23.
    (((1, 0, 0), (0, 0, 1), (0, 0, 0)), C.AC2_LINEAR, 11 / 23, "by hand"),
]


@pytest.mark.parametrize(("table", "which", "value", "source"), SPECS)
def test_published_tables_and_tables_by_hand(
    table: Sequence[Sequence[int]], which: Coefficient, value: float, source: str
) -> None:
    printed = len(str(value).partition(".")[2])
    found = coefficient(which, [count for row in table for count in row])
    assert found == pytest.approx(value, abs=0.5 * 10 ** -min(printed, 9) + 1e-12), source


def pairs_of(table: Sequence[Sequence[int]], scale: Scale) -> list[Pair]:
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [Pair(f"case {n}", scale.answers[i], scale.answers[j]) for n, (i, j) in enumerate(cells)]


def naive(which: Coefficient, answers: Sequence[tuple[int, int]], size: int) -> Fraction | None:
    """A coefficient by going through every two answers, with fractions."""

    def worth(a: int, b: int) -> Fraction:
        if "linear" in which:
            return 1 - Fraction(abs(a - b), size - 1)
        if "quadratic" in which:
            return 1 - Fraction(abs(a - b), size - 1) ** 2
        return Fraction(a == b)

    observed = sum(worth(a, b) for a, b in answers) / Fraction(len(answers))
    if which is C.PERCENT:
        return observed
    if which.startswith("kappa"):
        chance = sum(worth(a, b) for (a, _), (_, b) in product(answers, answers)) / Fraction(len(answers)) ** 2
    else:
        every = [one for pair in answers for one in pair]
        same = Fraction(sum(a == b for a, b in product(every, every)), len(every) ** 2)
        heavy = sum(worth(a, b) for a, b in product(range(size), range(size)))
        chance = heavy * (1 - same) / (size * (size - 1))
    return None if chance == 1 else (observed - chance) / (1 - chance)


@pytest.mark.parametrize("seed", range(40))
def test_every_coefficient_agrees_with_going_through_every_two_answers(seed: int) -> None:
    dice = Random(seed)
    size = dice.randint(2, 5)
    answers = [(dice.randrange(size), dice.randrange(size)) for _ in range(dice.randint(2, 25))]
    counts = Counter(answers)
    cells = [counts[i, j] for i in range(size) for j in range(size)]
    for which in Coefficient:
        found, expected = coefficient(which, cells), naive(which, answers, size)
        assert (found is None) == (expected is None), which
        if expected is not None:
            assert found == pytest.approx(float(expected)), which


def test_weights_fall_with_the_distance() -> None:
    assert weights(Weights.LINEAR, 3) == (1, 0.5, 0, 0.5, 1, 0.5, 0, 0.5, 1)
    assert weights(Weights.QUADRATIC, 3) == (1, 0.75, 0, 0.75, 1, 0.75, 0, 0.75, 1)
    assert weights(Weights.NONE, 2) == (1, 0, 0, 1)


def test_nobody_read_twice_is_told_as_such() -> None:
    told = agreement([], GRADES)
    assert (told.files, told.pairs, told.agreed) == (0, 0, 0)
    for figure in told.figures.values():
        assert (figure.value, figure.interval) == (None, None)
        assert "No file" in figure.why


def test_one_answer_throughout_has_a_percentage_and_no_coefficient() -> None:
    told = agreement(pairs_of(((0, 0), (0, 12)), YES_NO), YES_NO)
    percent = told.figures[C.PERCENT]
    assert percent.value == 1.0
    assert percent.interval is not None and percent.interval.low == pytest.approx(0.757, abs=0.001)
    for which in (C.KAPPA, C.AC1, C.AC2_QUADRATIC, C.KAPPA_LINEAR):
        assert told.figures[which].value is None
        assert "one and the same answer" in told.figures[which].why


def test_two_answers_always_alike_have_a_coefficient_and_no_range() -> None:
    told = agreement(pairs_of(((6, 0), (0, 6)), YES_NO), YES_NO)
    assert told.figures[C.KAPPA].value == told.figures[C.AC1].value == 1.0
    assert told.figures[C.AC1].interval is None
    assert "Every pair agrees" in told.figures[C.AC1].why


def test_one_file_has_no_range() -> None:
    told = agreement([Pair("a", "good", "good"), Pair("a", "good", "inadequate")], GRADES)
    assert told.files == 1 and told.pairs == 2
    assert told.figures[C.PERCENT].value == 0.5
    assert told.figures[C.PERCENT].interval is None
    assert told.figures[C.AC1].interval is None


def test_an_unordered_scale_has_no_weighted_coefficient() -> None:
    kinds = Scale(("home", "school", "online"), ordered=False)
    told = agreement([Pair("a", "home", "home"), Pair("b", "home", "school"), Pair("c", "online", "online")], kinds)
    assert told.figures[C.KAPPA].value is not None
    assert told.figures[C.AC2_LINEAR].value is None
    assert "no order" in told.figures[C.AC2_LINEAR].why


def test_what_does_not_apply_is_counted_apart() -> None:
    held = [
        Pair("a", "yes", "yes"), Pair("b", "not-applicable", "no"), Pair("c", "not-applicable", "not-applicable"),
        Pair("d", "no", ""), Pair("e", "no", "yes"),
    ]  # fmt: skip
    told = agreement(held, YES_NO)
    assert (told.files, told.pairs, told.agreed, told.off_scale) == (2, 2, 1, 1)
    assert told.table() == [("yes", (1, 0)), ("no", (1, 0))]


def test_intervals_are_seeded_and_hold_the_figure() -> None:
    held = pairs_of(TRACKED, GRADES)
    one, same, other = agreement(held, GRADES), agreement(held[::-1], GRADES), agreement(held, GRADES, "another seed")
    assert one == same
    for which in (C.AC1, C.KAPPA, C.AC2_QUADRATIC):
        interval = one.figures[which].interval
        assert interval is not None
        value = one.figures[which].value
        assert value is not None and interval.low < value < interval.high
    assert one.figures[C.AC1].interval != other.figures[C.AC1].interval


def test_the_interval_is_near_the_one_by_formula() -> None:
    # The large-sample standard error of this kappa is 0.113 (Fleiss, Cohen and Everitt 1969).
    found = agreement(pairs_of(((20, 5), (5, 20)), YES_NO), YES_NO).figures[C.KAPPA].interval
    assert found is not None
    assert found.low == pytest.approx(0.6 - 1.96 * 0.113, abs=0.05)
    assert found.high == pytest.approx(0.6 + 1.96 * 0.113, abs=0.05)


def test_answers_about_one_child_stay_together() -> None:
    """Twenty files that each agree or differ throughout are worth twenty answers, not two hundred."""
    whole = [Pair(f"case {n}", "yes", "yes" if n < 15 else "no") for n in range(20) for _ in range(10)]
    interval = agreement(whole, YES_NO).figures[C.PERCENT].interval
    assert interval is not None
    assert interval.high - interval.low > 0.3
    loose = agreement([Pair(f"{n}", one.first, one.second) for n, one in enumerate(whole)], YES_NO)
    narrow = loose.figures[C.PERCENT].interval
    assert narrow is not None and narrow.high - narrow.low < 0.13


def few(told: Agreement) -> bool:
    return told.few


def test_few_files_carry_a_caution() -> None:
    assert few(agreement(pairs_of(((9, 5), (3, 2)), YES_NO), YES_NO))
    assert not few(agreement(pairs_of(((9, 5), (3, 3)), YES_NO), YES_NO))


@pytest.mark.parametrize("answers", [("yes",), ("yes", "yes")])
def test_a_scale_needs_two_answers(answers: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two different answers"):
        Scale(answers)


def test_direction_by_hand() -> None:
    # Four files: one step kinder, two steps kinder, the same, one step harsher.
    told = direction([Step("a", 1), Step("b", 2), Step("c", 0), Step("d", -1)])
    assert (told.files, told.grades, told.kinder, told.harsher, told.same) == (4, 4, 2, 1, 1)
    assert told.kinder_share.value == 0.5
    assert told.harsher_share.value == 0.25
    assert told.steps.value == 0.5
    assert told.steps.interval is not None and told.steps.interval.low <= 0 <= told.steps.interval.high
    assert told.leans == ""


def test_whoever_is_kinder_nearly_always_is_said_to_be() -> None:
    held = [Step(f"case {n}", 0 if n % 5 == 0 else 1) for n in range(25)]
    assert direction(held).leans == "kinder"
    assert direction([Step(one.case, -one.kinder_by) for one in held]).leans == "harsher"


def test_a_mean_in_steps_has_an_interval_near_the_one_by_formula() -> None:
    dice = Random(4)
    held = [Step(f"case {n}", dice.choice((-1, 0, 0, 1, 1))) for n in range(60)]
    values = [one.kinder_by for one in held]
    mean = sum(values) / 60
    error = (sum((v - mean) ** 2 for v in values) / 59 / 60) ** 0.5
    interval = direction(held).steps.interval
    assert interval is not None
    assert interval.low == pytest.approx(mean - 1.96 * error, abs=0.04)
    assert interval.high == pytest.approx(mean + 1.96 * error, abs=0.04)


def test_direction_of_nothing_one_file_and_files_all_alike() -> None:
    nothing = direction([])
    assert nothing.steps.value is None and nothing.kinder_share.value is None
    assert "compared" in nothing.steps.why
    single = direction([Step("a", 1), Step("a", 0)])
    assert single.steps.value == 0.5 and single.steps.interval is None and single.leans == ""
    alike = direction([Step(f"{n}", 0) for n in range(12)])
    assert alike.steps.value == 0.0 and alike.steps.interval is None
    assert alike.kinder_share.interval is not None and alike.kinder_share.interval.high == pytest.approx(
        0.243, abs=0.001
    )


MONDAY = date(2026, 11, 2)


def test_drift_by_week() -> None:
    """Twelve files in three weeks: the same as others at first, a step kinder in the end."""
    held = [
        Step(f"case {n:02}", 0 if n < 6 else 1 - n % 6 // 5, MONDAY + timedelta(days=n * 7 // 4)) for n in range(12)
    ]
    told = drift(held)
    assert [(one.begins, one.files) for one in told.stretches] == [
        (MONDAY, 4), (MONDAY + timedelta(days=7), 4), (MONDAY + timedelta(days=14), 4),
    ]  # fmt: skip
    assert [one.steps.value for one in told.stretches] == [0.0, 0.5, 0.75]
    assert told.change.value == pytest.approx(5 / 6)
    assert told.turns == "kinder"


def test_drift_by_month_and_too_few_to_tell() -> None:
    held = [Step(f"case {n}", -1, date(2026, 1 + n // 3, 5)) for n in range(9)]
    told = drift([*held, Step("undated", 3)], Period.MONTH)
    assert [one.begins for one in told.stretches] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert told.change.value is None and told.turns == ""
    assert told.change.why == "Drift is told from 10 dated files on; there are 9."
    assert drift([]).stretches == ()


def test_no_drift_where_somebody_is_steady() -> None:
    held = [Step(f"case {n:02}", (0, 1, 0, -1)[n % 4], MONDAY + timedelta(days=n)) for n in range(24)]
    told = drift(held)
    assert told.change.value == pytest.approx(0.0)
    assert told.turns == ""


def test_answers_are_brought_together() -> None:
    held = [
        Reading("1", "Ana", "plan", "good"), Reading("1", "Ben", "plan", "requires-improvement"),
        Reading("1", "Cy", "plan", "good"), Reading("2", "Ana", "plan", "good"),
        Reading("3", "Ben", "plan", "good"), Reading("3", "Ana", "plan", "outstanding"),
    ]  # fmt: skip
    found = paired(held)
    assert [(one.case, one.first.reviewer, one.second.reviewer) for one in found.twice] == [
        ("1", "Ana", "Ben"), ("3", "Ben", "Ana"),
    ]  # fmt: skip
    assert (found.once, found.more) == (1, 1)
    told = agreement_of(found.twice, GRADES)
    assert (told.files, told.agreed) == (2, 0)
    ana, ben = reviewers_of(found.twice, GRADES)
    assert (ana.reviewer, ana.direction.kinder, ana.direction.steps.value) == ("Ana", 2, 1.0)
    assert (ben.reviewer, ben.direction.harsher, ben.direction.steps.value) == ("Ben", 2, -1.0)


def test_one_reviewer_twice_is_refused() -> None:
    with pytest.raises(ReadingError, match="Ana answered “plan” of case 1 twice"):
        paired([Reading("1", "Ana", "plan", "good"), Reading("1", "Ana", "plan", "good")])
