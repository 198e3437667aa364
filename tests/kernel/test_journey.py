"""A child's journey: every date of the lists that is an event, in order, with its row; and its gaps."""

from datetime import date, timedelta

import polars as pl
from tests.kernel.generated import lists
from tests.tables import table

from goldthread.kernel.charts import swimlane
from goldthread.kernel.event_dates import EVENT_DATES, PLACEHOLDERS
from goldthread.kernel.journey import Journey, journey
from goldthread.kernel.journey_events import HAPPENINGS, Lane
from goldthread.kernel.journey_gaps import Gap, GapKind, Untold, gaps, untold
from goldthread.kernel.settings import DEFAULTS

AS_AT = date(2026, 9, 30)

TABLES = {
    "contacts": table("contacts", """
        child | contacted_on | source
        A     | 2025-01-06   | 2B
        B     | 2025-02-01   | 2B
        A     | 1900-01-01   | 2B
    """),
    "assessments": table("assessments", """
        child | started_on | authorised_on | needs_support
        A     | 2025-01-06 | 2025-03-31    | Y
        A     | 2025-06-30 | 2025-06-01    | N
        A     | 2026-09-01 |               |
    """),
    "protection_plans": table("protection_plans", """
        child | started_on | ended_on | last_visit_on | latest_review_on | seen_alone
        A     | 2025-02-03 |          | 2026-09-25    | 2026-08-01       | N
    """),
    "care_leavers": table("care_leavers", """
        child | pathway_plan_on
        C     | 2026-11-02
    """),
}  # fmt: skip


def of(child: str, tables: dict[str, pl.DataFrame] = TABLES) -> tuple[Journey, tuple[Gap, ...]]:
    told = journey(tables, child, AS_AT)
    return told, gaps(told, tables, child)


def test_events_stand_in_order_each_with_its_list_row_and_heading() -> None:
    told, _ = of("A")
    assert [event.number for event in told.events] == list(range(1, len(told.events) + 1))
    assert [event.day for event in told.events] == sorted(event.day for event in told.events)
    contact = next(event for event in told.events if event.lane is Lane.CONTACT and not event.doubt)
    assert (contact.source, contact.heading, contact.until) == ("List 1, row 1", "Date of Contact", None)
    assert contact.says.startswith("Contact: ") and "2B" not in contact.says
    assessed = next(event for event in told.events if event.says == "Assessment: support needed")
    assert (assessed.until, assessed.running) == (date(2025, 3, 31), False)
    assert assessed.heading.count(";") == 1
    running = [event.says for event in told.events if event.running]
    assert running == ["Protection plan", "Assessment"]
    assert all(event.row for event in told.events)


def test_another_childs_rows_are_no_part_of_it() -> None:
    assert [event.says[:7] for event in of("B")[0].events] == ["Contact"]
    assert of("nobody")[0].events == ()


def test_dates_that_cannot_be_true_are_told_and_not_drawn() -> None:
    told, _ = of("A")
    doubts = {event.doubt for event in told.events if event.doubt}
    assert doubts == {"the date stands for none", "the end lies before the beginning"}
    assert len(told.sound) == len(told.events) - 2
    late, _ = of("C")
    assert (late.sound, late.events[0].doubt) == ((), "the date lies after the day of the lists")
    assert "No list tells of a day" in swimlane(late, ()).title


def test_every_event_date_of_the_lists_is_in_the_journey_or_is_an_adopters() -> None:
    told = {(one.table, name) for one in HAPPENINGS for name in (one.start, one.end) if name}
    held = {(name, column) for name, columns in EVENT_DATES.items() for column in columns if name != "adopters"}
    assert held - told == {("adoptions", "entered_care_on")}  # the same day begins the stay in care of list 8


def test_what_was_late_is_counted_from_the_end_of_the_limit_and_told_in_words() -> None:
    _, found = of("A")
    late = next(gap for gap in found if gap.kind is GapKind.LATE)
    # 6 January to 31 March 2025: twelve weeks of five working days, without a holiday.
    assert late.says == "The assessment took 60 working days: 15 more than 45."
    assert (late.start, late.end) == (date(2025, 3, 10), date(2025, 3, 31))
    assert (late.table, late.row) == ("assessments", 1)
    assert [gap.letter for gap in found] == ["A"]
    assert not [gap for gap in found if gap.kind is GapKind.OVERDUE], "the visit and the review are in time"


def test_what_is_overdue_says_since_when_and_against_which_limit() -> None:
    plans = table("protection_plans", """
        child | started_on | last_visit_on | latest_review_on
        A     | 2026-01-05 | 2026-08-03    |
    """)  # fmt: skip
    _, found = of("A", {"protection_plans": plans})
    said = [gap.says for gap in found if gap.kind is GapKind.OVERDUE]
    assert said == [
        "No review conference since 5 January 2026; with 3 months allowed, it was due by 5 April 2026, "
        "178 days before the day of the lists.",
        "The last protection visit was on 3 August 2026; with 10 working days allowed, it was due by 17 August 2026, "
        "44 days before the day of the lists.",
    ]
    assert [gap.end for gap in found if gap.kind is GapKind.OVERDUE] == [AS_AT, AS_AT]


def test_a_plan_that_has_ended_owes_no_visit_and_one_of_two_years_drifts() -> None:
    plans = table("protection_plans", """
        child | started_on | ended_on   | last_visit_on
        A     | 2026-01-05 | 2026-07-01 | 2026-02-01
        B     | 2023-01-05 |            | 2026-09-29
    """)  # fmt: skip
    assert not [gap for gap in of("A", {"protection_plans": plans})[1] if gap.kind is GapKind.OVERDUE]
    drift = next(gap for gap in of("B", {"protection_plans": plans})[1] if gap.kind is GapKind.DRIFT)
    assert drift.says == "The protection plan has lasted 1,364 days: 635 more than 729."
    assert drift.days == 635


def test_limits_depend_on_the_childs_age_and_on_a_settled_home() -> None:
    care = table("children_in_care", """
        child | started_on | placement_on | placement_type | age | legal_status | last_visit_on | health_on  | latest_review_on | dental_on
        young | 2024-01-01 | 2024-01-01   | U6             | 3   | C2           | 2026-09-01    | 2026-01-15 | 2026-08-01       | 2026-08-01
        older | 2024-01-01 | 2024-01-01   | U4             | 9   | C2           | 2026-07-15    | 2026-01-15 | 2026-08-01       | 2026-08-01
        moved | 2024-01-01 | 2026-06-01   | U4             | 9   | C2           | 2026-07-15    | 2026-01-15 | 2026-08-01       | 2026-08-01
        break | 2024-01-01 | 2024-01-01   | U6             | 9   | V4           |               |            |                  |
    """)  # fmt: skip  # noqa: E501

    def overdue(child: str) -> list[Lane]:
        return [gap.lane for gap in of(child, {"children_in_care": care})[1] if gap.kind is GapKind.OVERDUE]

    assert overdue("young") == [Lane.HEALTH]
    assert overdue("older") == []
    assert overdue("moved") == [Lane.CARE]
    assert overdue("break") == []


def test_silence_is_told_only_while_something_was_open_and_the_longest_first() -> None:
    need = table("children_in_need", """
        child | started_on | closed_on  | last_seen_on
        A     | 2025-01-06 |            | 2025-02-03
        B     | 2025-01-06 | 2025-02-03 | 2025-01-20
    """)  # fmt: skip
    _, found = of("A", {"children_in_need": need})
    assert [gap.says for gap in found] == [
        "The lists tell of no visit or review between 3 February 2025 and the day of the lists: 604 days while the "
        "case was open."
    ]
    assert (found[0].lane, found[0].table, found[0].row) == (Lane.NEED, "", None)
    contacts = table("contacts", """
        child | contacted_on
        B     | 2026-09-01
    """)  # fmt: skip
    assert of("B", {"children_in_need": need, "contacts": contacts})[1] == ()
    told = journey({"children_in_need": need}, "A", AS_AT)
    assert gaps(told, {"children_in_need": need}, "A", {**DEFAULTS, "silence_days": 700}) == ()
    assert untold(told) == ()


def test_a_stretch_before_the_latest_visit_is_no_gap_because_the_lists_could_not_have_told_of_it() -> None:
    need = table("children_in_need", """
        child | started_on | last_seen_on
        A     | 2025-03-24 | 2026-09-25
    """)  # fmt: skip
    plans = table("protection_plans", """
        child | started_on | last_visit_on | latest_review_on
        A     | 2025-05-01 | 2026-09-25    | 2026-07-29
    """)  # fmt: skip
    told, found = of("A", {"children_in_need": need, "protection_plans": plans})
    assert found == ()
    assert untold(told) == (Untold(date(2025, 5, 1), date(2026, 7, 29)),)
    title = swimlane(told, found).title
    assert title == "5 events since March 2025; no gap by the limits set"


def test_a_visit_of_a_plan_that_began_later_hides_nothing_of_the_time_before_the_plan() -> None:
    need = table("children_in_need", """
        child | started_on | last_seen_on
        A     | 2025-01-06 | 2025-02-03
    """)  # fmt: skip
    plans = table("protection_plans", """
        child | started_on | last_visit_on | latest_review_on
        A     | 2026-08-03 | 2026-09-25    |
    """)  # fmt: skip
    told, found = of("A", {"children_in_need": need, "protection_plans": plans})
    assert [(gap.kind, gap.start, gap.end) for gap in found] == [(GapKind.SILENCE, date(2025, 2, 3), date(2026, 8, 3))]
    assert untold(told) == ()


def test_lists_without_visits_and_dates_that_cannot_be_true_make_no_silence() -> None:
    open_long = table("early_help", """
        child | started_on
        A     | 2025-06-02
    """)  # fmt: skip
    told, found = of("A", {"early_help": open_long})
    assert (found, untold(told)) == ((), (Untold(date(2025, 6, 2), AS_AT),))
    need = table("children_in_need", """
        child | started_on | last_seen_on
        A     | 2025-06-02 | 2027-01-04
    """)  # fmt: skip
    told, found = of("A", {"children_in_need": need})
    assert (found, untold(told)) == ((), (Untold(date(2025, 6, 2), AS_AT),))


def test_the_picture_has_a_mark_for_each_sound_event_that_leads_to_its_line() -> None:
    told, found = of("A")
    chart = swimlane(told, found)
    marks = [row for layer in chart.spec["layer"][:5] for row in layer["data"]["values"]]
    links = {row["link"] for row in marks}
    assert {f"#event-{event.number}" for event in told.sound} <= links
    assert {f"#gap-{gap.letter}" for gap in found} <= links
    assert not {f"#event-{event.number}" for event in told.events if event.doubt} & links
    assert len(chart.rows) == len(told.events)
    assert chart.title == "8 events since January 2025; 1 gap, of 21 days (A: took too long)"
    lanes = chart.spec["layer"][0]["encoding"]["y"]["sort"]
    assert lanes == [lane.value for lane in Lane if lane.value in lanes]


def test_it_holds_on_any_lists_however_senseless() -> None:
    """A second, plain reading of random lists: each date of the child is there once for each happening."""
    for seed in range(3):
        tables = lists(seed, AS_AT)
        for child in ("child-1", "child-7"):
            told, found = of(child, tables)
            wanted = sum(
                row[one.start] is not None or (bool(one.end) and one.stands_alone and row[one.end] is not None)
                for one in HAPPENINGS
                if one.table in tables
                for row in tables[one.table].to_dicts()
                if row["child"] == child
            )
            assert len(told.events) == wanted
            assert all(gap.start <= gap.end <= AS_AT for gap in found)
            assert all(event.day not in PLACEHOLDERS and event.day <= AS_AT for event in told.sound)
            assert all(event.last(AS_AT) >= event.day for event in told.sound)
            assert all(gap.days <= (AS_AT - told.events[0].day) / timedelta(days=1) for gap in found)
