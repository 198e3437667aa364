"""Lists 8 to 11 of Annex A: care, leaving care, adoption and adopters."""

import polars as pl

from goldthread.kernel.record.mapping import Fill, codes, derived, given, key, latest, same

_CHILD = same("child")
_NOT_THERE = "the dataset has no place for it"
_PERIOD = key("care", "child", "started_on")
_PLACEMENT = key("placement", "child", "placement_on")

CARE = (
    Fill(
        into="ssd_cla_episodes",
        source="children_in_care",
        takes={
            "clae_cla_episode_id": derived(
                ("child", "placement_on", "legal_status_on"),
                pl.concat_str(
                    [
                        pl.lit("episode"),
                        "child",
                        pl.max_horizontal("placement_on", "legal_status_on").cast(pl.String),
                    ],
                    separator="/",
                ),
                "the source has no number for its rows; this one is made of the child and the start of the episode",
            ),
            "clae_person_id": _CHILD,
            "clae_cla_episode_start_date": derived(
                ("placement_on", "legal_status_on"),
                pl.max_horizontal("placement_on", "legal_status_on"),
                "an episode begins when the placement or the legal status changes: the later of the two",
            ),
            "clae_cla_primary_need_code": same("need"),
            "clae_cla_episode_ceased_date": same("ceased_on"),
            "clae_cla_episode_ceased_reason": same("ceased_reason"),
            "clae_cla_id": _PERIOD,
            "clae_cla_placement_id": _PLACEMENT,
            "clae_entered_care_date": same("started_on"),
            "clae_cla_last_iro_contact_date": latest("iro_contact_on", "the dataset too has the last day only"),
        },
    ),
    Fill(
        into="ssd_legal_status",
        source="children_in_care",
        takes={
            "lega_legal_status_id": key("status", "child", "legal_status_on"),
            "lega_person_id": _CHILD,
            "lega_legal_status": latest("legal_status", "the current one"),
            "lega_legal_status_start_date": latest("legal_status_on", "of the current one"),
            "lega_legal_status_end_date": same("ceased_on", "the last legal status ends with care"),
        },
    ),
    Fill(
        into="ssd_cla_placement",
        source="children_in_care",
        takes={
            "clap_cla_placement_id": _PLACEMENT,
            "clap_person_id": _CHILD,
            "clap_cla_id": _PERIOD,
            "clap_cla_placement_start_date": latest("placement_on", "the most recent placement"),
            "clap_cla_placement_type": latest("placement_type", "of the most recent placement"),
            "clap_cla_placement_provider": latest("provider", "of the most recent placement"),
            "clap_cla_placement_postcode": latest("postcode", "of the most recent placement"),
            "clap_cla_placement_urn": latest("urn", "of the most recent placement"),
            "clap_cla_placement_end_date": same("ceased_on", "the last placement ends with care"),
        },
    ),
    Fill(
        into="own_placement_locations",
        source="children_in_care",
        takes={
            "ploc_cla_placement_id": _PLACEMENT,
            "ploc_person_id": _CHILD,
            "ploc_in_or_out": latest("in_or_out", _NOT_THERE),
            "ploc_local_authority": latest("placement_authority", _NOT_THERE),
        },
    ),
    Fill(
        into="ssd_cla_reviews",
        source="children_in_care",
        rows="rows with a review",
        only=pl.col("latest_review_on").is_not_null(),
        takes={
            "clar_cla_review_id": key("care review", "child", "latest_review_on"),
            "clar_cla_person_id": _CHILD,
            "clar_cla_id": _PERIOD,
            "clar_cla_review_date": latest("latest_review_on", "the list has the latest review only"),
            "clar_cla_review_cancelled": given("N", "the list has reviews that were held"),
        },
    ),
    Fill(
        into="ssd_cla_visits",
        source="children_in_care",
        rows="rows with a visit",
        only=pl.col("last_visit_on").is_not_null(),
        takes={
            "clav_cla_visit_id": key("care visit", "child", "last_visit_on"),
            "clav_cla_id": _PERIOD,
            "clav_person_id": _CHILD,
            "clav_cla_visit_date": latest("last_visit_on", "the list has the last visit only"),
        },
    ),
    Fill(
        into="ssd_cla_care_plan",
        source="children_in_care",
        rows="rows with a plan for permanence",
        only=pl.col("permanence_plan").is_not_null(),
        takes={
            "lacp_table_id": key("care plan", "child", "started_on"),
            "lacp_person_id": _CHILD,
            "lacp_cla_care_plan_json": derived(
                ("permanence_plan",),
                pl.concat_str([pl.lit('{"PERMANENCE": "'), pl.col("permanence_plan"), pl.lit('"}')]),
                "the same code, written into the list of the care plan",
            ),
        },
    ),
    *(
        Fill(
            into="ssd_cla_health",
            source="children_in_care",
            rows=f"rows with a {kind.lower()}",
            only=pl.col(day).is_not_null(),
            takes={
                "clah_health_check_id": key(kind.lower(), "child", day),
                "clah_person_id": _CHILD,
                "clah_health_check_type": given(kind, "the kind of check that the column is of"),
                "clah_health_check_date": latest(day, "the list has the last day only"),
                "clah_health_check_status": given("Completed", "the list has checks that were done"),
            },
        )
        for kind, day in (("Health assessment", "health_on"), ("Dental check", "dental_on"))
    ),
    *(
        Fill(
            into="ssd_immigration_status",
            source=table,
            rows="rows that say yes",
            only=pl.col("unaccompanied") == "Y",
            takes={
                "immi_immigration_status_id": key("asylum", "child"),
                "immi_person_id": _CHILD,
                "immi_immigration_status": codes("unaccompanied", {"Y": "UASC"}),
            },
        )
        for table in ("children_in_care", "care_leavers")
    ),
)

LEAVING = (
    Fill(
        into="ssd_care_leavers",
        source="care_leavers",
        takes={
            "clea_table_id": key("leaver", "child"),
            "clea_person_id": _CHILD,
            "clea_care_leaver_eligibility": same("eligibility"),
            "clea_care_leaver_in_touch": same("in_touch"),
            "clea_care_leaver_latest_contact": latest("contacted_on", "the dataset too has the last day only"),
            "clea_care_leaver_accommodation": same("accommodation"),
            "clea_care_leaver_accom_suitable": same("suitability"),
            "clea_care_leaver_activity": same("activity"),
            "clea_pathway_plan_review_date": latest("pathway_plan_on", "the dataset too has the last day only"),
            "clea_care_leaver_personal_advisor": same("adviser"),
            "clea_care_leaver_allocated_team": same("team"),
            "clea_care_leaver_worker_id": same("worker"),
        },
    ),
)

ADOPTION = (
    Fill(
        into="ssd_permanence",
        source="adoptions",
        takes={
            "perm_table_id": key("adoption", "child", "decided_on"),
            "perm_person_id": _CHILD,
            "perm_cla_id": key("care", "child", "entered_care_on"),
            "perm_adm_decision_date": same("decided_on"),
            "perm_placement_order_date": same("placement_order_on"),
            "perm_matched_date": same("matched_on"),
            "perm_placed_for_adoption_date": same("placed_on"),
            "perm_permanence_order_date": same("adopted_on"),
            "perm_permanence_order_type": derived(
                ("adopted_on",),
                pl.when(pl.col("adopted_on").is_not_null()).then(pl.lit("Adoption")),
                "the kind",
            ),
            "perm_decision_reversed_date": same("reversed_on"),
            "perm_decision_reversed_reason": same("reversal_reason"),
            "perm_placed_ffa_cp_date": same("early_placement_on"),
        },
    ),
    Fill(
        into="own_adoptive_families",
        source="adoptions",
        rows="rows with a family",
        only=pl.col("family").is_not_null(),
        takes={"adfa_person_id": _CHILD, "adfa_family_id": same("family", _NOT_THERE)},
    ),
    Fill(
        into="own_adopters",
        source="adopters",
        takes={
            name: same(column, _NOT_THERE)
            for name, column in {
                "adop_adopter_id": "adopter",
                "adop_family_id": "family",
                "adop_gender": "gender",
                "adop_ethnicity": "ethnicity",
                "adop_disability": "disability",
                "adop_fostering_for_adoption": "fostering_for_adoption",
                "adop_enquiry_date": "enquired_on",
                "adop_stage_1_start_date": "stage_1_started_on",
                "adop_stage_1_end_date": "stage_1_ended_on",
                "adop_stage_2_start_date": "stage_2_started_on",
                "adop_stage_2_end_date": "stage_2_ended_on",
                "adop_application_date": "applied_on",
                "adop_approval_date": "approved_on",
                "adop_matched_date": "matched_on",
                "adop_placed_date": "placed_on",
                "adop_children_placed": "children_placed",
                "adop_order_date": "adopted_on",
                "adop_left_date": "left_on",
                "adop_left_reason": "left_reason",
            }.items()
        },
    ),
)
