"""From what a goal is read: the measures of hand-ins, the checks of whole lists, the questions of an instrument.

A goal names what it measures by kind and code: `measure:C01`, `check:W01`, `question:case-review-short-1#plan`. What is
found is a count on a day by a definition. A draw is read once all its files are signed off: half a sample is another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Draw
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import Sampled
from goldthread.domain.sampling import Design
from goldthread.domain.standard import counts

MEASURE, CHECK, QUESTION = "measure", "check", "question"
WHAT = {CHECK: "Checks of everybody", MEASURE: "Measures of the lists", QUESTION: "Questions of"}
ALWAYS = "case-review-short-1"
"""The instrument whose questions are offered before anything was drawn."""

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
    held = cases.whole_list_sources(inspection, actor)
    lacks = [words for one, words in zip(held, named, strict=True) if one is None]
    if not lacks:
        return ""
    return (
        "Checks of everybody are read from the lists of Annex A beside a practice record. "
        f"Not handed in here: {'; '.join(lacks)}."
    )


def waits_for(name: str, inspection: Inspection, actor: Actor) -> str:
    """What has to come before something new can be found of a goal, for whoever may read what it is found in."""
    kind = name.partition(":")[0]
    if kind == CHECK:
        lacks = checks_wait_for(inspection, actor)
        return lacks or "It is read again from the next lists of Annex A, handed in for a later day."
    if kind == MEASURE:
        return "It is read from the next lists that are handed in for a later day and give this measure."
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
    held = submissions.handed_in(actor, inspection).filter(status=lifecycle.Submission.READ, as_at__isnull=False)
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

    told = cases.whole_lists(inspection, actor)
    declared = next(one for one in CHECKS if one.code == code)
    limits = ", ".join(f"{name} {DEFAULTS[name]}" for name in declared.settings)
    if told.lists is None or told.practice is None or told.as_at is None:
        return
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
