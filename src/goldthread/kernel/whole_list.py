"""Whole-list checks: every open child and every enquiry held against the practice record, as work lists by team.

An inspector samples; an authority need not. Each check looks at all who are due: a child whose case opened within the
time that is allowed is not due yet, and neither is a minute. Who is open, and with which team, comes from the record
(`kernel/record`); what was done comes from the practice record. A check whose file was not handed in is not run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY

Tables = Mapping[str, pl.LazyFrame]

WORK_SCHEMA: dict[str, type[pl.DataType]] = {
    "check": pl.String,
    "says": pl.String,
    "team": pl.String,
    "worker": pl.String,
    "child": pl.String,
    "since": pl.Date,
    "last": pl.Date,
    "days": pl.Int64,
    "source": pl.String,
    "row": pl.Int64,
}
"""One row for each child or enquiry to be looked at.

`since` is the day on which the case, or the enquiry, began; `last` the last time that it was done, if ever; `days` how
long ago that was, or the beginning; `source` and `row` say where the case or the enquiry stands.
"""

COUNTS_SCHEMA: dict[str, type[pl.DataType]] = {
    "check": pl.String,
    "says": pl.String,
    "due": pl.Int64,
    "not_done": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One whole-list check. `due` makes one row for each who is due, with the last day on which it was done.

    `not_done` is true of those to be looked at, whom `says` names; `in_order` names those who were due and are not
    among them. `needs` is the file of the practice record that it reads.
    """

    code: str
    says: str
    in_order: str
    needs: str
    settings: tuple[str, ...]
    due: Callable[[Tables, pl.LazyFrame, Context], pl.LazyFrame]
    not_done: Callable[[Context], pl.Expr]


@dataclass(frozen=True, slots=True)
class WholeList:
    """What the checks found: the work (WORK_SCHEMA), by team; of how many due (COUNTS_SCHEMA); which were not run."""

    work: pl.DataFrame
    counts: pl.DataFrame
    not_run: tuple[tuple[str, str], ...]


def open_cases(record: Tables, context: Context) -> pl.LazyFrame:
    """One row for each child with an episode of need, a protection plan or an episode of care open on the day.

    List 3 of Annex A does not say what became of a referral: an episode that stands there alone is not held to be open.
    """
    told = (
        ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
        ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        ("ssd_cla_episodes", "clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    )
    frames = []
    for table, child, start, end in told:
        frame = record[table]
        if table == "ssd_cin_episodes":
            frame = frame.filter(pl.col("cine_referral_nfa").ne_missing("Y"), pl.col("source") != "referrals")
        is_open = pl.col(end).is_null() | (pl.col(end) > context.day)
        begun = pl.col(start).is_null() | (pl.col(start) <= context.day)
        frames.append(
            frame.filter(pl.col(child).is_not_null() & is_open & begun).select(
                child=child, since=start, source="source", row="row"
            )
        )
    first = pl.concat(frames).sort("since", nulls_last=True, maintain_order=True)
    return first.unique("child", keep="first", maintain_order=True)


def closed_cases(record: Tables, context: Context) -> pl.LazyFrame:
    """One row for each child whose last episode of need ended in the period, and who is not open."""
    closed = pl.col("cine_close_date").is_between(context.before(context.setting("period_months")), context.day)
    frame = record["ssd_cin_episodes"].filter(closed & pl.col("cine_referral_nfa").ne_missing("Y"))
    latest = frame.sort("cine_close_date", maintain_order=True).select(
        child="cine_person_id", since="cine_referral_date", source="source", row="row"
    )
    return latest.unique("child", keep="last", maintain_order=True).join(
        open_cases(record, context), on="child", how="anti"
    )


def who_works(record: Tables, context: Context) -> pl.LazyFrame:
    """The team and the worker of each child: those of the last involvement, else of the last referral."""
    teams = record["ssd_department"].filter(pl.col("dept_team_id").is_not_null())
    teams = teams.select(key="dept_team_id", team_name="dept_team_name").unique(
        "key", keep="first", maintain_order=True
    )
    staff = record["ssd_professionals"].filter(pl.col("prof_professional_id").is_not_null())
    staff = staff.select(person="prof_professional_id", worker_name="prof_professional_name")
    staff = staff.unique("person", keep="first", maintain_order=True)
    referred = record["ssd_cin_episodes"].select(
        child="cine_person_id",
        on="cine_referral_date",
        key="cine_referral_team",
        person="cine_referral_worker_id",
        rank=pl.lit(0),
    )
    involved = record["ssd_involvements"].select(
        child="invo_person_id",
        on="invo_involvement_start_date",
        key="invo_professional_team",
        person="invo_professional_id",
        rank=pl.lit(1),
    )
    told = pl.concat([referred, involved]).filter(pl.col("key").is_not_null() | pl.col("person").is_not_null())
    told = told.filter(pl.col("on").is_null() | (pl.col("on") <= context.day))
    last = told.sort("rank", "on", nulls_last=False, maintain_order=True)
    last = last.unique("child", keep="last", maintain_order=True)
    named = last.join(teams, on="key", how="left").join(staff, on="person", how="left")
    return named.select("child", team=pl.coalesce("team_name", "key"), worker=pl.coalesce("worker_name", "person"))


def _last(practice: Tables, table: str, column: str, context: Context) -> pl.LazyFrame:
    """The last day of a file of the practice record for each child, up to the day."""
    told = practice[table].filter(pl.col(column) <= context.day)
    return told.group_by("child").agg(pl.col(column).max().alias("last"))


def _of_open(table: str, column: str, setting: str) -> Callable[[Tables, pl.LazyFrame, Context], pl.LazyFrame]:
    """Open children whose case began before the time allowed, each with the last day on which it was done."""

    def due(practice: Tables, cases: pl.LazyFrame, context: Context) -> pl.LazyFrame:
        before = pl.col("since").is_null() | (_days_ago("since", context) > context.setting(setting))
        return cases.filter(before).join(_last(practice, table, column, context), on="child", how="left")

    return due


def _days_ago(column: str, context: Context) -> pl.Expr:
    return (context.day - pl.col(column)).dt.total_days()


def _too_long(setting: str) -> Callable[[Context], pl.Expr]:
    def is_so(context: Context) -> pl.Expr:
        return pl.col("last").is_null() | (_days_ago("last", context) > context.setting(setting))

    return is_so


def _of_closed(practice: Tables, cases: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    sought = practice["practice_feedback"].filter(pl.col("sought_on") <= context.day).select("child", "sought_on")
    met = cases.join(sought, on="child", how="left", maintain_order="left")
    during = pl.when(pl.col("sought_on") >= pl.col("since")).then("sought_on").max().over("child")
    return met.with_columns(last=during).unique("child", keep="first", maintain_order=True).drop("sought_on")


def _with_discussions(practice: Tables, enquiries: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    """Enquiries, each with the nearest strategy discussion (`held_on`) and the day of its minute (`last`)."""
    told = practice["practice_discussions"].select("child", "held_on", "minuted_on")
    apart = (pl.col("held_on") - pl.col("since")).dt.total_days().abs()
    near = enquiries.join(told, on="child", how="inner", maintain_order="left").with_columns(apart=apart)
    near = near.filter(pl.col("apart") <= context.setting("discussion_days"))
    minuted = pl.when(pl.col("minuted_on") <= context.day).then("minuted_on")
    nearest = near.with_columns(last=minuted).sort("apart", "last", nulls_last=True, maintain_order=True)
    nearest = nearest.unique(["source", "row"], keep="first", maintain_order=True)
    return enquiries.join(nearest.select("source", "row", "held_on", "last"), on=["source", "row"], how="left")


def _minutes_due(practice: Tables, enquiries: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    met = _with_discussions(practice, enquiries, context)
    return met.filter(_days_ago("held_on", context) > context.setting("minute_days")).drop("held_on")


def _discussions_due(practice: Tables, enquiries: pl.LazyFrame, context: Context) -> pl.LazyFrame:
    met = _with_discussions(practice, enquiries, context).drop("last").rename({"held_on": "last"})
    return met.filter(_days_ago("since", context) > context.setting("discussion_days"))


def enquiries(record: Tables, context: Context) -> pl.LazyFrame:
    """The section 47 enquiries that began in the period, one row each."""
    begun = pl.col("s47e_s47_start_date").is_between(context.before(context.setting("period_months")), context.day)
    known = record["ssd_s47_enquiry"].filter(begun & pl.col("s47e_person_id").is_not_null())
    return known.select(child="s47e_person_id", since="s47e_s47_start_date", source="source", row="row")


def _never(_: Context) -> pl.Expr:
    return pl.col("last").is_null()


CHECKS: tuple[Check, ...] = (
    Check(
        "W01",
        "Open child without a recorded management decision in the time allowed.",
        "Open child with a management decision recorded in the time allowed.",
        "practice_decisions",
        ("decision_days",),
        _of_open("practice_decisions", "decided_on", "decision_days"),
        _too_long("decision_days"),
    ),
    Check(
        "W02",
        "Section 47 enquiry whose strategy discussion has no recorded minute.",
        "Section 47 enquiry whose strategy discussion has a recorded minute.",
        "practice_discussions",
        ("period_months", "discussion_days", "minute_days"),
        _minutes_due,
        _never,
    ),
    Check(
        "W03",
        "Section 47 enquiry of which no strategy discussion is recorded.",
        "Section 47 enquiry of which a strategy discussion is recorded.",
        "practice_discussions",
        ("period_months", "discussion_days"),
        _discussions_due,
        _never,
    ),
    Check(
        "W04",
        "Open child whose wishes and feelings were not recorded in the time allowed.",
        "Open child whose wishes and feelings were recorded in the time allowed.",
        "practice_wishes",
        ("wishes_days",),
        _of_open("practice_wishes", "recorded_on", "wishes_days"),
        _too_long("wishes_days"),
    ),
    Check(
        "W05",
        "Open case whose family was not asked for feedback in the time allowed.",
        "Open case whose family was asked for feedback in the time allowed.",
        "practice_feedback",
        ("feedback_days",),
        _of_open("practice_feedback", "sought_on", "feedback_days"),
        _too_long("feedback_days"),
    ),
    Check(
        "W06",
        "Case closed in the period whose family was never asked for feedback.",
        "Case closed in the period whose family was asked for feedback.",
        "practice_feedback",
        ("period_months",),
        _of_closed,
        _never,
    ),
)


def check_whole_lists(record: Tables, practice: Tables, context: Context) -> WholeList:
    """Every check whose file of the practice record is there. `practice` holds only the files that were handed in."""
    about = {"W02": enquiries, "W03": enquiries, "W06": closed_cases}
    runnable = [check for check in CHECKS if check.needs in practice]
    who = who_works(record, context)
    frames = []
    for check in runnable:
        cases = about.get(check.code, open_cases)(record, context)
        due = check.due(practice, cases, context).with_columns(not_done=check.not_done(context))
        frames.append(due.join(who, on="child", how="left", maintain_order="left"))
    counts, parts = [], [pl.DataFrame(schema=WORK_SCHEMA)]
    for check, frame in zip(runnable, pl.collect_all(frames, engine=IN_MEMORY), strict=True):
        not_done = frame.filter(pl.col("not_done"))
        counts.append((check.code, check.says, frame.height, not_done.height))
        parts.append(_told(check, not_done, context))
    return WholeList(
        pl.concat(parts).sort("team", "check", "since", "child", nulls_last=True),
        pl.DataFrame(counts, schema=COUNTS_SCHEMA, orient="row"),
        tuple((check.code, f"{check.needs} was not handed in") for check in CHECKS if check.needs not in practice),
    )


def _told(check: Check, rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    since = pl.coalesce("last", "since")
    told = rows.with_columns(
        check=pl.lit(check.code), says=pl.lit(check.says), days=(context.day - since).dt.total_days()
    )
    return told.select(pl.col(name).cast(dtype) for name, dtype in WORK_SCHEMA.items())
