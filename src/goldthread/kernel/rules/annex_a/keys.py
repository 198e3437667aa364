"""Rules on how often a child, adult or event may stand in a list."""

import polars as pl

from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.tables import TABLES


def _twice(*columns: str) -> Fails:
    filled = pl.all_horizontal(pl.col(column).is_not_null() for column in columns)
    return lambda _: filled & pl.struct(columns).is_duplicated()


ONCE = (
    (
        "K01",
        "children_in_need",
        "child",
        "The child stands in the list more than once; it asks for the latest episode.",
    ),
    ("K02", "protection_plans", "child", "The child stands in the list more than once; it asks for the latest plan."),
    ("K03", "children_in_care", "child", "The child stands in the list more than once; it asks for the latest period."),
    ("K04", "care_leavers", "child", "The young person stands in the list more than once."),
    ("K05", "adopters", "adopter", "The adult stands in the list more than once."),
)

RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code=code,
            says=says,
            mend="Keep the latest row, and take the earlier ones out.",
            table=table,
            fields=(column,),
            fails=_twice(column),
        )
        for code, table, column, says in ONCE
    ),
    *(
        Rule(
            code="K06",
            says="The child has two rows with the same date (and source or organisation): perhaps one event twice.",
            mend="Check whether two things happened that day; if not, keep one row.",
            table=table,
            fields=TABLES[table].key,
            severity=Severity.QUERY,
            fails=_twice(*TABLES[table].key),
        )
        for table in ("contacts", "early_help", "referrals", "assessments", "section_47")
    ),
)
