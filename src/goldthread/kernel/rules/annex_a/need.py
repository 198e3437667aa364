"""Rules on children in need (list 6)."""

import polars as pl

from goldthread.kernel.rule import Rule, Severity

RULES: tuple[Rule, ...] = (
    Rule(
        code="L601",
        says="The case has a closure date and no reason, or a reason and no date.",
        mend="Give both when the case is closed, and neither while it is open.",
        table="children_in_need",
        fields=("closed_on", "closure_reason"),
        fails=lambda _: pl.col("closed_on").is_null() != pl.col("closure_reason").is_null(),
    ),
    Rule(
        code="L602",
        says="The case has a closure date and its status is not closed, or is closed without a date.",
        mend="Closed comes first among the statuses: set the status by the closure date.",
        table="children_in_need",
        fields=("closed_on", "status"),
        fails=lambda _: pl.col("closed_on").is_null() == (pl.col("status") == "CLOSED"),
    ),
    Rule(
        code="L603",
        says="The case was closed after assessment (RC8 or RC9); such children are outside the list.",
        mend="Take the row out, unless the reason is wrong.",
        table="children_in_need",
        fields=("closure_reason",),
        severity=Severity.QUERY,
        fails=lambda _: pl.col("closure_reason").is_in(["RC8", "RC9"]),
    ),
    Rule(
        code="L604",
        says="The case was closed before it started.",
        mend="Check both dates; the start is that of the latest episode of need.",
        table="children_in_need",
        fields=("started_on", "closed_on"),
        fails=lambda _: pl.col("closed_on") < pl.col("started_on"),
    ),
    Rule(
        code="L605",
        says="The case is open, and the child was never seen, or was last seen before the episode started.",
        mend="Give the latest date on which a social worker saw the child.",
        table="children_in_need",
        fields=("last_seen_on", "started_on"),
        severity=Severity.QUERY,
        fails=lambda _: (
            pl.col("closed_on").is_null()
            & (pl.col("last_seen_on").is_null() | (pl.col("last_seen_on") < pl.col("started_on")))
        ),
    ),
    Rule(
        code="L607",
        says="The open case has no need stated (N0), or a need that is not a child's in need (N9).",
        mend="Give the child's main need as it stands now.",
        table="children_in_need",
        fields=("need", "closed_on"),
        severity=Severity.QUERY,
        fails=lambda _: ((pl.col("need") == "N0") & pl.col("closed_on").is_null()) | (pl.col("need") == "N9"),
    ),
    Rule(
        code="L608",
        says="The child has a child in need plan, and no worker is named.",
        mend="Name the allocated worker; if there is none, allocate the case.",
        table="children_in_need",
        fields=("worker", "status"),
        severity=Severity.QUERY,
        fails=lambda _: (pl.col("status") == "NEED") & pl.col("worker").is_null(),
    ),
)
