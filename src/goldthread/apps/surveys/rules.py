"""What every action on surveys asks first: that answers are answers of the survey, and that it is open."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.surveys.models import Status, Survey, Words
from goldthread.apps.surveys.sealed import clean
from goldthread.domain.hearing import Tier
from goldthread.domain.surveys import MOST_LETTERS, USE, Answers, Question, Template, language

MOST_LETTERS_PRINTED = 1000
"""How many letters are made at once."""


class Wrong(Refused):
    """An act was refused because of one part of what was sent. `field` is that part; `word` names the sentence in the
    languages of surveys, where it has one."""

    def __init__(self, field: str, reason: str, *, word: str = "") -> None:
        super().__init__(reason)
        self.field, self.word = field, word


def wrong(field: str, word: str) -> Wrong:
    """A refusal that every language has a sentence for."""
    return Wrong(field, language("en").words[word].format(most=f"{MOST_LETTERS:,}"), word=word)


def answerable(survey: Survey) -> bool:
    """Whether it may be answered today."""
    return survey.status == Status.OPEN and timezone.localdate() <= survey.closes


def sound_answer(question: Question, given: list[str]) -> str | list[str]:
    """What somebody gave to one question, as it is kept; empty where it was left out. Raises Wrong."""
    if question.kind == "words":
        written = clean("\n".join(given))
        if len(written) > MOST_LETTERS:
            raise wrong(question.id, "error_long")
        return written
    chosen = [one for one in given if one]
    if any(one not in question.options for one in chosen) or (question.kind != "several" and len(chosen) > 1):
        raise wrong(question.id, "error_choose")
    if question.kind == "several":
        return sorted(set(chosen), key=list(question.options).index)
    return chosen[0] if chosen else ""


def sound_answers(template: Template, answers: Answers, tier: str) -> tuple[Answers, dict[str, str]]:
    """What was chosen, and what was written, of the questions that are asked. Raises Wrong, also where
    nothing was answered at all."""
    held: dict[str, str | list[str]] = {}
    for one in template.questions:
        given = answers.get(one.id, "")
        if one.asked(held) and (kept := sound_answer(one, given if isinstance(given, list) else [given])):
            held[one.id] = kept
    if not held:
        # Nothing at all would be counted as somebody's answer.
        raise wrong("", "error_empty")
    written = {one.id: str(held.pop(one.id)) for one in template.questions if one.kind == "words" and one.id in held}
    if written and tier not in set(Tier):
        raise wrong(USE, "error_use")
    return held, written


def locked(survey: Survey) -> Survey:
    """The survey as it now is, locked until the act is done."""
    return Survey.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=survey.pk)


def locked_words(words: Words) -> Words:
    """The words as they now are, locked until the act is done."""
    return Words.objects.select_for_update(of=("self",)).select_related("survey__inspection").get(pk=words.pk)


def require_length(field: str, words: str, most: int = MOST_LETTERS) -> str:
    """The words without what stands around them. Raises Wrong where they are too long."""
    if len(words) > most:
        raise Wrong(field, f"That is too long: at most {most:,} letters fit, and it has {len(words):,}.")
    return clean(words)


def require_areas(inspection: Inspection, areas: Sequence[str]) -> None:
    """Raise Wrong where the framework has no such area."""
    if not set(areas) <= {area.slug for area in known.framework(inspection.framework).areas}:
        raise Wrong("areas", "Choose areas of this inspection's framework.")


def id_of(by: Actor) -> UUID | None:
    """Whose act it is; None for the programme itself."""
    return None if by.programme else UUID(by.id)
