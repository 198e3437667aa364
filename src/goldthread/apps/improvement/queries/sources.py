"""From what a goal is read: the measures of hand-ins, the checks of whole lists, the questions of an instrument.

A goal names what it measures by kind and code: `measure:C01`, `check:W01`, `question:case-review-short-1#plan`. What is
found is a count on a day by a definition. A draw is read once all its files are signed off: half a sample is another.

Lists tell of the authority, whichever inspection they were handed in for: measures and checks are read from the newest
lists of every inspection and programme of the authority on whose team the reader is. What a council holds for itself
elsewhere is never among them. A draw is another sample in every inspection, and is read where it was drawn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Draw
from goldthread.apps.comparison.own_series import of_authority
from goldthread.apps.drafting import known
from goldthread.apps.improvement.models import Goal
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import Sampled
from goldthread.domain.sampling import Design
from goldthread.domain.standard import counts

_LIMIT = re.compile(r"(\w+)_(days|months) (\d+)")
"""A limit of a check as its definition names it: “discussion_days 3”."""
MEASURE, CHECK, QUESTION = "measure", "check", "question"
WHAT = {CHECK: "Checks of everybody", MEASURE: "Measures of the lists", QUESTION: "Questions of"}
WHERE = "here or for another inspection of the authority on whose team you are"
ALWAYS = "case-review-short-1"
"""The instrument whose questions are offered before anything was drawn."""

_HAND_IN = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
"""A hand-in as the source of a reading names it; of a draw the source names no hand-in."""

EVEN = frozenset({Design.SIMPLE, Design.PROPORTIONAL, Design.SYSTEMATIC, Design.DIP})
"""The designs that give every child about the same chance, so that a plain count of files speaks of the frame."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Something that a goal can be set on: its name, its title, and which way is better."""

    name: str
    title: str
    group: str
    better: Direction


@dataclass(frozen=True, slots=True)
class Found:
    """What one hand-in or one draw says of it."""

    source: str
    day: date
    met: int
    of: int
    listed: int | None
    definition: str

    @property
    def sampled(self) -> Sampled:
        """The share as the domain judges it."""
        return Sampled(self.met, self.of, self.definition, self.listed)


def readable(inspection: Inspection, actor: Actor) -> list[Measured]:
    """What a goal can be set on and read of: checks of everybody only where there is what they are read from."""
    held = measurable(inspection, actor)
    return [one for one in held if not one.name.startswith(CHECK)] if checks_wait_for(inspection, actor) else held


def checks_wait_for(inspection: Inspection, actor: Actor) -> str:
    """What a check of everybody lacks here, as far as the actor may see; empty where it has all it needs."""
    named = ("the lists of Annex A", "a practice record, which says what stands in each child’s file")
    if any(all(cases.whole_list_sources(one, actor)) for one in told_by(inspection, actor)):
        return ""
    held = cases.whole_list_sources(inspection, actor)
    lacks = [words for one, words in zip(held, named, strict=True) if one is None]
    return (
        "Checks of everybody are read from the lists of Annex A beside a practice record. "
        f"Not handed in here: {'; '.join(lacks)}."
    )


def told_by(inspection: Inspection, actor: Actor) -> list[Inspection]:
    """The inspections and programmes whose lists tell of the authority, as far as the actor is on their team; this one
    stands last, so that of one day it goes before the others."""
    others = [
        one for one in of_authority(actor, inspection)
        if one.pk != inspection.pk and Side.TEAM in sides_of(one, actor)
    ]  # fmt: skip
    return [*others, inspection]


def newer(goal: Goal, actor: Actor) -> date | None:
    """The day of lists that give a goal's measure, which the actor may read and which are newer than what was read of
    it last; None where there are none. Checks and questions take long to work out, so they are not asked here."""
    kind, _, code = goal.measured.partition(":")
    last = max((one.day for one in goal.readings.all()), default=None)
    if kind != MEASURE or last is None:
        return None
    days = [one.day for one in _of_measure(code, goal.recommendation.inspection, actor) if one.of and one.day > last]
    return max(days, default=None)


def handed_in_elsewhere(goal: Goal, actor: Actor) -> dict[str, str]:
    """Of the sources of a goal's readings, those handed in for another inspection that the actor may see, by title."""
    named = {one.source: found[0] for one in goal.readings.all() if (found := _HAND_IN.findall(one.source))}
    rows = submissions.visible_to(actor).filter(pk__in=set(named.values()))
    rows = rows.exclude(inspection=goal.recommendation.inspection).select_related("inspection")
    titles = {one.pk.hex: one.inspection.title for one in rows}
    return {source: title for source, key in named.items() if (title := titles.get(key.replace("-", "")))}


def waits_for(name: str, inspection: Inspection, actor: Actor) -> str:
    """What has to come before something new can be found of a goal, for whoever may read what it is found in."""
    kind = name.partition(":")[0]
    if kind == CHECK:
        lacks = checks_wait_for(inspection, actor)
        return lacks or f"It is read again from the next lists of Annex A, handed in for a later day {WHERE}."
    if kind == MEASURE:
        return f"It is read from the next lists that are handed in for a later day and give this measure, {WHERE}."
    return (
        "It is read from the next draw with this instrument that gives every child the same chance, once every file of "
        "it is signed off."
    )


def measurable(inspection: Inspection, actor: Actor) -> list[Measured]:
    """Everything on which a goal can be set here: checks first, then measures, then questions of what was drawn on."""
    return [*_checks(), *_measures(), *_questions(_used(inspection, actor))]


def measured(inspection: Inspection, actor: Actor, name: str) -> Measured | None:
    """What a name stands for here; None where nothing is called so."""
    return next((one for one in measurable(inspection, actor) if one.name == name), None)


def _checks() -> Iterator[Measured]:
    named = {
        check.code: known.instrument(slug).title for slug in known.current_instruments()
        for check in known.instrument(slug).checks
    }  # fmt: skip
    from goldthread.kernel.whole_list import CHECKS

    for one in CHECKS:
        if one.code in named:
            yield Measured(f"{CHECK}:{one.code}", one.in_order.removesuffix("."), WHAT[CHECK], Direction.HIGH)


def _measures() -> Iterator[Measured]:
    from goldthread.kernel.measures import MEASURES

    for one in MEASURES:
        if one.better.value in (Direction.HIGH.value, Direction.LOW.value):
            yield Measured(f"{MEASURE}:{one.code}", one.title, WHAT[MEASURE], Direction(one.better.value))


def _used(inspection: Inspection, actor: Actor) -> list[str]:
    drawn = cases.draws(inspection, actor).values_list("instrument", flat=True)
    return [slug for slug in dict.fromkeys([*drawn, ALWAYS]) if known.has_instrument(slug)]


def _questions(slugs: list[str]) -> Iterator[Measured]:
    for slug in slugs:
        held = known.instrument(slug)
        for question in (*held.overall, *held.questions):
            if counts(question):
                name, group = f"{QUESTION}:{slug}#{question.id}", f"{WHAT[QUESTION]} {held.title}"
                yield Measured(name, question.text, group, Direction.HIGH)


def found_of(name: str, inspection: Inspection, actor: Actor) -> list[Found]:
    """What hand-ins and draws that the actor may read say of it, the oldest first, one a day: the newest of a day."""
    kind, _, code = name.partition(":")
    told = {MEASURE: _of_measure, CHECK: _of_check, QUESTION: _of_question}[kind](code, inspection, actor)
    return sorted({one.day: one for one in told if one.of}.values(), key=lambda one: one.day)


def _of_measure(code: str, inspection: Inspection, actor: Actor) -> Iterator[Found]:
    held = submissions.visible_to(actor).filter(inspection__in=[one.pk for one in told_by(inspection, actor)])
    held = held.filter(status=lifecycle.Submission.READ, as_at__isnull=False)
    held = held.exclude(hand_over=lifecycle.HandOver.WITHDRAWN)
    rows = MeasureValue.objects.filter(submission__in=held.values("pk"), code=code, breakdown="", of_record=False)
    for one in rows.select_related("submission").order_by("submission__created_at"):
        definition = f"{one.detail.get('definition', '')} (version {one.detail.get('version', '1')})"
        if (day := one.submission.as_at) is not None:
            source, of = f"submission:{one.submission_id}", one.denominator
            yield Found(source, day, one.numerator, of, of, definition)


def _of_check(code: str, inspection: Inspection, actor: Actor) -> Iterator[Found]:
    from goldthread.kernel.settings import DEFAULTS
    from goldthread.kernel.whole_list import CHECKS

    declared = next(one for one in CHECKS if one.code == code)
    limits = ", ".join(f"{name} {DEFAULTS[name]}" for name in declared.settings)
    for where in told_by(inspection, actor):
        if not all(cases.whole_list_sources(where, actor)):
            continue
        told = cases.whole_lists(where, actor)
        if told.lists is None or told.practice is None or told.as_at is None:
            continue
        for one in told.checks:
            if one.code == code and one.due is not None and one.done is not None:
                source = f"{told.lists.pk.hex}+{told.practice.pk.hex}"
                yield Found(source, told.as_at, one.done, one.due, one.due, f"{declared.says} Limits: {limits}")


def _of_question(code: str, inspection: Inspection, actor: Actor) -> Iterator[Found]:
    slug, _, question = code.partition("#")
    stem = slug.rpartition("-")[0]
    says = dict((*cases.population_choices(), *cases.theme_choices()))
    for draw in cases.draws(inspection, actor).filter(status=lifecycle.Draw.DRAWN).order_by("number"):
        if draw.design not in EVEN or draw.instrument.rpartition("-")[0] != stem:
            continue
        rolled = cases.roll_up(inspection, actor, draw, instrument=draw.instrument)
        if rolled is None or not _all_read(actor, draw, rolled.files):
            continue
        lines = [*rolled.closing, *(one for _, questions in rolled.sections for one in questions)]
        for one in lines:
            if one.key.partition(":")[2] == question:
                who = says.get(draw.population, draw.population)
                definition = f"{rolled.instrument.title}: {one.title} Drawn from: {who}"
                yield Found(f"draw:{draw.pk}", timezone.localdate(draw.created_at), one.yes, one.of, None, definition)


def _all_read(actor: Actor, draw: Draw, files: int) -> bool:
    rows = cases.cases_visible_to(actor).filter(draw=draw).exclude(status=lifecycle.Case.SET_ASIDE)
    rows = rows.exclude(reserve=True, came_in_for=None)
    return files > 0 and rows.count() == files


def counted_as(definition: str) -> str:
    """What a definition counts as met, for people: of a check of everybody, those in order and not those to be seen.

    The definition itself stays as it was kept: by it readings are compared.
    """
    from goldthread.kernel.whole_list import CHECKS

    for one in CHECKS:
        if definition.startswith(one.says):
            rest = _LIMIT.sub(lambda found: f"{found[1].replace('_', ' ')}: {found[3]} {found[2]}", definition)
            return f"{one.in_order}{rest[len(one.says) :]}"
    return definition
