"""`manage.py verify_journal`: walk every chain and say whether it is whole. Exit code 1 where one is not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldthread.apps.journal import queries


class Command(BaseCommand):
    """Verify the journal's hash chains."""

    help = "Walks every chain of the journal and prints its length, its head, and whether it is whole."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line a chain; raise CommandError (exit 1) where any is broken."""
        found = [queries.verify(chain) for chain in queries.chains()]
        for result in found:
            self.stdout.write(f"{result.chain}  {result.entries} entries  head {result.head[:16]}  {result.says}")
        if not all(result.whole for result in found):
            raise CommandError(
                "The journal is not whole. Keep this database as it is and tell your data protection officer."
            )
