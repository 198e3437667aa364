"""Which column of the dataset points at which: the foreign keys of its specification.

Two of the specification name columns that do not exist, and one points from a person at an episode; they are put right
here. Where many rows of the other table may hold the value, as persons of episodes do, the link says only that there
should be one.
"""

from typing import NamedTuple

from goldthread.kernel.forms.ssd import SSD_TABLES

PERSON = ("ssd_person", "pers_person_id")


class Link(NamedTuple):
    """A column of one table, and the column of another that should hold its value."""

    table: str
    column: str
    parent: str
    parent_column: str


def _links(parent: str, written: str) -> tuple[Link, ...]:
    table, column = parent.split(".")
    pairs = (each.split(".") for each in written.split())
    return tuple(Link(child, name, table, column) for child, name in pairs)


PERSONS: tuple[Link, ...] = tuple(
    Link(table.name, column.name, *PERSON)
    for table in SSD_TABLES
    if table.name != PERSON[0]
    for column in table.columns
    if column.name.endswith("person_id")
)
"""Every column that says whose row it is; the specification names 22 of them."""

EVENTS: tuple[Link, ...] = (
    *_links("ssd_cin_episodes.cine_referral_id", """
        ssd_cin_assessments.cina_referral_id ssd_cin_plans.cinp_referral_id ssd_s47_enquiry.s47e_referral_id
        ssd_initial_cp_conference.icpc_referral_id
    """),
    *_links("ssd_cin_assessments.cina_assessment_id", "ssd_assessment_factors.cinf_assessment_id"),
    *_links("ssd_s47_enquiry.s47e_s47_enquiry_id", "ssd_initial_cp_conference.icpc_s47_enquiry_id"),
    *_links("ssd_initial_cp_conference.icpc_icpc_id", "ssd_cp_plans.cppl_icpc_id"),
    *_links("ssd_cp_plans.cppl_cp_plan_id", "ssd_cp_reviews.cppr_cp_plan_id"),
    *_links("ssd_cla_placement.clap_cla_placement_id", """
        ssd_cla_episodes.clae_cla_placement_id ssd_s251_finance.s251_cla_placement_id
    """),
    *_links("ssd_cla_episodes.clae_cla_id", "ssd_cla_placement.clap_cla_id ssd_cla_reviews.clar_cla_id"),
    *_links("ssd_send.send_table_id", "ssd_ehcp_requests.ehcr_send_table_id"),
    *_links("ssd_ehcp_requests.ehcr_ehcp_request_id", """
        ssd_ehcp_assessment.ehca_ehcp_request_id ssd_ehcp_active_plans.ehcp_ehcp_request_id
    """),
    *_links("ssd_ehcp_assessment.ehca_ehcp_assessment_id", "ssd_ehcp_named_plan.ehcn_ehcp_asmt_id"),
    *_links("ssd_ehcp_active_plans.ehcp_active_ehcp_id", "ssd_sen_need.senn_active_ehcp_id"),
)  # fmt: skip
"""Columns that name one row of another table by its number."""

CARED_FOR: tuple[Link, ...] = (
    *_links("ssd_cin_episodes.cine_person_id", "ssd_cin_visits.cinv_person_id"),
    *_links("ssd_cp_plans.cppl_person_id", "ssd_cp_visits.cppv_person_id ssd_cp_reviews.cppr_person_id"),
    *_links("ssd_cla_episodes.clae_person_id", """
        ssd_cla_convictions.clac_person_id ssd_cla_health.clah_person_id ssd_cla_immunisations.clai_person_id
        ssd_cla_substance_misuse.clas_person_id ssd_cla_visits.clav_person_id
        ssd_cla_previous_permanence.lapp_person_id ssd_cla_care_plan.lacp_person_id ssd_sdq_scores.csdq_person_id
        ssd_permanence.perm_person_id
    """),
)  # fmt: skip
"""Persons who should have a row in the table of the service that the row tells of."""

STAFF: tuple[Link, ...] = (
    *_links("ssd_professionals.prof_professional_id", """
        ssd_early_help_episodes.earl_episode_worker_id ssd_cin_episodes.cine_referral_worker_id
        ssd_cin_assessments.cina_assessment_worker_id ssd_cin_plans.cinp_cin_plan_worker_id
        ssd_s47_enquiry.s47e_s47_completed_by_worker_id ssd_initial_cp_conference.icpc_icpc_worker_id
        ssd_care_leavers.clea_care_leaver_worker_id ssd_permanence.perm_adoption_worker_id
        ssd_involvements.invo_professional_id
    """),
    *_links("ssd_department.dept_team_id", """
        ssd_cin_episodes.cine_referral_team ssd_cin_assessments.cina_assessment_team ssd_cin_plans.cinp_cin_plan_team
        ssd_s47_enquiry.s47e_s47_completed_by_team ssd_initial_cp_conference.icpc_icpc_team
        ssd_care_leavers.clea_care_leaver_allocated_team ssd_involvements.invo_professional_team
        ssd_department.dept_team_parent_id
    """),
)  # fmt: skip
"""Columns that name a worker or a team."""

TABLES_WITH_PERSON: dict[str, str] = {link.table: link.column for link in reversed(PERSONS)}
"""The column that says whose row it is, the first where a table has two."""
