"""Judgements of other inspections that rested on a similar profile of findings, and what each led to.

Alike are agreed judgements of the same area under the same framework where the number of agreed findings of every
kind differs by SLACK at most, or where the same limiting rules bit; of the whole, where every area had the same
grade. What each rested on is read from the state in which it was last agreed. Nothing is computed of the grade.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.models import FindingKind, Judgement, JudgementState
from goldthread.apps.findings.queries.judgements import AreaStanding, judgements_visible_to
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL

SLACK = 1
"""By how many findings of a kind two profiles may differ and still be called similar."""
KINDS = (FindingKind.STRENGTH, FindingKind.GOOD_PRACTICE, FindingKind.IMPROVE, FindingKind.PRIORITY)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a judgement rests on: agreed findings by kind, the rules that bite, and of the whole the areas' grades."""

    kinds: Counter[str]
    rules: frozenset[str]
    grades: frozenset[tuple[str, str]]

    def similar_kinds(self, other: "Profile") -> bool:
        """Whether both rest on findings, and on about as many of every kind."""
        if not (self.kinds and other.kinds):
            return False
        return all(abs(self.kinds[kind] - other.kinds[kind]) <= SLACK for kind in KINDS)

    def same_rules(self, other: "Profile") -> bool:
        """Whether rules bite, and the same ones."""
        return bool(self.rules) and self.rules == other.rules

    def same_grades(self, other: "Profile") -> bool:
        """Whether both are of the whole, and rest on the same grades."""
        return bool(self.grades) and self.grades == other.grades


@dataclass(frozen=True, slots=True)
class Alike:
    """A judgement of another inspection with a similar profile: what it was, and in what it is alike."""

    judgement: Judgement
    grade: str
    kinds: Counter[str]
    by_kinds: bool
    by_rules: bool
    by_grades: bool


@dataclass(frozen=True, slots=True)
class Consistency:
    """The judgements alike, the latest call first, and the grade to which they are held: "" where none is proposed."""

    grade: str
    kinds: Counter[str]
    alike: tuple[Alike, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many of those alike were given each grade."""
        return Counter(one.grade for one in self.alike)

    @property
    def otherwise(self) -> tuple[Alike, ...]:
        """Those alike that were given another grade; all of them while none is proposed here."""
        return tuple(one for one in self.alike if one.grade != self.grade)


def consistency(inspection: Inspection, actor: Actor, rows: Iterable[AreaStanding], area: str) -> Consistency:
    """Judgements of other inspections that the actor may see, with a similar profile to that of one area here."""
    standings = {one.slug: one for one in rows}
    mine = _profile_here(standings, area)
    held = judgements_visible_to(actor).filter(
        area=area, status=lifecycle.Judgement.AGREED, inspection__framework=inspection.framework
    )
    others = held.exclude(inspection=inspection).exclude(inspection__kind=Kind.TRAINING)
    last: dict[object, JudgementState] = {}
    for state in JudgementState.objects.filter(judgement__in=others).order_by("number"):
        last[state.judgement_id] = state
    found = []
    for one in others.order_by("-inspection__call_day"):
        # One that was agreed before states were kept says nothing of what it rested on.
        if (kept := last.get(one.pk)) is None:
            continue
        theirs = _profile_then(kept)
        told = Alike(
            one, kept.content["grade"], theirs.kinds, mine.similar_kinds(theirs), mine.same_rules(theirs),
            mine.same_grades(theirs),
        )  # fmt: skip
        if told.by_kinds or told.by_rules or told.by_grades:
            found.append(told)
    judgement = standings[area].judgement
    return Consistency(judgement.grade if judgement else "", mine.kinds, tuple(found))


def _profile_here(standings: dict[str, AreaStanding], area: str) -> Profile:
    here = standings[area]
    if area != OVERALL:
        kinds = Counter({str(kind): here.kinds[kind] for kind in KINDS if here.kinds[kind]})
        return Profile(kinds, frozenset(one.rule_id for one in here.bites), frozenset())
    grades = frozenset(
        (slug, one.judgement.grade) for slug, one in standings.items() if slug != OVERALL and one.judgement
    )
    return Profile(Counter(), frozenset(one.rule_id for one in here.bites), grades)


def _profile_then(state: JudgementState) -> Profile:
    told = state.content
    return Profile(
        Counter(one["kind"] for one in told["findings"] if one["kind"] in KINDS),
        frozenset(one["id"] for one in told["rules"]),
        frozenset((one["area"], one["grade"]) for one in told["judgements"] if one["grade"]),
    )
