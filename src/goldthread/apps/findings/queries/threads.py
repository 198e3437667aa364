"""The thread downwards: from a finding to the items it cites and to the source behind each."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.cases.models import CaseReview
from goldthread.apps.conversations.models import Observation, SaidPassage
from goldthread.apps.documents import queries as documents
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.findings.queries.findings import standing_of
from goldthread.apps.submissions.models import MeasureValue
from goldthread.apps.submissions.queries import measure_source
from goldthread.apps.surveys.models import Shelved


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item came from: `kind` is the sort of page that shows it, `id` what that page is about."""

    kind: str
    id: str
    parent: str
    label: str


@dataclass(frozen=True, slots=True)
class Knot:
    """One citation, its item, and the source behind it where there is one."""

    citation: Citation
    item: EvidenceItem
    source: Source | None


@dataclass(frozen=True, slots=True)
class Thread:
    """All that a finding leans on, and all that speaks against it."""

    supports: tuple[Knot, ...]
    contradicts: tuple[Knot, ...]


def thread_of(finding: Finding) -> Thread:
    """What a finding rests on, down to each source."""
    standing = standing_of(finding)
    sources = sources_of([one.item for one in (*standing.supports, *standing.contradicts)])

    def knots(citations: tuple[Citation, ...]) -> tuple[Knot, ...]:
        return tuple(Knot(one, one.item, sources.get(one.item_id)) for one in citations)

    return Thread(knots(standing.supports), knots(standing.contradicts))


_SHOWN = {"comparison": "the comparison of", "series": "the series of"}
"""What an item of data shows besides a measure's value: how its detail names it, and how people do."""


def sources_of(items: Iterable[EvidenceItem]) -> dict[UUID, Source]:
    """The source behind each item: the case review that was signed off, or the measure that was computed.

    A comparison or a series names its source in its detail. Of the others the foreign key runs down from the source to
    its item, so it is the source that is asked.
    """
    items = list(items)
    ids = [item.pk for item in items]
    found: dict[UUID, Source] = {}
    for review in CaseReview.objects.filter(evidence_item__in=ids).select_related("case__draw", "evidence_item"):
        if review.evidence_item is None:
            continue
        found[review.evidence_item.pk] = Source(
            "case-review",
            str(review.pk),
            str(review.case_id),
            f"the review of case {review.case.number} of draw {review.case.draw.number}",
        )
    for value in MeasureValue.objects.filter(evidence_item__in=ids).select_related("evidence_item", "submission"):
        if value.evidence_item is None:
            continue
        kind = "record-measure" if value.of_record else "measure"
        found[value.evidence_item.pk] = Source(kind, value.code, str(value.submission_id), _of_a_list(value))
    for key, passage in documents.of_source(items).items():
        label = f"{passage.document.mark}, {passage.document.unit} {passage.page}"
        found[key] = Source("passage", str(passage.page), str(passage.document_id), label)
    for said in SaidPassage.objects.filter(evidence_item__in=ids).select_related("conversation"):
        talk = said.conversation
        found[said.evidence_item_id] = Source("conversation", str(talk.pk), "", f"conversation {talk.mark}")
    for seen in Observation.objects.filter(evidence_item__in=ids):
        if seen.evidence_item_id is not None:
            found[seen.evidence_item_id] = Source("observation", str(seen.pk), "", f"observation {seen.mark}")
    found |= _of_surveys(ids)
    for item in items:
        for what, says in _SHOWN.items():
            if code := item.detail.get(what):
                found[item.pk] = Source(what, code, item.detail["submission"], f"{says} {code}")
    return found


def _of_a_list(value: MeasureValue) -> str:
    return f"measure {value.code} ({measure_source(value)})"


def _of_surveys(ids: Iterable[UUID]) -> dict[UUID, Source]:
    """A result, a theme or words of a survey behind items."""
    found: dict[UUID, Source] = {}
    for shown in Shelved.objects.filter(evidence_item__in=list(ids)).select_related("survey", "theme"):
        mark, parent = f"survey {shown.survey.mark}", str(shown.survey_id)
        if shown.theme is not None:
            says = f"theme {shown.theme.mark} of {mark}"
            found[shown.evidence_item_id] = Source("survey-theme", str(shown.theme.pk), parent, says)
        elif shown.words_id is not None:
            found[shown.evidence_item_id] = Source("survey-words", "", parent, f"what was written in {mark}")
        else:
            found[shown.evidence_item_id] = Source("survey", "", parent, mark)
    return found
