"""What an inspection framework is: the areas judged, the grades, the rules between them, the timetable, the requests.

The frameworks themselves are files of words in `frameworks/`, one for each version, which inspectors can read
and change. Whatever was not read in a published text is marked `checked=False` and shown with `CHECK_NOTE`.

Not every framework grades: a focused visit ends in a letter, and has areas and criteria but no scale. And not every
grade is a judgement alone: in some reviews, items are rated in each case, they roll up to what the case shows of an
area, and a share of the cases is asked for before the area can pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

CHECK_NOTE = "check against the published text"
"""What a page shows beside anything whose `checked` is false."""

OVERALL = "overall"
"""The name of the overall judgement, where a rule or a precedent is about it and not about an area."""

STRENGTHS = ("always", "normally")
"""How strongly a rule limits: always, or normally, which asks for a reason to depart from it."""

SERVICES = ("protection", "care", "leaving", "adoption", "leadership")
"""What an area can look at: help and protection, children in care, care leavers, adoption, and how it is all led."""

TEAM_ROLES = ("lead", "inspector", "quality-assurance", "analyst", "disclosure-checker")
"""The roles in which somebody can sit in an inspecting team."""

SECTION_KINDS = ("summary", "judgements", "strengths", "good_practice", "improve", "area", "about")
"""What a section of the report is made from."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of the scale. `rank` 1 is the best; `letter` is how precedents write it."""

    slug: str
    title: str
    letter: str
    meaning: str
    rank: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that good looks like, in our own words. `id` is unique within the framework."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated in every case it applies to. `id` is unique within the framework."""

    id: str
    title: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What the ratings of items, and what a case shows of an area, are called under a framework that has items.

    `least_share` is the percentage of cases in which an item must be met before it counts as a strength.
    """

    met: str
    not_met: str
    achieved: str
    partly: str
    not_achieved: str
    not_applicable: str
    least_share: int
    checked: bool


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the items of an area, rated in one case, add up to what the case shows of the area.

    Achieved: of the items that apply, at most `may_miss` are not met, none of `must` is among those, and one is met
    at least. Partly: one is met at least. Otherwise not achieved. A case to which no item applies does not count.
    """

    items: tuple[Item, ...]
    may_miss: int
    must: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One area that is looked at, and judged where the framework grades.

    `key` areas count towards the overall grade; `parent` is the area this is a part of. `services` are those of
    `SERVICES` that it judges, by which measures find it; `themes` are themes of review questions that speak to it
    whatever the child's service.
    """

    slug: str
    title: str
    short: str
    key: bool
    parent: str | None
    criteria: tuple[Criterion, ...]
    descriptors: Mapping[str, str]
    checked: bool
    services: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    roll_up: RollUp | None = None


@dataclass(frozen=True, slots=True)
class LimitingRule:
    """A rule by which some judgements limit another.

    `when` says how it bites: `some` when at least `at_least` of `areas` hold one of `grades`; `range` when every one
    of `areas` is judged, and then the limited judgement lies between their best and worst; `share` when less than
    `least_share` per cent of the cases show the one area in `areas` achieved; `every-inspection` at all times.
    It then leaves only the grades in `to` for what it `limits`: an area, or `OVERALL`.
    """

    id: str
    says: str
    strength: str
    source: str
    observed: str
    checked: bool
    when: str
    areas: tuple[str, ...]
    at_least: int
    grades: tuple[str, ...]
    limits: str
    to: tuple[str, ...]
    least_share: int = 0


@dataclass(frozen=True, slots=True)
class Precedent:
    """What was judged before: for each profile of grades (in the order of `areas`), how often each result followed."""

    of: str
    areas: tuple[str, ...]
    source: str
    caution: str
    profiles: Mapping[tuple[str, ...], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the timetable. `start` and `end` are working days after the call day, which is 0; both included.

    `fieldwork` marks those that an inspection's own dates of fieldwork move.
    """

    slug: str
    title: str
    says: str
    start: int
    end: int
    checked: bool
    fieldwork: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """The phases of one kind of inspection under the framework, from the call to the last deadline."""

    slug: str
    title: str
    says: str
    phases: tuple[Phase, ...]

    @property
    def fieldwork(self) -> tuple[Phase, ...]:
        """The phases of fieldwork, first to last."""
        return tuple(phase for phase in self.phases if phase.fieldwork)


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the inspecting team, and how many usually fill it."""

    role: str
    title: str
    count: int
    says: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Request:
    """Something the authority is asked for. `due` is in working days after the call day."""

    ref: str
    title: str
    says: str
    due: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: what it is made from, and for an area's section, which area."""

    slug: str
    title: str
    kind: str
    area: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that people who use the framework should know, with where it was learnt."""

    title: str
    says: str
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Framework:
    """One version of an inspection framework, with the dates in which inspections under it began.

    `grades` is empty where the framework grades nothing; `items` is None where it rates no items.
    """

    slug: str
    title: str
    short_title: str
    says: str
    source: str
    in_force_from: date
    in_force_to: date | None
    dates_checked: bool
    overall: bool
    grades: tuple[Grade, ...]
    areas: tuple[Area, ...]
    rules: tuple[LimitingRule, ...]
    precedents: tuple[Precedent, ...]
    timetables: tuple[Timetable, ...]
    team: tuple[Seat, ...]
    requests: tuple[Request, ...]
    report: tuple[Section, ...]
    notes: tuple[Note, ...]
    items: ItemWords | None = None

    @property
    def graded(self) -> bool:
        """Whether areas are given grades. A framework that grades nothing ends in a letter or a narrative."""
        return bool(self.grades)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of the usual inspection, the first of the timetables."""
        return self.timetables[0].phases

    @property
    def key_areas(self) -> tuple[Area, ...]:
        """The areas that count towards the overall grade."""
        return tuple(area for area in self.areas if area.key)

    def least_share(self, area: str) -> int:
        """The percentage of cases that rules ask of an area, the highest where several do; 0 where none does."""
        asked = [rule.least_share for rule in self.rules if rule.when == "share" and area in rule.areas]
        return max(asked, default=0)

    def area(self, slug: str) -> Area:
        """An area by its slug. Raises KeyError when the framework has none of that name."""
        return next((area for area in self.areas if area.slug == slug), None) or _unknown("area", slug)

    def grade(self, slug: str) -> Grade:
        """A grade by its slug. Raises KeyError when the framework has none of that name."""
        return next((grade for grade in self.grades if grade.slug == slug), None) or _unknown("grade", slug)

    def timetable(self, slug: str) -> Timetable:
        """A timetable by its slug. Raises KeyError when the framework has none of that name."""
        return next((each for each in self.timetables if each.slug == slug), None) or _unknown("timetable", slug)

    def criterion(self, id: str) -> Criterion:
        """A criterion by its id. Raises KeyError when the framework has none of that name."""
        found = (criterion for area in self.areas for criterion in area.criteria if criterion.id == id)
        return next(found, None) or _unknown("criterion", id)

    def in_force_on(self, day: date) -> bool:
        """Whether inspections that began on the day came under this framework."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


def _unknown(kind: str, slug: str) -> NoReturn:
    raise KeyError(f"this framework has no {kind} called “{slug}”")
