"""The tests' database: a copy of one in which every migration was run before."""

import shutil

import pytest
from django.conf import settings

from tests.once import empty_database


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_createdb: bool) -> bool:
    """Whether pytest-django finds a database: it does, and looks whether a migration is missing in it.

    With `--create-db` it makes one by running every migration, as it would without this.
    """
    if django_db_createdb:
        return False
    shutil.copy(empty_database(), settings.DATABASES["default"]["TEST"]["NAME"])
    return True
