"""Series over the months: every point a second time from what was handed in, new limits, targets, and small numbers."""

import calendar
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker
from tests.begun import begun
from tests.factories import inspection, member
from tests.submissions_story import ASSESSMENT, Held, workbook

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison import actions, hand_ins, returns, series_words, watching
from goldthread.apps.comparison.models import Rebased, Series
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import worker
from goldthread.apps.submissions.models import Submission
from goldthread.domain.control_verdicts import Assurance, Lasting
from goldthread.kernel.tables import TABLES
from goldthread.web.presenters import watch as presenter

pytestmark = pytest.mark.django_db

DONE = {month: (20, 4 if month < 4 else 12) for month in range(1, 11)}
"""For each month of 2026: how many assessments were authorised, and how many of them late."""


def assessed(month: int) -> list[list[Any]]:
    """The rows of one month: an assessment of three weeks, or of half a year where it is late."""
    total, late = DONE[month]
    return [
        [
            f"M{month}-{number}", "F", "WBRI", date(2015, 1, 5), 11, "N",
            date(2025, 7, 1) if number < late else date(2026, month, 12).replace(day=1), "Y",
            date(2026, month, 20), "Y", "Duty", "Worker One",
        ]
        for number in range(total)
    ]  # fmt: skip


def lists_of(month: int) -> tuple[bytes, date]:
    """What is handed in at the end of a month: its own and the five months before."""
    rows = [row for one in range(max(1, month - 5), month + 1) for row in assessed(one)]
    return workbook({"List 4": [ASSESSMENT, *rows]}), date(2026, month, calendar.monthrange(2026, month)[1])


def hand_in(own: Inspection, by: Actor, data: bytes, as_at: date) -> Submission:
    with Held(data) as upload:
        row = submissions.receive(
            inspection=own, upload=upload, label="lists.xlsx", client_key=uuid4(), as_at=as_at, by=by
        )
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=row.pk)


@pytest.fixture
def own() -> Inspection:
    return inspection()


@pytest.fixture
def analyst(own: Inspection) -> Actor:
    return member(own, "analyst")


def year(own: Inspection, by: Actor, months: range = range(1, 11)) -> Submission:
    rows = [hand_in(own, by, *lists_of(month)) for month in months]
    return rows[-1]


Year = tuple[Inspection, Actor, Submission]


@pytest.fixture(scope="module")
def beginning(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Year]]:
    def tell() -> Year:
        made = inspection()
        by = member(made, "analyst")
        return made, by, year(made, by)

    with begun(django_db_blocker, tell) as again:
        yield again


@pytest.fixture
def a_year(beginning: Callable[[], Year]) -> Year:
    return beginning()


def look(actor: Actor, row: Submission, source: str = "") -> watching.One:
    return watching.one_from(actor, row, "AS-01", source)


def test_each_month_counts_what_happened_in_it(a_year: Year) -> None:
    _, analyst, last = a_year
    found = look(analyst, last).watched
    assert found.source is watching.Source.HAND_INS
    assert [(one.period, one.numerator, one.denominator) for one in found.counted] == [
        (f"2026-{month:02}", total - late, total) for month, (total, late) in DONE.items()
    ]
    assert found.chart is not None
    assert [point.value for point in found.chart.points] == [
        100 * (total - late) / total for total, late in DONE.values()
    ]


def test_one_hand_in_alone_tells_of_its_own_months(own: Inspection, analyst: Actor) -> None:
    row = hand_in(own, analyst, *lists_of(10))
    found = look(analyst, row)
    assert found.watched.source is watching.Source.LISTS
    assert [(one.period, one.numerator, one.denominator) for one in found.watched.counted] == [
        (f"2026-{month:02}", DONE[month][0] - DONE[month][1], DONE[month][0]) for month in range(5, 11)
    ]
    assert found.watched.chart is not None and found.watched.chart.latest.limits.label == "trial limits"
    assert look(analyst, row, "hand-ins").watched.why_not == "A control chart needs 5 points at least; there are 1."
    with pytest.raises(watching.NotWatched):
        look(analyst, row, "elsewhere")


def test_lists_of_two_hand_ins_half_a_year_apart_make_one_unbroken_series(own: Inspection, analyst: Actor) -> None:
    hand_in(own, analyst, *lists_of(5))
    row = hand_in(own, analyst, *lists_of(10))
    found = look(analyst, row)
    assert found.watched.source is watching.Source.ALL_LISTS
    assert [(one.period, one.numerator, one.denominator) for one in found.watched.counted if one.denominator] == [
        (f"2026-{month:02}", total - late, total) for month, (total, late) in DONE.items()
    ]
    assert found.sources == tuple(watching.Source)
    shown = next(one for one in watching.all_watched(analyst, row)[1] if one.measure.code == "AS-01")
    assert shown.source is watching.Source.ALL_LISTS and shown.counted == found.watched.counted


def test_of_two_lists_that_cover_a_month_the_later_tells_it(own: Inspection, analyst: Actor) -> None:
    hand_in(own, analyst, *lists_of(5))
    rows = [row for month in range(3, 9) for row in assessed(month)] + assessed(5)[:3]
    late = hand_in(own, analyst, workbook({"List 4": [ASSESSMENT, *rows]}), date(2026, 8, 31))
    counted = {one.period: one for one in hand_ins.across(hand_ins.sequence(analyst, late))["AS-01"]}
    assert counted["2026-05"].denominator == DONE[5][0] + 3
    assert counted["2026-02"].denominator == DONE[2][0]


def test_what_stands_is_the_measure_of_each_day(own: Inspection, analyst: Actor) -> None:
    last = year(own, analyst, range(1, 4))
    told = hand_ins.by_hand_in(hand_ins.sequence(analyst, last))
    by_month = {
        one.as_at: one.measures.get(code="AS-03", breakdown="") for one in Submission.objects.filter(inspection=own)
    }
    assert [(one.numerator, one.denominator) for one in told["AS-03"]] == [
        (by_month[day].numerator, by_month[day].denominator) for day in sorted(by_month)
    ]


def test_of_two_hand_ins_of_a_month_the_later_counts_and_what_was_withdrawn_does_not(
    own: Inspection, analyst: Actor
) -> None:
    first = year(own, analyst, range(1, 4))
    data, day = lists_of(3)
    again = hand_in(own, analyst, data, day)
    assert [one.pk for one in hand_ins.sequence(analyst, again)][-1] == again.pk
    assert [one.pk for one in hand_ins.sequence(analyst, first)][-1] == first.pk
    april = hand_in(own, analyst, *lists_of(4))
    submissions.withdraw(submission=again, because="Sent twice.", version=again.version, by=analyst)
    assert [one.pk for one in hand_ins.sequence(analyst, april)][-2] == first.pk


def test_the_other_side_counts_only_what_it_may_see(own: Inspection, analyst: Actor) -> None:
    officer = member(own, "nominated-officer")
    row = year(own, officer, range(1, 3))
    assert hand_ins.sequence(analyst, row)[:-1] == []  # nothing was handed over
    hand_in(own, analyst, *lists_of(1))
    assert len(hand_ins.sequence(officer, row)) == 2


def test_new_limits_are_a_recorded_decision_drawn_once_there_are_months_enough(own: Inspection, analyst: Actor) -> None:
    row = year(own, analyst, range(1, 10))
    found = look(analyst, row)
    assert watching.periods(found, analyst)[0] == "2026-02"
    key = uuid4()
    made = actions.rebase(
        found=found, period="2026-07", because="  A new   front door.", client_key=key, version=1, by=analyst
    )
    assert (made.because, str(made.made_by_id)) == ("A new front door.", analyst.id)
    entry = Entry.objects.filter(chain=str(own.pk)).latest("number")
    assert (entry.event, entry.detail["period"], entry.about_label) == (
        "series.rebased",
        "2026-07",
        "the series of AS-01",
    )
    waiting = look(analyst, row).watched
    assert [one.period for one in waiting.waiting] == ["2026-07"]  # three months are too few
    assert waiting.chart is not None and len(waiting.chart.stretches) == 1
    again = actions.rebase(found=found, period="2026-07", because="x", client_key=key, version=1, by=analyst)
    assert again == made
    with pytest.raises(Overtaken):
        actions.rebase(found=found, period="2026-05", because="x", client_key=uuid4(), version=1, by=analyst)
    for period, because in (("2026-07", "Again"), ("2026-13", "x"), ("2026-05", " ")):
        with pytest.raises(Refused):
            actions.rebase(found=found, period=period, because=because, client_key=uuid4(), version=2, by=analyst)
    actions.take_back_limits(rebased=made, by=analyst)
    drawn = actions.rebase(found=found, period="2026-05", because="Moved", client_key=uuid4(), version=3, by=analyst)
    told = look(analyst, row).watched
    assert [one.period for one in told.waiting] == ["2026-05"]  # four months before it are too few
    assert told.chart is not None and len(told.chart.stretches) == 1
    assert Rebased.objects.get(pk=made.pk).taken_back_at is not None
    assert Entry.objects.filter(event="series.joined").count() == 1
    assert drawn.taken_back_at is None


def test_limits_drawn_anew_part_the_chart(a_year: Year) -> None:
    _, analyst, row = a_year
    actions.rebase(
        found=look(analyst, row), period="2026-06", because="Moved", client_key=uuid4(), version=1, by=analyst
    )
    chart = look(analyst, row).watched.chart
    assert chart is not None
    assert [(one.points[0].period, one.reason) for one in chart.stretches] == [("2026-01", ""), ("2026-06", "Moved")]
    values = [100 * (total - late) / total for total, late in DONE.values()]
    assert chart.stretches[0].limits.mean == sum(values[:5]) / 5
    assert chart.stretches[1].limits.mean == sum(values[5:]) / 5
    told = dict(series_words.verdict(look(analyst, row).watched))
    assert told["Base"].startswith("Mean and limits rest on the 5 months June 2026 to October 2026.")


def test_a_target_has_a_source_and_is_held_against_the_limits(a_year: Year) -> None:
    _, analyst, row = a_year
    found = look(analyst, row)
    held = actions.set_target(found=found, target=99.5, source="Plan 2026", version=1, by=analyst)
    assert held.version == 2
    assert Entry.objects.latest("pk").detail["target"] == 99.5
    values = [100 * (total - late) / total for total, late in DONE.values()]
    spread = 2.66 * sum(abs(b - a) for a, b in pairwise(values)) / (len(values) - 1)
    middle = sum(values) / len(values)
    assert middle + spread < 99.5
    # The last seven months lie below the mean, so the limits foretell nothing: how the months did is told instead.
    for target, short in (
        (99.5, "Missed for 10 months"),
        (middle, "Missed for 7 months"),
        (middle - spread - 1, "Met for 10 months"),
    ):
        held.target_value = target
        held.save()
        watched = look(analyst, row).watched
        assert watched.assured is Assurance.CHANGING
        assert presenter.row(watched).target == (short, "red" if short.startswith("Missed") else "green")
    held.target_value = 99.5
    held.save()
    with pytest.raises(Clash) as clash:
        actions.set_target(found=found, target=90, source="Another plan", version=1, by=analyst)
    assert clash.value.theirs == {"target": "99.5", "source": "Plan 2026"}
    for target, source in ((101, "x"), (float("nan"), "x"), (80, " ")):
        with pytest.raises(Refused):
            actions.set_target(found=found, target=target, source=source, version=2, by=analyst)
    gone = actions.set_target(found=found, target=None, source="", version=2, by=analyst)
    assert (gone.target_value, gone.target_source) == (None, "")


def test_each_side_has_targets_of_its_own_and_not_everybody_sets_them(own: Inspection, analyst: Actor) -> None:
    officer = member(own, "nominated-officer")
    row = year(own, officer, range(1, 3))
    row = submissions.hand_over(submission=row, version=row.version, by=officer)
    ours = watching.one(analyst, own.pk, row.pk, "AS-01")
    actions.set_target(found=ours, target=80, source="Team", version=1, by=analyst)
    theirs = watching.one(officer, own.pk, row.pk, "AS-01")
    assert theirs.watched.series.target_value is None
    actions.set_target(found=theirs, target=90, source="Council", version=1, by=officer)
    assert {one.side: one.target_value for one in Series.objects.all()} == {"team": 80, "authority": 90}
    for role in ("inspector", "quality-assurance", "director"):
        with pytest.raises(Refused):
            actions.set_target(found=theirs, target=1, source="x", version=2, by=member(own, role))
    made = actions.rebase(found=theirs, period="2026-02", because="x", client_key=uuid4(), version=2, by=officer)
    with pytest.raises(Rebased.DoesNotExist):
        watching.rebasing(analyst, own.pk, row.pk, "AS-01", made.pk)


def test_months_with_small_counts_are_left_out_for_whoever_reads_no_rows_and_of_what_leaves(a_year: Year) -> None:
    own, analyst, row = a_year
    full, safe = look(analyst, row).watched, watching.one_from(analyst, row, "AS-01", "", leaving=True).watched
    small = [f"2026-{month:02}" for month, (_, late) in DONE.items() if 1 <= late <= 5]
    assert full.withheld == ()
    assert set(small) <= set(safe.withheld)
    assert safe.chart is not None and len(safe.chart.points) == len(DONE) - len(safe.withheld) >= 5
    assert all(one.period not in safe.withheld for one in safe.counted)
    inspector = member(own, "inspector")
    seen = look(inspector, row).watched
    assert (seen.withheld, [one.period for one in seen.counted]) == (
        safe.withheld,
        [one.period for one in safe.counted],
    )


def test_a_decline_that_lasts_comes_first_and_is_named(a_year: Year) -> None:
    _, analyst, row = a_year
    _, found = watching.all_watched(analyst, row)
    ordered = presenter.in_order(found)
    ranks = [one.lasting.what if one.lasting else None for one in ordered if one.chart and not one.unsteady]
    assert ranks == sorted(ranks, key=[Lasting.DECLINE, Lasting.IMPROVEMENT, Lasting.NEITHER].index)
    assert all(one.chart is None for one in ordered[len([1 for one in ordered if one.chart]) :])


def test_no_verdict_is_given_where_most_months_have_almost_nobody(
    own: Inspection, analyst: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 11):
        monkeypatch.setitem(DONE, month, (1, 1 if month < 4 else 0))
    watched = look(analyst, hand_in(own, analyst, *lists_of(10))).watched
    assert watched.unsteady and watched.chart is not None
    watched.series.target_value = 50
    shown = presenter.row(watched)
    assert (shown.tag, shown.since, shown.target) == (("Too few children", "grey"), "", None)
    assert [name for name, _ in series_words.verdict(watched)] == ["What can be told"]
    assert "too few children in most months" in series_words.headline(watched)
    assert "too few to tell" in watching.picture(watched).title
    assert series_words.signals(watched) == []


def test_who_comes_back_is_followed_over_all_hand_ins(own: Inspection, analyst: Actor) -> None:
    heads = {name: [column.says for column in TABLES[name].columns] for name in ("children_in_need", "referrals")}

    def rows(name: str, given: list[dict[str, Any]]) -> list[list[Any]]:
        return [heads[name], *([one.get(column.name, "") for column in TABLES[name].columns] for one in given)]

    need = [{"child": f"K{n}", "closed_on": date(2026, 2, 10), "status": "d", "gender": "F"} for n in range(30)]
    back = [{"child": f"K{n}", "referred_on": date(2026, 6, 10), "gender": "F"} for n in range(12)]
    first = workbook({"List 6": rows("children_in_need", need), "List 3": rows("referrals", back[:1])})
    hand_in(own, analyst, first, date(2026, 3, 31))
    row = hand_in(own, analyst, workbook({"List 3": rows("referrals", back)}), date(2026, 9, 30))
    found = returns.returns(analyst, row)
    referred, care = found.curves
    assert referred.chart is not None
    assert referred.chart.rows == ((120, 30, 12, 40.0, *referred.chart.rows[0][4:]),)  # 10 February to 10 June
    assert "List 8" in care.why_not
    assert found.cautions == ()
    leaving = returns.returns(analyst, row, leaving=True).curves[0]
    assert leaving.chart is not None
    assert [line[:4] for line in leaving.chart.rows] == [(91, 30, 0, 0.0), (182, 18, 12, 40.0)]


def test_hand_ins_too_far_apart_are_said_to_leave_a_gap(own: Inspection, analyst: Actor) -> None:
    hand_in(own, analyst, *lists_of(1))
    row = hand_in(own, analyst, *lists_of(10))
    assert returns.returns(analyst, row).cautions == (
        "No list tells of all of January 2026 to October 2026: who came back then is missed.",
    )
