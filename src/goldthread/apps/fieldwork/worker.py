"""The worker of timetables: works out what was asked for, one after another, and keeps the best plan so far."""

import logging
import threading
import time
from datetime import date

from django.db import OperationalError, close_old_connections

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.fieldwork import actions
from goldthread.apps.fieldwork.building import fieldwork_of, plan_of
from goldthread.apps.fieldwork.models import Timetable
from goldthread.domain import lifecycle
from goldthread.domain.timetable import ahead_of
from goldthread.domain.timetable.records import plan_as_data
from goldthread.engines.timetable_solver import CannotPlan, Progress, solve

logger = logging.getLogger("goldthread.fieldwork")

SECONDS_BETWEEN_LOOKS = 1.0
FAILED = "Something went wrong while the timetable was worked out. Nothing is lost: ask for it again."


def run(stop: threading.Event) -> None:
    """Work out whatever is asked for until `stop` is set; what is in hand then ends with the best so far."""
    actions.free_dead_claims(by=PROGRAMME)
    while not stop.is_set():
        try:
            done = work_next(stop)
        except OperationalError:
            logger.warning("the database could not be reached; trying again")
            close_old_connections()
            done = False
        if not done:
            stop.wait(SECONDS_BETWEEN_LOOKS)


def work_next(stop: threading.Event | None = None) -> bool:
    """Work out the next timetable that waits; whether there was one."""
    timetable = actions.claim_next(by=PROGRAMME)
    if timetable is None:
        return False
    try:
        _work(timetable, stop or threading.Event())
    except CannotPlan as refusal:
        _finish(timetable, lifecycle.Timetable.FAILED, str(refusal))
    except OperationalError:
        raise
    except Exception:
        # The journal and the log tell that it failed; what it was about stands in neither.
        logger.exception("a timetable could not be worked out")
        _finish(timetable, lifecycle.Timetable.FAILED, FAILED)
    return True


def work_all() -> int:
    """Work out everything that waits, and say how much that was."""
    actions.free_dead_claims(by=PROGRAMME)
    count = 0
    while work_next():
        count += 1
    return count


def _work(timetable: Timetable, stop: threading.Event) -> None:
    fieldwork = fieldwork_of(timetable.inspection)
    ahead = ahead_of(fieldwork, plan_of(timetable, fieldwork), timetable.from_day or date.min)
    looks = _Looks(timetable, stop)

    def keep(progress: Progress) -> None:
        bookings = plan_as_data(ahead.whole(progress.plan))
        actions.note_best(timetable=timetable, bookings=bookings, says=progress.says, by=PROGRAMME)

    present = ahead.present if ahead.present.bookings else None
    outcome = solve(ahead.fieldwork, seconds=timetable.seconds, present=present, told=keep, stop=looks.stop)
    why = {one.task: one.says for one in outcome.explanations}
    placed = len(ahead.whole(outcome.plan).bookings)
    says = f"{placed} of {len(fieldwork.tasks)} placed, loads {outcome.verdict.spread:.1f} points apart"
    if outcome.verdict.left_out and outcome.proved:
        says += "; no timetable can place everything"
    _finish(timetable, lifecycle.Timetable.READY, says, why, outcome.note)


def _finish(timetable: Timetable, to: str, says: str, why: dict[str, str] | None = None, note: str = "") -> None:
    actions.finish(timetable=timetable, to=to, says=says, why_left_out=why or {}, note=note, by=PROGRAMME)


class _Looks:
    """Whether somebody has asked to stop; the database is asked once a second."""

    def __init__(self, timetable: Timetable, stop: threading.Event) -> None:
        self._pk, self._stop, self._last, self._asked = timetable.pk, stop, 0.0, False

    def stop(self) -> bool:
        """Whether to stop now."""
        if not self._asked and time.monotonic() - self._last > 1:
            self._last = time.monotonic()
            self._asked = Timetable.objects.filter(pk=self._pk, stop_asked=True).exists()
        return self._asked or self._stop.is_set()
