"""Faults of lists 6 and 8 to 11 around care: care, leaving care, adoption, adopters."""

from goldthread.synthetic.defects import Change, Done, Fault, Ground
from goldthread.synthetic.faults_general import moved, setting
from goldthread.synthetic.faults_protection import Filled
from goldthread.synthetic.rows import Row, Value, count_of


class AllOf:
    """Suits rows that hold certain values."""

    def __init__(self, **values: Value) -> None:
        self.values = values

    def __call__(self, _: Ground, row: Row) -> bool:
        """Whether this row does."""
        return all(row[column] == value for column, value in self.values.items())


def several(**values: Value) -> Change:
    """A change that puts values in several columns."""

    def change(_: Ground, row: Row) -> Done:
        row.update(values)
        return Done(row)

    return change


def _missing(_: Ground, row: Row) -> bool:
    return count_of(row, "missing_in_year") > 0


def _fostered_elsewhere(ground: Ground, row: Row) -> bool:
    adoptions = ground.rows_of(row, "adoptions")
    return row["placement_type"] == "U6" and row["provider"] == "PR1" and not adoptions and not row["ceased_on"]


def is_settled(_: Ground, row: Row) -> bool:
    """Whether a child is in care now, with the same foster carers for the long term."""
    return row["ceased_on"] is None and row["placement_type"] == "U4" and row["unaccompanied"] == "N"


def _under_18(_: Ground, row: Row) -> bool:
    return count_of(row, "age") < 18 and row["eligibility"] == "ELIGIBLE"


def _in_care_status(ground: Ground, row: Row) -> bool:
    care = ground.rows_of(row, "children_in_care")
    return row["status"] == "CARE" and len(care) == 1 and not ground.rows_of(row, "protection_plans")


def _reversed_too(ground: Ground, row: Row) -> Done:
    row["reversed_on"] = row["adopted_on"]
    row["reversal_reason"] = "RD4"
    return Done(row)


def partners(ground: Ground, row: Row) -> list[Row]:
    """The other adults of an adopter's family."""
    return [each for each in ground.lists["adopters"] if each["family"] == row["family"] and each is not row]


def _number_left_out(ground: Ground, row: Row) -> Done:
    row["children_placed"] = None
    return Done(row, touches=tuple(("adopters", each) for each in partners(ground, row)))


FAULTS: tuple[Fault, ...] = (
    Fault(
        "L801",
        "children_in_care",
        "ceased_reason",
        "left care without a reason",
        setting("ceased_reason", None),
        Filled("ceased_on"),
    ),
    Fault(
        "L802",
        "children_in_care",
        "ceased_on",
        "left care before entering it",
        moved("ceased_on", "started_on", -12),
        Filled("ceased_on"),
        ("P08", "G11"),
    ),
    Fault(
        "L804",
        "children_in_care",
        "legal_status_on",
        "legal status before entry to care",
        moved("legal_status_on", "started_on", -14),
        is_settled,
        ("G11",),
    ),
    Fault(
        "L805",
        "children_in_care",
        "placement_on",
        "placement before entry to care",
        moved("placement_on", "started_on", -14),
        is_settled,
        ("G11",),
    ),
    Fault(
        "L807",
        "children_in_care",
        "provider",
        "fostered, with parents as provider",
        setting("provider", "PR0"),
        is_settled,
    ),
    Fault(
        "L809",
        "children_in_care",
        "placement_authority",
        "in Wales, and inside the authority",
        several(placement_authority="WAL", in_or_out="IN"),
        is_settled,
    ),
    Fault(
        "L811",
        "children_in_care",
        "interview_offered",
        "missing, and no word of an interview",
        several(interview_offered=None, interview_accepted=None),
        _missing,
    ),
    Fault(
        "L812",
        "children_in_care",
        "interview_accepted",
        "accepted, though not offered",
        several(interview_offered="N", interview_accepted="Y"),
        _missing,
    ),
    Fault(
        "L818",
        "children_in_care",
        "need",
        "unaccompanied, with another need",
        setting("need", "N5"),
        AllOf(unaccompanied="Y"),
    ),
    Fault(
        "L821",
        "children_in_care",
        "placement_type",
        "placed for adoption, and not in list 10",
        setting("placement_type", "A6"),
        _fostered_elsewhere,
    ),
    Fault(
        "L901",
        "care_leavers",
        "activity",
        "in touch, activity blank",
        setting("activity", None),
        AllOf(in_touch="YES"),
    ),
    Fault(
        "L903",
        "care_leavers",
        "accommodation",
        "no fixed abode, called suitable",
        setting("accommodation", "S"),
        AllOf(in_touch="YES", suitability="SUITABLE"),
    ),
    Fault(
        "L904",
        "care_leavers",
        "eligibility",
        "former relevant under 18",
        setting("eligibility", "FORMER"),
        _under_18,
        ("L908",),
    ),
    Fault(
        "L1001",
        "adoptions",
        "matched_on",
        "matched after being placed",
        moved("matched_on", "placed_on", 25),
        Filled("placed_on"),
        ("G10",),
    ),
    Fault(
        "L1002",
        "adoptions",
        "reversal_reason",
        "decision reversed without a reason",
        setting("reversal_reason", None),
        Filled("reversed_on"),
    ),
    Fault(
        "L1003",
        "adoptions",
        "reversed_on",
        "adopted, and the decision reversed",
        _reversed_too,
        Filled("adopted_on"),
        ("L1001",),
    ),
    Fault(
        "L1101",
        "adopters",
        "stage_1_ended_on",
        "stage 1 ended before it started",
        moved("stage_1_ended_on", "stage_1_started_on", -6),
        Filled("stage_1_ended_on"),
    ),
    Fault(
        "L1103",
        "adopters",
        "left_reason",
        "left without a reason",
        setting("left_reason", None),
        Filled("left_on"),
    ),
    Fault(
        "L1105",
        "adopters",
        "children_placed",
        "placed, and no number of children",
        _number_left_out,
        Filled("placed_on"),
        ("L1106",),
    ),
    Fault(
        "X07",
        "children_in_need",
        "status",
        "in care by list 8, with a lower status",
        setting("status", "NEED"),
        _in_care_status,
    ),
)
