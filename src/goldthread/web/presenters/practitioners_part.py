"""A review as its practitioner sees it: answers and reasons, nothing of the team's own, a place to speak to each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldthread.apps.cases import queries
from goldthread.apps.cases.actions import ClashedAnswer, Typed
from goldthread.apps.cases.practitioners_part import WHOLE
from goldthread.apps.drafting import known
from goldthread.domain.instrument_words import RECORDS
from goldthread.web.presenters.review_sheet import MORE_WORDS, Option, answer_words, sheet


@dataclass(slots=True)
class SpokenTo:
    """One question: what the review says, what the practitioner says of it, and what came of a correction."""

    question: str
    number: str
    text: str
    answer: str
    why: str
    told: list[tuple[str, str]]
    options: list[Option]
    said: str
    correct: str
    proposed: str
    version: int
    saved_at: datetime | None
    decision: str = ""
    because: str = ""
    clash: ClashedAnswer | None = None
    proposed_words: str = ""

    @property
    def spoken(self) -> bool:
        """Whether anything is said."""
        return bool(self.said or self.correct or self.proposed)


@dataclass(slots=True)
class Shown:
    """The whole page: its questions by section, what is said of the whole, and how many were spoken to."""

    title: str
    groups: list[tuple[str, str, list[SpokenTo]]]
    whole: SpokenTo
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> list[SpokenTo]:
        """Every place where something can be said."""
        return [*(one for _, _, items in self.groups for one in items), self.whole]

    @property
    def spoken_groups(self) -> list[tuple[str, str, list[SpokenTo]]]:
        """Its sections with the questions that were spoken to, and no others."""
        told = [(slug, title, [one for one in items if one.spoken]) for slug, title, items in self.groups]
        return [one for one in told if one[2]]

    @property
    def spoken(self) -> int:
        """How many of them hold something."""
        return sum(one.spoken for one in self.items)

    @property
    def bare(self) -> list[SpokenTo]:
        """Where another answer is proposed and not why."""
        return [one for one in self.items if one.proposed and not one.correct]

    @property
    def clashes(self) -> list[SpokenTo]:
        """Where somebody wrote in another window meanwhile."""
        return [one for one in self.items if one.clash]


def shown(part: Any, *, typed: Mapping[str, Typed] | None = None, clashes: Iterable[ClashedAnswer] = ()) -> Shown:
    """The page of a part as it is stored, or with what was just typed over it."""
    review, held, given = part.review, queries.own_words(part), queries.answers_shown(part)
    words = answer_words(known.framework(review.inspection.framework))
    clashed = {one.question: one for one in clashes}
    whole = sheet(review)

    def item(one: Any) -> SpokenTo:
        name = one.question if one else WHOLE
        return _item(one, given.get(name, {}), held.get(name), (typed or {}).get(name), clashed.get(name), words)

    groups = []
    for group in whole.groups:
        items = [item(one) for one in group.items if one.question in given]
        if items:
            groups.append((group.slug, group.title, items))
    return Shown(whole.instrument.title, groups, item(None), words)


def _item(
    one: Any, given: Mapping[str, str], found: Any, text: Typed | None, clash: ClashedAnswer | None,
    words: Mapping[str, str],
) -> SpokenTo:  # fmt: skip
    name, row, value = one.question if one else WHOLE, found.row if found else None, given.get("value", "")
    proposed = text.value if text else row.proposed if row else ""
    choices = [option for option in one.options if option.value != value] if one else []
    return SpokenTo(
        name, one.number if one else "", one.text if one else "The work as a whole", words.get(value, value),
        given.get("why", ""),
        [(MORE_WORDS[more], RECORDS.get(said, said)) for more, said in given.items() if more in MORE_WORDS],
        [Option(choice.value, choice.label, choice.value == proposed, f"p-{name}-{place}")
         for place, choice in enumerate(choices)],
        text.why if text else found.said if found else "",
        text.more.get("correct", "") if text else found.correct if found else "",
        proposed, row.version if row else 0, row.saved_at if row else None, row.decision if row else "",
        found.because if found else "", clash, words.get(proposed, proposed),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What a practitioner said of one question, as the reviewer reads it beside their own answer."""

    name: str
    said: str
    correct: str
    proposed: str
    decision: str
    because: str
    original: str
    address: tuple[Any, Any, str] | None


def beside(seen: Any, framework: str) -> dict[str, Beside]:
    """For each question what its practitioner said, once sent; nothing before."""
    if seen is None or not seen.part.answered:
        return {}
    words = answer_words(known.framework(framework))
    return {
        question: Beside(
            seen.part.practitioner.name, one.said, one.correct, words.get(one.row.proposed, one.row.proposed),
            one.row.decision, one.because, words.get(one.row.original, one.row.original),
            (seen.part.inspection_id, seen.part.pk, question) if one.corrects else None,
        )
        for question, one in seen.words.items()
        if one.said or one.corrects
    }  # fmt: skip
