"""`manage.py work`: read submissions and documents as they arrive; `--once` reads those that wait, then ends."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldthread.apps.documents import learner, redactor, seer
from goldthread.apps.documents import worker as documents
from goldthread.apps.fieldwork import worker as timetables
from goldthread.apps.improvement import worker as told
from goldthread.apps.submissions import worker

SECONDS_TO_END = 10.0


class Command(BaseCommand):
    """Read submissions, and beside them read documents and work timetables out, until told to stop."""

    help = (
        "Reads submissions and documents as they arrive and works out timetables as they are asked for. "
        "Ctrl-C or SIGTERM: finishes the one in hand, then stops."
    )
    requires_system_checks = ()
    """None: they read every page, as the process does that answers them, and this one needs no page."""

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`."""
        parser.add_argument("--once", action="store_true", help="read those that wait now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loop, or one pass of it."""
        if options["once"]:
            worker.begin()
            self.stdout.write(f"{worker.read_all()} read")
            documents.begin()
            self.stdout.write(f"{documents.read_all()} documents read")
            self.stdout.write(f"{redactor.make_all()} redacted versions made")
            self.stdout.write(f"{seer.see_all()} pages read from their pictures")
            self.stdout.write(f"{learner.learn_all()} documents understood")
            self.stdout.write(f"{timetables.work_all()} timetables worked out")
            self.stdout.write(f"{told.look_all()} texts for families looked through again")
            return
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        # A timetable takes a minute, and many documents take longer: no upload of lists waits for them.
        beside = [
            threading.Thread(target=one.run, args=(stop,), daemon=True) for one in (timetables, documents, told)
        ]  # fmt: skip
        for thread in beside:
            thread.start()
        worker.run(stop)
        for thread in beside:
            thread.join(SECONDS_TO_END)
