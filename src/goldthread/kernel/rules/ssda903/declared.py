"""How a rule of the Department's is declared: as every rule is, with its source and the frame that it looks over."""

from typing import Any

from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.ssda903.shared import EPISODES, HEADER, episodes, header

FIRST_YEAR = 2023
"""The first collection year of which the rules are held: 2022-23."""

_OVER = {EPISODES: episodes, HEADER: header}


def rule(code: str, table: str, *fields: str, guide: int = FIRST_YEAR, **more: Any) -> Rule:
    """A rule of the Department's for SSDA903. `guide` is the collection year of the guide that its words are of.

    An expression over Episodes is asked of `shared.episodes`, one over the header of `shared.header`, unless `over`
    says otherwise (None: the table alone). `more` takes everything else that a `Rule` has: `says`, `mend` and one
    test at least.
    """
    if "fails" in more:
        more.setdefault("over", _OVER.get(table))
    more.setdefault("since", FIRST_YEAR)
    more.setdefault("severity", Severity.ERROR)
    source = f"Department for Education, SSDA903 validation rule {code}, guide of {guide - 1}-{guide % 100:02}"
    return Rule(code=code, table=table, fields=fields, source=source, **more)
