"""Taking the names out: ids become pseudonyms, dates of birth and addresses go to the vault, the rest stays.

What a column may tell is said with the column (`kernel.tables`); whatever is an identifier or sealed and not
known here is emptied, so that a new column can never slip through in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.apps.submissions.sealing import LETTERS, fingerprint, pseudonyms

if TYPE_CHECKING:
    import polars as pl

Person = tuple[str, str]
"""Whose id (child, adopter, family) and the id as written."""

DETAILS = ("born_on", "postcode", "urn")
"""What the vault keeps of a child besides the id."""


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
    tables: Mapping[str, pl.DataFrame], *, key: bytes, known: Mapping[str, str], as_at: date
) -> Pseudonymised:
    """Take every identity out of the tables. `known` are the pseudonyms given earlier, by fingerprint in hex."""
    people = _people(tables)
    names, given = _name(people, key, known)
    return Pseudonymised(
        tables={name: _without_identities(name, frame, names, as_at) for name, frame in tables.items()},
        given=given,
        vault=_vault(tables, names),
        names=names,
    )


def identifying(table: str, column: str) -> bool:
    """Whether a column of a canonical table tells who somebody is or where; a column not known is taken to."""
    from goldthread.kernel.table import Privacy
    from goldthread.kernel.tables import TABLES

    try:
        return TABLES[table].column(column).privacy in (Privacy.IDENTIFIER, Privacy.SEALED)
    except KeyError:
        return True


def _people(tables: Mapping[str, pl.DataFrame]) -> list[Person]:
    found: dict[Person, None] = {}
    for frame in tables.values():
        for kind in LETTERS:
            if kind in frame.columns:
                for written in frame[kind].drop_nulls().unique(maintain_order=True):
                    found[kind, written] = None
    return list(found)


def _name(people: list[Person], key: bytes, known: Mapping[str, str]) -> tuple[dict[Person, str], dict[str, str]]:
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


def _without_identities(name: str, frame: pl.DataFrame, names: Mapping[Person, str], as_at: date) -> pl.DataFrame:
    import polars as pl

    from goldthread.kernel.context import age_on

    changed: list[pl.Expr] = []
    if {"born_on", "age"} <= set(frame.columns):
        # The age outlives the date of birth: worked out from it where it is known, else as the list gave it.
        changed.append(pl.coalesce(age_on(as_at), pl.col("age")).alias("age"))
    for column in frame.columns:
        if column in LETTERS:
            of_kind = {written: given for (kind, written), given in names.items() if kind == column}
            changed.append(pl.col(column).replace_strict(of_kind, default=None, return_dtype=pl.String))
        elif column != "row" and identifying(name, column):
            changed.append(pl.lit(None, dtype=frame.schema[column]).alias(column))
    return frame.with_columns(changed)


def _vault(tables: Mapping[str, pl.DataFrame], names: Mapping[Person, str]) -> dict[str, dict[str, list[str]]]:
    vault: dict[str, dict[str, list[str]]] = {}
    for (_, written), name in names.items():
        _note(vault.setdefault(name, {}), "id", written)
    for frame in tables.values():
        details = [column for column in DETAILS if column in frame.columns]
        if "child" not in frame.columns or not details:
            continue
        for written, *values in frame.select("child", *details).unique(maintain_order=True).iter_rows():
            if written is not None:
                entry = vault[names["child", written]]
                for column, value in zip(details, values, strict=True):
                    _note(entry, column, value)
    return vault


def _note(entry: dict[str, list[str]], column: str, value: Any) -> None:
    if value is not None:
        held = entry.setdefault(column, [])
        if str(value) not in held:
            held.append(str(value))
