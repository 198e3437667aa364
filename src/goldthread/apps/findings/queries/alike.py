"""“Have we said this already?”: findings whose statement means much the same as some words, withdrawn ones too."""

from dataclasses import dataclass

from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.models import Finding
from goldthread.apps.findings.queries.findings import visible_to
from goldthread.apps.inspections.models import Inspection
from goldthread.domain.search_words import key_words
from goldthread.engines import meaning

MOST = 5
LEAST_LIKENESS = 0.45
"""A statement less like the words than this is not shown, where meaning is at hand: the cosine between the two. Ours:
of the demonstration's findings those on one matter lie above, those of one area on other matters mostly below."""
LEAST_SHARED = 0.34
"""Without the model: so much of the words that carry meaning stands in both."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A finding that says something like it, how like from 0 to 1, and by what that was told."""

    finding: Finding
    likeness: float
    by_meaning: bool


def said_already(
    inspection: Inspection, actor: Actor, words: str, *, other_than: Finding | None = None
) -> list[Alike]:  # fmt: skip
    """The findings of an inspection that say most nearly what the words say, the nearest first; none for no words.

    By the model of meaning where it is installed, otherwise by the words that both have.
    """
    rows = visible_to(actor).filter(inspection=inspection)
    held = list(rows.exclude(pk=other_than.pk) if other_than is not None else rows)
    if not words.strip() or not held:
        return []
    texts = [one.statement for one in held]
    near = _by_meaning(words, texts) if meaning.at_hand() else _by_words(words, texts)
    least = LEAST_LIKENESS if meaning.at_hand() else LEAST_SHARED
    found = [Alike(one, like, meaning.at_hand()) for one, like in zip(held, near, strict=True) if like >= least]
    return sorted(found, key=lambda one: (-one.likeness, one.finding.number))[:MOST]


def _by_meaning(words: str, texts: list[str]) -> list[float]:
    vectors = meaning.the_model().vectors([words, *texts])
    return [float(one) for one in vectors[1:] @ vectors[0]]


def _by_words(words: str, texts: list[str]) -> list[float]:
    asked = _words(words)
    return [len(asked & _words(one)) / max(1, len(asked | _words(one))) for one in texts]


def _words(text: str) -> set[str]:
    return set(key_words(text).casefold().split())
