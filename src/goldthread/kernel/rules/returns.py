"""The house's own rules of SSDA903 and the CIN census: what is wrong in any table, and codes of another year.

The Department for Education publishes rules of its own for both returns; they are not here. These say only what holds
of every form, so that a copied row or a child without a header is told today. Codes begin with H.
"""

import polars as pl

from goldthread.kernel.code_years import CODE_YEARS, CodeYears
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import columns_of, copy_of_earlier, ends_before_start, tables_of, unknown_to
from goldthread.kernel.table import Column, Kind

HEADERS = {"ssda903": ("cla_header", "child"), "cin": ("cin_child_identifiers", "la_child_id")}
"""The table of each return that says who its children are."""

PAIRS: tuple[tuple[str, str, str], ...] = (
    ("cla_episodes", "decom", "dec"),
    ("cla_placed_adoption", "date_placed", "date_placed_ceased"),
    ("cla_missing", "mis_start", "mis_end"),
    ("cla_sw_episodes", "sw_decom", "sw_dec"),
    ("cla_dolo", "dolo_start", "dolo_end"),
    ("cla_ad1", "date_int", "date_match"),
    ("cin_details", "cin_referral_date", "cin_closure_date"),
    ("cin_assessments", "assessment_actual_start_date", "assessment_authorisation_date"),
    ("cin_plan_dates", "cin_plan_start_date", "cin_plan_end_date"),
    ("cin_section_47", "s47_actual_start_date", "date_of_initial_cpc"),
    ("cin_protection_plans", "cpp_start_date", "cpp_end_date"),
)
"""Every two dates of a row of which one cannot come before the other: table, first, then."""

_RETURNS = tuple(HEADERS)


def _heading(table: str, column: str) -> str:
    return TABLES_OF_ALL_FORMS[table].column(column).says


def _holds(column: Column, code: str) -> Fails:
    if column.kind is Kind.CODES:
        return lambda _: pl.col(column.name).str.split(",").list.contains(code)
    return lambda _: pl.col(column.name) == code


def _of_year(form: str, years: CodeYears) -> tuple[Rule, ...]:
    """The rules that find one code outside of its years, a rule for each column that takes its list."""
    return tuple(
        Rule(
            code="H04" if years.sure else "H05",
            says=years.says,
            mend="Give the code of the return's year; check which list the case system writes.",
            table=table.name,
            fields=(column.name,),
            severity=Severity.ERROR if years.sure else Severity.QUERY,
            since=None if years.until is None else years.until + 1,
            until=None if years.since is None else years.since - 1,
            source="Code lists of the return by collection year"
            + ("" if years.sure else "; the year is not certain, for it was read off one schema"),
            fails=_holds(column, years.code),
        )
        for table, column in columns_of(form)
        if column.codes is not None and column.codes.name == years.codes
    )


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="H01",
            says="The row is about a child whom the return's own table of children does not hold.",
            mend="Add the child's header, or mend the number.",
            table=table.name,
            fields=(HEADERS[form][1],),
            across=(HEADERS[form][0],),
            source="Our own; the return has one header for each of its children",
            fails=unknown_to(HEADERS[form][1], *HEADERS[form]),
        )
        for form in _RETURNS
        for table in tables_of(form)
        if table.name != HEADERS[form][0] and any(column.name == HEADERS[form][1] for column in table.columns)
    ),
    *(
        Rule(
            code="H02",
            says="The row is a copy of an earlier row of the table, cell for cell.",
            mend="Take the copy out, and look for the join in the extract that doubled it.",
            table=table.name,
            fields=table.key,
            source="Our own; no row says the same as another",
            fails=copy_of_earlier(table),
        )
        for form in _RETURNS
        for table in tables_of(form)
    ),
    *(
        Rule(
            code="H03",
            says=f"{_heading(table, end)} lies before {_heading(table, start)}.",
            mend="Check both dates against the record: day and month may have changed places, or the year be wrong.",
            table=table,
            fields=(end, start),
            source="Our own; nothing ends before it starts",
            fails=ends_before_start(start, end),
        )
        for table, start, end in PAIRS
    ),
    Rule(
        code="H06",
        says="The episode has no start, so that it cannot be put in order with the child's others.",
        mend="Write the day on which the episode began.",
        table="cla_episodes",
        fields=("decom",),
        source="Our own; the Department's rule 141 is of starts that are written",
        fails=lambda _: pl.col("decom").is_null(),
    ),
    *(rule for form in _RETURNS for years in CODE_YEARS for rule in _of_year(form, years)),
)
