"""Rates of children in care, and their average score of strengths and difficulties."""

import polars as pl

from goldthread.kernel.amount import Amount, How
from goldthread.kernel.amounts.need import IN_YEAR, rate
from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better
from goldthread.kernel.measures.care import CLA_RELEASE, YEAR_IN_CARE
from goldthread.kernel.record_measures.care import OLDEST_SCORED, YOUNGEST_SCORED, aged
from goldthread.kernel.record_measures.moves import in_care


def _scored(context: Context) -> pl.Expr:
    return aged(YOUNGEST_SCORED, OLDEST_SCORED)(context) & pl.col("sdq_score").is_not_null()


AMOUNTS: tuple[Amount, ...] = (
    rate(
        "CLA-01", "Children in care", "How many children are in care for the size of the area?",
        "children in care on the as-at date, without short breaks", "in_care", "legal_status",
        cohort=in_care, source=CLA_RELEASE,
    ),
    rate(
        "CLA-02", "Children who came into care", "How often does a child come into care?",
        f"periods of care begun {IN_YEAR}, without short breaks", "care_begun", "legal_status",
        counted_on="started_on", cohort=in_care, source=CLA_RELEASE,
    ),
    Amount(
        code="HE-06",
        title="Strengths and difficulties score",
        asks="How is the emotional health of children in care?",
        of="the latest score of the year",
        over=f"{YEAR_IN_CARE}, aged {YOUNGEST_SCORED} to {OLDEST_SCORED}, with a score",
        how=How.AVERAGE,
        unit="points",
        better=Better.LOW,
        table="in_care",
        fields=("sdq_score", "age", "started_on", "legal_status"),
        cohort=_scored,
        value=lambda _: pl.col("sdq_score"),
        source=CLA_RELEASE,
        settled=True,
        cautions=("Read with HE-07: who has no score is not in it.",
                  "0 to 13 is called normal, 14 to 16 borderline, 17 to 40 a concern."),
    ),
)  # fmt: skip
