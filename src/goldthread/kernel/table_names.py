"""What the tables of the two returns are called in the trade, as by those who check returns."""

TABLE_NAMES: dict[str, str] = {
    "cla_header": "Header",
    "cla_episodes": "Episodes",
    "cla_reviews": "Reviews",
    "cla_uasc": "UASC",
    "cla_oc2": "OC2",
    "cla_oc3": "OC3",
    "cla_ad1": "AD1",
    "cla_placed_adoption": "PlacedAdoption",
    "cla_previous_permanence": "PrevPerm",
    "cla_missing": "Missing",
    "cla_sw_episodes": "SWEpisodes",
    "cla_dolo": "DoLo",
    "cin_header": "Header",
    "cin_child_identifiers": "ChildIdentifiers",
    "cin_child_characteristics": "ChildCharacteristics",
    "cin_disabilities": "Disabilities",
    "cin_details": "CINdetails",
    "cin_assessments": "Assessments",
    "cin_plan_dates": "CINplanDates",
    "cin_section_47": "Section47",
    "cin_protection_plans": "ChildProtectionPlans",
    "cin_reviews": "Reviews",
    "cin_pre_proceedings": "PreProceedings",
}
"""By our own names. A table of the return of the year before has `_last` behind its name."""

LAST = "_last"
