"""Which dates of which lists make up a child's journey, and in which lane each stands."""

from dataclasses import dataclass
from enum import StrEnum

from goldthread.kernel import codes
from goldthread.kernel.codes import CodeList


class Lane(StrEnum):
    """A strand of a child's way through the services, from the first contact to leaving care."""

    CONTACT = "Contacts and referrals"
    EARLY_HELP = "Early help"
    ASSESSMENT = "Assessments"
    ENQUIRY = "Enquiries and conferences"
    NEED = "Child in need"
    PROTECTION = "Protection plan"
    CARE = "In care"
    LEGAL = "Legal status"
    PLACEMENT = "Placements"
    MISSING = "Missing"
    ADOPTION = "Adoption"
    LEAVING = "Leaving care"
    VISITS = "Visits and reviews"
    HEALTH = "Health"
    DECISIONS = "Decisions and wishes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One kind of event: its list, the column of its day, and of its end where it lasts.

    `lasts` says that without an end it is still going on. `stands_alone` lets an end without a beginning be told.
    `tells` are columns whose words are added, with the lists of codes that `codes` names where the column has none of
    its own; `when` adds words where a column holds a value. `latest` says that the list holds only the latest of
    something done again and again, such as a visit: those before it stand nowhere.
    """

    lane: Lane
    table: str
    start: str
    says: str
    end: str = ""
    lasts: bool = False
    stands_alone: bool = True
    tells: tuple[str, ...] = ()
    when: tuple[tuple[str, str, str], ...] = ()
    codes: tuple[tuple[str, CodeList], ...] = ()
    latest: bool = False


def _once(lane: Lane, table: str, start: str, says: str, *tells: str) -> Happening:
    return Happening(lane=lane, table=table, start=start, says=says, tells=tells)


def _latest(lane: Lane, table: str, start: str, says: str, *tells: str) -> Happening:
    return Happening(lane=lane, table=table, start=start, says=says, tells=tells, latest=True)


FRONT_DOOR: tuple[Happening, ...] = (
    _once(Lane.CONTACT, "contacts", "contacted_on", "Contact", "source"),
    Happening(
        lane=Lane.EARLY_HELP, table="early_help", start="started_on", end="completed_on", lasts=True,
        says="Early help assessment", tells=("organisation",),
    ),
    Happening(
        lane=Lane.CONTACT, table="referrals", start="referred_on", says="Referral", tells=("source",),
        when=(("no_further_action", "Y", "no further action"),),
    ),
    Happening(
        lane=Lane.ASSESSMENT, table="assessments", start="started_on", end="authorised_on", lasts=True,
        says="Assessment",
        when=(
            ("needs_support", "Y", "support needed"),
            ("needs_support", "N", "no support needed"),
            ("child_seen", "N", "child not seen"),
        ),
    ),
    Happening(
        lane=Lane.ENQUIRY, table="section_47", start="strategy_on", end="conference_on", stands_alone=True,
        says="Strategy discussion and section 47 enquiry",
        when=(
            ("conference_unnecessary", "Y", "no conference needed"),
            ("led_to_plan", "Y", "the conference led to a plan"),
            ("led_to_plan", "N", "the conference led to no plan"),
        ),
    ),
    Happening(
        lane=Lane.NEED, table="children_in_need", start="started_on", end="closed_on", lasts=True,
        says="Child in need", tells=("need", "closure_reason"),
    ),
    _latest(Lane.VISITS, "children_in_need", "last_seen_on", "Last seen as a child in need"),
)  # fmt: skip

PROTECTION: tuple[Happening, ...] = (
    Happening(
        lane=Lane.PROTECTION, table="protection_plans", start="started_on", end="ended_on", lasts=True,
        says="Protection plan", tells=("latest_category",),
        when=(("emergency_protection", "Y", "emergency or police protection in the last six months"),),
    ),
    Happening(
        lane=Lane.VISITS, table="protection_plans", start="last_visit_on", says="Last protection visit",
        latest=True,
        when=(("seen_alone", "Y", "seen alone"), ("seen_alone", "N", "not seen alone")),
    ),
    _latest(Lane.VISITS, "protection_plans", "latest_review_on", "Latest review conference"),
)  # fmt: skip

CARE: tuple[Happening, ...] = (
    Happening(
        lane=Lane.CARE, table="children_in_care", start="started_on", end="ceased_on", lasts=True, says="In care",
        tells=("need", "ceased_reason"),
        when=(("second_period", "Y", "a second time within a year"),),
    ),
    Happening(
        lane=Lane.LEGAL, table="children_in_care", start="legal_status_on", end="ceased_on", lasts=True,
        stands_alone=False, says="Legal status", tells=("legal_status",),
    ),
    Happening(
        lane=Lane.PLACEMENT, table="children_in_care", start="placement_on", end="ceased_on", lasts=True,
        stands_alone=False, says="Placement", tells=("placement_type",),
        when=(("in_or_out", "OUT", "outside the authority"),),
    ),
    _latest(Lane.VISITS, "children_in_care", "last_visit_on", "Last visit in care"),
    _latest(Lane.VISITS, "children_in_care", "latest_review_on", "Latest review in care"),
    _latest(Lane.VISITS, "children_in_care", "iro_contact_on", "Last seen by the independent reviewing officer"),
    _latest(Lane.HEALTH, "children_in_care", "health_on", "Last health assessment"),
    _latest(Lane.HEALTH, "children_in_care", "dental_on", "Last dental check"),
    _latest(Lane.LEAVING, "care_leavers", "pathway_plan_on", "Pathway plan reviewed", "eligibility"),
    _latest(Lane.LEAVING, "care_leavers", "contacted_on", "Latest contact as a care leaver"),
    _once(Lane.ADOPTION, "adoptions", "early_placement_on", "Early permanence placement"),
    _once(Lane.ADOPTION, "adoptions", "decided_on", "Decision that the child should be placed for adoption"),
    _once(Lane.ADOPTION, "adoptions", "placement_order_on", "Placement order"),
    _once(Lane.ADOPTION, "adoptions", "matched_on", "Matched with adopters"),
    _once(Lane.ADOPTION, "adoptions", "placed_on", "Placed for adoption"),
    _once(Lane.ADOPTION, "adoptions", "adopted_on", "Adoption order"),
    _once(Lane.ADOPTION, "adoptions", "reversed_on", "Decision for adoption turned back", "reversal_reason"),
)  # fmt: skip

_OF_903 = (("place", codes.PLACEMENT), ("ls", codes.LEGAL_STATUS), ("rec", codes.CEASED))

RETURNS: tuple[Happening, ...] = (
    Happening(
        lane=Lane.LEGAL, table="cla_episodes", start="decom", end="dec", lasts=True, says="Legal status",
        tells=("ls",), codes=_OF_903,
    ),
    Happening(
        lane=Lane.PLACEMENT, table="cla_episodes", start="decom", end="dec", lasts=True, says="Placement",
        tells=("place",), codes=_OF_903,
    ),
    _once(Lane.VISITS, "cla_reviews", "review", "Review in care"),
    Happening(
        lane=Lane.MISSING, table="cla_missing", start="mis_start", end="mis_end", lasts=True,
        says="Missing, or away without leave",
    ),
    _once(Lane.ADOPTION, "cla_ad1", "date_match", "Matched with adopters"),
    Happening(
        lane=Lane.ADOPTION, table="cla_placed_adoption", start="date_placed", end="date_placed_ceased",
        says="Decision that the child should be placed for adoption",
    ),
    Happening(
        lane=Lane.LEGAL, table="cla_dolo", start="dolo_start", end="dolo_end", lasts=True,
        says="Deprivation of liberty order",
    ),
    _once(Lane.DECISIONS, "practice_decisions", "decided_on", "Management decision"),
    _once(Lane.DECISIONS, "practice_wishes", "recorded_on", "Wishes and feelings recorded"),
    _once(Lane.ENQUIRY, "practice_discussions", "held_on", "Strategy discussion held"),
    _once(Lane.DECISIONS, "practice_feedback", "sought_on", "Family asked what it thinks"),
)  # fmt: skip

HAPPENINGS: tuple[Happening, ...] = (*FRONT_DOOR, *PROTECTION, *CARE, *RETURNS)
"""Every kind of event. A date that stands in none of them is on the page of its row."""

TELL_OF_VISITS = frozenset(one.table for one in HAPPENINGS if one.latest)
"""The lists that would show a visit or a review, had there been a later one than the latest that they hold."""
