"""The whole world once for each module that asks for it, everybody's browser, and what was logged meanwhile."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker
from tests.asking import Asker
from tests.kept_world import Kept
from tests.once import of_this_run, one_at_a_time
from tests.world import World


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


@pytest.fixture(scope="session")
def kept_world(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Where the world of this run is kept, for all that run side by side."""
    return Kept(of_this_run(tmp_path_factory, "the-world"))


@pytest.fixture(scope="module")
def world(
    logged: Logged, kept_world: Kept, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """Two inspections and everybody in them, gone again after the module."""
    with django_db_blocker.unblock():
        with one_at_a_time(kept_world.folder):
            if not kept_world.made:
                kept_world.make(logged.lines)
        with kept_world.copied(logged.lines) as world:
            yield world


@pytest.fixture(scope="module")
def asker(world: World) -> Asker:
    """Everybody at a browser, signed in where they can be."""
    return Asker(world)
