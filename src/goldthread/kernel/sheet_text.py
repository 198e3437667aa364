"""Text made safe for a spreadsheet that opens a CSV: nothing that came from a file may become a formula there."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_NEVER_FIRST = ("\t", "\r", "\n", "\0")
_HARMLESS = "^[0-9A-Za-z]"
"""How nearly every text begins; whatever begins otherwise is looked at letter by letter."""


def csv_text(value: str) -> str:
    """Text made safe for a spreadsheet that opens a CSV: what could be taken for a formula gets an apostrophe first.

    Spaces and control characters in front do not hide a formula from a spreadsheet, so they do not hide it here.
    """
    if value[:1].isalnum():
        return value
    first = next((character for character in value if unicodedata.category(character)[0] not in "CZ"), "")
    if first in _FORMULA_STARTS or value.startswith(_NEVER_FIRST):
        return "'" + value
    return value


def safe_for_csv(frame: "pl.DataFrame") -> "pl.DataFrame":
    """The frame with every text and heading made safe by `csv_text`, and empty text as no text."""
    import polars as pl

    safe = []
    for name in (name for name, kind in frame.schema.items() if kind == pl.String):
        # A column of issues says few things many times: each is looked at once.
        odd = frame[name].filter(~frame[name].str.contains(_HARMLESS)).unique()
        spoilt = {value: csv_text(value) or None for value in odd}
        changed = {value: written for value, written in spoilt.items() if value != written}
        if changed:
            safe.append(pl.col(name).replace_strict(changed, default=pl.col(name), return_dtype=pl.String))
    return frame.with_columns(safe).rename(csv_text)


_QUOTED = '[",\r\n]'
"""What a cell of a CSV may hold only between quotation marks."""


_PLAIN = '^[0-9A-Za-z][^",\r\n]*$'
"""A text that is written as it is: no formula, and no need of quotation marks."""


def quoted_for_csv(frame: "pl.DataFrame") -> "pl.DataFrame":
    """The same with the quotation marks that CSV asks for set already, to be written without looking for more.

    What many rows say is looked at once then, and not once a row.
    """
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    plain = frame.select(pl.col(texts).str.contains(_PLAIN).all()).row(0) if texts else ()
    if all(plain):
        return frame.rename(csv_text)
    safe = safe_for_csv(frame)
    texts = [name for name, kind in safe.schema.items() if kind == pl.String]
    odd = safe.select(pl.col(texts).str.contains(_QUOTED).any()).row(0) if texts else ()
    quoted = (pl.format('"{}"', pl.col(name).str.replace_all('"', '""', literal=True)).alias(name) for name in texts)
    return safe.with_columns(
        pl.when(pl.col(name).str.contains(_QUOTED)).then(one).otherwise(name)
        for name, one, any_odd in zip(texts, quoted, odd, strict=True)
        if any_odd
    )
