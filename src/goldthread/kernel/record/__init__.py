"""The record: one model of a child's history, whichever form it was handed in as.

Its tables and names are those of the Standard Safeguarding Dataset (`tables.py`, with what the dataset has no place
for). Each form has a mapping, declared as data; `record_of` makes the record of a reading by it.
"""

from collections.abc import Mapping

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.reading import Reading
from goldthread.kernel.record.engine import make_record
from goldthread.kernel.record.from_annex_a import FROM_ANNEX_A
from goldthread.kernel.record.from_cin import FROM_CIN
from goldthread.kernel.record.from_ssd import FROM_PRACTICE, FROM_SSD
from goldthread.kernel.record.from_ssda903 import FROM_SSDA903
from goldthread.kernel.record.mapping import FormMapping

MAPPINGS: dict[str, FormMapping] = {
    mapping.form: mapping for mapping in (FROM_ANNEX_A, FROM_SSDA903, FROM_CIN, FROM_SSD, FROM_PRACTICE)
}
"""The mapping of every form."""

if MAPPINGS.keys() != FORMS.keys():
    raise ValueError("a form has no mapping into the record")


def record_of(reading: Reading) -> Mapping[str, pl.LazyFrame]:
    """Every table of the record, of the tables that were handed in."""
    handed_in = {name: reading.tables[name].lazy() for name in reading.found}
    return make_record(MAPPINGS[reading.form], handed_in)
