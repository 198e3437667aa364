"""The worker: reads submissions one after another, by looking for the next once a second.

It is a loop and not a queue, so that there is nothing more to run inside a council than the database.
"""

import logging
import threading

from django.db import OperationalError, close_old_connections

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.submissions import actions, holdings
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.reading import read_submission

logger = logging.getLogger("goldthread.submissions")

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SWEEPS = 3600.0
SECONDS_AFTER_A_FAILURE = 5.0


def run(stop: threading.Event) -> None:
    """Read whatever arrives until `stop` is set; what is being read then is finished first."""
    begin()
    looks_until_sweep = SECONDS_BETWEEN_SWEEPS
    while not stop.is_set():
        try:
            submission = read_next()
        except OperationalError:
            # The database is busy or the disk is full: wait, and look again.
            logger.warning("the database could not be reached; trying again")
            close_old_connections()
            stop.wait(SECONDS_AFTER_A_FAILURE)
            continue
        if submission is None:
            stop.wait(SECONDS_BETWEEN_LOOKS)
            looks_until_sweep -= SECONDS_BETWEEN_LOOKS
            if looks_until_sweep <= 0:
                holdings.sweep()
                looks_until_sweep = SECONDS_BETWEEN_SWEEPS
        elif submission.waiting:
            stop.wait(SECONDS_AFTER_A_FAILURE)


def begin() -> None:
    """What is done once before reading: dead readers' claims are put back, leftovers are swept."""
    actions.free_dead_claims(by=PROGRAMME)
    holdings.sweep()


def read_next() -> Submission | None:
    """Read the next submission that waits, and give it as it is afterwards; None where none waits."""
    submission = actions.claim_next(by=PROGRAMME)
    return None if submission is None else read_submission(submission)


def read_all() -> int:
    """Read everything that waits, and say how many were taken up. One that keeps failing is refused in the end."""
    count = 0
    while read_next() is not None:
        count += 1
    return count
