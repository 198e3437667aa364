"""The whole world once for each module that asks for it, everybody's browser, and what was logged meanwhile."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.asking import Asker
from tests.world import World, build


class Logged(logging.Handler):
    """Everything that would be logged, before anything is taken out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, its arguments and the words of its exception."""
        self.lines.append(f"{record.levelname} {record.name} {record.getMessage()} {record.args} {record.exc_info}")


@pytest.fixture(scope="module")
def logged() -> Iterator[Logged]:
    """What the whole module has logged."""
    handler = Logged()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def world(logged: Logged, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two inspections and everybody in them, gone again after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    """Everybody at a browser, signed in where they can be."""
    return Asker(world)
