"""The same around care, leaving care and adoption: what is overdue, what was never said, what is outside the period."""

from datetime import date, timedelta

from goldthread.synthetic.defects import Done, Fault, Fits, Ground
from goldthread.synthetic.faults_care import AllOf, is_settled, partners
from goldthread.synthetic.faults_general import has_early_dates, moved, setting
from goldthread.synthetic.faults_of_practice import Both, Since, back, before_period
from goldthread.synthetic.faults_protection import Filled
from goldthread.synthetic.rows import Row, count_of, day_of


def _first_placement(ground: Ground, row: Row) -> bool:
    began_together = row["placement_on"] == row["started_on"] and row["second_period"] == "N"
    return began_together and row["ceased_on"] is None and (ground.as_at - day_of(row, "started_on")).days < 300


def _without_adoption(ground: Ground, row: Row) -> bool:
    return not ground.rows_of(row, "adoptions") and row["ceased_on"] is None and row["placement_type"] == "U6"


def _listed_only_here(ground: Ground, row: Row) -> bool:
    return len(ground.rows_of(row)) == 1


def _too_old_a_leaver(ground: Ground, row: Row) -> Done:
    row["born_on"] = ground.as_at - timedelta(days=27 * 366)
    row["age"] = 27
    return Done(row)


def _eligible_in_care(ground: Ground, row: Row) -> bool:
    care = ground.rows_of(row, "children_in_care")
    return (
        row["eligibility"] == "ELIGIBLE" and count_of(row, "age") < 18 and any(not each["ceased_on"] for each in care)
    )


def _without_support(ground: Ground, row: Row) -> Done:
    ground.remove("care_leavers", str(row["child"]))
    return Done(row)


def _left_at_17(ground: Ground, row: Row) -> bool:
    left = row["ceased_on"] is not None and count_of(row, "age") >= 17
    other = row["ceased_reason"] not in ("E2", "E3", "E11", "E12")
    return left and other and bool(ground.rows_of(row, "care_leavers"))


def _waited(_: Ground, row: Row) -> bool:
    return row["placed_on"] is not None and (day_of(row, "placed_on") - day_of(row, "born_on")).days > 520


def _has_partner(ground: Ground, row: Row) -> bool:
    return row["placed_on"] is not None and bool(partners(ground, row))


def _one_more_child(ground: Ground, row: Row) -> Done:
    row["children_placed"] = count_of(row, "children_placed") + 1
    return Done(row, touches=tuple(("adopters", each) for each in partners(ground, row)))


def _third_adult(ground: Ground, row: Row) -> Done:
    family = [row, *partners(ground, row)]
    touched = list(family)
    for number in range(3 - len(family)):
        copy = dict(row) | {"adopter": f"{row['adopter']}-{number + 2}"}
        ground.add_after("adopters", row, copy)
        touched.append(copy)
    return Done(row, touches=tuple(("adopters", each) for each in touched if each is not row))


def _left_and_adopted(_: Ground, row: Row) -> Done:
    row |= {"left_on": row["adopted_on"], "left_reason": "1"}
    return Done(row)


def _open_in_care(days: int) -> Fits:
    return Since("started_on", days, "ceased_on")


_CARE = "children_in_care"

FAULTS: tuple[Fault, ...] = (
    Fault(
        "G09",
        _CARE,
        "dental_on",
        "a stand-in for no date",
        setting("dental_on", date(1900, 1, 1)),
        is_settled,
        ("G11", "L816"),
    ),
    Fault("G15", "care_leavers", "born_on", "a person of 27", _too_old_a_leaver, _listed_only_here),
    Fault(
        "P08",
        _CARE,
        "ceased_on",
        "before the six months",
        before_period("started_on", "ceased_on"),
        Both(Filled("ceased_on"), has_early_dates),
    ),
    Fault("P09", "adoptions", "reversed_on", "before the twelve months", back(reversed_on=460), Filled("reversed_on")),
    Fault(
        "P10",
        "adopters",
        "left_on",
        "before the twelve months",
        back(left_on=460),
        Filled("left_on"),
        ("L1101", "L1107"),
    ),
    Fault("L806", _CARE, "legal_status", "short breaks", setting("legal_status", "V3"), is_settled),
    Fault("L808", _CARE, "urn", "in a children's home without a URN", setting("urn", None), AllOf(placement_type="K2")),
    Fault(
        "L810",
        _CARE,
        "placements_in_year",
        "two placements, though still in the first",
        setting("placements_in_year", 2),
        _first_placement,
    ),
    Fault(
        "L813", _CARE, "latest_review_on", "last review 300 days ago", back(latest_review_on=300), _open_in_care(400)
    ),
    Fault("L814", _CARE, "last_visit_on", "last visit 150 days ago", back(last_visit_on=150), _open_in_care(400)),
    Fault("L815", _CARE, "health_on", "last assessed 500 days ago", back(health_on=500), _open_in_care(600)),
    Fault("L816", _CARE, "dental_on", "last checked 500 days ago", back(dental_on=500), _open_in_care(600)),
    Fault(
        "L817",
        _CARE,
        "permanence_plan",
        "a year in care without a plan",
        setting("permanence_plan", None),
        _open_in_care(365),
    ),
    Fault(
        "L819",
        _CARE,
        "second_period",
        "a second period within the year, begun before it",
        setting("second_period", "Y"),
        _open_in_care(400),
    ),
    Fault(
        "L820",
        _CARE,
        "legal_status",
        "a placement order, and not in list 10",
        setting("legal_status", "E1"),
        _without_adoption,
    ),
    Fault(
        "L822",
        _CARE,
        "iro_contact_on",
        "contact before entry to care",
        moved("iro_contact_on", "started_on", -20),
        is_settled,
        ("G11",),
    ),
    Fault(
        "L902",
        "care_leavers",
        "in_touch",
        "not in touch, and all is known",
        setting("in_touch", "NO"),
        AllOf(in_touch="YES"),
    ),
    Fault(
        "L905",
        "care_leavers",
        "contacted_on",
        "last contact 100 days ago",
        back(contacted_on=100),
        AllOf(in_touch="YES"),
    ),
    Fault("L906", "care_leavers", "pathway_plan_on", "plan reviewed 300 days ago", back(pathway_plan_on=300)),
    Fault("L907", "care_leavers", "adviser", "no personal adviser", setting("adviser", None)),
    Fault(
        "L908",
        "care_leavers",
        "eligibility",
        "relevant, and still in care",
        setting("eligibility", "RELEVANT"),
        _eligible_in_care,
    ),
    Fault(
        "L1004",
        "adoptions",
        "decided_on",
        "placed without a decision",
        setting("decided_on", None),
        Filled("placed_on"),
        ("G21",),
    ),
    Fault(
        "L1005",
        "adoptions",
        "family",
        "matched, and no family named",
        setting("family", None),
        Filled("matched_on", "family"),
    ),
    Fault(
        "L1006",
        "adoptions",
        "family",
        "a family that list 11 lacks",
        setting("family", "SYNF-NOWHERE"),
        Filled("matched_on"),
    ),
    Fault(
        "L1007",
        "adoptions",
        "early_placement_on",
        "fostering for adoption after the placement",
        moved("early_placement_on", "placed_on", 5),
        Both(Filled("placed_on"), Since("placed_on", 10)),
    ),
    Fault(
        "L1008",
        "adoptions",
        "entered_care_on",
        "500 days from entry to placement",
        moved("entered_care_on", "placed_on", -500),
        _waited,
    ),
    Fault(
        "L1102",
        "adopters",
        "applied_on",
        "both the stages and an application",
        moved("applied_on", "stage_1_started_on", 5),
        Filled("stage_1_started_on"),
    ),
    Fault(
        "L1104",
        "adopters",
        "family",
        "three adults of one family",
        _third_adult,
        lambda _, row: row["placed_on"] is None,
    ),
    Fault("L1106", "adopters", "children_placed", "another number than the partner's", _one_more_child, _has_partner),
    Fault(
        "L1107",
        "adopters",
        "stage_1_started_on",
        "stage 1 running for 120 days",
        back(enquired_on=150, stage_1_started_on=120),
        Both(Filled("stage_1_started_on"), lambda _, row: row["stage_1_ended_on"] is None and row["left_on"] is None),
    ),
    Fault("L1108", "adopters", "left_on", "adopted, and left", _left_and_adopted, Filled("adopted_on")),
    Fault("X05", _CARE, "child", "left care at 17 or more, and left out of list 9", _without_support, _left_at_17),
)
