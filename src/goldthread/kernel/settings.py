"""The limits that rules and measures test against, each with where it comes from, and each open to change.

The timescales are those of statutory guidance and regulations as the field uses them. Except where `checked` is true,
the text in force was not read for this program: every figure must be checked against the current guidance, and an
authority or a team may set its own. Results carry the settings that they were made with.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CHECK = "check against current statutory guidance"


@dataclass(frozen=True, slots=True)
class Setting:
    """One limit: its name, its value unless told otherwise, what it counts, and where it comes from."""

    name: str
    default: int
    unit: str
    says: str
    source: str
    checked: bool = False

    @property
    def status(self) -> str:
        """Whether the figure was read in the text it comes from, in words for the page."""
        return "read in the source" if self.checked else CHECK


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "assessment_days",
        45,
        "working days",
        "the longest that an assessment may take",
        "Working Together to Safeguard Children; the national measure counts from the start of the assessment",
    ),
    Setting(
        "conference_days",
        15,
        "working days",
        "the longest from the strategy discussion to the initial child protection conference",
        "Working Together to Safeguard Children",
    ),
    Setting(
        "need_visit_days",
        20,
        "working days",
        "how often a child with a child in need plan is seen",
        "local standards, commonly 20 working days or four to six weeks",
    ),
    Setting(
        "protection_visit_days",
        10,
        "working days",
        "how often a child with a protection plan is visited",
        "no national interval: the plan sets it; local standards run from 10 working days to four weeks",
    ),
    Setting(
        "first_protection_review_months",
        3,
        "months",
        "the first review conference, from the start of the plan",
        "Working Together to Safeguard Children",
    ),
    Setting(
        "protection_review_months",
        6,
        "months",
        "later review conferences, from the one before",
        "Working Together to Safeguard Children",
    ),
    Setting("long_plan_days", 729, "days", "a plan that lasts longer than this has lasted two years", "DfE, LAIT"),
    Setting(
        "seen_alone_age",
        4,
        "years",
        "the age from which a child is expected to be seen alone",
        "local standards, four or five years",
    ),
    Setting(
        "first_care_review_days",
        20,
        "working days",
        "the first review of a child in care, from entry to care",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33, as made",
    ),
    Setting(
        "second_care_review_months",
        3,
        "months",
        "the second review of a child in care, from the first",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33, as made",
    ),
    Setting(
        "care_review_months",
        6,
        "months",
        "later reviews of a child in care, from the one before",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 33, as made",
    ),
    Setting(
        "first_care_visit_days",
        7,
        "days",
        "the first visit to a child in a new placement",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 28, as made",
    ),
    Setting(
        "care_visit_days",
        42,
        "days",
        "visits to a child in care, one from the next",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 28, as made",
    ),
    Setting(
        "settled_care_visit_months",
        3,
        "months",
        "visits to a child in a placement meant to last, after its first year",
        "Care Planning, Placement and Case Review (England) Regulations 2010, reg 28, as made",
    ),
    Setting(
        "permanence_months",
        4,
        "months",
        "when a child in care should have a plan for permanence, from entry to care",
        "statutory guidance: by the second review",
    ),
    Setting("many_placements", 3, "placements", "as many placements in a year as count as instability", "DfE, LAIT"),
    Setting(
        "temporary_counts",
        0,
        "0 or 1",
        "whether a temporary placement (hospital, holiday, seven days or fewer) counts as a placement",
        "practice with the return: a child comes back from it to the same placement",
    ),
    Setting("far_miles", 20, "miles", "further from home in a straight line than this is far", "DfE, LAIT"),
    Setting("many_workers", 3, "workers", "as many social workers in a year as count as many", "DfE, LAIT"),
    Setting("stable_years", 2, "years", "living with one carer for so long is stability", "DfE, LAIT"),
    Setting("stable_care_months", 30, "months", "in care for so long, a child is asked about stability", "DfE, LAIT"),
    Setting("stable_under", 16, "years", "children younger than this are asked about stability", "DfE, LAIT"),
    Setting("sdq_concern", 17, "points", "a score from which strengths and difficulties are a concern", "DfE, LAIT"),
    Setting(
        "referral_follows_days",
        10,
        "working days",
        "how soon after a contact a referral is taken to be of it",
        "our own limit: the rule that links the two is local",
    ),
    Setting("return_months", 6, "months", "how long after early help a child is followed", "our own limit"),
    Setting("long_return_months", 12, "months", "the longer time that a child is followed", "our own limit"),
    Setting(
        "repeat_plan_months", 24, "months", "a plan that follows another by no more is repeated soon", "our own limit"
    ),
    Setting("health_months", 12, "months", "health assessments of a child of five or older", "regulation 7 and DfE"),
    Setting("young_health_months", 6, "months", "health assessments of a child under five", "regulation 7 and DfE"),
    Setting("dental_months", 12, "months", "dental checks of a child in care", "DfE, children looked after return"),
    Setting("contact_days", 56, "days", "contact with a care leaver", "Care Leavers (England) Regulations 2010"),
    Setting("pathway_months", 6, "months", "reviews of a pathway plan", "Care Leavers (England) Regulations 2010"),
    Setting(
        "period_months", 6, "months", "how far back lists 1 to 8 reach", "Ofsted, Annex A guidance, August 2019", True
    ),
    Setting(
        "adoption_period_months",
        12,
        "months",
        "how far back lists 10 and 11 reach",
        "Ofsted, Annex A guidance, 2019",
        True,
    ),
    Setting("adoption_wait_months", 14, "months", "entering care to moving in with adopters", "Adoption scorecard, A3"),
    Setting(
        "adoption_placed_months",
        12,
        "months",
        "decision for adoption to being placed",
        "DfE, Children looked after in England including adoptions",
        True,
    ),
    Setting(
        "extract_lag_days",
        10,
        "days",
        "how long before the as-at date a list may have been cut",
        "Annex A guidance: no earlier than the Wednesday of the week before the inspection",
        True,
    ),
    Setting(
        "adoption_days",
        426,
        "days",
        "from entry to care to the placement for adoption",
        "DfE, adoption scorecards: the threshold of fourteen months for indicator A1",
    ),
    Setting("stage_1_months", 2, "months", "stage 1 of an adopter's way", "statutory guidance on adoption, 2013"),
    Setting("stage_2_months", 4, "months", "stage 2 of an adopter's way", "statutory guidance on adoption, 2013"),
    Setting("most_adopters", 2, "adults", "the adults of one adopting family", "our own limit"),
    Setting(
        "gender_not_stated_per_cent",
        2,
        "per cent",
        "the share of born children whose gender is not stated",
        "our own limit",
    ),
    Setting(
        "ethnicity_not_known_per_cent",
        10,
        "per cent",
        "the share of people whose ethnicity is refused, not obtained or unknown",
        "our own limit",
    ),
    Setting(
        "late_entry_days",
        10,
        "working days",
        "how late an event may be put on the record before it counts as back-dated",
        "our own limit",
    ),
    Setting("caseload", 18, "children", "with more on one worker's desk, the chart marks it", "our own limit"),
    Setting(
        "silence_days",
        90,
        "days",
        "how long the lists may tell of nothing about a child with an open case before the journey says so",
        "our own limit",
    ),
    Setting("unborn_days", 300, "days", "how long before birth a child's first contact may be", "our own limit"),
    Setting(
        "first_day_counts", 0, "0 or 1", "whether the first day of a span of working days is day 1", "our own limit"
    ),
    Setting("few", 10, "children or events", "with fewer in the denominator, counts only", "our own display rule"),
    Setting(
        "some",
        30,
        "children or events",
        "with fewer, counts and the range, but nothing is called high or low",
        "our own display rule",
    ),
    Setting(
        "decision_days",
        35,
        "days",
        "how long an open child may be without a recorded management decision",
        "local standards, commonly supervision once a month",
    ),
    Setting(
        "minute_days",
        5,
        "days",
        "how long the minute of a strategy discussion may take to be recorded",
        "local standards; guidance asks for it without naming days",
    ),
    Setting(
        "discussion_days",
        3,
        "days",
        "how far from the start of an enquiry its strategy discussion is looked for",
        "our own limit: the two dates are the same where both are recorded as the guidance to list 5 asks",
    ),
    Setting(
        "wishes_days",
        90,
        "days",
        "how long an open child may be without wishes and feelings recorded",
        "local standards",
    ),
    Setting(
        "feedback_days", 183, "days", "how long an open case may go without the family being asked", "local standards"
    ),
    Setting(
        "children_in_both_per_cent",
        20,
        "per cent",
        "the share of the children with an open case in the earlier submission who must be in this one, or the two are "
        "not compared by the rules",
        "our own limit",
    ),
    Setting(
        "day_holds_per_cent",
        5,
        "per cent",
        "the least share of what is dated that lies on or before the as-at date; with less, the date is refused",
        "our own limit",
    ),
    Setting(
        "day_leaves_per_cent",
        5,
        "per cent",
        "the share of what is dated that may lie after the as-at date; with more, a warning",
        "our own limit",
    ),
    Setting(
        "day_quiet_days",
        62,
        "days",
        "how long before the as-at date the last events may lie; with longer, a warning",
        "our own limit",
    ),
    Setting(
        "day_quiet_months",
        12,
        "months",
        "how long before the as-at date the last events may lie; with longer, the date is refused",
        "our own limit",
    ),
    Setting("missing_warns", 5, "per cent", "a measure warns when more than this share is not known", "our own limit"),
)

DEFAULTS: dict[str, int] = {setting.name: setting.default for setting in SETTINGS}


def with_settings(changed: Mapping[str, int] | None = None) -> dict[str, int]:
    """Every setting, with those changed. Raises ValueError on an unknown name or a number below 0."""
    for name, value in (changed or {}).items():
        if name not in DEFAULTS:
            raise ValueError(f"there is no setting called {name}")
        if value < 0:
            raise ValueError(f"the setting {name} cannot be less than 0")
    return {**DEFAULTS, **(changed or {})}
