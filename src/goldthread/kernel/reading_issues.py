"""The issues that a reader finds before any rule: cells not understood, and what is wrong with sheets and columns.

A reading tells them as cells not understood and as notes; here they become issues, so that nothing of a file is lost
without a word, and so that one list holds everything there is to mend.
"""

from typing import NamedTuple

import polars as pl

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.rule import ISSUES_SCHEMA, Severity, in_order, no_issues
from goldthread.kernel.table import Kind


class OfReading(NamedTuple):
    """A code of an issue that the reader finds: what is wrong, how to mend it, how grave it is."""

    says: str
    mend: str
    severity: Severity = Severity.ERROR


OF_READING: dict[str, OfReading] = {
    "G06": OfReading(
        "The cell holds none of the codes of its list.",
        "Write one of the codes that the column's list holds, as it is printed there.",
    ),
    "G07": OfReading(
        "The code was written in other words or with a slip, and was read without doubt.",
        "Nothing to mend if it was read right; write the code as the guidance prints it from now on.",
        Severity.NOTE,
    ),
    "G08": OfReading(
        "The cell holds text that is no date, or a date that cannot be.",
        "Write a day that exists, as day, month and year: 31/03/2025.",
    ),
    "G09": OfReading(
        "The cell shows day 0 of the spreadsheet, which formulas leave where there was nothing; it was read as blank.",
        "Leave the cell blank where no date is known.",
        Severity.QUERY,
    ),
    "G16": OfReading(
        "The cell holds no whole number, or one that cannot be.", "Write the number in digits, without a fraction."
    ),
    "G28": OfReading(
        "The ID stands with other zeros in front in other lists, and was read as the same child's.",
        "Keep IDs as text, with the zeros that the case system has; if they are two children, give each its own ID.",
        Severity.QUERY,
    ),
    "G20": OfReading(
        "The row is a total, a filter or a remark of the reporting tool, and was left out.",
        "Nothing to mend if the row is none of the list; take such rows out before sending.",
        Severity.NOTE,
    ),
    "G22": OfReading("The cell holds nothing shaped like a postcode.", "Write the whole postcode, such as AB1 2CD."),
    "W01": OfReading(
        "The list is not in the file.",
        "Add the list; if there is nobody to put in it, send it with its headings and no rows.",
        Severity.QUERY,
    ),
    "W02": OfReading(
        "A sheet is none of the lists, and was not read.",
        "Nothing to mend if the sheet holds remarks; if it holds a list, give it the headings of the template.",
        Severity.NOTE,
    ),
    "W03": OfReading(
        "The sheet is named as the list, and no headings could be read in its first rows.",
        "Put the headings of the template above the rows.",
    ),
    "W04": OfReading(
        "A heading could mean more than one column of the list, and was not read as any.",
        "Write the heading as the template prints it.",
        Severity.QUERY,
    ),
    "W05": OfReading(
        "The list has no such column, and it was not read.",
        "Nothing to mend if it is a column of your own; if it is one of the list's, write its heading as printed.",
        Severity.NOTE,
    ),
    "W06": OfReading(
        "Two columns of the sheet have the same heading, and the first was read.",
        "Keep the column that is meant.",
        Severity.QUERY,
    ),
    "W07": OfReading(
        "The list should have this column, and the sheet lacks it.",
        "Add the column, with its heading as the template prints it; no row could be checked for it.",
    ),
    "W08": OfReading(
        "A sheet looks like the list and was not read: headings are lacking, or another sheet is the fuller one.",
        "Keep one sheet for the list, with every heading of the template.",
        Severity.QUERY,
    ),
    "W09": OfReading(
        "Cells of the sheet hold a spreadsheet error, or a formula saved without its value; they were read as blank.",
        "Mend the formulas, or paste their values, and save the workbook again.",
    ),
    "W13": OfReading(
        "Cells below the headings are merged; only the first of each holds its value, the rest were read as blank.",
        "Take the merging back, write the value into each of the cells, and save the workbook again.",
    ),
    "W15": OfReading(
        "A column names more than one authority, so the rows may be of several; they were read as of one.",
        "Keep the rows of one authority in each file, and send each authority's by itself.",
    ),
    "W12": OfReading(
        "The list is in the file and has no rows.",
        "Nothing to mend if there was nobody to put in it; if there was, cut the list again. What rests on it says so.",
        Severity.QUERY,
    ),
}
"""Codes of issues that the reader finds, before any rule. W is for the workbook, its sheets and its columns."""

OF_FILES: dict[str, OfReading] = {
    "W10": OfReading(
        "Cells stand under no heading, so that the cells of their rows may be out of step; they were left out.",
        "Look at the row: a comma within a cell needs quotation marks around the cell.",
        Severity.QUERY,
    ),
    "W11": OfReading(
        "The XML has elements or text where the schema has none; what stands in them was left out.",
        "Have the case system write the return again by the schema of its year.",
    ),
    "W14": OfReading(
        "The last row stops before its last cell, as where a file was cut short: rows may be lacking.",
        "Export the file again, see that its last row is whole, and send it anew.",
    ),
    "G24": OfReading(
        "The date is in another form than the return's, and was read as the day that it says.",
        "Write it in the return's form; a suggested mend does so, and shows each change first.",
        Severity.NOTE,
    ),
    "G25": OfReading(
        "The cell has spaces around it, small letters or a point zero, and was read as what it can only mean.",
        "Write it as the return does; a suggested mend does so, and shows each change first.",
        Severity.NOTE,
    ),
    "G26": OfReading(
        "The cell says in words or signs that there is nothing, and was read as blank.",
        "Leave the cell empty; a suggested mend does so, and shows each change first.",
        Severity.NOTE,
    ),
    "G27": OfReading(
        "The XML holds a date, code, number or blank in another form than its schema's, and it was read all the same.",
        "Write it in the schema's form before the file goes to the Department; a suggested mend does so, in a copy.",
    ),
}
"""The same of files that are no lists of Annex A."""

MENDS_OF_FILES: dict[str, str] = {
    "G06": "Write one of the values that the form allows.",
    "W02": "Nothing to mend if the file is none of the form's; if it is, put the form's own headings in its first row.",
    "W05": "Nothing to mend if it is a column of your own; if it is the form's, write its heading as the form does.",
    "W07": "Add the column, with its heading as the form writes it; no row could be looked at for it.",
}
"""How to mend what is wrong with a file of another form than Annex A, where the words above are of lists and sheets."""

CELL_CODES: dict[str, str] = {
    "code": "G06", "codes": "G06", "flag": "G06", "date": "G08", "part_date": "G08", "count": "G16", "number": "G16",
}  # fmt: skip
"""The code of a cell not understood, by the kind of its column; of every other kind it is that of a postcode."""

CELLS_NOT_UNDERSTOOD = ("G06", "G08", "G16", "G22")
"""Codes of cells that the rules took for blank."""

CELLS_OF_OTHER_FORM = ("G24", "G25", "G26", "G27")
"""Codes of cells of a return that are written otherwise than the return's, and were read all the same."""

COLUMN_LACKING = "W07"
"""The code of a column that the file lacks."""

OF_NOTES: dict[str, str] = {
    "footer": "G20",
    "joined_id": "G28",
    "ambiguous_heading": "W04",
    "extra_column": "W05",
    "double_column": "W06",
    "missing_column": "W07",
    "no_headings": "W03",
    "second_sheet": "W08",
    "error_cell": "W09",
    "formula": "W09",
    "merged": "W13",
    "cut_short": "W14",
    "several_authorities": "W15",
    "file_ignored": "W02",
    "no_heading": "W10",
    "out_of_place": "W11",
    "stray_text": "W11",
    "other_date": "G24",
    "other_form": "G25",
    "said_blank": "G26",
    "schema_form": "G27",
}
"""The code of each kind of note that is an issue whatever else it says."""

AT_A_ROW = ("W13", "W14")
"""Codes of the workbook or file that are told at a row: the first merged one, and the one that the file stops in."""

_LONGEST_HEADING = 80


def issues_of_reading(reading: Reading) -> pl.DataFrame:
    """What the reader did not understand, left out or had to interpret, as issues.

    G06 is a code that resolves to none in its list, G08 text that is no date, G16 a count or age that is no whole
    number, G22 a postcode that is none, G28 an ID read as another way to write it. What was written is not repeated
    here: it stands in the reading itself. Of a column that the list does not have, and of that alone, the file's own
    heading is named. Tables of the other forms are numbered in the order of their form, and none of them is missed: a
    return has no file where there is nothing to tell.
    """
    parts = [no_issues(), _of_cells(reading), _of_notes(reading)]
    if reading.form == "annex_a":
        parts.append(_of_lists(reading))
    number = pl.col("table").replace_strict(FORMS[reading.form].numbers(), default=None, return_dtype=pl.Int64)
    return in_order(pl.concat(parts).with_columns(number.alias("list")).unique(maintain_order=True))


def _kind() -> pl.Expr:
    kinds = {
        f"{name}.{column.name}": column.kind.value
        for name, table in TABLES_OF_ALL_FORMS.items()
        for column in table.columns
    }
    return pl.format("{}.{}", "table", "column").replace_strict(kinds, default=Kind.TEXT.value, return_dtype=pl.String)


def _fields() -> pl.Expr:
    """The guidance's heading of a column, or where the column is none of the list's, the heading as written."""
    known = {
        f"{name}.{column.name}": column.says for name, table in TABLES_OF_ALL_FORMS.items() for column in table.columns
    }
    written = pl.col("heading").str.head(_LONGEST_HEADING).fill_null("")
    return pl.format("{}.{}", "table", "column").replace_strict(known, default=written, return_dtype=pl.String)


def _severity() -> pl.Expr:
    return pl.col("rule").replace_strict(
        {code: of.severity.value for code, of in (OF_READING | OF_FILES).items()}, return_dtype=pl.String
    )


def _as_issues(frame: pl.DataFrame) -> pl.DataFrame:
    nowhere = pl.lit(None, dtype=pl.Int64)
    made = frame.with_columns(_severity().alias("severity"), _fields().alias("fields"), nowhere.alias("earlier_row"))
    return made.select(pl.col(name).cast(dtype) for name, dtype in ISSUES_SCHEMA.items())


def _of_cells(reading: Reading) -> pl.DataFrame:
    rule = _kind().replace_strict(CELL_CODES, default="G22", return_dtype=pl.String)
    return _as_issues(
        reading.unread.with_columns(
            rule.alias("rule"), pl.format("The cell was not understood. {}", pl.col("expected")).alias("says")
        )
    )


def _of_notes(reading: Reading) -> pl.DataFrame:
    """Notes that are something to look at. Columns and sheets have no row: the issue is of the list as a whole."""
    kind = pl.col("kind")
    of_code = kind.is_in(["form", "spelling"]) & (_kind() == Kind.CODE.value)
    of_day_0 = (kind == "placeholder") & pl.col("read_as").is_null()
    ignored = pl.when(pl.col("list").is_null()).then(pl.lit("W02")).otherwise(pl.lit("W08"))
    rule = (
        pl.when(of_code)
        .then(pl.lit("G07"))
        .when(of_day_0)
        .then(pl.lit("G09"))
        .when(kind == "sheet_ignored")
        .then(ignored)
        .otherwise(kind.replace_strict(OF_NOTES, default=None, return_dtype=pl.String))
    )
    told = reading.notes.with_columns(rule.alias("rule")).filter(pl.col("rule").is_not_null())
    known = {code: of.says for code, of in (OF_READING | OF_FILES).items()}
    says = pl.col("rule").replace_strict(known, return_dtype=pl.String)
    if reading.form != "annex_a":
        says = pl.col("says")  # the words of the codes are of lists and sheets; the reader of files has its own
    read_as = pl.format(
        "Written otherwise than the guidance prints it, and read as {}, in {} cells.", "read_as", "cells"
    )
    joined = pl.format("{} So it is in {} rows of the list, of which this is the first.", says, "cells")
    return _as_issues(
        told.with_columns(
            pl.when((pl.col("rule") == "G07") & read_as.is_not_null())
            .then(read_as)
            .when((pl.col("rule") == "G28") & (pl.col("cells") > 1))
            .then(joined)
            .otherwise(says)
            .alias("says"),
            pl.when(pl.col("rule").str.starts_with("G") | pl.col("rule").is_in(AT_A_ROW)).then("row").alias("row"),
        )
    )


def _of_lists(reading: Reading) -> pl.DataFrame:
    """The lists that are not in the file, and those that are and have no rows; nothing of a file without any list."""
    if not reading.found:
        return no_issues()
    empty = [name for name in reading.found if reading.tables[name].is_empty()]
    told = [("W01", name) for name in reading.missing] + [("W12", name) for name in empty]
    rows = [(code, name, None, OF_READING[code].says) for code, name in told]
    schema = {"rule": pl.String, "table": pl.String, "row": pl.Int64, "says": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    nothing, number = pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.Int64)
    return _as_issues(frame.with_columns(nothing.alias("column"), nothing.alias("heading"), number.alias("list")))
