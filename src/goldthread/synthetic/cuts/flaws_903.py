"""The flaws that are planted in the 903, under the codes of the published validation rules."""

from datetime import datetime

from goldthread.synthetic.cuts.planting import Flaw, Record, filled, left_out, put, swapped, twice

_PROVIDED = ("U", "K", "A", "S", "R3")


def _age_at(record: Record, column: str) -> int:
    born, day = (datetime.strptime(record[name], "%d/%m/%Y") for name in ("DOB", column))  # noqa: DTZ007
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


FLAWS: tuple[Flaw, ...] = (
    Flaw("101", "header", "SEX", "a sex that is no code", put("SEX", "X")),
    Flaw("102", "header", "DOB", "no birth date", put("DOB", "")),
    Flaw("103", "header", "ETHNIC", "an ethnicity that is no code", put("ETHNIC", "WBRT")),
    Flaw("168", "header", "UPN", "a pupil number that is too short", put("UPN", "A99900"), filled("UPN")),
    Flaw("INT32", "header", "CHILD", "the child's header stands twice", twice),
    Flaw("INT03", "header", "CHILD", "the child's header is left out", left_out, filled("MOTHER")),
    Flaw("143", "episodes", "RNE", "a reason for a new episode that is no code", put("RNE", "X")),
    Flaw("144", "episodes", "LS", "a legal status that is no code", put("LS", "C9")),
    Flaw("145", "episodes", "CIN", "a need that the return does not take", put("CIN", "N9")),
    Flaw("146", "episodes", "PLACE", "a placement type that is no code", put("PLACE", "Q9")),
    Flaw("148", "episodes", "REC", "an end without a reason", put("REC", ""), filled("DEC", "REC")),
    Flaw("149", "episodes", "REC", "a reason for the end that is no code", put("REC", "E99"), filled("DEC", "REC")),
    Flaw(
        "356", "episodes", "DEC", "the episode ends before it starts", swapped("DECOM", "DEC"),
        lambda record: filled("DEC")(record) and record["DECOM"] != record["DEC"],
    ),
    Flaw(
        "526", "episodes", "PLACE_PROVIDER", "no provider where the placement has one", put("PLACE_PROVIDER", ""),
        filled("PLACE_PROVIDER"),
    ),
    Flaw(
        "550", "episodes", "PLACE_PROVIDER", "parents as provider of another's placement", put("PLACE_PROVIDER", "PR0"),
        lambda record: record["PLACE"].startswith(_PROVIDED),
    ),
    Flaw("392c", "episodes", "PL_POST", "a postcode that is none", put("PL_POST", "NOT KNOWN"), filled("PL_POST")),
    Flaw("166", "reviews", "REVIEW", "no date of the review", put("REVIEW", "")),
    Flaw("167", "reviews", "REVIEW_CODE", "a participation code that is none", put("REVIEW_CODE", "PN9")),
    Flaw(
        "440", "reviews", "REVIEW_CODE", "the code for under four, and the child is older", put("REVIEW_CODE", "PN0"),
        lambda record: _age_at(record, "REVIEW") >= 4,
    ),
    Flaw("INT17", "reviews", "DOB", "another birth date than in the header", put("DOB", "01/01/2001")),
    Flaw("180", "oc2", "SDQ_SCORE", "a score above the highest", put("SDQ_SCORE", "57"), filled("SDQ_SCORE")),
    Flaw("181", "oc2", "IMMUNISATIONS", "an answer that is neither 0 nor 1", put("IMMUNISATIONS", "Y")),
    Flaw("131", "oc3", "IN_TOUCH", "an answer that is no code", put("IN_TOUCH", "MAYBE")),
    Flaw("132", "oc3", "ACTIV", "an activity that is no code", put("ACTIV", "Q1"), filled("ACTIV")),
    Flaw("133", "oc3", "ACCOM", "a home that is no code", put("ACCOM", "Q1"), filled("ACCOM")),
    Flaw(
        "567", "missing", "MIS_END", "found before gone missing", swapped("MIS_START", "MIS_END"),
        lambda record: filled("MIS_END")(record) and record["MIS_START"] != record["MIS_END"],
    ),
    Flaw("1006", "missing", "MISSING", "a kind that is neither missing nor away", put("MISSING", "Q")),
    Flaw("565", "missing", "MISSING", "a start without a kind", put("MISSING", "")),
    Flaw("175", "ad1", "NB_ADOPTR", "three adopters", put("NB_ADOPTR", "3")),
    Flaw("177", "ad1", "LS_ADOPTR", "a status of the adopters that is no code", put("LS_ADOPTR", "L9")),
    Flaw(
        "119", "placed_adoption", "REASON_PLACED_CEASED", "a reason for a reversal without its date",
        put("REASON_PLACED_CEASED", "RD1"), lambda record: not record["DATE_PLACED_CEASED"],
    ),
    Flaw("631", "prev_perm", "PREV_PERM", "an order that is no code", put("PREV_PERM", "Q1")),
    Flaw(
        "635", "prev_perm", "LA_PERM", "an authority where there was no order", put("LA_PERM", "999"),
        lambda record: record["PREV_PERM"] == "Z1",
    ),
    Flaw("SW02STG1", "sw_episodes", "SW_ID", "a number that begins with neither SW nor XX", put("SW_ID", "12345")),
    Flaw("SW13STG1", "sw_episodes", "SW_REASON", "a reason that is no code", put("SW_REASON", "OTHER9")),
    Flaw(
        "INT21", "uasc", "SEX", "another sex than in the header", put("SEX", "U"),
        lambda record: record["SEX"] in ("M", "F"),
    ),
)  # fmt: skip
"""Every kind of flaw, file by file."""
