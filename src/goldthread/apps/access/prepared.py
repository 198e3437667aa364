"""Look-ups that stand before every page: Django writes the statement of each once, and from then on only its values
change. To write one costs several times what the database needs to answer it.

Nothing that was found is kept: each call asks the database.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement, its values (those that are given stand as the place of the given one), and how its rows are read."""

    sql: str
    values: tuple[Any, ...]
    model: type[Model]
    compiler: Any
    converters: Any

    def rows(self, given: list[str]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given[one.number] if isinstance(one, _Place) else one for one in self.values])
            found = cursor.fetchall()
        if self.converters:
            found = list(self.compiler.apply_converters(found, self.converters))
        names = [column.attname for column in self.model._meta.concrete_fields]
        return [self.model.from_db(connection.alias, names, row) for row in found]


@dataclass(frozen=True, slots=True)
class _Place:
    number: int


class Prepared(Generic[Row]):
    """All rows of one table that a filter by ids or other plain texts finds. `rows` takes these and gives a query of
    whole rows, nothing joined to them that would have to be read too."""

    def __init__(self, rows: Callable[..., QuerySet[Row]], *kinds: type[UUID] | type[str]) -> None:
        self._rows, self._kinds = rows, kinds
        self._held = threading.local()  # a statement is written for a connection, and each thread has its own

    def __call__(self, *given: object) -> list[Row]:
        """The rows as they are now. Raises ValueError where what should be an id is none."""
        if not hasattr(self._held, "statement"):
            self._held.statement = self._write()
        statement: _Statement = self._held.statement
        return statement.rows([_kept_as(kind, one) for kind, one in zip(self._kinds, given, strict=True)])

    def _write(self) -> _Statement:
        stand_ins = [uuid4().hex for _ in self._kinds]
        query = self._rows(*(kind(one) for kind, one in zip(self._kinds, stand_ins, strict=True)))
        compiler = query.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        places = {one: _Place(number) for number, one in enumerate(stand_ins)}
        read = compiler.get_converters([column for column, _, _ in compiler.select])
        return _Statement(sql, tuple(places.get(one, one) for one in values), query.model, compiler, read)


def _kept_as(kind: type[UUID] | type[str], value: object) -> str:
    """A value as SQLite keeps it: ids as 32 letters and digits."""
    return (value if isinstance(value, UUID) else UUID(str(value))).hex if kind is UUID else str(value)
