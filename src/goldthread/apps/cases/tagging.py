"""Tags on the reasons of answers: which there are to choose from, and which stand where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from goldthread.apps.cases.models import ReasonTag
from goldthread.domain.instrument import Instrument

LONGEST_TAG, MOST_TAGS = 60, 12


def tidy_tag(written: str) -> str:
    """A tag as it is kept: one space between words, a capital at the beginning, so that the same word is one tag."""
    words = " ".join(written.split())
    return words[:1].upper() + words[1:].lower() if words else ""


def themes_of(instrument: Instrument) -> list[str]:
    """The themes of an instrument's questions as tags, in the order of the page."""
    told = (tidy_tag(one.theme.replace("-", " ")) for one in instrument.questions)
    return [one for one in dict.fromkeys(told) if one]


def tags_of_reviews(reviews: Sequence[UUID]) -> dict[tuple[UUID, str], tuple[str, ...]]:
    """The tags of each reason, by review and question; for reviews that the reader may see."""
    found: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    rows = ReasonTag.objects.filter(review_id__in=reviews).order_by("tag")
    for review, question, tag in rows.values_list("review_id", "question", "tag"):
        found[review, question].append(tag)
    return {key: tuple(tags) for key, tags in found.items()}


def in_use(reviews: Iterable[UUID]) -> list[str]:
    """Every tag that stands on one of these reviews, by name."""
    rows = ReasonTag.objects.filter(review_id__in=list(reviews))
    return sorted(set(rows.values_list("tag", flat=True).order_by()))
