"""The worker of what families read: looks it through again once other lists have come, while everybody can read it."""

import logging
import threading

from django.db import OperationalError, close_old_connections

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.queries import you_said
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.engines.durable import StoreDamaged

logger = logging.getLogger("goldthread.improvement")

SECONDS_BETWEEN_LOOKS = 30.0


def run(stop: threading.Event) -> None:
    """Look again whatever was shown before the lists that are there now, until `stop` is set."""
    while not stop.is_set():
        try:
            look_all()
        except OperationalError:
            logger.warning("the database could not be reached; trying again")
        close_old_connections()
        stop.wait(SECONDS_BETWEEN_LOOKS)


def look_all() -> int:
    """Look through everything that families read and that was looked through by other lists; how much that was."""
    count = 0
    for row in you_said.to_look_through():
        try:
            actions.look_again(row=row, by=PROGRAMME)
        except (OSError, StoreDamaged, CannotUnseal):
            # The page of the installation tells of the damage; the others are looked through all the same.
            logger.warning("the lists of an inspection could not be opened, so that a text was not looked through")
            continue
        count += 1
    return count
