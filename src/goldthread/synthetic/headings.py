"""The official titles and headings of the lists, to the letter, trailing spaces and curly quotes included.

Source: Ofsted's Annex A template, August 2019; the four columns that later files add to list 9 are marked `newer`.
"""

from goldthread.kernel.table import Column, Table

TITLES = {
    1: "List 1: Contacts",
    2: "List 2: Early Help",
    3: "List 3: Referral",
    4: "List 4: Assessments",
    5: "List 5: Section 47 enquiries and Initial Child Protection Conferences",
    6: "List 6: Children in Need",
    7: "List 7: Child protection",
    8: "List 8: Children in care",
    9: "List 9: Care leavers",
    10: "List 10: Adoption",
    11: "List 11: Adopters",
}

# Where the template prints a heading otherwise than the canonical tables say it.
_AS_PRINTED = {
    (4, "needs_support"): "Was the child assessed as requiring LA children’s social care support",
    (8, "ceased_on"): "Date Ceased to be Looked After ",
    (8, "missing_in_year"): (
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months"
    ),
    (8, "absent_in_year"): "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    (9, "in_touch"): "LA In Touch ",
    (10, "adopted_on"): "Date of Adoption Order ",
}


def heading(table: Table, column: Column) -> str:
    """The heading of a column as the template prints it."""
    return _AS_PRINTED.get((table.number, column.name), column.says)


def columns_of(table: Table, list_9: str) -> list[Column]:
    """The columns of a list in a form of the workbook: 'old' leaves out what later files added."""
    return [column for column in table.columns if list_9 == "new" or not column.newer]
