"""What the XML of a return looks like: which elements hold others, which are rows of a table, which are its cells."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Rows:
    """The rows of one table: each `row` element is one, or each `leaf` in it where that is given.

    `cells` says for each column where its text stands: the element it is in, and its own. `inherited` columns are
    taken from further out: the cell of an element (`child/id`), or with `#` the number of the element in the file.
    `where` keeps only rows with something in one of these columns; `joined` columns may have several cells.
    """

    table: str
    row: str
    cells: dict[str, tuple[str, str]]
    leaf: str = ""
    inherited: dict[str, str] | None = None
    where: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """The shape of one return. `parents` names every element that holds others, with the one that it stands in.

    Names are in small letters. `also` are other names for such elements. `record` is the element of one child, within
    which everything repeated stands; what stands outside it is read by itself.
    """

    form: str
    root: str
    record: str
    parents: dict[str, str]
    rows: tuple[Rows, ...]
    also: dict[str, str]

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Every element that holds others, the root among them."""
        return (self.root, *self.parents)

    @cached_property
    def pairs(self) -> dict[tuple[str, str], int]:
        """Every cell, as the element it is in and its own, with a number."""
        places = {place for rows in self.rows for place in rows.cells.values()}
        return {place: at for at, place in enumerate(sorted(places))}

    @cached_property
    def own(self) -> dict[str, frozenset[str]]:
        """The columns of each table whose cells are told and mended as that table's.

        A cell that several tables have is the first one's.
        """
        taken: set[tuple[str, str]] = set()
        told: dict[str, frozenset[str]] = {}
        for rows in self.rows:
            told[rows.table] = frozenset(column for column, place in rows.cells.items() if place not in taken)
            taken |= set(rows.cells.values())
        return told

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The names of all cells."""
        return frozenset(leaf for _, leaf in self.pairs)


def _in(holder: str, **columns: str) -> dict[str, tuple[str, str]]:
    return {column: (holder, leaf) for column, leaf in columns.items()}


def _same(holder: str, *leaves: str) -> dict[str, tuple[str, str]]:
    return {leaf: (holder, leaf) for leaf in leaves}


_WHO_903 = {"child": "header/childid", "dob": "header/dob"}
_ADOPTED = ("date_int", "date_match", "foster_care", "nb_adoptr", "sex_adoptr", "ls_adoptr")
_LEFT = ("in_touch", "activ", "accom")

SSDA903 = Shape(
    form="ssda903",
    root="expssda903",
    record="child",
    parents={
        "child": "expssda903",
        "header": "child",
        "episode": "child",
        "amissing": "header",
        "areview": "header",
        "permanence": "header",
        "oc2": "header",
        "ad_placed": "header",
        "sw_episode": "header",
        "dolo": "header",
    },
    rows=(
        Rows(
            "cla_header",
            "header",
            _in("header", child="childid") | _same("header", "sex", "dob", "ethnic", "upn", "mother", "mc_dob", "uasc"),
        ),
        Rows(
            "cla_episodes",
            "episode",
            _in("episode", place="pl")
            | _same("episode", "decom", "rne", "ls", "cin", "place_provider", "dec", "rec", "reason_place_change")
            | _same("episode", "home_post", "pl_post", "urn", "pl_la", "pl_location", "pl_distance"),
            inherited={"child": "header/childid"},
        ),
        Rows("cla_reviews", "areview", _same("areview", "review", "review_code"), inherited=_WHO_903),
        Rows(
            "cla_uasc",
            "header",
            _in("header", child="childid") | _same("header", "sex", "dob", "duc", "uasc"),
            where=("duc", "uasc"),
        ),
        Rows(
            "cla_oc2",
            "oc2",
            _same("oc2", "sdq_score", "sdq_reason", "convicted", "health_check", "immunisations", "teeth_check")
            | _same("oc2", "health_assessment", "substance_misuse", "intervention_received", "intervention_offered"),
            inherited=_WHO_903,
        ),
        Rows("cla_oc3", "header", _in("header", child="childid") | _same("header", "dob", *_LEFT), where=_LEFT),
        Rows("cla_ad1", "header", _in("header", child="childid") | _same("header", "dob", *_ADOPTED), where=_ADOPTED),
        Rows(
            "cla_placed_adoption",
            "ad_placed",
            _same("ad_placed", "date_placed", "date_placed_ceased", "reason_placed_ceased"),
            inherited=_WHO_903,
        ),
        Rows(
            "cla_previous_permanence",
            "permanence",
            _same("permanence", "prev_perm", "la_perm", "date_perm"),
            inherited=_WHO_903,
        ),
        Rows("cla_missing", "amissing", _same("amissing", "missing", "mis_start", "mis_end"), inherited=_WHO_903),
        Rows(
            "cla_sw_episodes",
            "sw_episode",
            _same("sw_episode", "sw_id", "sw_decom", "sw_dec", "sw_reason"),
            inherited=_WHO_903,
        ),
        Rows("cla_dolo", "dolo", _same("dolo", "dolo_start", "dolo_end"), inherited=_WHO_903),
    ),
    # No schema with social workers and orders was to be had: these are the names that they may have.
    also={
        "sw_episodes": "sw_episode",
        "swepisode": "sw_episode",
        "swepisodes": "sw_episode",
        "asw_episode": "sw_episode",
        "sw": "sw_episode",
        "social_worker": "sw_episode",
        "adolo": "dolo",
        "dolos": "dolo",
        "dols": "dolo",
    },
)

_WHO_CIN = {"la_child_id": "childidentifiers/lachildid"}
_OF_EPISODE = _WHO_CIN | {"cin_details_id": "#cindetails"}
_OF_PLAN = _OF_EPISODE | {"cpp_id": "#childprotectionplans"}

CIN = Shape(
    form="cin",
    root="message",
    record="child",
    parents={
        "header": "message",
        "collectiondetails": "header",
        "source": "header",
        "children": "message",
        "child": "children",
        "childidentifiers": "child",
        "childcharacteristics": "child",
        "disabilities": "childcharacteristics",
        "cindetails": "child",
        "assessments": "cindetails",
        "factorsidentifiedatassessment": "assessments",
        "cinplandates": "cindetails",
        "section47": "cindetails",
        "childprotectionplans": "cindetails",
        "reviews": "childprotectionplans",
        "preproceedingsandfgdm": "cindetails",
    },
    rows=(
        Rows(
            "cin_header",
            "header",
            _in("collectiondetails", collection="collection", year="year", reference_date="referencedate")
            | _in("source", source_level="sourcelevel", lea="lea", software_code="softwarecode", release="release")
            | _in("source", serial_no="serialno", date_time="datetime"),
        ),
        Rows(
            "cin_child_identifiers",
            "childidentifiers",
            _in("childidentifiers", la_child_id="lachildid", upn="upn", former_upn="formerupn")
            | _in("childidentifiers", upn_unknown="upnunknown", person_birth_date="personbirthdate", sex="sex")
            | _in("childidentifiers", expected_person_birth_date="expectedpersonbirthdate")
            | _in("childidentifiers", gender_current="gendercurrent", person_death_date="persondeathdate"),
        ),
        Rows(
            "cin_child_characteristics",
            "childcharacteristics",
            _same("childcharacteristics", "ethnicity"),
            inherited=_WHO_CIN,
        ),
        Rows("cin_disabilities", "disabilities", _same("disabilities", "disability"), "disability", _WHO_CIN),
        Rows(
            "cin_details",
            "cindetails",
            _in("cindetails", cin_referral_date="cinreferraldate", referral_source="referralsource")
            | _in("cindetails", primary_need_code="primaryneedcode", cin_closure_date="cinclosuredate")
            | _in("cindetails", reason_for_closure="reasonforclosure", date_of_initial_cpc="dateofinitialcpc")
            | _in("cindetails", referral_nfa="referralnfa"),
            inherited=_OF_EPISODE,
        ),
        Rows(
            "cin_assessments",
            "assessments",
            _in("assessments", assessment_actual_start_date="assessmentactualstartdate")
            | _in("assessments", assessment_internal_review_date="assessmentinternalreviewdate")
            | _in("assessments", assessment_authorisation_date="assessmentauthorisationdate")
            | _in("factorsidentifiedatassessment", assessment_factors="assessmentfactors"),
            inherited=_OF_EPISODE,
            joined=("assessment_factors",),
        ),
        Rows(
            "cin_plan_dates",
            "cinplandates",
            _in("cinplandates", cin_plan_start_date="cinplanstartdate", cin_plan_end_date="cinplanenddate"),
            inherited=_OF_EPISODE,
        ),
        Rows(
            "cin_section_47",
            "section47",
            _in("section47", s47_actual_start_date="s47actualstartdate", initial_cpc_target="initialcpctarget")
            | _in("section47", date_of_initial_cpc="dateofinitialcpc", icpc_not_required="icpcnotrequired"),
            inherited=_OF_EPISODE,
        ),
        Rows(
            "cin_protection_plans",
            "childprotectionplans",
            _in("childprotectionplans", cpp_start_date="cppstartdate", cpp_end_date="cppenddate")
            | _in("childprotectionplans", initial_category_of_abuse="initialcategoryofabuse")
            | _in("childprotectionplans", latest_category_of_abuse="latestcategoryofabuse")
            | _in("childprotectionplans", number_of_previous_cpp="numberofpreviouscpp"),
            inherited=_OF_PLAN,
        ),
        Rows("cin_reviews", "reviews", _in("reviews", cpp_review_date="cppreviewdate"), "cppreviewdate", _OF_PLAN),
        Rows(
            "cin_pre_proceedings",
            "preproceedingsandfgdm",
            _in("preproceedingsandfgdm", pp_start_date="ppstartdate", lbp_sent_date="lbpsentdate")
            | _in("preproceedingsandfgdm", fgdm_meeting_offer="fgdmmeetingoffer", fgdm_meeting_fac="fgdmmeetingfac")
            | _in("preproceedingsandfgdm", initial_pp_meeting_date="initialppmeetingdate", pp_outcome="ppoutcome")
            | _in("preproceedingsandfgdm", review_meetings_count="reviewmeetingscount")
            | _in("preproceedingsandfgdm", step_decision_date="stepdecisiondate", court_app_date="courtappdate")
            | _in("preproceedingsandfgdm", letter_init_cp_date="letterinitcpdate"),
            inherited=_OF_EPISODE,
        ),
    ),
    also={},
)

SHAPES: tuple[Shape, ...] = (SSDA903, CIN)
