"""Rules on rows that stand twice."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.shapes import copy_of_earlier, same_but_different, tables_of

KEYS = {"ssd_cla_immunisations": ("clai_person_id", "clai_immunisations_status_date")}
"""What tells rows apart where it is more than the key: of immunisations, case systems write a row for each status."""

ONE_ROW_EACH = frozenset(table.name for table in tables_of("ssd") if table.name != "ssd_api_data_staging")
"""Tables whose key tells their rows apart; the staging of the data flow keeps every try."""

RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="D06",
            says="The row is a copy of an earlier row of the table, cell for cell.",
            mend="Take the copy out, and look for the join in the extract that doubled it.",
            table=table.name,
            fields=table.key,
            source="Our own; no row says the same as another",
            fails=copy_of_earlier(table),
        )
        for table in tables_of("ssd")
    ),
    *(
        Rule(
            code="D07",
            says="Two rows have the same number and say different things; the number should be one row's alone.",
            mend="Keep the row that is right, or give each its own number.",
            table=table.name,
            fields=KEYS.get(table.name, table.key),
            source="Standard Safeguarding Dataset 1.4.5, primary keys",
            fails=same_but_different(table, *KEYS.get(table.name, table.key)),
        )
        for table in tables_of("ssd")
        if table.name in ONE_ROW_EACH
    ),
)
