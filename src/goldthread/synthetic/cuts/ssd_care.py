"""Care, adoption and leaving care as tables of the Standard Safeguarding Dataset."""

import json
from collections.abc import Iterator
from datetime import date

from goldthread.synthetic.cuts import ssda903_more as yearly
from goldthread.synthetic.cuts.episodes import episodes
from goldthread.synthetic.cuts.snapshot_care import eligibility, living_on
from goldthread.synthetic.cuts.ssd_need import referral_of
from goldthread.synthetic.cuts.window import known, latest
from goldthread.synthetic.cuts.year import Year, place
from goldthread.synthetic.lives.life import Care, Life
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.lives.visiting import seen_alone
from goldthread.synthetic.people import age_on

Record = dict[str, str | date | int | float | None]
Found = Iterator[tuple[str, Record]]


def rows(life: Life, stage: Stage) -> Found:
    """Every row about a child's care and what came after it, as known on the last day of the story."""
    for number, care in enumerate(life.cares, start=1):
        if care.started_on <= stage.ends:
            period = f"G{life.number}-{number}"
            yield from _episodes(life, care, period, stage)
            yield from _placements(life, care, period, stage)
            yield from _contact_with(life, care, period, stage)
            yield from _health(life, care, period, stage)
            yield from _adoption(life, care, period, stage)
    if life.leaving and life.leaving.from_on <= stage.ends < life.leaving.until:
        yield _leaving(life, stage)


def _episodes(life: Life, care: Care, period: str, stage: Stage) -> Found:
    ends, child = stage.ends, life.child.id
    stays = {id(stay): number for number, stay in enumerate(care.stays, start=1)}
    for number, each in enumerate(episodes(care), start=1):
        if each.started_on > ends:
            return
        over = known(each.ends_on, ends)
        yield (
            "ssd_cla_episodes",
            {
                "clae_cla_episode_id": f"{period}-{number}",
                "clae_person_id": child,
                "clae_cla_episode_start_date": each.started_on,
                "clae_cla_episode_start_reason": each.why_new,
                "clae_cla_primary_need_code": care.need,
                "clae_cla_episode_ceased_date": over,
                "clae_cla_episode_ceased_reason": each.why_ceased if over else None,
                "clae_cla_id": period,
                "clae_referral_id": referral_of(life, care.started_on),
                "clae_cla_placement_id": f"{period}-S{stays[id(each.stay)]}",
                "clae_entered_care_date": care.started_on,
                "clae_cla_last_iro_contact_date": latest([day for day, _ in care.reviews], ends),
            },
        )
    return


def _placements(life: Life, care: Care, period: str, stage: Stage) -> Found:
    ends, year = stage.ends, Year(stage.ends.year + (stage.ends.month > 3))
    for number, stay in enumerate(care.stays, start=1):
        if stay.on <= ends:
            kind = place(stay.kind, year)
            yield (
                "ssd_cla_placement",
                {
                    "clap_cla_placement_id": f"{period}-S{number}",
                    "clap_cla_placement_start_date": stay.on,
                    "clap_cla_placement_type": kind,
                    "clap_cla_placement_urn": None if care.short_break else stay.home.urn,
                    "clap_cla_id": period,
                    "clap_cla_placement_provider": stay.home.provider or None,
                    "clap_cla_placement_postcode": None if care.short_break else stay.home.postcode,
                    "clap_cla_placement_end_date": known(stay.until, ends),
                    "clap_cla_placement_change_reason": stay.why_ended if stay.until <= ends else None,
                    "clap_person_id": life.child.id,
                },
            )
    for number, status in enumerate(care.statuses, start=1):
        if status.on <= ends:
            yield (
                "ssd_legal_status",
                {
                    "lega_legal_status_id": f"{period}-L{number}",
                    "lega_person_id": life.child.id,
                    "lega_legal_status": status.code,
                    "lega_legal_status_start_date": status.on,
                    "lega_legal_status_end_date": known(status.until, ends),
                },
            )


def _contact_with(life: Life, care: Care, period: str, stage: Stage) -> Found:
    child = life.child.id
    for number, (day, code) in enumerate(care.reviews, start=1):
        yield (
            "ssd_cla_reviews",
            {
                "clar_cla_review_id": f"{period}-R{number}",
                "clar_cla_id": period,
                "clar_cla_review_date": day,
                "clar_cla_review_cancelled": "N",
                "clar_cla_review_participation": code,
            },
        )
    for number, day in enumerate(care.visits, start=1):
        yield (
            "ssd_cla_visits",
            {
                "clav_cla_visit_id": f"{period}-V{number}",
                "clav_cla_id": period,
                "clav_person_id": child,
                "clav_cla_visit_date": day,
                "clav_cla_visit_seen": "Y",
                "clav_cla_visit_seen_alone": seen_alone(child, day, age_on(life.child.born_on, day)),
            },
        )
    yield from _away(life, care, period, stage)
    left = known(care.ceased_on, stage.ends)
    if care.planned_on and care.planned_on <= (left or stage.ends):  # a child who left before had no plan
        yield (
            "ssd_cla_care_plan",
            {
                "lacp_table_id": f"{period}-P",
                "lacp_person_id": child,
                "lacp_cla_care_plan_start_date": care.planned_on,
                "lacp_cla_care_plan_end_date": left,
                "lacp_cla_care_plan_json": json.dumps({"PERMANENCE": care.permanence}),
            },
        )


def _away(life: Life, care: Care, period: str, stage: Stage) -> Found:
    child = life.child.id
    for number, each in enumerate(care.away, start=1):
        if each.on <= stage.ends:
            back = known(each.until, stage.ends)
            yield (
                "ssd_missing",
                {
                    "miss_table_id": f"{period}-A{number}",
                    "miss_person_id": child,
                    "miss_missing_episode_start_date": each.on,
                    "miss_missing_episode_type": each.kind,
                    "miss_missing_episode_end_date": back,
                    "miss_missing_rhi_offered": each.offered if back else None,
                    "miss_missing_rhi_accepted": each.accepted if back else None,
                },
            )


def _health(life: Life, care: Care, period: str, stage: Stage) -> Found:
    child = life.child.id
    for kind, days in (("Health assessment", care.health), ("Dental check", care.dental)):
        for number, day in enumerate(days, start=1):
            yield (
                "ssd_cla_health",
                {
                    "clah_health_check_id": f"{period}-{kind[0]}{number}",
                    "clah_person_id": child,
                    "clah_health_check_type": kind,
                    "clah_health_check_date": day,
                    "clah_health_check_status": "Completed",
                },
            )
    if care.short_break:
        return
    yield (
        "ssd_cla_previous_permanence",
        {
            "lapp_table_id": f"{period}-O",
            "lapp_person_id": child,
            "lapp_previous_permanence_option": yearly.previous_permanence(life, care),
        },
    )
    # What the return asks once a year is kept once a year, on its last day.
    for number in range(stage.opens.year, stage.ends.year + 1):
        year = Year(number)
        if care.started_on < year.opens and care.ceased_on > year.ends and year.ends <= stage.ends:
            yield from _once_a_year(life, period, year)


def _once_a_year(life: Life, period: str, year: Year) -> Found:
    child, day = life.child.id, year.ends
    yield (
        "ssd_cla_immunisations",
        {
            "clai_person_id": child,
            "clai_immunisations_status": "Y" if yearly.immunised(life, year) else "N",
            "clai_immunisations_status_date": day,
        },
    )
    score, reason = yearly.sdq(life, year)
    if score or reason:
        yield (
            "ssd_sdq_scores",
            {
                "csdq_table_id": f"{period}-Q{year.number}",
                "csdq_person_id": child,
                "csdq_sdq_completed_date": day if score else None,
                "csdq_sdq_reason": reason or None,
                "csdq_sdq_score": score or None,
            },
        )
    yield from _trouble(life, period, year)


def _trouble(life: Life, period: str, year: Year) -> Found:
    child, day = life.child.id, year.ends
    if yearly.convicted(life, year):
        yield (
            "ssd_cla_convictions",
            {
                "clac_cla_conviction_id": f"{period}-C{year.number}",
                "clac_person_id": child,
                "clac_cla_conviction_date": day,
            },
        )
    if yearly.misuses(life, year):
        yield (
            "ssd_cla_substance_misuse",
            {
                "clas_substance_misuse_id": f"{period}-U{year.number}",
                "clas_person_id": child,
                "clas_substance_misuse_date": day,
                "clas_intervention_received": "Y" if yearly.helped_with_misuse(life, year) else "N",
            },
        )


def _adoption(life: Life, care: Care, period: str, stage: Stage) -> Found:
    told, ends = care.adoption, stage.ends
    if told is None or told.decided_on > ends:
        return
    adopted_on, reversed_on = known(told.adopted_on, ends), known(told.reversed_on, ends)
    matched = known(told.matched_on, ends) is not None
    yield (
        "ssd_permanence",
        {
            "perm_table_id": f"{period}-T",
            "perm_person_id": life.child.id,
            "perm_cla_id": period,
            "perm_adm_decision_date": told.decided_on,
            "perm_placement_order_date": known(told.ordered_on, ends),
            "perm_placed_for_adoption_date": known(told.placed_on, ends),
            "perm_matched_date": known(told.matched_on, ends),
            "perm_adopted_by_carer_flag": ("Y" if told.by_carer else "N") if matched else None,
            "perm_placed_ffa_cp_date": known(told.early_placement_on, ends),
            "perm_decision_reversed_date": reversed_on,
            "perm_decision_reversed_reason": told.reversal_reason if reversed_on else None,
            "perm_permanence_order_date": adopted_on,
            "perm_permanence_order_type": "Adoption" if adopted_on else None,
            "perm_adopter_sex": told.adopters if adopted_on else None,
            "perm_adopter_legal_status": told.bond if adopted_on else None,
            "perm_number_of_adopters": ("1" if told.adopters in ("M1", "F1") else "2") if adopted_on else None,
        },
    )


def _leaving(life: Life, stage: Stage) -> tuple[str, Record]:
    told, ends = life.leaving, stage.ends
    if told is None:
        raise ValueError("nobody left care")
    lives = living_on(told.living, ends)
    return (
        "ssd_care_leavers",
        {
            "clea_table_id": f"Z{life.number}",
            "clea_person_id": life.child.id,
            "clea_care_leaver_eligibility": eligibility(life, ends),
            "clea_care_leaver_in_touch": lives.in_touch,
            "clea_care_leaver_latest_contact": latest(told.contacts, ends) or told.from_on,
            "clea_care_leaver_accommodation": lives.home,
            "clea_care_leaver_accom_suitable": lives.suitability,
            "clea_care_leaver_activity": lives.activity,
            "clea_pathway_plan_review_date": latest(told.reviews, ends) or told.from_on,
            "clea_care_leaver_personal_advisor": told.adviser.worker,
            "clea_care_leaver_allocated_team": told.post.team,
            "clea_care_leaver_worker_id": stage.registration(told.post),
        },
    )
