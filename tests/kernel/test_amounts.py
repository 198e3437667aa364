"""Rates, medians and averages: each on its small table, worked out twice, and what holds of all of them."""

from dataclasses import replace
from datetime import date
from statistics import fmean, median

import polars as pl
import pytest
from tests.kernel.amount_specs import SPECS, AmountSpec
from tests.kernel.generated import lists
from tests.kernel.generated_record import record
from tests.kernel.naive import Naive
from tests.kernel.naive_amounts import OF_LISTS, OF_RECORD, OUT
from tests.tables import table

from goldthread.kernel.amount import Amount, AmountResult, How, amounts
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.context import Context, age_on
from goldthread.kernel.measure import Display
from goldthread.kernel.settings import DEFAULTS
from goldthread.kernel.tables import TABLES
from goldthread.kernel.views import VIEWS
from goldthread.kernel.working_days import bank_holidays

AS_AT = date(2025, 3, 31)
EVERY = (*RECORD_AMOUNTS, *LIST_AMOUNTS)
BY_PLACE = {(amount.code, amount.table): amount for amount in EVERY}
TELLING = {**DEFAULTS, "few": 1, "some": 2}
POPULATION = 20_000


def _named(amount: Amount) -> str:
    return f"{amount.code}-{amount.table}"


def _told(amount: Amount, frame: pl.DataFrame, as_at: date = AS_AT, months: int = 12, **settings: int) -> AmountResult:
    context = Context(as_at, settings={**TELLING, **settings})
    (told,), why_not, _ = amounts({amount.table: frame}, [amount], context, population=POPULATION, months=months)
    assert why_not == {}
    return told


def _agrees(told: AmountResult, numbers: list[float | None], amount: Amount) -> None:
    known = [number for number in numbers if number is not None]
    assert (told.counted, told.not_known) == (len(known), len(numbers) - len(known))
    if amount.how is How.RATE:
        assert told.value == pytest.approx(len(known) * 10_000 / POPULATION)
    else:
        assert told.value == pytest.approx((median if amount.how is How.MEDIAN else fmean)(known))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.amount}-{spec.table}")
def test_each_row_gives_the_number_that_the_definition_says(spec: AmountSpec) -> None:
    frame = table(spec.table, spec.text)
    if spec.table == "in_care":
        frame = frame.with_columns(age_on(AS_AT).alias("age"))
    assert frame.height == len(spec.numbers)
    amount = BY_PLACE[spec.amount, spec.table]
    said = [None if number == "?" else float(number) for number in spec.numbers if number != "-"]
    _agrees(_told(amount, frame), said, amount)
    for row, number in enumerate(spec.numbers):
        one = _told(amount, frame.slice(row, 1))
        assert (one.counted, one.not_known) == ((0, 0) if number == "-" else (0, 1) if number == "?" else (1, 0))
        if amount.how is not How.RATE and number not in "-?":
            assert one.value == float(number)


def test_every_amount_has_a_spec() -> None:
    assert {(spec.amount, spec.table) for spec in SPECS} == set(BY_PLACE)
    assert len(BY_PLACE) == len(EVERY)


@pytest.mark.parametrize("as_at", [date(2025, 3, 31), date(2024, 2, 29)], ids=str)
def test_a_second_naive_computation_agrees(as_at: date) -> None:
    made = record(as_at.toordinal() + 3, as_at, rows=400, children=150)
    views = {amount.table: VIEWS[amount.table].make(made, Context(as_at)).collect() for amount in RECORD_AMOUNTS}
    naive = Naive(as_at, bank_holidays())
    for amount in RECORD_AMOUNTS:
        rows = views[amount.table].to_dicts()
        numbers = [number for row in rows if (number := OF_RECORD[amount.code](naive, row)) != OUT]
        assert numbers, amount.code
        _agrees(_told(amount, views[amount.table], as_at), numbers, amount)
    frames = lists(as_at.toordinal() + 4, as_at, rows=300)
    for amount in LIST_AMOUNTS:
        rows = frames[amount.table].to_dicts()
        numbers = [number for row in rows if (number := OF_LISTS[amount.code](naive, row)) != OUT]
        assert numbers, amount.code
        _agrees(_told(amount, frames[amount.table], as_at), numbers, amount)


@pytest.mark.parametrize("amount", EVERY, ids=_named)
def test_an_amount_asks_only_columns_that_it_names(amount: Amount) -> None:
    context = Context(AS_AT)
    asked = {
        name for test in (amount.cohort, amount.value) if test is not None for name in test(context).meta.root_names()
    }
    # What stands behind an age is the birth date, and the age itself.
    assert asked - {"age", "born_on"} <= set(amount.fields), amount.code
    assert amount.counted_on in ("", *amount.fields)
    assert "{" not in amount.definition(context.settings)


def test_half_a_year_is_counted_and_doubled_and_less_is_refused() -> None:
    amount = BY_PLACE["FD-04", "all_referrals"]
    frame = table("all_referrals", "referred_on\n2024-09-30\n2024-10-01\n2025-03-31\n2025-01-01\n2025-04-01")
    whole, half = _told(amount, frame), _told(amount, frame, months=6)
    assert (whole.counted, half.counted) == (4, 3)
    assert half.value == pytest.approx(2 * 3 * 10_000 / POPULATION)
    assert half.low is not None and half.high is not None and half.low < half.value < half.high
    assert "doubled to a year" in half.warnings[0]
    told, why_not, _ = amounts({"all_referrals": frame}, [amount], Context(AS_AT), population=POPULATION, months=5)
    assert (told, list(why_not)) == ((), ["FD-04"])


def test_what_stands_on_one_day_is_neither_halved_nor_doubled() -> None:
    amount = BY_PLACE["CP-06", "all_plans"]
    frame = table("all_plans", "started_on | ended_on\n2020-01-01 |\n2025-01-01 |")
    assert _told(amount, frame, months=6).value == _told(amount, frame).value == 1.0


def test_a_rate_without_a_population_is_not_told_and_the_others_are() -> None:
    frames = {name: pl.DataFrame(schema=VIEWS[name].table.schema()) for name in {one.table for one in RECORD_AMOUNTS}}
    told, why_not, _ = amounts(frames, RECORD_AMOUNTS, Context(AS_AT), population=None)
    assert set(why_not) == {one.code for one in RECORD_AMOUNTS if one.how is How.RATE}
    assert all("how many children" in why for why in why_not.values())
    assert {one.code for one in told} == {one.code for one in RECORD_AMOUNTS} - set(why_not)
    assert {(one.value, one.display) for one in told} == {(None, Display.NONE)}
    with pytest.raises(ValueError, match="above nought"):
        amounts(frames, RECORD_AMOUNTS, Context(AS_AT), population=0)


def test_few_are_counted_and_not_told() -> None:
    amount = BY_PLACE["AS-04", "all_assessments"]
    nine = table("all_assessments", "started_on | authorised_on\n" + "2025-03-03 | 2025-03-17\n" * 9)
    few = _told(amount, nine, few=10)
    assert (few.value, few.low, few.counted, few.display) == (None, None, 9, Display.COUNTS)
    assert few.warnings == ("Fewer than 10 are counted: no median is given.",)
    ten = pl.concat([nine, nine.head(1)])
    assert _told(amount, ten, few=10, some=30).display is Display.COUNTS_AND_RANGE
    assert _told(amount, ten, few=10, some=10).display is Display.FULL


def test_the_middle_the_tenths_and_the_range_of_known_numbers() -> None:
    days = [3, 1, 40, 7, 7, 9, 12, 20, 2, 45, 5]
    frame = table("all_assessments", "started_on | authorised_on\n" + "2025-03-03 | 2025-03-17\n" * len(days))
    numbers = pl.lit(pl.Series(days))
    amount = replace(BY_PLACE["AS-04", "all_assessments"], cohort=lambda _: pl.lit(value=True), value=lambda _: numbers)
    told = _told(amount, frame)
    # Sorted: 1 2 3 5 7 7 9 12 20 40 45. Of eleven the range of the middle goes from the second to the tenth.
    assert (told.value, told.tenth, told.ninetieth, told.low, told.high) == (7, 2, 40, 2, 40)


GROUPS = """
    started_on | authorised_on | gender | ethnicity | born_on    | disability | team
    2025-03-03 | 2025-03-04    | F      | WBRI      | 2015-01-01 | Y          | North
    2025-03-03 | 2025-03-05    | F      | BAFR      | 2024-06-01 | N          | North
    2025-03-03 | 2025-03-10    | M      | WBRI      | 2015-01-01 |            | South
    2025-03-04 | 2025-03-03    | M      | REFU      | 2008-01-01 | N          |
    2025-03-03 |               | M      | WBRI      | 2015-01-01 | N          | South
    """


def test_each_group_has_its_own_middle_and_nobody_is_lost() -> None:
    told = _told(BY_PLACE["AS-04", "all_assessments"], table("all_assessments", GROUPS))
    parts = {(part.by, part.group): part for part in told.parts}
    assert {by for by, _ in parts} == {"gender", "age_band", "ethnicity_group", "disability", "team"}
    assert (parts["gender", "Female"].value, parts["gender", "Male"].value) == (1.5, 5)
    assert (parts["gender", "Male"].counted, parts["gender", "Male"].not_known) == (1, 1)
    assert parts["team", "Not known"].value is None
    for by in ("gender", "age_band", "ethnicity_group", "disability", "team"):
        of = [part for part in told.parts if part.by == by]
        assert (sum(part.counted for part in of), sum(part.not_known for part in of)) == (3, 1), by


def test_of_a_rate_groups_are_counted_and_no_rate_is_made_up() -> None:
    text = GROUPS.replace("authorised_on", "no_further_action").replace("started_on", "referred_on")
    text = "\n".join("|".join(cell for at, cell in enumerate(line.split("|")) if at != 1) for line in text.splitlines())
    told = _told(BY_PLACE["FD-04", "all_referrals"], table("all_referrals", text))
    parts = {(part.by, part.group): (part.counted, part.value, part.low) for part in told.parts}
    assert parts["gender", "Female"] == (2, None, None)
    assert parts["ethnicity_group", "White"] == (3, None, None)
    assert told.counted == 5


def test_few_in_a_group_have_a_count_and_no_middle() -> None:
    told = _told(BY_PLACE["AS-04", "all_assessments"], table("all_assessments", GROUPS), few=2)
    parts = {(part.by, part.group): part.value for part in told.parts}
    assert parts["gender", "Female"] == 1.5
    assert parts["gender", "Male"] is None


def test_the_rows_behind_are_those_counted_with_the_number_of_each() -> None:
    amount = BY_PLACE["AS-04", "all_assessments"]
    _, _, rows = amounts(
        {"all_assessments": table("all_assessments", GROUPS)}, [amount], Context(AS_AT), population=None
    )
    assert rows["AS-04"].rows() == [(1, "yes", 1.0), (2, "yes", 2.0), (3, "yes", 5.0), (4, "not_known", None)]


def test_an_amount_must_be_one_or_the_other() -> None:
    rate, middle = BY_PLACE["FD-04", "all_referrals"], BY_PLACE["AS-04", "all_assessments"]
    with pytest.raises(ValueError, match="a rate counts rows"):
        replace(rate, value=lambda _: pl.lit(1))
    with pytest.raises(ValueError, match="a rate counts rows"):
        replace(middle, value=None)
    with pytest.raises(ValueError, match="only a rate counts by the year"):
        replace(middle, counted_on="authorised_on")
    with pytest.raises(KeyError):
        replace(rate, fields=("nonsense",))
    assert all(amount.table in TABLES for amount in LIST_AMOUNTS)
