"""Whose each row is: the team and worker that stand in it, or that work with its child.

Lists of Annex A name both in their own columns. The dataset names them by number in some tables; elsewhere the row is
that of the worker whose involvement with the child runs, or ran last. The social worker of SSDA903 is a number too.
"""

from collections.abc import Mapping

import polars as pl

from goldthread.kernel.forms.ssd_links import TABLES_WITH_PERSON

STAFF_SCHEMA: dict[str, type[pl.DataType]] = {
    "table": pl.String, "row": pl.Int64, "team": pl.String, "worker": pl.String,
}  # fmt: skip

STAFF_COLUMNS: dict[str, tuple[str | None, str | None]] = {
    "ssd_early_help_episodes": (None, "earl_episode_worker_id"),
    "ssd_cin_episodes": ("cine_referral_team", "cine_referral_worker_id"),
    "ssd_cin_assessments": ("cina_assessment_team", "cina_assessment_worker_id"),
    "ssd_cin_plans": ("cinp_cin_plan_team", "cinp_cin_plan_worker_id"),
    "ssd_s47_enquiry": ("s47e_s47_completed_by_team", "s47e_s47_completed_by_worker_id"),
    "ssd_initial_cp_conference": ("icpc_icpc_team", "icpc_icpc_worker_id"),
    "ssd_care_leavers": ("clea_care_leaver_allocated_team", "clea_care_leaver_worker_id"),
    "ssd_involvements": ("invo_professional_team", "invo_professional_id"),
    "cla_sw_episodes": (None, "sw_id"),
}
"""The columns that name a row's team and worker, in forms whose columns have other names than these."""


def staff_of(tables: Mapping[str, pl.DataFrame], wanted: frozenset[str] | None = None) -> pl.DataFrame:
    """Team and worker of each row of the tables, or of those wanted; rows of which neither is known are left out."""
    parts = [pl.DataFrame(schema=STAFF_SCHEMA)]
    involved = _involved(tables)
    for name, frame in tables.items():
        if wanted is not None and name not in wanted:
            continue
        if "team" in frame.columns:
            worker = pl.coalesce("worker", "adviser") if "adviser" in frame.columns else pl.col("worker")
            parts.append(frame.select(pl.lit(name).alias("table"), "row", "team", worker.alias("worker")))
        elif name in STAFF_COLUMNS:
            parts.append(_named(_in_row(name, frame), tables))
        elif involved is not None and name in TABLES_WITH_PERSON:
            whose = frame.select("row", pl.col(TABLES_WITH_PERSON[name]).alias("person"))
            joined = whose.join(involved, on="person", maintain_order="left")
            parts.append(_named(joined.select(pl.lit(name).alias("table"), "row", "team", "worker"), tables))
    return pl.concat(parts).unique(["table", "row"], keep="first", maintain_order=True)


def _in_row(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    team, worker = (nothing if column is None else pl.col(column) for column in STAFF_COLUMNS[name])
    return frame.select(pl.lit(name).alias("table"), "row", team.alias("team"), worker.alias("worker"))


def _involved(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
    """Who works with each person, or did last: person, team, worker."""
    involvements = tables.get("ssd_involvements")
    if involvements is None or involvements.is_empty():
        return None
    latest = involvements.drop_nulls("invo_person_id").sort(
        pl.col("invo_involvement_end_date").fill_null(pl.date(9999, 12, 31)), "invo_involvement_start_date", "row",
        nulls_last=False,
    )  # fmt: skip
    return latest.unique("invo_person_id", keep="last").select(
        pl.col("invo_person_id").alias("person"),
        pl.col("invo_professional_team").alias("team"),
        pl.col("invo_professional_id").alias("worker"),
    )


def _named(staff: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Teams and workers by their names, where the dataset gives one to the number."""
    for column, table, number, name in (
        ("team", "ssd_department", "dept_team_id", "dept_team_name"),
        ("worker", "ssd_professionals", "prof_professional_id", "prof_professional_name"),
    ):
        if table in tables:
            known = tables[table].select(number, name).drop_nulls().unique(number, keep="first")
            staff = staff.with_columns(pl.col(column).replace(known[number], known[name]))
    return staff
