"""The watch between inspections: what it gathers, for whom, and since when it says so; what of the past comes back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import AS_AT, Story, story
from tests.factories import inspection, member
from tests.improvement_story import MEASURE, measured, moved, read_again, recommended, with_goal

from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, grades, own_series
from goldthread.apps.comparison.models import PastTheme
from goldthread.apps.improvement.queries import past
from goldthread.apps.improvement.queries import watch as queries
from goldthread.apps.improvement.queries import watched_promises as promised
from goldthread.apps.improvement.queries import watched_things as things
from goldthread.apps.improvement.queries.watch_pictures import bears_out
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.measure_areas import service_of
from goldthread.domain.control_charts import Direction
from goldthread.domain.watch import Sign, Source, Standing, State
from goldthread.domain.watch.areas import month_of, number_of
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.month_points import scale_of
from goldthread.kernel.record_monthly import MonthCount

pytestmark = pytest.mark.django_db

BY_CODE = {one.code: one for one in MEASURES}
JUDGED = date(2024, 6, 10)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def graded(made: Inspection, by: Any, area: str, grade: str, on: date = JUDGED) -> None:
    actions.note_grade(
        inspection=made, on=on, framework="ILACS", area=area, grade=grade, source="Report", client_key=uuid4(), by=by
    )


def area_of(found: queries.Watch, slug: str) -> queries.WatchedArea:
    return next(one for one in found.areas if one.slug == slug)


class Told:
    """One measure over the months, as `comparison.watching` tells it."""

    stands, unsteady, chart = False, False, None
    withheld: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def __init__(self, code: str, shares: list[int], first: str, of: int = 100) -> None:
        self.measure = BY_CODE[code]
        self.scale = scale_of(self.measure, None)
        begins = number_of(first)
        self.counted = [MonthCount(month_of(begins + place), one, of) for place, one in enumerate(shares)]

    def keep(self, *months: str, nobody: tuple[str, ...] = ()) -> None:
        """Show a reader all months but these; in those of `nobody` there was nobody to count."""
        self.withheld, self.none = months, nobody
        self.counted = [one for one in self.counted if one.period not in months]


def test_a_fall_after_the_judgement_is_a_change_where_two_series_show_it(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, today = wexcombe["lead"], timezone.localdate()
    first = month_of(number_of(f"{today:%Y-%m}") - 35)
    steady, fallen = [85, 87, 84, 86, 88, 85] * 5, [60, 58, 61, 59, 60, 57]
    told = [Told("AS-01", steady + fallen, first), Told("CP-02", steady + fallen, first),
            Told("CLA-20", [5, 6, 4, 5, 7, 5] * 6, first)]  # fmt: skip
    monkeypatch.setattr(things.watching, "all_watched", lambda actor, row: ([], told))
    monkeypatch.setattr(own_series, "newest", lambda actor, made: wexcombe.submission)
    graded(wexcombe.inspection, lead, "Overall effectiveness", "good", today - timedelta(days=540))
    found = queries.watch(lead, wexcombe.inspection)
    protection = area_of(found, "protection")
    assert protection.watch.standing is Standing.CHANGED
    assert protection.judged is not None and protection.judged.grade == "good"
    # The sixth month from the end is the first of the fall, and both series left their limits in it.
    assert protection.watch.said == ((month_of(number_of(found.now) - 5), found.now),)
    assert {one.name for one in protection.watch.worse} == {"series:AS-01", "series:CP-02"}
    assert {one.watched.before for one in protection.watch.worse} == {True}
    care = area_of(found, "care")
    assert (care.watch.standing, [one.name for one in care.watch.holding]) == (Standing.HOLDS, ["series:CLA-20"])
    assert area_of(found, "leaving").watch.standing is Standing.NO_EVIDENCE
    assert found.areas[0].slug == "protection"
    assert found.by_chance == pytest.approx(12 * sum(one.watched.chance for one in (*protection.watch.things,
                                                                                   *care.watch.things)))  # fmt: skip


def test_what_stands_on_a_day_is_not_watched_and_says_why(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told("CLA-14", [85, 87] * 12, "2024-01")
    told.stands = True
    monkeypatch.setattr(things.watching, "all_watched", lambda actor, row: ([], [told]))
    monkeypatch.setattr(own_series, "newest", lambda actor, made: wexcombe.submission)
    care = area_of(queries.watch(wexcombe["lead"], wexcombe.inspection), "care")
    assert [one.watched.why_not for one in care.watch.silent] == [own_series.STANDS]
    assert care.watch.standing is Standing.NO_EVIDENCE


def test_a_series_of_which_months_are_kept_goes_by_the_others_and_says_so(wexcombe: Story) -> None:
    assert wexcombe.submission is not None
    told = Told("AS-01", [90] * 6 + [91, 60] * 9, "2024-01")
    whole = things.one_series([told], wexcombe.submission, None).watched  # type: ignore[list-item]
    assert (whole.kept, len(whole.against) + len(whole.months)) == (0, 24)
    told.keep("2024-03", "2024-05", nobody=("2024-05",))
    kept = things.one_series([told], wexcombe.submission, None).watched  # type: ignore[list-item]
    # A month in which nobody was counted is kept from nobody.
    assert (kept.kept, kept.why_not, len(kept.against) + len(kept.months)) == (1, "", 22)
    assert "2024-03" not in kept.against


def test_what_is_not_shown_is_never_told_as_no_evidence(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told("AS-01", [90, 91] * 10, "2024-01")
    told.keep(*(f"2024-{month:02}" for month in range(1, 11)))
    monkeypatch.setattr(things.watching, "all_watched", lambda actor, row: ([], [told]))
    monkeypatch.setattr(own_series, "newest", lambda actor, made: wexcombe.submission)
    watch = area_of(queries.watch(wexcombe["lead"], wexcombe.inspection), "protection").watch
    assert [(one.watched.why_not, one.watched.kept) for one in watch.not_shown] == [(own_series.KEPT_FROM_YOU, 10)]
    assert watch.standing is Standing.NOT_SHOWN


@pytest.mark.parametrize(("judged", "why"), [("2025-08", "No month after the judgement"), ("2025-02", "Not shown")])
def test_what_is_so_for_everybody_is_no_matter_of_what_is_shown(judged: str, why: str) -> None:
    told = Told("AS-01", [90, 91] * 10, "2024-01")  # to August 2025
    told.keep(*(f"2024-{month:02}" for month in range(1, 11)))
    watched = own_series.watched_since([told], judged)  # type: ignore[list-item]
    assert watched.why_not.startswith(why) and bool(watched.kept) == (why == "Not shown")
    short = Told("AS-01", [90, 91, 92], "2024-01")
    short.keep("2024-01")
    assert own_series.watched_since([short], None).why_not.startswith("3 months are held")  # type: ignore[list-item]


def test_a_month_that_the_later_lists_withhold_is_not_told_by_the_earlier() -> None:
    early, late = Told("AS-01", [90, 91, 92], "2024-01"), Told("AS-01", [80, 81], "2024-02")
    late.keep("2024-02")
    held = own_series.months_of([early, late])  # type: ignore[list-item]
    assert [(one.period, one.value) for one in held.points] == [("2024-01", 90), ("2024-03", 81)]
    assert held.kept == {"2024-02"}
    early.keep("2024-01", "2024-03")
    assert own_series.months_of([early, late]).kept == {"2024-01", "2024-02"}  # type: ignore[list-item]


def test_months_that_count_few_are_those_of_the_series_and_not_of_one_of_its_hand_ins() -> None:
    early, late = Told("AS-01", [4, 5] * 8, "2023-01", of=8), Told("AS-01", [85, 87, 84] * 10, "2023-10")
    early.unsteady = True
    watched = own_series.watched_since([early, late], None)  # type: ignore[list-item]
    assert watched.months and not watched.why_not
    alone = own_series.watched_since([early], None)  # type: ignore[list-item]
    assert "16 of the 16 that it goes by, January 2023 to April 2024" in alone.why_not


def test_without_anything_there_is_no_evidence_either_way(wexcombe: Story) -> None:
    found = queries.watch(wexcombe["lead"], wexcombe.inspection)
    assert {one.watch.standing for one in found.areas} == {Standing.NO_EVIDENCE}
    assert {one.judged for one in found.areas} == {None}
    assert (found.tally.all, found.by_chance) == (0, 0.0)


def test_a_recommendation_past_its_day_and_one_that_slipped(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    held = moved(wexcombe, recommended(wexcombe, due=timezone.localdate() + timedelta(days=30)), "open")
    lead = wexcombe["lead"]
    assert not area_of(queries.watch(lead, wexcombe.inspection), "leadership").watch.things
    later = timezone.now() + timedelta(days=60)
    monkeypatch.setattr(timezone, "now", lambda: later)
    leadership = area_of(queries.watch(lead, wexcombe.inspection), "leadership").watch
    assert [(one.source, set(one.signs_in(leadership.now))) for one in leadership.worse] == [
        (Source.PROMISE, {Sign.LATE})
    ]
    # A day that is past is no sign of practice.
    assert leadership.standing is Standing.NO_EVIDENCE
    held = moved(wexcombe, held, "closed", "It will do.")
    moved(wexcombe, held, "reopened", "It did not.")
    leadership = area_of(queries.watch(lead, wexcombe.inspection), "leadership").watch
    assert Sign.SLIPPED in leadership.worse[0].signs_in(leadership.now)
    assert leadership.standing is Standing.SIGN


def test_the_council_is_told_of_what_it_was_given_and_of_nothing_else(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommended(wexcombe, due=timezone.localdate() + timedelta(days=30))
    later = timezone.now() + timedelta(days=60)
    monkeypatch.setattr(timezone, "now", lambda: later)
    for role in ("director", "improvement-lead"):
        assert not area_of(queries.watch(wexcombe[role], wexcombe.inspection), "leadership").watch.things


def test_another_authority_is_never_gathered_nor_what_is_synthetic_beside_what_is_real(wexcombe: Story) -> None:
    lead = wexcombe["lead"]
    other = inspection(authority="Elsewhere")
    twin = inspection(authority=wexcombe.inspection.authority)
    twin.synthetic = not wexcombe.inspection.synthetic
    twin.save()
    for made in (other, twin):
        graded(made, member(made, "analyst"), "Overall effectiveness", "inadequate")
    assert queries.of_authority(lead, wexcombe.inspection) == [wexcombe.inspection]
    assert queries.judgements(lead, queries.of_authority(lead, wexcombe.inspection)) == []


def test_an_area_that_was_not_judged_by_itself_has_the_grade_of_the_whole(wexcombe: Story) -> None:
    lead = wexcombe["lead"]
    graded(wexcombe.inspection, lead, "Overall effectiveness", "good")
    graded(wexcombe.inspection, lead, "Children in care", "outstanding")
    graded(wexcombe.inspection, lead, "Children in care", "inadequate", date(2019, 1, 7))
    found = queries.watch(lead, wexcombe.inspection)
    told = {one.slug: one.judged.grade for one in found.areas if one.judged}
    assert told == {
        "care": "outstanding", **dict.fromkeys(("protection", "leaving", "adoption", "leadership"), "good"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "services"),
    [
        ("Children who need help and protection", ("protection",)),
        ("The experiences and progress of children in care and care leavers", ("care", "leaving")),
        ("Leadership, management and governance", ("leadership",)),
        ("Overall effectiveness", ("every",)),
        ("Something else", ()),
    ],
)
def test_a_judged_area_is_placed_by_its_words(title: str, services: tuple[str, ...]) -> None:
    assert queries.services_named(title) == services


def test_series_of_several_inspections_are_one_and_new_limits_begin_it_again(wexcombe: Story) -> None:
    assert wexcombe.submission is not None
    early, late = Told("AS-01", [80] * 12, "2024-01"), Told("AS-01", [70, 72] * 7, "2024-12")
    thing = things.one_series([early, late], wexcombe.submission, None)  # type: ignore[list-item]
    # December 2024 is told by both, and by the later one in the end.
    assert thing.watched.against[0] == "2024-01" and len(thing.watched.against) == 12
    assert thing.watched.months[0].period == "2025-01" and thing.last == "2026-01"
    assert thing.state(thing.last) is State.WORSE
    assert things.watching.DIRECTIONS[late.measure.better.value] is Direction.HIGH


def test_a_theme_of_the_past_is_written_down_once_and_taken_back(wexcombe: Story) -> None:
    said: dict[str, Any] = {"inspection": wexcombe.inspection, "on": JUDGED, "theme": "oversight"}
    for role in ("inspector", "director"):
        with pytest.raises(Refused):
            actions.note_theme(**said, source="Report", client_key=uuid4(), by=wexcombe[role])
    lead, key = wexcombe["lead"], uuid4()
    row = actions.note_theme(**said, source=" Report,  page 2 ", client_key=key, by=lead)
    assert actions.note_theme(**said, source="Report", client_key=key, by=lead) == row
    assert row.source == "Report, page 2"
    for changed, why in (
        ({}, "already"), ({"theme": "weather"}, "themes offered"), ({"on": date(2123, 1, 1)}, "in the future"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=why):
            actions.note_theme(**{**said, **changed}, source="Report", client_key=uuid4(), by=lead)
    with pytest.raises(Refused, match="where it was read"):
        actions.note_theme(**{**said, "theme": "plans"}, source=" ", client_key=uuid4(), by=lead)
    assert grades.themes(wexcombe.inspection) == [row]
    actions.take_back_theme(theme=row, by=lead)
    actions.take_back_theme(theme=row, by=lead)
    assert (grades.themes(wexcombe.inspection), PastTheme.objects.count()) == ([], 1)
    events = list(Entry.objects.filter(event__startswith="past-theme").values_list("event", flat=True))
    assert sorted(events) == ["past-theme.noted", "past-theme.taken-back"]


def test_a_theme_that_is_back_stands_beside_how_common_it_is(wexcombe: Story) -> None:
    lead = wexcombe["lead"]
    for theme in ("recording", "missing"):
        actions.note_theme(
            inspection=wexcombe.inspection, on=JUDGED, theme=theme, source="Report", client_key=uuid4(), by=lead
        )
    moved(wexcombe, recommended(wexcombe, says="Record each decision."), "open")
    found = {one.theme.slug: one for one in past.recurrence(lead, wexcombe.inspection).themes}
    assert (found["recording"].back, found["recording"].today) == (True, ("Recommendation 1",))
    assert (found["missing"].back, found["missing"].today) == (False, ())
    # The council was given it; whoever was not is told of the past alone.
    assert past.recurrence(wexcombe["director"], wexcombe.inspection).themes[0].today == ("Recommendation 1",)


def test_a_recommendation_is_filed_under_what_its_goals_measure_and_counts_once_with_its_series(
    wexcombe: Story,
) -> None:
    held = with_goal(wexcombe)
    held.refresh_from_db()
    code = MEASURE.code
    assert promised.about(held) == (service_of(code),)
    late = held.due + timedelta(days=1)
    (placed,) = promised.promises([held], {}, late)
    assert (placed[0], placed[1].group) == (service_of(code), f"series:{code}")
    # Its finding says more surely what it is about; without either it is the leaders' to see to.
    assert [one for one, _ in promised.promises([held], {str(held.pk): ("leaving",)}, late)] == ["leaving"]
    bare = moved(wexcombe, recommended(wexcombe), "open")
    assert [one for one, _ in promised.promises([bare], {}, late)] == ["leadership"]


def test_what_is_past_its_day_is_told_since_that_day(wexcombe: Story) -> None:
    held = moved(wexcombe, recommended(wexcombe, due=date(2030, 5, 31)), "open")
    ((_, thing),) = promised.promises([held], {}, date(2031, 2, 3))
    assert (thing.since("2031-02"), thing.where["due"]) == ("2030-06", "31 May 2030")
    assert list(promised.promises([held], {}, date(2030, 5, 31))) == []


def test_while_it_was_closed_a_recommendation_waited_for_nobody_and_its_goal_gave_no_sign(wexcombe: Story) -> None:
    held = with_goal(wexcombe)
    measured(wexcombe, 95, 100)
    read_again(wexcombe)
    held = moved(wexcombe, held, "closed", "It holds.")
    for days, met in ((40, 90), (80, 40), (120, 42)):
        measured(wexcombe, met, 100, days=days)
        read_again(wexcombe)
    held = queries.queries.visible_to(wexcombe["lead"]).get(pk=held.pk)
    assert held.status == "reopened"
    ((_, thing),) = promised.promises([held], {}, timezone.localdate())
    slipped = f"{AS_AT + timedelta(days=80):%Y-%m}"
    worse = [one.period for one in thing.watched.months if Sign.GOAL_WORSE in one.worse]
    assert worse[0] == slipped
    # The day on which the program reopened it is its own: the files tell of an earlier month.
    assert {one.period for one in thing.watched.months if Sign.SLIPPED in one.worse} == {
        f"{timezone.localdate():%Y-%m}"
    }


def test_the_months_that_bear_a_sign_out_are_drawn_with_the_month_in_which_the_watch_spoke(wexcombe: Story) -> None:
    told = Told("AS-01", [85, 87, 84, 86, 88, 85] * 3 + [60, 58, 61, 59, 60, 57, 58, 60, 61, 57], "2024-01")
    assert wexcombe.submission is not None
    thing = things.one_series([told], wexcombe.submission, "2025-06")  # type: ignore[list-item]
    chart = bears_out(thing, "2025-09", "2025-09")
    assert chart is not None
    assert chart.title == "Assessments within 45 working days: worse since July 2025, beyond chance"
    # From the first month held against to half a year after the one asked for.
    assert [chart.rows[0][0], chart.rows[-1][0]] == ["2024-01", "2026-03"]
    signs = {str(row[0]): row[-1] for row in chart.rows}
    assert "outside the limits" in str(signs["2025-07"]) and signs["2025-06"] == ""
    drawn = str(chart.spec)
    assert "first sign" in drawn and "the watch spoke" in drawn
    assert bears_out(thing, "2025-09").title == chart.title  # type: ignore[union-attr]
    assert bears_out(replace(thing, watched=replace(thing.watched, limits=None)), "2025-09") is None
