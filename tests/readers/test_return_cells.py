"""Cells of a return that are made capitals and rid of point zeros: what is looked for first changes no answer."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from goldthread.kernel.table import Column, Kind
from goldthread.readers.return_cells import _at_once, _odd

_SIGNS = st.text(alphabet="aB0.9- ,ß\t\u00a0\n", max_size=8)
_KINDS = st.sampled_from([Kind.CODE, Kind.FLAG, Kind.TEXT, Kind.POSTCODE, Kind.CODES])


@given(st.lists(st.one_of(st.none(), _SIGNS, st.just("12.0"), st.just("AB1  2CD")), max_size=6), _KINDS)
def test_what_is_not_there_need_not_be_replaced(cells: list[str | None], kind: Kind) -> None:
    column = Column("some_id", "Some ID", kind)
    raw = pl.DataFrame({"some_id": pl.Series(cells, dtype=pl.String)})
    looked = raw.select(_at_once(column, odd=column.name in _odd(raw, [column])))
    assert looked.equals(raw.select(_at_once(column, odd=True)))
