"""Rules on numbers that lead nowhere: persons, referrals, plans, placements and staff whom no table holds."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.forms.ssd_links import CARED_FOR, EVENTS, PERSON, PERSONS, STAFF, TABLES_WITH_PERSON, Link
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import unknown_to

SPECIFICATION = "Standard Safeguarding Dataset 1.4.5, foreign keys"

CHILD_OF_MOTHER = "moth_childs_person_id"

SERVICES = {
    "ssd_cin_episodes": "episode of need",
    "ssd_cp_plans": "protection plan",
    "ssd_cla_episodes": "episode of care",
}

_OF_ANOTHER: tuple[Link, ...] = tuple(
    link for link in EVENTS if link.table in TABLES_WITH_PERSON and link.parent in TABLES_WITH_PERSON
)


def _without_service(link: Link) -> Fails:
    """The person is known, and has no row in the table of the service."""
    return lambda context: (
        pl.col(link.column).is_in(context.held(*PERSON))
        & pl.col(link.column).is_in(context.held(link.parent, link.parent_column)).not_()
    )


def whose(context: Context, table: str, number: str) -> pl.DataFrame:
    """Whose row each number of a table is: those alone that are one known person's."""
    person = TABLES_WITH_PERSON[table]

    def make() -> pl.LazyFrame:
        known = context.tables[table].filter(pl.col(number).is_not_null() & pl.col(person).is_in(context.held(*PERSON)))
        return (
            known.group_by(number).agg(pl.col(person).unique()).filter(pl.col(person).list.len() == 1).explode(person)
        )

    return context.once(f"whose {table}.{number}", make)


def _of_another(link: Link) -> Fails:
    def fails(context: Context) -> pl.Expr:
        told = whose(context, link.parent, link.parent_column)
        person = pl.col(link.column).replace_strict(
            told[link.parent_column], told[TABLES_WITH_PERSON[link.parent]], default=None, return_dtype=pl.String
        )
        own = pl.col(TABLES_WITH_PERSON[link.table])
        return own.is_in(context.held(*PERSON)) & (own != person)

    return fails


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="D01",
            says="The row is about a person whom the table of persons does not hold.",
            mend="Add the person to ssd_person, or mend the number; check how the extract chooses its persons.",
            table=link.table,
            fields=(link.column,),
            across=(link.parent,),
            source=SPECIFICATION,
            fails=unknown_to(link.column, link.parent, link.parent_column),
        )
        for link in PERSONS
        if link.column != CHILD_OF_MOTHER
    ),
    *(
        Rule(
            code="D08",
            says="The young mother's child is not among the persons, as it is where the service works with it.",
            mend="Nothing to mend if the service does not know the child; else add it to ssd_person.",
            table=link.table,
            fields=(link.column,),
            across=(link.parent,),
            severity=Severity.NOTE,
            source=SPECIFICATION,
            fails=unknown_to(link.column, link.parent, link.parent_column),
        )
        for link in PERSONS
        if link.column == CHILD_OF_MOTHER
    ),
    *(
        Rule(
            code="D02",
            says=f"The number leads nowhere: {link.parent} has no such {link.parent_column}.",
            mend="Mend the number, or add the row that it names; check how far back the extract goes.",
            table=link.table,
            fields=(link.column,),
            across=(link.parent,),
            source=SPECIFICATION,
            fails=unknown_to(link.column, link.parent, link.parent_column),
        )
        for link in EVENTS
    ),
    *(
        Rule(
            code="D03",
            says=f"The person is known and has no {SERVICES[link.parent]}, of which this row tells something.",
            mend="Check whose row it is; add what is lacking, or take the row out.",
            table=link.table,
            fields=(link.column,),
            across=(PERSON[0], link.parent),
            severity=Severity.QUERY,
            source=SPECIFICATION,
            fails=_without_service(link),
        )
        for link in CARED_FOR
    ),
    *(
        Rule(
            code="D04",
            says=f"The row names a worker or team whom {link.parent} does not hold.",
            mend="Add the worker or team to its table, leavers too, or mend the number.",
            table=link.table,
            fields=(link.column,),
            across=(link.parent,),
            severity=Severity.QUERY,
            source=SPECIFICATION,
            fails=unknown_to(link.column, link.parent, link.parent_column),
        )
        for link in STAFF
    ),
    *(
        Rule(
            code="D05",
            says=f"The row is one person's, and the row of {link.parent} that it names is another's.",
            mend="Check whose it is: a brother's or sister's record is often meant.",
            table=link.table,
            fields=(link.column, TABLES_WITH_PERSON[link.table]),
            across=(PERSON[0], link.parent),
            source="Our own; the specification gives both rows a person",
            fails=_of_another(link),
        )
        for link in _OF_ANOTHER
    ),
)
