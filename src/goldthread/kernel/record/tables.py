"""The tables of the record: those of the Standard Safeguarding Dataset under their own names, and what it has no place
for.

The dataset leaves out adopters and their families, where a placement lies, orders that deprive of liberty, the reviews
within an assessment, how many protection plans a child had before, and meetings that a family was offered. Those are
tables of our own, and begin with `own_`. The practice record is part of the record as it is.
"""

from goldthread.kernel.forms import FORMS
from goldthread.kernel.table import Column, Kind, Privacy, Table

LEFT_OUT: dict[str, str] = {
    "ssd_api_data_staging": "a copy of what the other tables hold, on its way to a pilot",
    "ssd_s251_finance": "a draft, whose columns have no meaning yet",
    "ssd_version_log": "it tells of the extract, not of children; it stays with the reading",
}
"""The tables of the dataset that the record does not hold, and why."""


def _id(name: str, says: str) -> Column:
    return Column(name, says, Kind.TEXT, privacy=Privacy.IDENTIFIER)


def _code(name: str, says: str) -> Column:
    return Column(name, says, Kind.CODE)


def _date(name: str, says: str) -> Column:
    return Column(name, says, Kind.DATE)


def _own(name: str, title: str, says: str, key: str, *columns: Column) -> Table:
    return Table(f"own_{name}", title, 0, says, (key,), columns, form="record")


OWN_TABLES: tuple[Table, ...] = (
    _own(
        "adopters",
        "Adopters",
        "One adult in contact with the adoption agency.",
        "adop_adopter_id",
        _id("adop_adopter_id", "the adult's number"),
        _id("adop_family_id", "the adoptive family's number"),
        _code("adop_gender", "gender"),
        _code("adop_ethnicity", "ethnicity"),
        _code("adop_disability", "whether the adult has a disability"),
        _code("adop_fostering_for_adoption", "whether the adult fosters for adoption"),
        _date("adop_enquiry_date", "when the enquiry was received"),
        _date("adop_stage_1_start_date", "when stage 1 began"),
        _date("adop_stage_1_end_date", "when stage 1 ended"),
        _date("adop_stage_2_start_date", "when stage 2 began"),
        _date("adop_stage_2_end_date", "when stage 2 ended"),
        _date("adop_application_date", "when the application was handed in"),
        _date("adop_approval_date", "when the application was approved"),
        _date("adop_matched_date", "when the adult was matched with a child"),
        _date("adop_placed_date", "when a child moved in"),
        Column("adop_children_placed", "how many children moved in", Kind.COUNT),
        _date("adop_order_date", "the day of the adoption order"),
        _date("adop_left_date", "when the adult left the process"),
        _code("adop_left_reason", "why the adult left"),
    ),
    _own(
        "adoptive_families",
        "Adoptive families",
        "The family that is to adopt one child, or has. The dataset's own families are those children were born into.",
        "adfa_person_id",
        _id("adfa_person_id", "the child"),
        _id("adfa_family_id", "the adoptive family's number"),
    ),
    _own(
        "placement_locations",
        "Where placements lie",
        "Whether one placement lies within the authority, and in which authority it does.",
        "ploc_cla_placement_id",
        _id("ploc_cla_placement_id", "the placement"),
        _id("ploc_person_id", "the child"),
        _code("ploc_in_or_out", "within the authority or outside"),
        Column("ploc_local_authority", "the authority in which it lies, as written", Kind.TEXT),
    ),
    _own(
        "liberty_orders",
        "Deprivation of liberty orders",
        "One order of the court that deprives one child of liberty.",
        "libo_order_id",
        _id("libo_order_id", "the order"),
        _id("libo_person_id", "the child"),
        _date("libo_start_date", "its start"),
        _date("libo_end_date", "its end"),
    ),
    _own(
        "assessment_reviews",
        "Reviews within assessments",
        "The date that one assessment set itself for a review within the authority.",
        "asrv_assessment_id",
        _id("asrv_assessment_id", "the assessment"),
        _id("asrv_person_id", "the child"),
        _date("asrv_internal_review_date", "the day of the review"),
    ),
    _own(
        "previous_plans",
        "Earlier protection plans",
        "How many protection plans a child had before one plan, as the form that told of it counts them.",
        "prpl_cp_plan_id",
        _id("prpl_cp_plan_id", "the plan"),
        _id("prpl_person_id", "the child"),
        Column("prpl_number", "how many plans the child had before", Kind.COUNT),
    ),
    _own(
        "family_meetings",
        "Family group decision making",
        "Whether one family was offered a meeting before proceedings, and when the court was asked.",
        "fgdm_pre_proceedings_id",
        _id("fgdm_pre_proceedings_id", "the pre-proceedings"),
        _id("fgdm_person_id", "the child"),
        _code("fgdm_offered", "whether a meeting was offered"),
        _code("fgdm_held", "whether a meeting was held"),
        _date("fgdm_court_application_date", "when the application to the court was made"),
    ),
)

RECORD: dict[str, Table] = {
    table.name: table
    for table in (
        *(table for table in FORMS["ssd"].tables if table.name not in LEFT_OUT),
        *OWN_TABLES,
        *FORMS["practice"].tables,
    )
}
"""Every table of the record by its name, in order."""
