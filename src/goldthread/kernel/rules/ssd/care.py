"""Rules on care: episodes, placements and legal statuses that overlap or do not agree with each other."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.forms.ssd_links import PERSON
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import begins_before_last_ended, running
from goldthread.kernel.rules.ssd.need import OURS

_START, _END = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"


def _open_periods(context: Context) -> pl.Series:
    """The numbers of the periods of care that have an open episode, as one list."""

    def make() -> pl.LazyFrame:
        opened = context.tables["ssd_cla_episodes"].filter(running(context, _START, _END))
        return opened.select(pl.col("clae_cla_id").drop_nulls().unique().implode())

    return context.once("open periods of care", make)["clae_cla_id"]


def _placement_without_episode(context: Context) -> pl.Expr:
    opened = running(context, "clap_cla_placement_start_date", "clap_cla_placement_end_date")
    return opened & pl.col("clap_cla_id").is_in(_open_periods(context)).not_()


def _ended_placements(context: Context) -> pl.Series:
    def make() -> pl.LazyFrame:
        ended = context.tables["ssd_cla_placement"].filter(pl.col("clap_cla_placement_end_date") <= context.day)
        return ended.select(pl.col("clap_cla_placement_id").drop_nulls().unique().implode())

    return context.once("placements that have ended", make)["clap_cla_placement_id"]


def _episode_without_placement(context: Context) -> pl.Expr:
    return running(context, _START, _END) & pl.col("clae_cla_placement_id").is_in(_ended_placements(context))


def _grown_up(person: str, start: str, end: str) -> Fails:
    """It runs on the as-at date, and the person was 18 before that day."""

    def grown(context: Context) -> pl.LazyFrame:
        birthday = pl.col("pers_dob").dt.offset_by("18y")
        of_age = context.tables[PERSON[0]].filter(birthday < context.day)
        return of_age.select(pl.col(PERSON[1]).drop_nulls().unique().implode())

    def fails(context: Context) -> pl.Expr:
        adults = context.once("persons of 18 and older", lambda: grown(context))[PERSON[1]]
        return running(context, start, end) & pl.col(person).is_in(adults)

    return fails


RULES: tuple[Rule, ...] = (
    Rule(
        code="D40",
        says="The episode of care begins before an earlier episode of the child has ended.",
        mend="End the earlier episode on the day on which the next one began.",
        table="ssd_cla_episodes",
        fields=(_START, "clae_person_id"),
        source="SSDA903: episodes of one child follow each other",
        fails=begins_before_last_ended(("clae_person_id",), _START, _END),
    ),
    Rule(
        code="D41",
        says="The placement begins before an earlier placement of the child has ended.",
        mend="End the earlier placement; a stay elsewhere beside a placement that goes on is no placement of its own.",
        table="ssd_cla_placement",
        fields=("clap_cla_placement_start_date", "clap_person_id"),
        severity=Severity.QUERY,
        source=OURS,
        fails=begins_before_last_ended(
            ("clap_person_id",), "clap_cla_placement_start_date", "clap_cla_placement_end_date"
        ),
    ),
    Rule(
        code="D42",
        says="The legal status begins before an earlier one of the child has ended.",
        mend="End the earlier status on the day on which the next one began.",
        table="ssd_legal_status",
        fields=("lega_legal_status_start_date", "lega_person_id"),
        severity=Severity.QUERY,
        source=OURS,
        fails=begins_before_last_ended(
            ("lega_person_id",), "lega_legal_status_start_date", "lega_legal_status_end_date"
        ),
    ),
    Rule(
        code="D43",
        says="The placement is open, and the child's period of care has no open episode.",
        mend="End the placement, or open the episode again.",
        table="ssd_cla_placement",
        fields=("clap_cla_placement_end_date", "clap_cla_id"),
        across=("ssd_cla_episodes",),
        source=OURS,
        fails=_placement_without_episode,
    ),
    Rule(
        code="D44",
        says="The episode of care is open, and its placement has ended.",
        mend="Begin an episode with the placement in which the child lives now, or mend the end of the placement.",
        table="ssd_cla_episodes",
        fields=("clae_cla_placement_id", _END),
        across=("ssd_cla_placement",),
        source=OURS,
        fails=_episode_without_placement,
    ),
    Rule(
        code="D45",
        says="The episode of care has ended, and no reason is given.",
        mend="Give the reason: X1 where the next episode began on the same day.",
        table="ssd_cla_episodes",
        fields=("clae_cla_episode_ceased_reason", _END),
        source="SSDA903: an episode that ended has both a date and a reason",
        fails=lambda _: pl.col(_END).is_not_null() & pl.col("clae_cla_episode_ceased_reason").is_null(),
    ),
    Rule(
        code="D46",
        says="A reason for the end of the episode is given, and no date.",
        mend="Give the day on which the episode ended, or take the reason out.",
        table="ssd_cla_episodes",
        fields=(_END, "clae_cla_episode_ceased_reason"),
        source="SSDA903: an episode that ended has both a date and a reason",
        fails=lambda _: pl.col("clae_cla_episode_ceased_reason").is_not_null() & pl.col(_END).is_null(),
    ),
    *(
        Rule(
            code="D47",
            says="It is still open, and the person is 18 or older.",
            mend="Check the date of birth; end what ended on the eighteenth birthday.",
            table=table,
            fields=(end, person),
            across=(PERSON[0],),
            severity=Severity.QUERY,
            source="Children Act 1989: care and plans end at 18",
            fails=_grown_up(person, start, end),
        )
        for table, person, start, end in (
            ("ssd_cla_episodes", "clae_person_id", _START, _END),
            ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        )
    ),
    Rule(
        code="D48",
        says="The row gives neither a score nor a reason why there is none.",
        mend="Give the score of the questionnaire, or the reason for which there is none.",
        table="ssd_sdq_scores",
        fields=("csdq_sdq_score", "csdq_sdq_reason"),
        severity=Severity.QUERY,
        source="SSDA903: a score or a reason",
        fails=lambda _: pl.col("csdq_sdq_score").is_null() & pl.col("csdq_sdq_reason").is_null(),
    ),
    Rule(
        code="D49",
        says="A return interview was accepted, and none was offered.",
        mend="Check the record of the return.",
        table="ssd_missing",
        fields=("miss_missing_rhi_accepted", "miss_missing_rhi_offered"),
        source=OURS,
        fails=lambda _: (
            pl.col("miss_missing_rhi_accepted").is_in(("Y", "1")) & pl.col("miss_missing_rhi_offered").is_in(("N", "0"))
        ),
    ),
)
