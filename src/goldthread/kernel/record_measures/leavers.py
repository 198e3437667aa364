"""Care leavers: the measures of list 9 asked of the record, and the kinds of home that counts alone can tell."""

from dataclasses import replace

import polars as pl

from goldthread.kernel.measure import Better, Measure
from goldthread.kernel.measures import leavers

_NOT_OF_THE_RECORD = ("List 9 in the form of 2019 lacks the date.", "List 9 in the form of 2019 lacks the column.",
                      "Files in the form of 2019 have no code for apprenticeships and show none.")  # fmt: skip


def _of_record(measure: Measure) -> Measure:
    cautions = tuple(caution for caution in measure.cautions if caution not in _NOT_OF_THE_RECORD)
    return replace(
        measure,
        table="leavers",
        fields=tuple(name for name in measure.fields if name != "age"),
        cautions=cautions,
    )


def _homed(code: str, title: str, asks: str, says: str, homes: tuple[str, ...], better: Better) -> Measure:
    whole = leavers.EET_19_TO_21
    return replace(
        _of_record(whole),
        code=code,
        title=title,
        asks=asks,
        numerator=f"those {says}",
        better=better,
        fields=("accommodation", "in_touch", "born_on"),
        essential=("accommodation",),
        unknown=lambda _: pl.col("accommodation").is_null(),
        hits=lambda _: pl.col("accommodation").is_in(homes),
    )


MEASURES: tuple[Measure, ...] = (
    *(_of_record(measure) for measure in leavers.MEASURES),
    _homed(
        "CL-12", "Living with former foster carers, aged 19 to 21", "Can young people stay with their carers?",
        "living with former foster carers", ("Z",), Better.HIGH,
    ),
    _homed(
        "CL-13", "Homeless, in bed and breakfast, emergency housing or custody, aged 19 to 21",
        "How many have no home of their own?",
        "without a fixed home, in bed and breakfast, in emergency accommodation or in custody", ("S", "V", "W", "X"),
        Better.LOW,
    ),
)  # fmt: skip
