"""Small tables for the Department's rules of the returns: rows that break each and rows that do not.

`tests/kernel/test_statutory.py` asks the rules of them as they are, and `tests/readers/test_every_statutory_rule.py`
through files, CSV and XML. The year is 2024-25 unless said otherwise: 1 April 2024 to 31 March 2025.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class StatutorySpec:
    """Tables drawn as text, and which rows of which table break the rule.

    `last` holds the tables of last year's return, None where it was not handed in; `unread` the rows of a column (as
    `cla_episodes.decom`) whose cell held something that is no date or number: draw it blank; `unread_last` those of
    `last`. `providers` and `postcodes` are drawn too, with the columns of `kernel/providers.py` and
    `kernel/postcodes.py`; several codes of one cell are joined by commas.
    """

    rule: str
    breaks: Mapping[str, list[int]]
    tables: Mapping[str, str]
    year: int = 2025
    last: Mapping[str, str] | None = None
    unread: Mapping[str, list[int]] = field(default_factory=dict)
    providers: str | None = None
    postcodes: str | None = None
    authority: str = ""
    unread_last: Mapping[str, list[int]] = field(default_factory=dict)


SPECS: list[StatutorySpec] = []


def spec(
    rule: str,
    breaks: Mapping[str, list[int]],
    *,
    year: int = 2025,
    last: Mapping[str, str] | None = None,
    unread: Mapping[str, list[int]] | None = None,
    providers: str | None = None,
    postcodes: str | None = None,
    authority: str = "",
    unread_last: Mapping[str, list[int]] | None = None,
    **tables: str,
) -> None:
    """Add a spec: `breaks` names the rows, from 1, by table; {} where the rule is asked and nothing breaks it."""
    of_last = unread_last or {}
    SPECS.append(
        StatutorySpec(rule, breaks, tables, year, last, unread or {}, providers, postcodes, authority, of_last)
    )
