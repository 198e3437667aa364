"""Rules on dates: ends before it starts, lies ahead, lies before birth or after death, stands for none."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.forms.ssd_links import PERSON, TABLES_WITH_PERSON
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import columns_of, ends_before_start, lies_ahead, placeholder
from goldthread.kernel.table import Kind, Privacy


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


PAIRS: tuple[tuple[str, str, str], ...] = tuple(
    tuple(line.split())  # type: ignore[misc]
    for line in """
    ssd_linked_identifiers link_valid_from_date link_valid_to_date
    ssd_address addr_address_start_date addr_address_end_date
    ssd_immigration_status immi_immigration_status_start_date immi_immigration_status_end_date
    ssd_legal_status lega_legal_status_start_date lega_legal_status_end_date
    ssd_early_help_episodes earl_episode_start_date earl_episode_end_date
    ssd_cin_episodes cine_referral_date cine_close_date
    ssd_cin_assessments cina_assessment_start_date cina_assessment_auth_date
    ssd_cin_plans cinp_cin_plan_start_date cinp_cin_plan_end_date
    ssd_s47_enquiry s47e_s47_start_date s47e_s47_end_date
    ssd_cp_plans cppl_cp_plan_start_date cppl_cp_plan_end_date
    ssd_cla_episodes clae_cla_episode_start_date clae_cla_episode_ceased_date
    ssd_cla_episodes clae_entered_care_date clae_cla_episode_start_date
    ssd_cla_placement clap_cla_placement_start_date clap_cla_placement_end_date
    ssd_cla_care_plan lacp_cla_care_plan_start_date lacp_cla_care_plan_end_date
    ssd_missing miss_missing_episode_start_date miss_missing_episode_end_date
    ssd_permanence perm_matched_date perm_placed_for_adoption_date
    ssd_permanence perm_placed_for_adoption_date perm_permanence_order_date
    ssd_ehcp_requests ehcr_ehcp_req_date ehcr_ehcp_req_outcome_date
    ssd_ehcp_named_plan ehcn_named_plan_start_date ehcn_named_plan_ceased_date
    ssd_involvements invo_involvement_start_date invo_involvement_end_date
    ssd_pre_proceedings prep_pre_pro_decision_date prep_agree_stepdown_issue_date
    """.strip().splitlines()
)
"""Every two dates of a row of which one cannot come before the other: table, first, then."""

MAY_LIE_AHEAD = _names("""
    pers_expected_dob link_valid_to_date immi_immigration_status_end_date icpc_icpc_target_date cppr_cp_review_due
    clar_cla_review_due_date clea_pathway_plan_review_date lacp_cla_care_plan_end_date
""")
"""Dates that are planned, due, or valid until."""

OF_THE_EXTRACT = frozenset({"ssd_version_log", "ssd_api_data_staging"})
"""Tables that tell of the extract itself, and of nobody's life."""

STRICTLY_AFTER_BIRTH = _names("""
    ssd_legal_status ssd_cla_episodes ssd_cla_placement ssd_cla_visits ssd_cla_health
    ssd_cla_immunisations ssd_cla_convictions ssd_cla_substance_misuse ssd_sdq_scores ssd_missing ssd_permanence
    ssd_care_leavers
""")
"""Tables of what nobody lives through before birth."""

FROM_PREGNANCY_ON = _names("""
    ssd_contacts ssd_early_help_episodes ssd_cin_episodes ssd_cin_assessments ssd_cin_plans ssd_s47_enquiry
    ssd_initial_cp_conference ssd_cp_plans ssd_cp_reviews ssd_cin_visits ssd_cp_visits
""")
"""Tables of what may begin, and of visits that may be made, while the child is not yet born."""

HAPPENINGS = tuple(
    (table, column)
    for table, column in columns_of("ssd", Kind.DATE)
    if table.name not in OF_THE_EXTRACT and column.name not in MAY_LIE_AHEAD
)

_IN_LIFE = tuple(
    (table.name, column.name)
    for table, column in HAPPENINGS
    if table.name in STRICTLY_AFTER_BIRTH | FROM_PREGNANCY_ON and column.privacy is Privacy.CASE
)

_SEEN = (
    ("ssd_cin_visits", "cinv_cin_visit_date"),
    ("ssd_cp_visits", "cppv_cp_visit_date"),
    ("ssd_cla_visits", "clav_cla_visit_date"),
    ("ssd_contacts", "cont_contact_date"),
)


def _of_person(context: Context, table: str, day: str) -> pl.Expr:
    """A date of the person whose row it is: of birth, or of death."""

    def make() -> pl.LazyFrame:
        return context.tables[PERSON[0]].select(PERSON[1], day).drop_nulls().unique(PERSON[1], keep="none")

    told = context.once(f"{day} of persons", make)
    return pl.col(TABLES_WITH_PERSON[table]).replace_strict(
        told[PERSON[1]], told[day], default=None, return_dtype=pl.Date
    )


def _before_birth(table: str, column: str) -> Fails:
    if table in STRICTLY_AFTER_BIRTH:
        return lambda context: pl.col(column) < _of_person(context, table, "pers_dob")
    return lambda context: (
        pl.col(column) < _of_person(context, table, "pers_dob") - pl.duration(days=context.setting("unborn_days"))
    )


def _after_death(table: str, column: str) -> Fails:
    return lambda context: pl.col(column) > _of_person(context, table, "pers_death_date")


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="D20",
            says=f"{end} lies before {start}.",
            mend="Check both dates against the record: day and month may have changed places, or the year be wrong.",
            table=table,
            fields=(end, start),
            source="Our own; nothing ends before it starts",
            fails=ends_before_start(start, end),
        )
        for table, start, end in PAIRS
    ),
    *(
        Rule(
            code="D21",
            says="The date lies after the day of the extract, and the dataset holds what has happened.",
            mend="Check the year and the order of day and month; leave the cell blank if it is only planned.",
            table=table.name,
            fields=(column.name,),
            source="Our own; planned and due dates have columns of their own",
            fails=lies_ahead(column.name),
        )
        for table, column in HAPPENINGS
    ),
    *(
        Rule(
            code="D22",
            says="The date lies before the person's birth (by more than a pregnancy, where an unborn child may stand).",
            mend="Check both dates; for a child not yet born give the expected date in its own column.",
            table=table,
            fields=(column,),
            across=(PERSON[0],),
            settings=("unborn_days",) if table in FROM_PREGNANCY_ON else (),
            source="Our own",
            fails=_before_birth(table, column),
        )
        for table, column in _IN_LIFE
    ),
    *(
        Rule(
            code="D23",
            says="The visit or contact is dated after the person's death.",
            mend="Check both dates, and whose row it is.",
            table=table,
            fields=(column,),
            across=(PERSON[0],),
            severity=Severity.QUERY,
            source="Our own",
            fails=_after_death(table, column),
        )
        for table, column in _SEEN
    ),
    *(
        Rule(
            code="D24",
            says="The date is one that systems write where none is known, such as 1 January 1900.",
            mend="Leave the cell blank where no date is known, or give the right one.",
            table=table.name,
            fields=(column.name,),
            severity=Severity.QUERY,
            source="Practice of data teams",
            fails=placeholder(column.name),
        )
        for table, column in columns_of("ssd", Kind.DATE)
        if table.name not in OF_THE_EXTRACT
    ),
)
