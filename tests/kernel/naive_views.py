"""The other views worked out a second time, in plain Python."""

from collections.abc import Callable
from datetime import date

from tests.kernel.naive_care import DAY, EARLIEST, NaiveCare, Row, where

from goldthread.domain.calendar import completed_years

ADOPTIVE = ("A3", "A4", "A5", "A6")


def _described(n: NaiveCare, rows: list[Row], *, team: bool = False) -> list[Row]:
    return [
        {**row, **n.child(row["child"]), **({"team": row.get("team") or n.team(row["child"])} if team else {})}
        for row in rows
    ]


def stays(n: NaiveCare) -> list[Row]:
    children = {row["clap_person_id"] for row in n.tables["ssd_cla_placement"]} - {None}
    return _described(n, [stay for child in children for stay in n.stays(child)])


def cared_in_year(n: NaiveCare) -> list[Row]:
    last: dict[str, Row] = {}
    for period in n.periods():
        ceased = period["ceased_on"]
        if period["seen_from"] <= n.as_at and (ceased is None or ceased > n.year_ago):
            last[period["child"]] = period
    rows = []
    for child, period in last.items():
        day = n.as_at if period["ceased_on"] is None else min(period["ceased_on"] - DAY, n.as_at)
        gone = [
            row["miss_missing_episode_type"] for row in n.tables["ssd_missing"]
            if row["miss_person_id"] == child and row["miss_missing_episode_start_date"] is not None
            and row["miss_missing_episode_start_date"] <= n.as_at
            and (row["miss_missing_episode_end_date"] is None or row["miss_missing_episode_end_date"] > n.year_ago)
        ]  # fmt: skip
        rows.append({"source": period["source"], "source_row": period["source_row"],
                     "child": child, "legal_status": n.status(child, day),
                     "missing_in_year": gone.count("M"),
                     "absent_in_year": gone.count("A")})  # fmt: skip
    return _described(n, rows)


def care_begun(n: NaiveCare) -> list[Row]:
    rows, before = [], None
    for period in n.periods():
        previous = before["ceased_on"] if before is not None and before["child"] == period["child"] else None
        before = period
        if n.in_year(period["started_on"]):
            status = n.status(period["child"], period["started_on"])
            rows.append({**period, "previous_ceased_on": previous, "legal_status": status})
    return _described(n, rows)


def care_ended(n: NaiveCare) -> list[Row]:
    ended = sorted(
        (period for period in n.periods() if n.in_year(period["ceased_on"])),
        key=lambda one: (one["child"], one["ceased_on"], one["seen_from"]),
    )
    rows = [
        {
            **period,
            "legal_status": n.status(period["child"], period["ceased_on"] - DAY),
            "last_of_child": "N" if any(one["child"] == period["child"] for one in ended[at + 1 :]) else "Y",
        }
        for at, period in enumerate(ended)
    ]
    return _described(n, rows)


def care_reviews(n: NaiveCare) -> list[Row]:
    owners: dict[str, str] = {}
    for row in n.tables["ssd_cla_episodes"]:
        if row["clae_cla_id"] is not None and row["clae_person_id"] is not None:
            owners.setdefault(row["clae_cla_id"], row["clae_person_id"])
    rows = []
    for row in n.tables["ssd_cla_reviews"]:
        if row["clar_cla_review_cancelled"] == "Y" or not n.in_year(row["clar_cla_review_date"]):
            continue
        child = row["clar_cla_person_id"] or owners.get(row["clar_cla_id"])
        born, on = n.child(child)["born_on"], row["clar_cla_review_date"]
        age = None if born is None else (completed_years(born, on) if born <= on else on.year - born.year - (
            (on.month, on.day) < (born.month, born.day)))  # fmt: skip
        rows.append({**where(row), "child": child, "reviewed_on": on,
                     "participation": row["clar_cla_review_participation"],
                     "age_then": age})  # fmt: skip
    return _described(n, rows)


def times_missing(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["miss_person_id"], "missing_on": row["miss_missing_episode_start_date"],
         "returned_on": row["miss_missing_episode_end_date"], "kind": row["miss_missing_episode_type"],
         "offered": row["miss_missing_rhi_offered"], "accepted": row["miss_missing_rhi_accepted"]}
        for row in n.tables["ssd_missing"] if n.in_year(row["miss_missing_episode_end_date"])
    ])  # fmt: skip


def leavers(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["clea_person_id"], "eligibility": row["clea_care_leaver_eligibility"],
         "in_touch": row["clea_care_leaver_in_touch"], "contacted_on": row["clea_care_leaver_latest_contact"],
         "accommodation": row["clea_care_leaver_accommodation"],
         "suitability": row["clea_care_leaver_accom_suitable"], "activity": row["clea_care_leaver_activity"],
         "pathway_plan_on": row["clea_pathway_plan_review_date"],
         "adviser": row["clea_care_leaver_personal_advisor"], "team": row["clea_care_leaver_allocated_team"]}
        for row in n.tables["ssd_care_leavers"]
    ], team=True)  # fmt: skip


def adoption_paths(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["perm_person_id"], "decided_on": row["perm_adm_decision_date"],
         "placed_on": row["perm_placed_for_adoption_date"], "adopted_on": _order(row),
         "reversed_on": row["perm_decision_reversed_date"], "ordered_on": row["perm_placement_order_date"],
         "matched_on": row["perm_matched_date"], "by_carer": row["perm_adopted_by_carer_flag"],
         "fostered_on": row["perm_placed_foster_carer_date"] or row["perm_placed_ffa_cp_date"],
         **_by_care(n, row)}
        for row in n.tables["ssd_permanence"]
    ])  # fmt: skip


def _order(row: Row) -> date | None:
    day: date | None = row["perm_permanence_order_date"]
    return None if row["perm_permanence_order_type"] == "Special guardianship" else day


def _by_care(n: NaiveCare, row: Row) -> Row:
    """What the child's periods of care and placements tell of its way to adoption."""
    child = row["perm_person_id"]
    own = [period for period in n.periods() if period["child"] == child]
    left = [period for period in own if period["ceased_reason"] in ("E11", "E12") and period["ceased_on"] is not None]
    last = max(left, key=lambda one: one["ceased_on"]) if left else (own[-1] if own else None)
    moved = [one["seen_from"] for one in n.placements() if one["child"] == child and str(one["type"]) in ADOPTIVE]
    return {
        "entered_on": last["started_on"] if last else None,
        "moved_in_on": row["perm_placed_for_adoption_date"] or min(moved, default=None),
        "finished_on": _order(row) or (last["ceased_on"] if left and last else None),
    }


def all_need(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["cine_person_id"], "opened_on": row["cine_referral_date"],
         "closed_on": row["cine_close_date"], "need": row["cine_cin_primary_need_code"],
         "team": row["cine_referral_team"]}
        for row in n.tables["ssd_cin_episodes"]
        if row["cine_referral_date"] is not None and row["cine_cin_primary_need_code"] is not None
        and row["cine_referral_nfa"] != "Y"
    ], team=True)  # fmt: skip


def all_early_help(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["earl_person_id"], "started_on": row["earl_episode_start_date"],
         "ended_on": row["earl_episode_end_date"], "organisation": row["earl_episode_organisation"]}
        for row in n.tables["ssd_early_help_episodes"] if row["earl_episode_start_date"] is not None
    ])  # fmt: skip


def _days_of(n: NaiveCare, table: str, owner: str, day: str, child: str | None) -> list[date]:
    return [row[day] for row in n.tables[table] if child is not None and row[owner] == child and row[day] is not None]


def _before(n: NaiveCare, table: str, owner: str, day: str, row: Row) -> date | None:
    if row[day] is None:
        return max(_days_of(n, table, owner, day, row[owner]), default=None)
    return max((one for one in _days_of(n, table, owner, day, row[owner]) if one < row[day]), default=None)


def _next(days: list[date], since: date) -> date | None:
    return min((day for day in days if day >= since), default=None)


REFERRED = ("ssd_cin_episodes", "cine_person_id", "cine_referral_date")


def all_referrals(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["cine_person_id"], "referred_on": row["cine_referral_date"],
         "no_further_action": row["cine_referral_nfa"], "previous_on": _before(n, *REFERRED, row),
         "team": row["cine_referral_team"]}
        for row in n.tables["ssd_cin_episodes"] if row["cine_referral_date"] is not None
    ], team=True)  # fmt: skip


def all_contacts(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["cont_person_id"], "contacted_on": row["cont_contact_date"],
         "contact_source": row["cont_contact_source_code"],
         "referred_on": _next(_days_of(n, *REFERRED, row["cont_person_id"]), row["cont_contact_date"])}
        for row in n.tables["ssd_contacts"] if row["cont_contact_date"] is not None
    ])  # fmt: skip


def _first(rows: list[Row], name: str, key: str | None) -> Row:
    return next((row for row in rows if key is not None and row[name] == key), {})


def all_assessments(n: NaiveCare) -> list[Row]:
    return _described(n, [
        {**where(row), "child": row["cina_person_id"], "started_on": row["cina_assessment_start_date"],
         "authorised_on": row["cina_assessment_auth_date"],
         "referred_on": _first(n.tables["ssd_cin_episodes"], "cine_referral_id", row["cina_referral_id"]).get(
             "cine_referral_date"),
         "child_seen": row["cina_assessment_child_seen"], "team": row["cina_assessment_team"]}
        for row in n.tables["ssd_cin_assessments"]
    ], team=True)  # fmt: skip


def all_enquiries(n: NaiveCare) -> list[Row]:
    rows = []
    for row in n.tables["ssd_s47_enquiry"]:
        held = [
            one for one in n.tables["ssd_initial_cp_conference"]
            if one["icpc_s47_enquiry_id"] is not None and one["icpc_s47_enquiry_id"] == row["s47e_s47_enquiry_id"]
        ]  # fmt: skip
        held.sort(key=lambda one: (one["icpc_icpc_date"] or date.max, one["row"]))
        first = held[0] if held else {}
        rows.append({
            **where(row), "child": row["s47e_person_id"], "strategy_on": row["s47e_s47_start_date"],
            "went_no_further": row["s47e_s47_nfa"], "conference_on": first.get("icpc_icpc_date"),
            "led_to_plan": first.get("icpc_icpc_outcome_cp_flag"),
            "previous_on": _before(n, "ssd_s47_enquiry", "s47e_person_id", "s47e_s47_start_date", row),
            "team": row["s47e_s47_completed_by_team"],
        })  # fmt: skip
    return _described(n, rows, team=True)


def all_conferences(n: NaiveCare) -> list[Row]:
    rows = []
    for row in n.tables["ssd_initial_cp_conference"]:
        enquiry = _first(n.tables["ssd_s47_enquiry"], "s47e_s47_enquiry_id", row["icpc_s47_enquiry_id"])
        rows.append({
            **where(row), "child": row["icpc_person_id"], "strategy_on": enquiry.get("s47e_s47_start_date"),
            "conference_on": row["icpc_icpc_date"], "transfer_in": row["icpc_icpc_transfer_in"],
            "led_to_plan": row["icpc_icpc_outcome_cp_flag"], "team": enquiry.get("s47e_s47_completed_by_team"),
        })  # fmt: skip
    return _described(n, rows, team=True)


def all_plans(n: NaiveCare) -> list[Row]:
    plans = sorted(
        n.tables["ssd_cp_plans"],
        key=lambda row: (row["cppl_person_id"] or "Z", row["cppl_cp_plan_start_date"] or date.max, row["row"]),
    )
    said = {}
    for row in n.tables["own_previous_plans"]:
        if row["prpl_cp_plan_id"] is not None and row["prpl_number"] is not None:
            said.setdefault(row["prpl_cp_plan_id"], row["prpl_number"])
    rows, of_child = [], {}
    first_of_plan: dict[str, Row] = {}
    for row in plans:
        if row["cppl_cp_plan_id"] is not None:
            first_of_plan.setdefault(row["cppl_cp_plan_id"], row)
    for row in plans:
        child, plan = row["cppl_person_id"], row["cppl_cp_plan_id"]
        earlier = of_child.setdefault(child, []) if child is not None else []
        seen = len(earlier) if child is not None and row["cppl_cp_plan_start_date"] is not None else None
        if seen == 0 and n.tables["own_previous_plans"]:
            seen = None
        rows.append({
            **where(row),
            "child": child, "started_on": row["cppl_cp_plan_start_date"], "ended_on": row["cppl_cp_plan_end_date"],
            "latest_category": row["cppl_cp_plan_latest_category"],
            "previous_plans": said.get(plan, seen),
            "previous_ended_on": earlier[-1]["cppl_cp_plan_end_date"] if earlier else None,
            **_under(n, first_of_plan.get(plan)), "team": n.team(child),
        })  # fmt: skip
        earlier.append(row)
    return _described(n, rows)


def _under(n: NaiveCare, plan: Row | None) -> Row:
    """What was held under a plan; of rows with one number, the first counts."""
    if plan is None:
        return dict.fromkeys(("last_visit_on", "seen_alone", "reviews_late", "reviews_held"))
    name = plan["cppl_cp_plan_id"]
    visits = [
        row for row in n.tables["ssd_cp_visits"]
        if row["cppv_cp_plan_id"] == name and (row["cppv_cp_visit_date"] or date.max) <= n.as_at
    ]  # fmt: skip
    visits.sort(key=lambda row: (row["cppv_cp_visit_date"] or EARLIEST, row["row"]))
    last = visits[-1] if visits else {}
    until = min(plan["cppl_cp_plan_end_date"] or n.as_at, n.as_at)
    days = [
        row["cppr_cp_review_date"] for row in n.tables["ssd_cp_reviews"]
        if row["cppr_cp_plan_id"] == name and row["cppr_cp_review_date"] is not None
    ]  # fmt: skip
    held, late = n.late_reviews(plan["cppl_cp_plan_start_date"], until, days, 3, 6, 6, working=False)
    return {"last_visit_on": last.get("cppv_cp_visit_date"), "seen_alone": last.get("cppv_cp_visit_seen_alone"),
            "reviews_late": late, "reviews_held": held}  # fmt: skip


def helped_early(n: NaiveCare) -> list[Row]:
    rows = []
    for row in n.tables["ssd_early_help_episodes"]:
        child, ended = row["earl_person_id"], row["earl_episode_end_date"]
        if ended is None or ended > n.as_at:
            continue
        needs = [
            one["cine_referral_date"] for one in n.tables["ssd_cin_episodes"]
            if child is not None and one["cine_person_id"] == child and one["cine_referral_date"] is not None
            and (one["cine_referral_nfa"] == "N" or (
                one["cine_referral_nfa"] is None and one["cine_cin_primary_need_code"] is not None))
        ]  # fmt: skip
        rows.append({
            **where(row), "child": child, "started_on": row["earl_episode_start_date"], "ended_on": ended,
            "organisation": row["earl_episode_organisation"],
            "referred_on": _next(_days_of(n, *REFERRED, child), ended), "in_need_on": _next(needs, ended),
            "plan_on": _next(_days_of(n, "ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", child), ended),
        })  # fmt: skip
    return _described(n, rows)


NAIVE: dict[str, Callable[[NaiveCare], list[Row]]] = {
    "in_care": lambda n: n.in_care(),
    **{
        made.__name__: made
        for made in (
            stays, cared_in_year, care_begun, care_ended, care_reviews, times_missing, leavers, adoption_paths,
            all_referrals, all_contacts, all_assessments, all_enquiries, all_conferences, all_plans, helped_early,
            all_need, all_early_help,
        )
    },
}  # fmt: skip
