"""Taking the names out: ids become pseudonyms, other numbers get stand-ins, the rest goes to the vault.

What a column may tell is said with the column (`kernel/forms`), and what becomes of it in `identities`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.apps.submissions.identities import (
    DETAILS,
    birth_column,
    child_column,
    identifying,
    person_kind,
    stood_in_for,
)
from goldthread.apps.submissions.sealing import fingerprint, pseudonyms, stand_in

if TYPE_CHECKING:
    import polars as pl

Person = tuple[str, str]
"""Whose id (child, adopter, family) and the id as written."""

Tables = Mapping[str, "pl.DataFrame"]

AGE = "age"
"""The column that outlives a date of birth; where the form itself has none, it is added."""


class TooManyAlike(Exception):
    """No free pseudonym was found for somebody: the key or the vault is not what it should be."""


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """The tables without identities; pseudonyms given for the first time, by fingerprint; and who is who.

    `vault` holds for each pseudonym the ids as written and the details of DETAILS, each a list of distinct values.
    """

    tables: dict[str, pl.DataFrame]
    given: dict[str, str]
    vault: dict[str, dict[str, list[str]]]
    names: dict[Person, str] = field(default_factory=dict)


def pseudonymise(
    tables: Tables, *, key: bytes, known: Mapping[str, str], as_at: date, also: Iterable[Tables] = ()
) -> Pseudonymised:
    """Take every identity out of the tables. `known` are the pseudonyms given earlier, by fingerprint in hex.

    `also` are tables of earlier years that nothing is kept of but who is in them: their people get names too.
    """
    others = tuple(also)
    names, given = _name(dict.fromkeys(one for each in (tables, *others) for one in _people(each)), key, known)
    vault: dict[str, dict[str, list[str]]] = {}
    for (_, written), name in names.items():
        _note(vault.setdefault(name, {}), "id", written)
    for each in (tables, *others):
        _fill(vault, each, names)
    return Pseudonymised(
        tables={name: _without_identities(name, frame, names, key, as_at) for name, frame in tables.items()},
        given=given,
        vault=vault,
        names=names,
    )


def named(table: str, frame: pl.DataFrame, names: Mapping[Person, str]) -> pl.DataFrame:
    """Whose row each row of a table in clear is: columns row, child (a pseudonym; null where it names nobody)."""
    import polars as pl

    who = child_column(table)
    if who is None or who not in frame.columns:
        return frame.select("row", pl.lit(None, dtype=pl.String).alias("child"))
    return frame.select("row", _pseudonym(who, "child", names).alias("child"))


def _people(tables: Tables) -> Iterator[Person]:
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    for name, frame in tables.items():
        table = TABLES_OF_ALL_FORMS[name]
        for column in table.columns:
            kind = person_kind(table, column)
            if kind is not None and column.name in frame.columns:
                for written in frame[column.name].drop_nulls().unique(maintain_order=True):
                    yield kind, written


def _name(people: Iterable[Person], key: bytes, known: Mapping[str, str]) -> tuple[dict[Person, str], dict[str, str]]:
    names: dict[Person, str] = {}
    given: dict[str, str] = {}
    taken = set(known.values())
    for kind, written in people:
        mark = fingerprint(key, kind, written)
        name = known.get(mark.hex()) or given.get(mark.hex())
        if name is None:
            name = next((one for one in pseudonyms(kind, mark) if one not in taken), None)
            if name is None:
                raise TooManyAlike("No free pseudonym was found.")
            taken.add(name)
            given[mark.hex()] = name
        names[kind, written] = name
    return names, given


def _pseudonym(column: str, kind: str, names: Mapping[Person, str]) -> pl.Expr:
    import polars as pl

    of_kind = {written: given for (of, written), given in names.items() if of == kind}
    return pl.col(column).replace_strict(of_kind, default=None, return_dtype=pl.String)


def _without_identities(
    name: str, frame: pl.DataFrame, names: Mapping[Person, str], key: bytes, as_at: date
) -> pl.DataFrame:
    import polars as pl

    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    table = TABLES_OF_ALL_FORMS[name]
    changed: list[pl.Expr] = _age(birth_column(table), frame, as_at)
    known = {column.name: column for column in table.columns}
    for column in frame.columns:
        if column == "row" or not identifying(name, column):
            continue
        told = known.get(column)
        kind = None if told is None else person_kind(table, told)
        if kind is not None:
            changed.append(_pseudonym(column, kind, names))
        elif told is not None and stood_in_for(told):
            written = frame[column].drop_nulls().unique()
            stand_ins = {one: stand_in(key, one) for one in written}
            changed.append(pl.col(column).replace_strict(stand_ins, default=None, return_dtype=pl.String))
        else:
            changed.append(pl.lit(None, dtype=frame.schema[column]).alias(column))
    return frame.with_columns(changed)


def _age(born: str | None, frame: pl.DataFrame, as_at: date) -> list[pl.Expr]:
    """The age outlives the date of birth: worked out from it where it is known, else as the list gave it."""
    import polars as pl

    from goldthread.kernel.context import age_on

    if born is None or born not in frame.columns:
        return []
    age = age_on(as_at, born)
    return [(pl.coalesce(age, pl.col(AGE)) if AGE in frame.columns else age).alias(AGE)]


def _fill(vault: dict[str, dict[str, list[str]]], tables: Tables, names: Mapping[Person, str]) -> None:
    """Note for each person of the tables the details that leave them."""
    for name, frame in tables.items():
        who = child_column(name)
        details = [column for column in DETAILS if column in frame.columns]
        if who is None or who not in frame.columns or not details:
            continue
        for written, *values in frame.select(who, *details).unique(maintain_order=True).iter_rows():
            if written is not None:
                entry = vault[names["child", written]]
                for column, value in zip(details, values, strict=True):
                    _note(entry, DETAILS[column], value)


def _note(entry: dict[str, list[str]], column: str, value: Any) -> None:
    if value is not None:
        held = entry.setdefault(column, [])
        if str(value) not in held:
            held.append(str(value))
