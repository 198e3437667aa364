"""What a timetable of fieldwork is made of: days, people, sites, tasks and conflicts of interest.

Hours of the day are minutes after midnight, so that nothing here knows of time zones or clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What sort of work a task is."""

    CASE_REVIEW = "case-review"
    SECOND_READING = "second-reading"
    CONVERSATION = "conversation"
    OBSERVATION = "observation"
    VISIT = "visit"
    TEAM_MEETING = "team-meeting"


KINDS: Mapping[Kind, str] = {
    Kind.CASE_REVIEW: "Case review",
    Kind.SECOND_READING: "Second reading",
    Kind.CONVERSATION: "Conversation",
    Kind.OBSERVATION: "Observation",
    Kind.VISIT: "Visit",
    Kind.TEAM_MEETING: "Team meeting",
}
"""Every kind in words."""


class Interest(StrEnum):
    """What somebody may have a conflict of interest with."""

    AUTHORITY = "authority"
    TEAM = "team"
    PERSON = "person"
    FAMILY = "family"


INTERESTS: Mapping[Interest, str] = {
    Interest.AUTHORITY: "the authority as a whole",
    Interest.TEAM: "a team of the authority",
    Interest.PERSON: "somebody who works there, or a child",
    Interest.FAMILY: "a family",
}
"""Every kind of interest in words."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when somebody is there on a day."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long that is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Person:
    """One of the team. `hours` holds only the days on which they are there; `home` is the site where they like to be.

    Who is not `balanced` has work of one sort only, and their load is not held against the others'.
    """

    id: str
    name: str
    hours: Mapping[date, Hours]
    specialisms: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    home: str = ""
    balanced: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """A building in which the team works."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be placed.

    `seats` is how many take part: all of `must`, the rest out of `may` (everybody, where it is empty). `first` to
    `last` is its window, `at` its hour where that is settled. Without a `site` it can be done anywhere. One of those
    who take part has the `specialism` and one speaks the `language`. A second reading names in `second_to` the task
    that somebody else does; tasks of one `group` are best done by one person. `about` names whom it concerns, so that
    conflicts of interest can be seen.
    """

    id: str
    title: str
    kind: Kind
    minutes: int
    first: date
    last: date
    seats: int = 1
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    site: str = ""
    at: int | None = None
    specialism: str = ""
    language: str = ""
    second_to: str = ""
    group: str = ""
    about: frozenset[tuple[Interest, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict of interest: with the authority it keeps somebody from every task, else from some."""

    person: str
    interest: Interest
    subject: str = ""
    waived: bool = False

    def touches(self, task: Task) -> bool:
        """Whether it keeps the person from the task."""
        if self.waived:
            return False
        mine = self.subject.strip().casefold()
        return self.interest is Interest.AUTHORITY or any(
            interest is self.interest and subject.strip().casefold() == mine for interest, subject in task.about
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for everybody: how long a pause a long day has, and what counts as long."""

    pause: int = 30
    long_day: int = 360
    step: int = 15
    even_within: float = 1.0


@dataclass(frozen=True)
class Fieldwork:
    """Everything that a timetable is made from."""

    title: str
    days: tuple[date, ...]
    people: tuple[Person, ...]
    sites: tuple[Site, ...]
    tasks: tuple[Task, ...]
    travel: Mapping[frozenset[str], int] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    settings: Settings = Settings()

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """Everybody by their id."""
        return {one.id: one for one in self.people}

    @cached_property
    def task(self) -> Mapping[str, Task]:
        """Every task by its id."""
        return {one.id: one for one in self.tasks}

    @cached_property
    def site(self) -> Mapping[str, Site]:
        """Every site by its id."""
        return {one.id: one for one in self.sites}

    def minutes_between(self, one: str, other: str) -> int:
        """How long it takes to get from a site to another; no time at all from anywhere to anywhere."""
        return 0 if not one or not other or one == other else self.travel.get(frozenset((one, other)), 0)

    def work_minutes(self, person: Person, day: date) -> int:
        """How long somebody can work on a day: their hours without the pause of a long day."""
        hours = person.hours.get(day)
        if hours is None:
            return 0
        return hours.minutes - (self.settings.pause if hours.minutes >= self.settings.long_day else 0)

    def available(self, person: Person) -> int:
        """How long somebody can work in all of fieldwork."""
        return sum(self.work_minutes(person, day) for day in self.days)
