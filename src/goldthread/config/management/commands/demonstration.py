"""`manage.py demonstration`: make the demonstration in an empty database."""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldthread.apps.access.models import Person
from goldthread.config import demonstration


class Command(BaseCommand):
    """Make the demonstration."""

    help = "Makes an invented authority, its data and an inspection half way through. Everything is marked synthetic."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing, without a word, if there are accounts")
        parser.add_argument("--size", type=float, default=1.0, help="1 is an authority of Derbyshire's size")
        parser.add_argument("--sample", type=int, help="how many files to draw")
        parser.add_argument(
            "--full-size",
            action="store_true",
            help="250 files drawn and nearly all reviewed, nine inspectors, twenty working days, 1,200 documents",
        )
        parser.add_argument(
            "--less", action="store_true", help="one hand-in of lists alone: nothing to compare with, and no months"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it."""
        if options["if_empty"] and Person.objects.exists():
            return
        self.stderr.write("Making the demonstration (invented data) ...")
        shape = demonstration.FULL_SIZE if options["full_size"] else demonstration.HALF_WAY
        if shape.library:
            self.stderr.write(f"250 files and {shape.library:,} documents are made and read: about ten minutes.")
        if options["sample"]:
            shape = replace(shape, sample=options["sample"])
        demonstration.create(size=options["size"], shape=shape, less=options["less"])
