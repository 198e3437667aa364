"""`manage.py work`: read submissions as they arrive; `--once` reads those that wait, then ends."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldthread.apps.submissions import worker


class Command(BaseCommand):
    """Read submissions until told to stop."""

    help = "Reads submissions as they arrive. Ctrl-C or SIGTERM: finishes the one in hand, then stops."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`."""
        parser.add_argument("--once", action="store_true", help="read those that wait now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the loop, or one pass of it."""
        if options["once"]:
            worker.begin()
            self.stdout.write(f"{worker.read_all()} read")
            return
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
        worker.run(stop)
