"""Rows of more than one authority in one file: seen by a column that the list or return has not, and systems add.

No list of Annex A and no table of a return says whose row it is, for a file is of one authority. Extracts for a region
have a column of authorities in front; one such file read as one authority's would mix the children of several.
"""

import polars as pl

from goldthread.readers.code_matching import matcher
from goldthread.readers.spelling import plain

_HEADINGS = frozenset(
    ["la", "las", "lea", "council", "authority", "authority name", "authority code", "la name", "la code", "la number",
     "local authority", "local authority name", "local authority code", "responsible authority", "responsible la",
     "submitting authority", "submitting la"]
)  # fmt: skip
_MOST_LOOKED_AT = 500
"""So many different values of a column are looked at: a column of authorities has hardly more than 150."""

SAYS = "The column names more than one authority, so the rows may be of several; they were read as of one."


def names_whose_rows(heading: str) -> bool:
    """Whether a heading is one under which extracts write the authority that a row is of."""
    return plain(heading) in _HEADINGS


def several(cells: pl.Series) -> bool:
    """Whether a column's cells name two authorities or more, whichever way they are written: 301 is Barking."""
    written = cells.drop_nulls().str.strip_chars().unique(maintain_order=True).head(_MOST_LOOKED_AT)
    read = matcher("authority").understand
    return len({code for one in written.to_list() if (code := read(one).code) is not None}) > 1
