"""The SSDA903 return becomes the record: episodes of care, and the placements, legal statuses and periods in them."""

import polars as pl

from goldthread.kernel.record import spells
from goldthread.kernel.record.mapping import YES_NO, Fill, FormMapping, Take, codes, derived, given, key, same

_CHILD = same("child")
_IN_YEAR = "the return says that it was so in the year, and not when"
_WHICH_EPISODE = ("child", "decom", "rne")


def _spell(mark: str, start: str, why: str) -> Take:
    made = pl.concat_str([pl.lit(mark), "child", pl.col(start).cast(pl.String)], separator="/")
    return derived(_WHICH_EPISODE, made, why)


_PERIOD = _spell("care", "period_start", "one number for all episodes from S, started to be looked after, on")
_PLACEMENT = _spell("placement", "placement_start", "one number for all episodes until the placement changes")
_PLACEMENT_START = derived(
    _WHICH_EPISODE, pl.col("placed"), "the start of the first episode that has the placement; blank if before the file"
)

_SEX = codes("sex", {"1": "M", "2": "F"}, "1 and 2 to 2023-24")
_BESIDE_THE_HEADER = (
    "reviews", "uasc", "oc2", "oc3", "ad1", "placed_adoption", "previous_permanence", "missing", "sw_episodes", "dolo",
)  # fmt: skip
_IF_NOT = "where the header lacks the child, or the value"


def _person(file: str) -> Fill:
    """The child of another file than the header, which comes first."""
    table = f"cla_{file}"
    takes = {"pers_person_id": _CHILD, "pers_dob": same("dob", _IF_NOT)}
    if file == "uasc":
        takes["pers_sex"] = _SEX
    return Fill(into="ssd_person", source=table, takes=takes)


_PERSONS = (
    Fill(
        into="ssd_person",
        source="cla_header",
        takes={
            "pers_person_id": _CHILD,
            "pers_sex": _SEX,
            "pers_dob": same("dob"),
            "pers_ethnicity": same("ethnic"),
            "pers_upn": derived(
                ("upn",),
                pl.when(~pl.col("upn").str.starts_with("UN")).then("upn"),
                "a pupil number; where there is none, the return writes a reason in its place",
            ),
            "pers_upn_unknown": derived(
                ("upn",), pl.when(pl.col("upn").str.starts_with("UN")).then("upn"), "the reason for no pupil number"
            ),
            "pers_is_mother": codes("mother", YES_NO),
        },
    ),
    *(_person(file) for file in _BESIDE_THE_HEADER),
    Fill(
        into="ssd_linked_identifiers",
        source="cla_header",
        rows="rows with a pupil number",
        only=~pl.col("upn").str.starts_with("UN"),
        takes={
            "link_table_id": key("upn", "child", "upn"),
            "link_person_id": _CHILD,
            "link_identifier_type": given("Unique Pupil Number", "the dataset's words for it"),
            "link_identifier_value": same("upn"),
        },
    ),
    Fill(
        into="ssd_mother",
        source="cla_header",
        rows="rows with the birth date of a child's own child",
        only=pl.col("mc_dob").is_not_null(),
        takes={
            "moth_table_id": key("mother", "child", "mc_dob"),
            "moth_person_id": _CHILD,
            "moth_childs_dob": same("mc_dob"),
        },
    ),
    Fill(
        into="ssd_immigration_status",
        source="cla_header",
        rows="rows of children who sought asylum alone",
        only=pl.col("uasc") == "1",
        takes={
            "immi_immigration_status_id": key("asylum", "child"),
            "immi_person_id": _CHILD,
            "immi_immigration_status": codes("uasc", {"1": "UASC"}),
        },
    ),
    Fill(
        into="ssd_immigration_status",
        source="cla_uasc",
        takes={
            "immi_immigration_status_id": key("asylum", "child"),
            "immi_person_id": _CHILD,
            "immi_immigration_status": given("UASC", "the file is of children who sought asylum alone"),
            "immi_immigration_status_end_date": same("duc"),
        },
    ),
)

_CARE = (
    Fill(
        into="ssd_cla_episodes",
        source="cla_episodes",
        prepare=spells.with_starts,
        takes={
            "clae_cla_episode_id": key("episode", "child", "decom"),
            "clae_person_id": _CHILD,
            "clae_cla_episode_start_date": same("decom"),
            "clae_cla_episode_start_reason": same("rne"),
            "clae_cla_primary_need_code": same("cin"),
            "clae_cla_episode_ceased_date": same("dec"),
            "clae_cla_episode_ceased_reason": same("rec"),
            "clae_cla_id": _PERIOD,
            "clae_cla_placement_id": _PLACEMENT,
            "clae_entered_care_date": derived(
                _WHICH_EPISODE, pl.col("entered"), "the start of the last episode with S; blank if before the file"
            ),
        },
    ),
    Fill(
        into="ssd_cla_placement",
        source="cla_episodes",
        prepare=spells.placements,
        rows="one for each placement",
        takes={
            "clap_cla_placement_id": _PLACEMENT,
            "clap_person_id": _CHILD,
            "clap_cla_id": _PERIOD,
            "clap_cla_placement_start_date": _PLACEMENT_START,
            "clap_cla_placement_type": same("place"),
            "clap_cla_placement_provider": same("place_provider"),
            "clap_cla_placement_postcode": same("pl_post"),
            "clap_cla_placement_urn": same("urn"),
            "clap_cla_placement_end_date": same("dec", "of the last episode that has the placement"),
            "clap_cla_placement_change_reason": same(
                "reason_place_change", "of the last episode that has the placement"
            ),
        },
    ),
    Fill(
        into="ssd_legal_status",
        source="cla_episodes",
        prepare=spells.statuses,
        rows="one for each legal status",
        takes={
            "lega_legal_status_id": _spell("status", "status_start", "one for all episodes until the status changes"),
            "lega_person_id": _CHILD,
            "lega_legal_status": same("ls"),
            "lega_legal_status_start_date": derived(
                _WHICH_EPISODE,
                pl.col("held_since"),
                "the start of the first episode that has the status; blank if before the file",
            ),
            "lega_legal_status_end_date": same("dec", "of the last episode that has the status"),
        },
    ),
    Fill(
        into="ssd_address",
        source="cla_episodes",
        prepare=spells.homes,
        rows="one for each postcode of the home, as they followed one another",
        takes={
            "addr_table_id": key("home", "child", "decom"),
            "addr_person_id": _CHILD,
            "addr_address_start_date": same("decom", "the first episode that has this home"),
            "addr_address_type": given("HOME", "the home that the child came from"),
            "addr_address_postcode": same("home_post"),
        },
    ),
    Fill(
        into="ssd_cla_reviews",
        source="cla_reviews",
        prepare=spells.reviews_in_period,
        takes={
            "clar_cla_review_id": key("care review", "child", "review"),
            "clar_cla_person_id": _CHILD,
            "clar_cla_id": derived(
                ("child", "review"),
                pl.concat_str([pl.lit("care"), "child", pl.col("period_start").cast(pl.String)], separator="/"),
                "the last period of care that had begun",
            ),
            "clar_cla_review_date": same("review"),
            "clar_cla_review_participation": same("review_code"),
            "clar_cla_review_cancelled": given("N", "the return has reviews that were held"),
        },
    ),
    Fill(
        into="ssd_missing",
        source="cla_missing",
        takes={
            "miss_table_id": key("missing", "child", "mis_start"),
            "miss_person_id": _CHILD,
            "miss_missing_episode_type": same("missing"),
            "miss_missing_episode_start_date": same("mis_start"),
            "miss_missing_episode_end_date": same("mis_end"),
        },
    ),
    Fill(
        into="own_liberty_orders",
        source="cla_dolo",
        takes={
            "libo_order_id": key("liberty", "child", "dolo_start"),
            "libo_person_id": _CHILD,
            "libo_start_date": same("dolo_start", "the dataset has no place for it"),
            "libo_end_date": same("dolo_end", "the dataset has no place for it"),
        },
    ),
    Fill(
        into="ssd_cla_previous_permanence",
        source="cla_previous_permanence",
        takes={
            "lapp_table_id": key("permanence", "child"),
            "lapp_person_id": _CHILD,
            "lapp_previous_permanence_option": same("prev_perm"),
            "lapp_previous_permanence_la": same("la_perm"),
            "lapp_previous_permanence_order_date": same("date_perm"),
        },
    ),
    Fill(
        into="ssd_involvements",
        source="cla_sw_episodes",
        takes={
            "invo_involvements_id": key("worker", "child", "sw_decom", "sw_id"),
            "invo_person_id": _CHILD,
            "invo_professional_id": same("sw_id"),
            "invo_involvement_start_date": same("sw_decom"),
            "invo_involvement_end_date": same("sw_dec"),
            "invo_worker_change_reason": same("sw_reason"),
        },
    ),
    Fill(
        into="ssd_professionals",
        source="cla_sw_episodes",
        takes={
            "prof_professional_id": same("sw_id"),
            "prof_social_worker_registration_no": same("sw_id"),
        },
    ),
)


def _check(column: str, kind: str) -> Fill:
    return Fill(
        into="ssd_cla_health",
        source="cla_oc2",
        rows=f"rows with {column.upper()} 1",
        only=pl.col(column) == "1",
        takes={
            "clah_health_check_id": key(column, "child"),
            "clah_person_id": _CHILD,
            "clah_health_check_type": given(kind, _IN_YEAR),
            "clah_health_check_status": codes(column, {"1": "Completed"}, _IN_YEAR),
        },
    )


_YEARLY = (
    Fill(
        into="ssd_sdq_scores",
        source="cla_oc2",
        rows="rows with a score or a reason for none",
        only=pl.col("sdq_score").is_not_null() | pl.col("sdq_reason").is_not_null(),
        takes={
            "csdq_table_id": key("sdq", "child"),
            "csdq_person_id": _CHILD,
            "csdq_sdq_score": same("sdq_score", _IN_YEAR),
            "csdq_sdq_reason": same("sdq_reason"),
        },
    ),
    Fill(
        into="ssd_cla_convictions",
        source="cla_oc2",
        rows="rows with CONVICTED 1",
        only=pl.col("convicted") == "1",
        takes={
            "clac_cla_conviction_id": derived(("child", "convicted"), key("conviction", "child").expression, _IN_YEAR),
            "clac_person_id": _CHILD,
        },
    ),
    _check("health_check", "Health check of a child under five"),
    _check("health_assessment", "Health assessment"),
    _check("teeth_check", "Dental check"),
    Fill(
        into="ssd_cla_immunisations",
        source="cla_oc2",
        takes={"clai_person_id": _CHILD, "clai_immunisations_status": codes("immunisations", YES_NO, _IN_YEAR)},
    ),
    Fill(
        into="ssd_cla_substance_misuse",
        source="cla_oc2",
        rows="rows with SUBSTANCE_MISUSE 1",
        only=pl.col("substance_misuse") == "1",
        takes={
            "clas_substance_misuse_id": derived(
                ("child", "substance_misuse"), key("misuse", "child").expression, _IN_YEAR
            ),
            "clas_person_id": _CHILD,
            "clas_intervention_received": codes("intervention_received", YES_NO, _IN_YEAR),
        },
    ),
)

_ACCOM = pl.col("accom")
_LEAVING = (
    Fill(
        into="ssd_care_leavers",
        source="cla_oc3",
        takes={
            "clea_table_id": key("leaver", "child"),
            "clea_person_id": _CHILD,
            "clea_care_leaver_in_touch": same("in_touch"),
            "clea_care_leaver_activity": codes("activ", {"0": None}, "0 says that nothing is known"),
            "clea_care_leaver_accommodation": derived(
                ("accom",), pl.when(_ACCOM != "0").then(_ACCOM.str.head(1)), "the letter; 0 says that nothing is known"
            ),
            "clea_care_leaver_accom_suitable": derived(
                ("accom",),
                _ACCOM.str.slice(1).replace_strict(
                    {"1": "SUITABLE", "2": "UNSUITABLE"}, default=None, return_dtype=pl.String
                ),
                "the figure: 1 suitable, 2 unsuitable",
            ),
        },
    ),
)
_ADOPTION = (
    Fill(
        into="ssd_permanence",
        source="cla_ad1",
        takes={
            "perm_table_id": key("adoption", "child", "date_int"),
            "perm_person_id": _CHILD,
            "perm_adm_decision_date": same("date_int"),
            "perm_matched_date": same("date_match"),
            "perm_adopted_by_carer_flag": codes("foster_care", YES_NO),
            "perm_number_of_adopters": derived(
                ("nb_adoptr",), pl.col("nb_adoptr").cast(pl.Int64, strict=False), "as a number"
            ),
            "perm_adopter_sex": same("sex_adoptr"),
            "perm_adopter_legal_status": same("ls_adoptr"),
        },
    ),
    Fill(
        into="ssd_permanence",
        source="cla_placed_adoption",
        takes={
            "perm_table_id": key("adoption", "child", "date_placed"),
            "perm_person_id": _CHILD,
            "perm_adm_decision_date": same(
                "date_placed", "in spite of its name it is the day of the decision, not of moving in"
            ),
            "perm_decision_reversed_date": same("date_placed_ceased"),
            "perm_decision_reversed_reason": same("reason_placed_ceased"),
        },
    ),
)

FROM_SSDA903 = FormMapping(
    form="ssda903",
    fills=(*_PERSONS, *_CARE, *_YEARLY, *_LEAVING, *_ADOPTION),
    merged=frozenset({"ssd_person", "ssd_immigration_status", "ssd_address", "ssd_professionals", "ssd_permanence"}),
    nowhere={
        "cla_oc2.intervention_offered": "the dataset has no place for help that was offered and not taken up",
        **{
            f"cla_episodes.{name}": "no column of the return; the record looks it up by the postcodes"
            for name in ("pl_la", "pl_location", "pl_distance")
        },
    },
)
