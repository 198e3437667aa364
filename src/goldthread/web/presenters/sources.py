"""Where the source behind an evidence item can be read."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(source: Any, inspection: Any) -> str:
    """The address of the page that shows a source; empty where there is no source or no page for its kind."""
    if source is None:
        return ""
    within = {"inspection": inspection.pk}
    try:
        if source.kind == "case-review":
            return reverse("case_review", kwargs={**within, "review": source.id})
        if source.kind == "measure":
            return reverse("submission_measure", kwargs={**within, "submission": source.parent, "code": source.id})
        if source.kind == "record-measure":
            of = {"submission": source.parent, "measure": source.id}
            return reverse("submission_record_measure", kwargs={**within, **of})
        if source.kind == "passage":
            where = reverse("document_read", kwargs={**within, "document": source.parent})
            return f"{where}?page={source.id}"
        if source.kind == "survey-theme":
            return reverse("survey_theme", kwargs={**within, "survey": source.parent, "theme": source.id})
        if source.kind in ("survey", "survey-words"):
            return reverse(source.kind.replace("-", "_"), kwargs={**within, "survey": source.parent})
        if source.kind in ("conversation", "observation"):
            return reverse(source.kind, kwargs={**within, source.kind: source.id})
        if source.kind in ("comparison", "series"):
            door = {"comparison": "submission_compare_measure", "series": "submission_watch_series"}[source.kind]
            return reverse(door, kwargs={**within, "submission": source.parent, "code": source.id})
    except NoReverseMatch:
        return ""
    return ""
