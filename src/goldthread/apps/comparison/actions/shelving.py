"""Putting a comparison or a series on the team's evidence shelf, so that a finding can cite it as it stood."""

from typing import Any

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison import compared_words, comparing, series_words, watching
from goldthread.apps.comparison.shelved import What, standing
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.submissions.measure_areas import areas_of
from goldthread.apps.submissions.models import Submission


@transaction.atomic
def shelve_comparison(*, found: comparing.One, by: Actor) -> EvidenceItem:
    """Keep what a comparison says now. It takes the place of an earlier one of the same measure.

    Raises Refused where there is no figure to compare, or where the very same stands on the shelf.
    """
    require(by, Permission.FINDING_WRITE, found.submission.target(changing=True))
    ours = found.row.ours
    if not ours.shown:
        raise Refused("The submission has no figure here, so there is nothing to compare.")
    file = found.beside.file
    detail = {
        "value": ours.value, "low": ours.low, "high": ours.high, "period": found.row.published.period,
        "definition": ours.detail.get("definition", ""), "source": ours.detail.get("source", ""),
        "warnings": list(ours.detail.get("warnings", [])), "published_file": file.sha256 if file is not None else "",
        "rests_on": [str(found.submission.pk)],
    }  # fmt: skip
    title = compared_words.headline(found, comparing.called(found.submission))
    return _shelve(found.submission, What.COMPARISON, ours.code, title, [*compared_words.sentences(found)], detail, by)


@transaction.atomic
def shelve_series(*, found: watching.One, by: Actor) -> EvidenceItem:
    """Keep what a control chart says now. It takes the place of an earlier one of the same measure.

    Raises Refused where there are too few months for a chart, or where the very same stands on the shelf.
    """
    require(by, Permission.FINDING_WRITE, found.submission.target(changing=True))
    watched = found.watched
    if watched.chart is None:
        raise Refused(watched.why_not)
    hand_ins = watching.hand_ins_of(found, by)
    lines = [f"{name}: {says}" for name, says in series_words.verdict(watched)]
    lines += [f"{period}: {says}." for period, says in series_words.signals(watched)]
    lines += [f"New limits from {one.period}: {one.because}" for one in found.rebased]
    lines += [watching.source_says(watched, found.submission)]
    lines += [f"Bear in mind: {one}" for one in series_words.cautions(watched)]
    detail = {"from": watched.source.value, "rests_on": [str(one.pk) for one in hand_ins]}
    title = series_words.headline(watched)
    return _shelve(found.submission, What.SERIES, watched.measure.code, title, lines, detail, by)


def _shelve(
    submission: Submission, what: What, code: str, title: str, lines: list[str], detail: dict[str, Any], by: Actor
) -> EvidenceItem:
    title, summary = title[:200], "\n".join(lines)
    earlier = standing(submission, what, code)
    if earlier is not None and (earlier.title, earlier.summary) == (title, summary):
        raise Refused(f"It is on the shelf already, word for word, as {earlier.mark}.")
    day = submission.as_at
    held = {
        what.value: code, "form": submission.form, "submission": str(submission.pk),
        "as_at": day.isoformat() if day else None, **detail,
    }  # fmt: skip
    return evidence.shelve(
        inspection=submission.inspection, kind=EvidenceKind.DATA, title=title, summary=summary, by=by, detail=held,
        areas=areas_of(submission.inspection.framework, code), source_hash=submission.sha256, about_to=day,
        replaces=earlier,
    )  # fmt: skip
