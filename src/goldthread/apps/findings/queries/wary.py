"""What to be wary of in a finding: what fell, what is thin or old, what is said more surely than it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.findings.models import Citation, Finding, FindingKind
from goldthread.domain.share_words import Measured, ShareWord, unsupported

# In the middle of a sentence, more than one of a kind.
PLURALS: dict[str, str] = {
    EvidenceKind.DATA: "data", EvidenceKind.CASE_REVIEW: "case reviews", EvidenceKind.DOCUMENT: "documents",
    EvidenceKind.CONVERSATION: "conversations", EvidenceKind.OBSERVATION: "observations",
    EvidenceKind.SURVEY: "surveys",
}  # fmt: skip

MONTHS_OF_EVIDENCE = 12
"""Evidence that ends longer before the call day than this says how things were, not how they are. Our own choice:
inspections of children's services ask for the past year or half year, none says when evidence is too old."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to be wary of in a finding: its code, a few words for a list, and the whole sentence."""

    code: str
    short: str
    says: str


def warnings(finding: Finding, supports: Sequence[Citation], contradicts: Sequence[Citation]) -> tuple[Warned, ...]:
    """Everything to be wary of, the gravest first. `supports` and `contradicts` are its live citations."""
    standing = [one.item for one in supports if one.item.current]
    return (
        *_of_what_fell(supports, contradicts),
        *_of_how_many(finding, standing),
        *_of_contrary(contradicts),
        *_of_words(finding, standing),
        *_of_age(finding, standing),
    )


def _of_what_fell(supports: Sequence[Citation], contradicts: Sequence[Citation]) -> Iterable[Warned]:
    if fallen := [one.item for one in (*supports, *contradicts) if not one.item.current]:
        yield Warned("check-again", "Check again", f"{_fallen(fallen)} Check again whether the finding stands.")


def _of_how_many(finding: Finding, standing: Sequence[EvidenceItem]) -> Iterable[Warned]:
    if not standing:
        says = "No current item on the evidence shelf is cited for it, so it cannot be agreed."
        yield Warned("no-evidence", "No evidence yet", says)
    elif finding.kind == FindingKind.PRIORITY and len(standing) < 2:
        says = "A priority action needs two current items for it; this has one."
        yield Warned("one-item", "One item only", says)
    elif len({item.kind for item in standing}) == 1:
        one = f"one item, {standing[0].mark}" if len(standing) == 1 else f"{len(standing)} {PLURALS[standing[0].kind]}"
        says = f"It rests on one kind of evidence ({one}). Look whether another kind says the same."
        yield Warned("one-source", "One source", says)


def _of_contrary(contradicts: Sequence[Citation]) -> Iterable[Warned]:
    if unanswered := [one for one in contradicts if one.item.current and not one.answer]:
        marks = _listed([one.item.mark for one in unanswered])
        verb = "speaks" if len(unanswered) == 1 else "speak"
        says = f"{marks} {verb} against it, and nothing says why it stands all the same."
        yield Warned("contrary", "Contrary evidence not answered", says)


def _of_words(finding: Finding, standing: Sequence[EvidenceItem]) -> Iterable[Warned]:
    """A word for a share, such as “most”, of which what was measured does not make sure."""
    shares = shares_of(standing)
    if words := unsupported(finding.statement, shares):
        measured = _listed([f"{one.mark} ({one.low:.0f}% to {one.high:.0f}%)" for one in shares])
        says = (
            f"{_meanings(words)} The share measured is likely within {measured}, which does not make sure of it. "
            "Say less, or look at more."
        )
        yield Warned("words", "Words surer than the figures", says)


def shares_of(items: Iterable[EvidenceItem]) -> list[Measured]:
    """The shares, in per cent with their intervals, that items of data hold; of an item without an interval, none."""
    return [
        Measured(item.mark, float(item.detail["low"]), float(item.detail["high"]))
        for item in items
        if item.kind == EvidenceKind.DATA and item.detail.get("unit") == "%"
        if item.detail.get("low") is not None and item.detail.get("high") is not None
    ]


def _meanings(words: Sequence[ShareWord]) -> str:
    said = [f"“{one.word}” stands for {one.means}" for one in words]
    return f"In the house's table of words, {_listed(said)}."


def _of_age(finding: Finding, standing: Sequence[EvidenceItem]) -> Iterable[Warned]:
    """Everything that speaks for it ends before the past year began; an item without a day does not count as old."""
    ends = [item.about_to for item in standing]
    since = _year_before(finding.inspection.call_day)
    if ends and all(end is not None and end < since for end in ends):
        newest = max(end for end in ends if end is not None)
        says = (
            f"Everything cited for it ends by {newest:%-d %B %Y}, more than {MONTHS_OF_EVIDENCE} months before the "
            "inspection was called. Look whether it is so today."
        )
        yield Warned("old", "Old evidence", says)


def _year_before(day: date) -> date:
    # 29 February has no day of its own in the year before.
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _fallen(items: list[EvidenceItem]) -> str:
    by_status: dict[str, list[str]] = {}
    for item in items:
        by_status.setdefault(item.status, []).append(item.mark)
    said = [f"{_listed(m)} {'was' if len(m) == 1 else 'were'} {status}" for status, m in sorted(by_status.items())]
    return "; ".join(said) + "."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
