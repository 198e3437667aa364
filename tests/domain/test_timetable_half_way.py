"""A timetable half way through: what lies behind a day stays, and what is left lies on it or after it."""

from datetime import date

from goldthread.domain.timetable import Booking, Fieldwork, Hours, Kind, Person, Plan, Task, ahead_of, check, faults

DAYS = tuple(date(2026, 9, day) for day in (7, 8, 9, 10, 11))
TODAY = DAYS[2]
HOURS = dict.fromkeys(DAYS, Hours(540, 1020))


def task(id: str, **more: object) -> Task:
    told: dict[str, object] = {"kind": Kind.VISIT, "minutes": 60, "first": DAYS[0], "last": DAYS[-1], **more}
    return Task(id, id.title(), **told)  # type: ignore[arg-type]


def fieldwork(*tasks: Task) -> Fieldwork:
    people = (Person("ana", "Ana", HOURS), Person("ben", "Ben", HOURS))
    return Fieldwork("Wexcombe", DAYS, people, (), tasks)


def test_what_lies_behind_is_locked_and_what_is_left_begins_on_the_day() -> None:
    done, late, free = task("done"), task("late"), task("free", last=DAYS[3])
    present = Plan.of([Booking("done", DAYS[0], 600, ("ana",)), Booking("late", DAYS[3], 600, ("ben",))])
    ahead = ahead_of(fieldwork(done, late, free), present, TODAY)
    assert ahead.present.locked == (Booking("done", DAYS[0], 600, ("ana",), locked=True),)
    assert [(one.id, one.first, one.last) for one in ahead.fieldwork.tasks] == [
        ("done", DAYS[0], DAYS[-1]), ("late", TODAY, DAYS[-1]), ("free", TODAY, DAYS[3]),
    ]  # fmt: skip
    whole = ahead.whole(Plan.of([*ahead.present.bookings, Booking("free", TODAY, 540, ("ben",))]))
    assert [(one.task, one.locked) for one in whole.bookings] == [("done", False), ("free", False), ("late", False)]


def test_a_task_whose_window_is_over_and_that_was_never_placed_has_no_day() -> None:
    ahead = ahead_of(fieldwork(task("missed", last=DAYS[1])), Plan(()), TODAY)
    assert [one.task for one in faults(ahead.fieldwork)] == ["missed"]


def test_what_lies_behind_and_breaks_a_rule_by_now_stays_and_stands_in_nobodys_way() -> None:
    clash = [Booking("one", DAYS[0], 600, ("ana",)), Booking("two", DAYS[0], 600, ("ana",))]
    again = task("again", kind=Kind.SECOND_READING, second_to="one")
    held = fieldwork(task("one"), task("two"), again)
    ahead = ahead_of(held, Plan.of(clash), TODAY)
    assert [one.id for one in ahead.fieldwork.tasks] == ["again"]
    assert ahead.fieldwork.tasks[0].may == ("ben",), "whoever read first does not read again"
    assert check(ahead.fieldwork, ahead.present).sound
    assert ahead.whole(Plan.of([Booking("again", TODAY, 540, ("ben",))])).bookings[:2] == tuple(Plan.of(clash).bookings)
