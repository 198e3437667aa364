"""You said, this changed: what families are told, what was found of it, and whether they agree.

Whether they agree is told at ten answers or more, and in tens: between two looks never lies one person's answer.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.improvement.models import Recommendation, YouSaid
from goldthread.apps.improvement.queries import may_run, told_of
from goldthread.apps.inspections.queries import visible
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.known_people import dictionary_of
from goldthread.apps.surveys.models import Survey, by_chance
from goldthread.apps.surveys.queries import burst_days, share_of
from goldthread.domain import lifecycle
from goldthread.domain.disclosure.counts import answer_shown
from goldthread.domain.disclosure.profiles import ROUNDS_TO_ZERO
from goldthread.domain.improving import Verdict
from goldthread.domain.surveys import FEWEST, Language

ANSWERS = {"yes": "Yes", "partly": "A bit", "no": "No"}
"""What can be said of whether it changed, in plain words; the keys name them in each language."""

COUNCIL_SAYS: Mapping[str, str] = {
    lifecycle.CouncilsYes.YES: "Yes: the council promises this", lifecycle.CouncilsYes.NO: "No: not in these words",
}  # fmt: skip
NOT_YET = "not measured again"
TOLD_AS = {
    str(Verdict.IMPROVED): "improved", str(Verdict.WORSE): "worse", "mixed": "mixed",
    str(Verdict.NO_CLEAR_CHANGE): "unclear", NOT_YET: "unmeasured",
}  # fmt: skip
"""What was found by the word that the languages of surveys have for it."""
AS_WORDS = {"few": "few", "almost all": "most", ROUNDS_TO_ZERO: "hardly"}
"""What stands in the place of a figure, by the word that the languages have for it."""
OUTCOMES = {
    str(Verdict.IMPROVED): "We checked. It is better than before, and by more than chance explains.",
    str(Verdict.WORSE): "We checked. It is worse than before. We have told the council.",
    "mixed": "We checked. Some of it is better than before. Of the rest we cannot tell yet.",
    str(Verdict.NO_CLEAR_CHANGE): "We checked. We cannot tell yet if it is better: the change could be chance.",
    NOT_YET: "We have not checked it yet.",
}
"""What was found, in words for families, by the outcome that was kept as it was shown."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What some full tens of people answered, in the order of ANSWERS; none where fewer than ten have."""

    of: int
    shares: tuple[tuple[str, str], ...]


def you_said_of(held: Recommendation) -> YouSaid | None:
    """What families are told of a recommendation, or are to be; None where nothing was written."""
    return YouSaid.objects.filter(recommendation=held).select_related("inspection", "recommendation").first()


def told_to_families(actor: Actor, inspection: UUID, promised: UUID) -> YouSaid:
    """What families are to be told, for whoever may read it: of the council, what it was asked about. Raises
    YouSaid.DoesNotExist for anybody else."""
    rows = YouSaid.objects.select_related("inspection", "recommendation__theme__survey", "created_by")
    seen = visible(rows, actor, Permission.IMPROVEMENT_READ, own=("created_by", "recommendation__owner"))
    return seen.get(inspection_id=inspection, pk=promised)


def asked_of(actor: Actor) -> list[YouSaid]:
    """Promises to families about which the actor's council is asked, and whose answer is theirs to give."""
    rows = YouSaid.objects.filter(councils_yes=lifecycle.CouncilsYes.ASKED).exclude(released_at=None)
    rows = rows.select_related("inspection", "recommendation")
    return [
        one for one in visible(rows, actor, Permission.IMPROVEMENT_READ, own=("created_by", "recommendation__owner"))
        if may_answer(actor, one)
    ]  # fmt: skip


def to_answer(actor: Actor, held: Recommendation) -> bool:
    """Whether the actor was asked, for the council, about what families are to be promised, and may still answer."""
    row = you_said_of(held)
    return row is not None and row.released_at is not None and bool(councils_answers(row)) and may_answer(actor, row)


def may_answer(actor: Actor, row: YouSaid) -> bool:
    """Whether the actor may say for the council whether it promises what stands there."""
    return policy.decide(actor, Permission.IMPROVEMENT_SAY, row.target(), timezone.now()).allowed


def councils_answers(row: YouSaid) -> list[tuple[str, str]]:
    """What the council can say of it as it stands."""
    if row.shown:
        return []
    moves = lifecycle.CouncilsYes
    return [(str(to), told) for to, told in COUNCIL_SAYS.items() if lifecycle.can_move(moves, row.councils_yes, to)]


def shown_beside(survey: Survey) -> list[YouSaid]:
    """What is shown beside the address of a survey, in the order of the recommendations."""
    rows = YouSaid.objects.filter(recommendation__theme__survey=survey, status=lifecycle.YouSaid.SHOWN)
    return list(rows.select_related("recommendation"))


def surveys_told_of(inspection: UUID) -> list[tuple[Survey, list[YouSaid]]]:
    """The surveys of an inspection that are closed, with what is shown of each to everybody; none without any.

    A survey that may still be answered is left out: its address is for those who are asked."""
    rows = Survey.objects.filter(inspection=inspection, status=lifecycle.Survey.CLOSED).order_by("pk")
    return [(one, shown) for one in rows if (shown := shown_beside(one))]


@dataclass(frozen=True, slots=True)
class ToldBack:
    """What those who said it are told of a recommendation: the page's key, whether it is shown, what was found by its
    words and what was found by now."""

    link: str
    row: YouSaid | None
    said: str
    now: str

    @property
    def shown(self) -> bool:
        """Whether everybody who has the address reads it."""
        return self.row is not None and self.row.shown

    @property
    def outdated(self) -> bool:
        """Whether something else was found since it was shown."""
        return self.shown and self.said != self.now


def told_of_it(held: Recommendation) -> ToldBack | None:
    """What of a recommendation is told back to those who said it; None where it answers nobody's theme."""
    if held.theme is None:
        return None
    row = you_said_of(held)
    said = OUTCOMES.get(row.outcome, "") if row is not None else ""
    return ToldBack(held.theme.survey.link, row, said, OUTCOMES[outcome_of(held)])


def outcome_of(held: Recommendation) -> str:
    """What the goals of a recommendation show, as one of OUTCOMES: worse where any is."""
    found = [told.last.change.verdict for told in map(told_of, held.live_goals) if told.last is not None]
    said = {one for one in found if one not in (Verdict.TOO_LITTLE, Verdict.DEFINED_ANEW)}
    if Verdict.WORSE in said:
        return str(Verdict.WORSE)
    if not said:
        return NOT_YET
    if said == {Verdict.IMPROVED} and len(found) == len(held.live_goals):
        return str(Verdict.IMPROVED)
    return "mixed" if Verdict.IMPROVED in said else str(Verdict.NO_CLEAR_CHANGE)


def is_promise(held: Recommendation) -> bool:
    """Whether what is to change is promised still: its owner calls it not done, and nothing better was found."""
    over = held.owners_word == lifecycle.OwnersWord.DONE or held.status == lifecycle.Recommendation.CLOSED
    return not over and outcome_of(held) not in (str(Verdict.IMPROVED), "mixed")


def how_it_stands(row: YouSaid, today: date) -> str:
    """How a promise stands by now, as the word that the languages have for it; nothing for what was no promise."""
    held = row.recommendation
    if not row.promised:
        return ""
    if not held.waits_for_owner:
        return "said_done" if held.owners_word == lifecycle.OwnersWord.DONE else ""
    return "overdue" if held.late(today) else "due"


def found_since(row: YouSaid) -> tuple[str, date] | None:
    """What was found after it was shown, where it is something else than what was told then, with its day.

    It is told beside what stood there, with its day, and never in its place: whoever agreed, agreed to that.
    """
    held, now = row.recommendation, outcome_of(row.recommendation)
    if now in (row.outcome, NOT_YET):
        return None
    days = [told.last.pool.day for told in map(told_of, held.live_goals) if told.last is not None]
    return now, max(days)


def to_look_through() -> list[YouSaid]:
    """What families read and was looked through by other lists than there are now: for the programme's own look."""
    rows = YouSaid.objects.filter(status=lifecycle.YouSaid.SHOWN).select_related("inspection")
    return [one for one in rows if one.looked_with != dictionary_of(one.inspection)]


def marked_since(actor: Actor) -> list[YouSaid]:
    """What families read and later lists mark somebody in, where the actor may take it back."""
    rows = YouSaid.objects.filter(status=lifecycle.YouSaid.SHOWN).exclude(marked_on=None)
    return [one for one in rows.select_related("inspection", "recommendation") if may_run(actor, one.inspection)]


def share_in_words(held: YouSaid, language: Language, words: Mapping[str, str]) -> str:
    """“60% of the 24 texts that people wrote said this.” in the words of a language; empty before it was shown."""
    if held.of is None:
        return ""
    name = AS_WORDS.get(held.share)
    said = language.for_count(words, held.of)[f"share_{name}" if name else "share"]
    return said.format(share=held.share, of=language.number(held.of))


def texts_of(held: YouSaid, language: str) -> tuple[str, str] | None:
    """What people said and what changed in a language; None where nobody translated it."""
    if language == "en":
        return held.said, held.changed
    found = held.in_languages.get(language)
    return (found["said"], found["changed"]) if found else None


def why_not_shown(held: Recommendation) -> str:
    """What keeps it from being shown to families, beside what is written; empty where nothing does."""
    if held.theme is None:
        return "This recommendation answers no theme of a survey, so there is nobody who said it."
    if held.released_at is None:
        return "Give the recommendation to the council first: it should not read of it here."
    if held.theme.survey.status != lifecycle.Survey.CLOSED:
        return "Close the survey first: while it is open more may be said."
    if held.theme.status != lifecycle.SurveyTheme.IN_USE:
        return "Its theme was merged into another, so that no share is told of it."
    if not share_of(held.theme).sound:
        return "Fewer than ten texts were read for themes, so that no share is shown."
    return ""


def mark_of(held: YouSaid) -> str:
    """What the mark in a browser that answered is called: the same for everybody, another once the words are others."""
    told = json.dumps([str(held.pk), held.said, held.changed])
    return f"told-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def bursts(held: YouSaid) -> list[tuple[date, int]]:
    """Days on which far more answered than usual. They are shown to the team, and nothing is dropped."""
    rows = held.agreements.exclude(day=None).order_by().values_list("day").annotate(many=Count("pk"))
    return burst_days({day: many for day, many in rows if day is not None})


def agreed(held: YouSaid) -> Agreed:
    """Whether people agree, by the first full tens of answers."""
    rows = list(held.agreements.order_by("place").values_list("answer", flat=True))
    full = len(rows) // FEWEST * FEWEST
    counts = Counter(rows[:full])
    if not full:
        return Agreed(0, ())
    return Agreed(full, tuple((words, answer_shown(counts[key], full)) for key, words in ANSWERS.items()))


def fresh_number(held: YouSaid) -> str:
    """A number for one answer about it, sealed for the page to carry: the same sent twice is kept once."""
    return sealing.seal_here(json.dumps(by_chance()).encode(), purpose=_purpose(held)).hex()


def number_of(held: YouSaid, carried: str) -> int | None:
    """The number that a page carried; None where it is none of this telling."""
    try:
        return int(json.loads(sealing.unseal_here(bytes.fromhex(carried), purpose=_purpose(held))))
    except (ValueError, sealing.CannotUnseal):
        return None


def _purpose(held: YouSaid) -> str:
    return f"agreement:{held.pk}"


__all__ = [
    "ANSWERS",
    "AS_WORDS",
    "COUNCIL_SAYS",
    "OUTCOMES",
    "TOLD_AS",
    "Agreed",
    "ToldBack",
    "agreed",
    "asked_of",
    "bursts",
    "councils_answers",
    "found_since",
    "fresh_number",
    "how_it_stands",
    "is_promise",
    "mark_of",
    "marked_since",
    "may_answer",
    "number_of",
    "outcome_of",
    "share_in_words",
    "shown_beside",
    "texts_of",
    "to_answer",
    "to_look_through",
    "told_of_it",
    "told_to_families",
    "why_not_shown",
    "you_said_of",
]
