"""Where every column that is handed in goes: the mappings as a page, and as rows for whoever wants to look one up."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.kernel.forms import FORMS
from goldthread.kernel.record import MAPPINGS
from goldthread.kernel.record.mapping import How, Take
from goldthread.kernel.record.tables import LEFT_OUT, OWN_TABLES

NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Step:
    """One column of a form and one place in the record that it goes to. `goes_to` is empty where it goes nowhere."""

    form: str
    table: str
    column: str
    heading: str
    goes_to: str
    how: str
    why: str


def _why(take: Take, rows: str) -> str:
    changed = ", ".join(f"{old} is {new or 'blank'}" for old, new in take.map if old != new)
    kept = f"of {rows}" if rows != "every row" else ""
    return "; ".join(part for part in (changed, take.why, kept) if part)


def steps(form: str) -> Iterator[Step]:
    """Every column of a form with each place it goes to, in the order of the form; one step where it goes nowhere.

    Raises ValueError where a mapping forgets a column: nothing of a form is silent.
    """
    mapping = MAPPINGS[form]
    for table in FORMS[form].tables:
        fills = [fill for fill in mapping.fills if fill.source == table.name]
        for column in table.columns:
            found = [
                Step(form, table.name, column.name, column.says, f"{fill.into}.{name}", take.how, _why(take, fill.rows))
                for fill in fills
                for name, take in fill.takes.items()
                if column.name in take.reads
            ]
            if not found:
                reason = mapping.nowhere.get(f"{table.name}.{column.name}")
                if reason is None:
                    raise ValueError(f"{table.name}.{column.name} has no place in the record, and no reason why")
                found = [Step(form, table.name, column.name, column.says, "", NOWHERE, reason)]
            yield from found


_HEAD = f"""# Where every column goes

This page is printed from `kernel/record`; the tests compare it with the code.

Whatever is handed in becomes one record, whose tables and names are those of the Standard Safeguarding Dataset.
For each column that may be handed in, this page says which column of the record it goes into, and how:

- *{How.SAME.value}*: the value as it is.
- *{How.CODES.value}*: its code put into the record's.
- *{How.LATEST.value}*: the value as it is, of which the form holds only the latest.
- *{How.DERIVED.value}*: worked out from this column and others.
- *{NOWHERE}*: the record has no place for it, and why.

Every row of the record names the table and the row that it comes from.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _own() -> Iterator[str]:
    yield "## What the dataset has no place for\n"
    yield "These tables of the record are our own.\n"
    yield "| Table | What a row is | Columns |"
    yield "|---|---|---|"
    for table in OWN_TABLES:
        columns = ", ".join(f"`{column.name}`" for column in table.columns)
        yield f"| `{table.name}` | {_cell(table.says)} | {columns} |"
    yield ""


def _form(form: str) -> Iterator[str]:
    yield f"## {FORMS[form].title}\n"
    named = form in ("annex_a", "ssda903", "cin")
    by_table: dict[str, list[Step]] = {}
    for step in steps(form):
        by_table.setdefault(step.table, []).append(step)
    for table in FORMS[form].tables:
        yield f"### {table.title} (`{table.name}`)\n"
        found = by_table[table.name]
        if all(step.how == How.SAME and step.goes_to == f"{step.table}.{step.column}" for step in found):
            yield f"Every column is the record's column of the same name: {len(found)} columns.\n"
            continue
        if table.name in LEFT_OUT:
            yield f"Nowhere: {LEFT_OUT[table.name]}.\n"
            continue
        yield "| Column | Goes to | How | Why |"
        yield "|---|---|---|---|"
        for step in found:
            column = step.heading if named else f"`{step.column}`"
            goes_to = f"`{step.goes_to}`" if step.goes_to else ""
            yield f"| {_cell(column)} | {goes_to} | {step.how} | {_cell(step.why)} |"
        yield ""


def crosswalk_markdown() -> str:
    """The page for `docs/reference/crosswalk.md`."""
    lines = [_HEAD, *_own()]
    for form in FORMS:
        lines += _form(form)
    return "\n".join(lines).rstrip() + "\n"
