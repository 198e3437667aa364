"""You said, this changed: what families are told, what was found of it, and whether they agree.

Whether they agree is told at ten answers or more, and in tens: between two looks never lies one person's answer.
"""

import json
from collections import Counter
from dataclasses import dataclass

from goldthread.apps.improvement.models import Recommendation, YouSaid
from goldthread.apps.improvement.queries import told_of
from goldthread.apps.submissions import sealing
from goldthread.apps.surveys.models import Survey, by_chance
from goldthread.domain import lifecycle
from goldthread.domain.disclosure.counts import answer_shown
from goldthread.domain.disclosure.profiles import ROUNDS_TO_ZERO
from goldthread.domain.improving import Verdict
from goldthread.domain.surveys import FEWEST

ANSWERS = {"yes": "Yes", "partly": "A bit", "no": "No"}
"""What can be said of whether it changed, in plain words."""

NOT_YET = "not measured again"
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


def shown_beside(survey: Survey) -> list[YouSaid]:
    """What is shown beside the address of a survey, in the order of the recommendations."""
    rows = YouSaid.objects.filter(recommendation__theme__survey=survey, status=lifecycle.YouSaid.SHOWN)
    return list(rows.select_related("recommendation"))


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


def share_in_words(held: YouSaid) -> str:
    """“60% of the 24 texts that people wrote”; empty before it was shown."""
    if held.of is None:
        return ""
    share = "Hardly any" if held.share == ROUNDS_TO_ZERO else held.share.capitalize()
    return f"{share} of the {held.of} texts that people wrote"


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
    "OUTCOMES",
    "Agreed",
    "ToldBack",
    "agreed",
    "fresh_number",
    "number_of",
    "outcome_of",
    "share_in_words",
    "shown_beside",
    "told_of_it",
    "you_said_of",
]
