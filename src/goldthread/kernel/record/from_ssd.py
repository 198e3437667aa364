"""The Standard Safeguarding Dataset becomes the record as it is, but for how extracts write yes and no."""

from goldthread.kernel.forms import FORMS
from goldthread.kernel.record.mapping import YES_NO, Fill, FormMapping, Take, codes, same
from goldthread.kernel.record.tables import LEFT_OUT
from goldthread.kernel.table import Column, Kind

_FLAG = "older extracts write 1 and 0"
_GENDER = "the dataset writes I where neither is meant; Goldthread writes N in every form"


def _take(column: Column) -> Take:
    if column.kind is Kind.FLAG:
        return codes(column.name, YES_NO, _FLAG)
    return codes(column.name, {"I": "N"}, _GENDER) if column.name == "pers_gender" else same(column.name)


FROM_SSD = FormMapping(
    form="ssd",
    fills=tuple(
        Fill(into=table.name, source=table.name, takes={column.name: _take(column) for column in table.columns})
        for table in FORMS["ssd"].tables
        if table.name not in LEFT_OUT
    ),
    nowhere={
        f"{table.name}.{column.name}": LEFT_OUT[table.name]
        for table in FORMS["ssd"].tables
        if table.name in LEFT_OUT
        for column in table.columns
    },
)

FROM_PRACTICE = FormMapping(
    form="practice",
    fills=tuple(
        Fill(
            into=table.name,
            source=table.name,
            takes={
                column.name: codes(column.name, YES_NO) if column.kind is Kind.FLAG else same(column.name)
                for column in table.columns
            },
        )
        for table in FORMS["practice"].tables
    ),
)
