"""Invented fieldwork of any size: a team with part-time specialists, three sites, and everything there is to place."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from goldthread.domain.timetable import Conflict, Fieldwork, Hours, Interest, Kind, Person, Site, Task

_NAMES = ("Ana Whitlock", "Ben Adeyemi", "Cem Yildiz", "Dora Ellison", "Eli Marsden", "Fay Okafor", "Gus Harland",
          "Hana Novak", "Ida Kershaw")  # fmt: skip
_SITES = (Site("north", "Northgate House"), Site("south", "Southfield Hub"), Site("civic", "Civic Centre"))
_TRAVEL = {("north", "south"): 45, ("north", "civic"): 20, ("south", "civic"): 30}
_TEAMS = tuple(f"Team {letter}" for letter in "ABCDEFGHJK")
_DAY = Hours(9 * 60, 17 * 60)


def working_days(start: date, count: int) -> tuple[date, ...]:
    """So many weekdays from a day on."""
    days = (start + timedelta(days=n) for n in range(count * 2 + 7))
    return tuple([day for day in days if day.weekday() < 5][:count])


def make_fieldwork(
    cases: int = 250, meetings: int = 120, people: int = 9, days: int = 20, seed: int = 1,
    start: date = date(2026, 5, 4),
) -> Fieldwork:  # fmt: skip
    """Fieldwork at the size of an inspection, or any other. The same numbers give the same fieldwork."""
    chance, when = random.Random(seed), working_days(start, days)  # noqa: S311 - invented, and to be repeated
    team = [_person(place, when) for place in range(people)]
    reviews = [_review(number, when, chance) for number in range(1, cases + 1)]
    seconds = [
        Task(f"second-{one.id}", f"Second reading of {one.title.lower()}", Kind.SECOND_READING, 60, one.first,
             one.last, second_to=one.id, about=one.about)
        for one in reviews[::5]
    ]  # fmt: skip
    tasks = [*reviews, *seconds, *(_meeting(n, when, chance) for n in range(1, meetings + 1)), *_together(team, when)]
    conflicts = (
        Conflict(team[0].id, Interest.TEAM, _TEAMS[0]),
        Conflict(team[1].id, Interest.FAMILY, "Family 3"),
        Conflict(team[-1].id, Interest.TEAM, _TEAMS[1], waived=True),
    )
    travel = {frozenset(pair): minutes for pair, minutes in _TRAVEL.items()}
    return Fieldwork("Invented fieldwork", when, tuple(team), _SITES, tuple(tasks), travel, conflicts)


def _person(place: int, days: Sequence[date]) -> Person:
    # The last two work part of the week: one on Mondays to Wednesdays, one every morning.
    name = _NAMES[place] if place < len(_NAMES) else f"Inspector {place + 1}"
    hours = dict.fromkeys(days, _DAY)
    if place == 7:
        hours = {day: _DAY for day in days if day.weekday() < 3}
    if place == 8:
        hours = {day: Hours(9 * 60, 13 * 60) for day in days}
    special = {1: {"adoption"}, 4: {"adoption"}, 2: {"disability"}, 7: {"disability", "adoption"}}.get(place, set())
    languages = {2: {"Turkish"}, 5: {"Polish"}, 7: {"Polish", "Czech"}}.get(place, set())
    home = _SITES[place % len(_SITES)].id
    return Person(f"person-{place + 1}", name, hours, frozenset(special), frozenset(languages), home)


def _review(number: int, days: Sequence[date], chance: random.Random) -> Task:
    family = f"Family {number // 3}" if number % 10 < 3 else ""
    about = {(Interest.TEAM, chance.choice(_TEAMS)), *([(Interest.FAMILY, family)] if family else [])}
    first = 0 if number % 2 else len(days) // 4
    return Task(
        f"case-{number}", f"Case {number}", Kind.CASE_REVIEW, chance.choice((120, 150, 150, 180)), days[first],
        days[-2], specialism="adoption" if number % 25 == 0 else "", group=family, about=frozenset(about),
    )  # fmt: skip


def _meeting(number: int, days: Sequence[date], chance: random.Random) -> Task:
    kind = (Kind.CONVERSATION, Kind.CONVERSATION, Kind.OBSERVATION, Kind.VISIT)[number % 4]
    minutes = {Kind.CONVERSATION: 60, Kind.OBSERVATION: 90, Kind.VISIT: 120}[kind]
    first = chance.randrange(max(1, len(days) - 4))
    settled = number % 6 == 0
    day = days[min(first + 1, len(days) - 1)]
    return Task(
        f"meeting-{number}", f"{kind.value.capitalize()} {number}", kind, minutes, day if settled else days[first],
        day if settled else days[min(first + 5, len(days) - 1)], seats=2 if number % 3 == 0 else 1,
        site=chance.choice(_SITES).id, at=chance.choice((10, 11, 14)) * 60 if settled else None,
        language="Polish" if number % 30 == 7 else "", specialism="disability" if number % 30 == 11 else "",
        about=frozenset({(Interest.TEAM, chance.choice(_TEAMS))}),
    )  # fmt: skip


def _together(team: Sequence[Person], days: Sequence[date]) -> list[Task]:
    """A meeting of everybody who is there, at the end of each day."""
    found = []
    for number, day in enumerate(days, 1):
        there = tuple(one.id for one in team if day in one.hours and one.hours[day].end >= 17 * 60)
        if there:
            found.append(
                Task(f"team-{number}", f"Team meeting {number}", Kind.TEAM_MEETING, 30, day, day,
                     seats=len(there), must=there, at=16 * 60 + 30)
            )  # fmt: skip
    return found
