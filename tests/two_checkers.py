"""Two people check a report, and a story that is about something else wants it checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import actions
from goldthread.apps.reports.models import Report

CHECKERS = ("quality-assurance", "disclosure-checker")


def passed(told: Any, report: Report, note: str = "Read twice.") -> Report:
    """A version that was sent is passed by both checkers of a story, and so approved."""
    for role in CHECKERS:
        report = actions.approve(report=report, note=note, by=told[role])
    return report


def returned(told: Any, report: Report, note: str = "Change it.") -> Report:
    """Both checkers have spoken of a version that was sent, and one of them asks for changes."""
    actions.approve(report=report, note="Read.", by=told["disclosure-checker"])
    return actions.send_back(report=report, note=note, by=told["quality-assurance"])


@contextmanager
def at_its_time(inspection: Inspection) -> Iterator[None]:
    """While a report is published in a world that stands in fieldwork and has urgent concerns open: the inspection
    stands after its check of facts, and where it stood again after that."""
    rows = Inspection.objects.filter(pk=inspection.pk)
    was = rows.values_list("status", flat=True).get()
    rows.update(status="published")
    yield
    rows.update(status=was)
