"""The tables of the SSDA903 return on children looked after, one for each of its files.

Columns are named as the return's headings, in small letters. Columns of the collection years 2021 to 2027 stand
together: social worker episodes came in with 2023-24, deprivation of liberty orders with 2026-27, and whether a value
is allowed in a year is for the rules of that year. Codes are kept as written; a column's list holds those of all years
(`kernel/code_years.py` knows which). Source: the return's upload files and
the Department for Education's XML schema CLA 3.3.0 (2021).
"""

from goldthread.kernel import codes, return_codes
from goldthread.kernel.codes import CodeList
from goldthread.kernel.table import Column, Kind, Privacy, Table

_CHILD = Column("child", "CHILD", Kind.TEXT, must_fill=True, privacy=Privacy.IDENTIFIER)
_SEX = Column("sex", "SEX", Kind.CODE, return_codes.SEX)
_DOB = Column("dob", "DOB", Kind.DATE, privacy=Privacy.IDENTIFIER)


def _code(heading: str, listed: CodeList | None = None, *, privacy: Privacy = Privacy.CASE) -> Column:
    return Column(heading.lower(), heading, Kind.CODE, listed, privacy=privacy)


def _date(heading: str, *, privacy: Privacy = Privacy.CASE) -> Column:
    return Column(heading.lower(), heading, Kind.DATE, privacy=privacy)


def _flag(heading: str) -> Column:
    return Column(heading.lower(), heading, Kind.FLAG)


def _postcode(heading: str) -> Column:
    return Column(heading.lower(), heading, Kind.POSTCODE, privacy=Privacy.SEALED)


def _table(name: str, title: str, says: str, key: tuple[str, ...], *columns: Column) -> Table:
    return Table(f"cla_{name}", title, 0, says, key, columns, form="ssda903")


SSDA903_TABLES: tuple[Table, ...] = (
    _table(
        "header",
        "Header",
        "One child of the return: who the child is, and whether she is a mother.",
        ("child",),
        _CHILD,
        _SEX,
        _DOB,
        _code("ETHNIC", codes.ETHNICITY),
        _code("UPN", privacy=Privacy.IDENTIFIER),
        _flag("MOTHER"),
        _date("MC_DOB", privacy=Privacy.IDENTIFIER),
        Column("uasc", "UASC", Kind.FLAG, newer=True),
    ),
    _table(
        "episodes",
        "Episodes",
        "One episode: a stretch of care with one legal status, one placement and one carer.",
        ("child", "decom"),
        _CHILD,
        _date("DECOM"),
        _code("RNE", return_codes.NEW_EPISODE),
        _code("LS", codes.LEGAL_STATUS),
        _code("CIN", codes.NEED_IN_CARE),
        _code("PLACE", return_codes.PLACEMENT_903),
        _code("PLACE_PROVIDER", codes.PROVIDER),
        _date("DEC"),
        _code("REC", return_codes.CEASED_903),
        _code("REASON_PLACE_CHANGE", return_codes.PLACEMENT_CHANGE),
        _postcode("HOME_POST"),
        _postcode("PL_POST"),
        _code("URN", privacy=Privacy.SEALED),
        # The return has no such columns: systems that look postcodes up write them beside it.
        Column("pl_la", "PL_LA", Kind.CODE, newer=True),
        Column("pl_location", "PL_LOCATION", Kind.CODE, newer=True),
        Column("pl_distance", "PL_DISTANCE", Kind.NUMBER, newer=True),
    ),
    _table(
        "reviews",
        "Reviews",
        "One review of a child's care plan, and how the child took part.",
        ("child", "review"),
        _CHILD,
        _DOB,
        _date("REVIEW"),
        _code("REVIEW_CODE", return_codes.REVIEW),
    ),
    _table(
        "uasc",
        "UASC",
        "One child who sought asylum alone, and the day on which that status ended.",
        ("child",),
        _CHILD,
        _SEX,
        _DOB,
        _date("DUC"),
    ),
    _table(
        "oc2",
        "OC2",
        "Health and offending of one child who was looked after for the whole year.",
        ("child",),
        _CHILD,
        _DOB,
        Column("sdq_score", "SDQ_SCORE", Kind.COUNT),
        _code("SDQ_REASON", return_codes.SDQ_REASON),
        _flag("CONVICTED"),
        _flag("HEALTH_CHECK"),
        _flag("IMMUNISATIONS"),
        _flag("TEETH_CHECK"),
        _flag("HEALTH_ASSESSMENT"),
        _flag("SUBSTANCE_MISUSE"),
        _flag("INTERVENTION_RECEIVED"),
        _flag("INTERVENTION_OFFERED"),
    ),
    _table(
        "oc3",
        "OC3",
        "One care leaver around the birthday: in touch or not, what she does, where she lives.",
        ("child",),
        _CHILD,
        _DOB,
        _code("IN_TOUCH", codes.IN_TOUCH),
        _code("ACTIV", return_codes.ACTIVITY_903),
        _code("ACCOM", return_codes.ACCOMMODATION_903),
    ),
    _table(
        "ad1",
        "AD1",
        "One child adopted in the year: the decision, the match and the adopters.",
        ("child",),
        _CHILD,
        _DOB,
        _date("DATE_INT"),
        _date("DATE_MATCH"),
        _flag("FOSTER_CARE"),
        _code("NB_ADOPTR", return_codes.ADOPTERS_NUMBER),
        _code("SEX_ADOPTR", return_codes.ADOPTERS_SEX),
        _code("LS_ADOPTR", return_codes.ADOPTERS_LEGAL_STATUS),
    ),
    _table(
        "placed_adoption",
        "Placed for adoption",
        "One decision that a child should be placed for adoption, and its reversal if there was one.",
        ("child", "date_placed"),
        _CHILD,
        _DOB,
        _date("DATE_PLACED"),
        _date("DATE_PLACED_CEASED"),
        _code("REASON_PLACED_CEASED", codes.REVERSAL),
    ),
    _table(
        "previous_permanence",
        "Previous permanence",
        "A permanent home that a child had before coming into care. Unknown parts of its date are written zz.",
        ("child",),
        _CHILD,
        _DOB,
        _code("PREV_PERM", return_codes.PREVIOUS_PERMANENCE),
        _code("LA_PERM"),
        Column("date_perm", "DATE_PERM", Kind.PART_DATE),
    ),
    _table(
        "missing",
        "Missing",
        "One time that a child in care was missing, or away without leave.",
        ("child", "mis_start"),
        _CHILD,
        _DOB,
        _code("MISSING", return_codes.MISSING_TYPE),
        _date("MIS_START"),
        _date("MIS_END"),
    ),
    _table(
        "sw_episodes",
        "Social worker episodes",
        "One stretch of time with one social worker. In the return from 2023-24.",
        ("child", "sw_decom"),
        _CHILD,
        _DOB,
        _code("SW_ID", privacy=Privacy.STAFF),
        _date("SW_DECOM"),
        _date("SW_DEC"),
        _code("SW_REASON", return_codes.SOCIAL_WORKER_CHANGE),
    ),
    _table(
        "dolo",
        "Deprivation of liberty orders",
        "One order of the court that deprives a child of liberty. In the return from 2026-27.",
        ("child", "dolo_start"),
        _CHILD,
        _DOB,
        _date("DOLO_START"),
        _date("DOLO_END"),
    ),
)
