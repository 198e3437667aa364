"""Text is written to CSV as it would be if the writer looked for what needs quotation marks itself."""

import io

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.kernel.sheet_text import quoted_for_csv, safe_for_csv

TEXTS = st.none() | st.text(alphabet="ab1,\"\r\n;=+-@\t 'é", max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.integers(0, 9)), max_size=8))
def test_quotation_marks_set_beforehand_are_those_that_the_writer_would_set(
    rows: list[tuple[str | None, str | None, int | None]],
) -> None:
    frame = pl.DataFrame(rows, schema={"child": pl.String, "message": pl.String, "row": pl.Int64}, orient="row")
    by_writer, beforehand = io.BytesIO(), io.BytesIO()
    safe_for_csv(frame).write_csv(by_writer, line_terminator="\r\n")
    quoted_for_csv(frame).write_csv(beforehand, line_terminator="\r\n", quote_style="never")
    assert beforehand.getvalue() == by_writer.getvalue()
