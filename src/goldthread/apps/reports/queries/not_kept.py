"""What the council was told is changed: what is not, and what still says it elsewhere in the version."""

from collections.abc import Iterator

from goldthread.apps.reports.models import AccuracyAnswer, CouncilCopy, Report
from goldthread.apps.reports.queries.accuracy import document_of, said_to_be_changed, texts
from goldthread.apps.reports.queries.versions import document
from goldthread.apps.reports.sentences import split
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import place_of


def not_kept(report: Report) -> list[str]:
    """The paragraphs of which an answer to the council says that they are changed, and that stand here as they were.

    Each by its label in the copy that the council read: of this version, or of one before it.
    """
    by_copy = _answers(report)
    if not by_copy:
        return []
    now = document(report)
    return list(dict.fromkeys(label for copy, held in by_copy.items() for label in said_to_be_changed(copy, now, held)))


def still_elsewhere(report: Report) -> list[str]:
    """Where this version still says a sentence that was taken out of a paragraph after the council's word on it.

    The summary and the lists of strengths repeat what the sections say, so that a report can be put right in one place
    and contradict itself in another. Each by its place, with the sentence.
    """
    by_copy = _answers(report)
    if not by_copy:
        return []
    now = [(one, set(split(one.words))) for one in texts(document(report)) if one.words]
    found = []
    for section, sentence in dict.fromkeys(_taken_out(by_copy)):
        if any(sentence in said for one, said in now if one.place.section == section):
            continue
        found += [f"{one.label}: “{sentence}”" for one, said in now if sentence in said]
    return list(dict.fromkeys(found))


def _taken_out(by_copy: dict[CouncilCopy, list[AccuracyAnswer]]) -> Iterator[tuple[str, str]]:
    """The section and the words of each sentence that stood in a paragraph of which an answer says it is changed."""
    for copy, held in by_copy.items():
        places = {one.place: one for one in texts(document_of(copy))}
        for place in (place_of(one.changed) for one in held):
            if place is not None and place in places:
                yield from ((place.section, sentence) for sentence in split(places[place].words))


def _answers(report: Report) -> dict[CouncilCopy, list[AccuracyAnswer]]:
    """Answers that say that something is changed, by the copy: of this version, or of one before it."""
    copies = CouncilCopy.objects.filter(inspection=report.inspection, report__number__lte=report.number)
    said = AccuracyAnswer.objects.filter(comment__copy__in=copies.exclude(status=lifecycle.CouncilCopy.TAKEN_BACK))
    by_copy: dict[CouncilCopy, list[AccuracyAnswer]] = {}
    for one in said.exclude(changed="").select_related("comment__copy__report"):
        by_copy.setdefault(one.comment.copy, []).append(one)
    return by_copy
