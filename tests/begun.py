"""What many tests of a module begin with, told once for all of them: each has it as it was when it had been told."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

Told = TypeVar("Told")


@contextmanager
def begun(blocker: DjangoDbBlocker, tell: Callable[[], Told]) -> Iterator[Callable[[], Told]]:
    """Tell a beginning into the database, and give what makes it anew for a test: what a test does to a row that it
    holds, or to the database, is gone for the next. The files that were kept meanwhile stay, as they do after any test.
    """
    with blocker.unblock(), transaction.atomic():
        told = pickle.dumps(tell())
        connection.run_on_commit = []  # what waits for a commit is never done, as in any test
        yield lambda: pickle.loads(told)
        transaction.set_rollback(True)
