"""Rules across snapshots: what a list said of a child before, held against what it says now.

They run where the submission before this one is at hand. `row` is the row now, and `earlier_row` the row then; an
issue without a row now is about somebody or something that is gone. A date or count that changed is not wrong in
itself: the earlier one may have been. So every one of these is a query.
"""

from datetime import date

import polars as pl

from goldthread.kernel.context import Context, Earlier
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.in_common import SPELLS
from goldthread.kernel.rule import Finds, Rule, Severity
from goldthread.kernel.rules.annex_a.identity import NOT_STATED
from goldthread.kernel.tables import TABLES

SOURCE = "Two submissions of one authority, held against each other; not in the guidance"

ENDS: dict[str, tuple[str, str]] = {**SPELLS, "early_help": ("started_on", "completed_on")}
"""The same, with early help, of which nobody says that it must stay in the list."""

EVENTS: dict[str, str] = {"contacts": "contacted_on", "referrals": "referred_on", "section_47": "strategy_on"}
"""Lists of events, with the column of the day."""

LEAVES_AT = 25
"""The age at which the duties to a care leaver end."""


def _before(context: Context) -> Earlier:
    if context.earlier is None:
        raise ValueError("there is no earlier submission to compare with")
    return context.earlier


def _both(context: Context, table: str) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The list now and the list before, rows without a child left out."""
    known = pl.col("child").is_not_null()
    return context.tables[table].filter(known), _before(context).tables[table].filter(known)


def _was_open(context: Context, table: str) -> pl.Expr:
    """Whether a row of the earlier list was running on its day."""
    day = pl.lit(_before(context).as_at)
    start, end = SPELLS[table]
    return (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) > day))


def _restarted(context: Context, table: str) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Spells that ran before and are not there now under their start, and spells now that should have been there then.

    A spell now that began after the earlier day is a new one, and says nothing of the one before.
    """
    now, then = _both(context, table)
    start, _ = SPELLS[table]
    lost = then.filter(_was_open(context, table)).join(now, on=["child", start], how="anti")
    new = now.filter(pl.col(start) <= pl.lit(_before(context).as_at)).join(then, on=["child", start], how="anti")
    return lost.select("child", pl.col("row").alias("earlier_row")), new.select("child", "row")


def _start_moved(table: str) -> Finds:
    def find(context: Context) -> pl.LazyFrame:
        lost, new = _restarted(context, table)
        pairs = new.join(lost.unique("child", keep="first", maintain_order=True), on="child")
        return pairs.select(pl.lit(table).alias("table"), "row", "earlier_row")

    return find


def _within_period(context: Context) -> bool:
    """Whether whoever was open on the earlier day must still be in the lists, as open or as closed since."""
    opens: date = pl.select(context.before(context.setting("period_months"))).item()
    return _before(context).as_at >= opens


def _gone(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    nowhere = pl.lit(None, dtype=pl.Int64).alias("row")
    return rows.select(pl.lit(table).alias("table"), nowhere, "earlier_row")


def _vanished(table: str) -> Finds:
    """Open before, and now neither open nor closed: the child, or of assessments the assessment, is not there."""

    def find(context: Context) -> pl.LazyFrame:
        lost, new = _restarted(context, table)
        now, _ = _both(context, table)
        absent = lost.join(new if table == "assessments" else now, on="child", how="anti")
        return _gone(table, absent.filter(pl.lit(_within_period(context))))

    return find


def _leaver_vanished(context: Context) -> pl.LazyFrame:
    now, then = _both(context, "care_leavers")
    owed = (pl.col("born_on").dt.offset_by(f"{LEAVES_AT}y") > context.day).fill_null(True)
    died = (pl.col("in_touch") == "DIED").fill_null(False)
    absent = then.filter(owed & died.not_()).join(now, on="child", how="anti")
    return _gone("care_leavers", absent.select("child", pl.col("row").alias("earlier_row")))


def _end_changed(table: str) -> Finds:
    def find(context: Context) -> pl.LazyFrame:
        now, then = _both(context, table)
        start, end = ENDS[table]
        ended = then.filter(pl.col(end).is_not_null()).select(
            "child", start, pl.col(end).alias("earlier_end"), pl.col("row").alias("earlier_row")
        )
        # Where a child has two spells of one start, either may be the one that ended.
        pairs = now.join(ended.unique(["child", start], keep="first", maintain_order=True), on=["child", start])
        same = ended.select("child", start, "earlier_end").rename({"earlier_end": end})
        changed = pairs.join(same, on=["child", start, end], how="anti")
        return changed.select(pl.lit(table).alias("table"), "row", "earlier_row")

    return find


def _everyone(tables: dict[str, pl.LazyFrame], *columns: str) -> pl.LazyFrame:
    """The rows of every list of children, one below the other, with the columns asked for."""
    return pl.concat(
        tables[name].select(
            pl.lit(name).alias("table"), pl.lit(TABLES[name].number).alias("number"), "row", "child", *columns
        )
        for name in CHILD_LISTS
        if name in tables
    ).filter(pl.col("child").is_not_null())


def _person_changed(column: str) -> Finds:
    """The first row of each child of whom another value is told than any told before."""

    def find(context: Context) -> pl.LazyFrame:
        earlier = _before(context)
        told = pl.col(column).is_not_null() & pl.col(column).is_in(NOT_STATED.get(column, ())).not_()
        if column == "born_on":
            told = pl.col(column).is_not_null()
        then = _everyone(dict(earlier.tables), column).filter(told)
        if column == "born_on":
            # The date of a child who was not yet born was an expected one.
            then = then.filter(pl.col(column) <= pl.lit(earlier.as_at))
        now = _everyone(dict(context.tables), column).filter(told)
        known = then.sort("number", "row").unique("child", keep="first", maintain_order=True)
        other = now.join(then, on=["child", column], how="anti")
        first = other.sort("number", "row").unique("child", keep="first", maintain_order=True)
        pairs = first.join(known.select("child", pl.col("row").alias("earlier_row")), on="child")
        return pairs.select("table", "row", "earlier_row")

    return find


def _fewer_plans(context: Context) -> pl.LazyFrame:
    now, then = _both(context, "protection_plans")
    before = then.group_by("child").agg(
        pl.col("previous_plans").max().alias("before"), pl.col("row").first().alias("earlier_row")
    )
    fewer = now.join(before, on="child").filter(pl.col("previous_plans") < pl.col("before"))
    return fewer.select(pl.lit("protection_plans").alias("table"), "row", "earlier_row")


def _event_lost(table: str) -> Finds:
    """Events that this list should still hold, for its period reaches back to them."""

    def find(context: Context) -> pl.LazyFrame:
        now, then = _both(context, table)
        on = EVENTS[table]
        covered = then.filter(
            (pl.col(on) >= context.before(context.setting("period_months"))) & (pl.col(on) <= _before(context).as_at)
        )
        return _gone(table, covered.join(now, on=["child", on], how="anti").with_columns(earlier_row=pl.col("row")))

    return find


def _event_late(table: str) -> Finds:
    """Events that the earlier list should have held already, and that cannot have been waiting to be put in."""

    def find(context: Context) -> pl.LazyFrame:
        now, then = _both(context, table)
        earlier, on = _before(context), EVENTS[table]
        opened = pl.lit(earlier.as_at).dt.offset_by(f"-{context.setting('period_months')}mo")
        waited = context.working_days(pl.col(on), pl.lit(earlier.as_at)) > context.setting("late_entry_days")
        late = now.filter((pl.col(on) >= opened) & waited).join(then, on=["child", on], how="anti")
        return late.select(pl.lit(table).alias("table"), "row")

    return find


def _rule(
    code: str, says: str, mend: str, table: str, fields: tuple[str, ...], compares: Finds, *settings: str
) -> Rule:
    return Rule(
        code=code,
        says=says,
        mend=mend,
        table=table,
        fields=fields,
        severity=Severity.QUERY,
        source=SOURCE,
        settings=settings,
        anywhere=code == "S04",
        compares=compares,
    )


RULES: tuple[Rule, ...] = (
    *(
        _rule(
            "S01",
            "The start was another day in the earlier submission, though it is the same case.",
            "Find the right start in the record; a start that moves shortens or stretches every time counted from it.",
            table,
            ("child", SPELLS[table][0]),
            _start_moved(table),
        )
        for table in SPELLS
    ),
    *(
        _rule(
            "S02",
            "The case was open in the earlier submission, and now stands in the list neither open nor closed.",
            "Look the child up: the case may be closed and left out, or have lost a join in the query.",
            table,
            ("child",),
            _vanished(table),
            "period_months",
        )
        for table in SPELLS
    ),
    _rule(
        "S02",
        "The young person stood in the earlier list, is not yet 25, and is not in the list now.",
        "Look the young person up: support may have ended, and if it did the record should say why.",
        "care_leavers",
        ("child",),
        _leaver_vanished,
    ),
    *(
        _rule(
            "S03",
            "The end that the earlier submission gave is gone, or is another day now.",
            "Check whether the case was opened again; a new episode has a start of its own.",
            table,
            ("child", ENDS[table][1]),
            _end_changed(table),
        )
        for table in ENDS
    ),
    *(
        _rule(
            "S04",
            "The child had another birth date, gender or ethnicity in the earlier submission.",
            "Check which is right; a correction is welcome, and an ID given to another child is not.",
            "contacts",
            ("child", column),
            _person_changed(column),
        )
        for column in ("born_on", "gender", "ethnicity")
    ),
    _rule(
        "S05",
        "The number of earlier plans is lower than it was, and such a number can only grow.",
        "Count the child's earlier plans again, in any authority.",
        "protection_plans",
        ("child", "previous_plans"),
        _fewer_plans,
    ),
    *(
        _rule(
            "S06",
            "The earlier submission had this event, this one covers its day, and it is gone.",
            "Check whether it was deleted or dated anew, or given to another child's ID.",
            table,
            ("child", on),
            _event_lost(table),
            "period_months",
        )
        for table, on in EVENTS.items()
    ),
    *(
        _rule(
            "S07",
            "The earlier submission covered the day of this event and did not have it: it was put in late.",
            "Nothing to mend if the day is right; ask why it took so long to be recorded.",
            table,
            (on, "child"),
            _event_late(table),
            "late_entry_days",
            "period_months",
        )
        for table, on in EVENTS.items()
    ),
)
