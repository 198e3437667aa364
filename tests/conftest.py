"""What every test begins with: sources that are translated, the long files first, and the tests' database, which is a
copy of one in which every migration was run before."""

import compileall
import shutil

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.once import ROOT, empty_database

LONG_FIRST = (
    "tests/pages/test_matrix.py", "tests/journeys/", "tests/pages/test_canaries.py", "tests/apps/", "tests/pages/",
    "tests/cli/", "tests/readers/", "tests/house/", "tests/kernel/",
)  # fmt: skip
"""Two work side by side, each on a file of its own. Where the longest come first, nobody waits for one at the end; the
journeys stand between the two that begin with the same world, so that the second finds it made."""


hypothesis_settings.register_profile("repeatable", derandomize=True)
hypothesis_settings.register_profile("wander", derandomize=False, print_blob=True)
hypothesis_settings.load_profile("repeatable")
"""What Hypothesis writes is the same in every run of `./test`, so that it judges the change and not the draw;
`just wander` lets it write anew, again and again, in search of what nobody thought of."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Translate what changed since it was last imported: a fifth of a second where nothing did.

    The child that reads a file may write no translations, and some systems tell Python to keep none: hundreds of
    processes would each translate whatever they import.
    """
    if not hasattr(session.config, "workerinput"):
        compileall.compile_dir(ROOT / "src" / "goldthread", quiet=2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long first; within a folder all stays in its order."""
    items.sort(key=lambda item: next((at for at, name in enumerate(LONG_FIRST) if item.nodeid.startswith(name)), 99))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_createdb: bool) -> bool:
    """Whether pytest-django finds a database: it does, and looks whether a migration is missing in it.

    With `--create-db` it makes one by running every migration, as it would without this.
    """
    if django_db_createdb:
        return False
    shutil.copy(empty_database(), settings.DATABASES["default"]["TEST"]["NAME"])
    return True
