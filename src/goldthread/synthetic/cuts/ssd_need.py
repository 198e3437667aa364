"""Contacts, early help, episodes of need, enquiries and plans as tables of the Standard Safeguarding Dataset."""

import json
from collections.abc import Iterator
from datetime import date

from goldthread.kernel.codes import SOURCE
from goldthread.synthetic.cuts.window import known
from goldthread.synthetic.lives.life import Assessed, Enquired, Life, Protection, Spell
from goldthread.synthetic.lives.stage import Stage
from goldthread.synthetic.lives.visiting import seen_alone
from goldthread.synthetic.people import age_on

Record = dict[str, str | date | int | float | None]
Found = Iterator[tuple[str, Record]]

_CONFERENCE_DAYS = 15


def referral_id(life: Life, place: int) -> str:
    """The identifier of a child's episode of need; the first of a life is number 1."""
    return f"R{life.number}-{place}"


def referral_of(life: Life, day: date) -> str | None:
    """The identifier of the episode that a day lies in."""
    for place, spell in enumerate(life.spells, start=1):
        if spell.referred_on <= day <= spell.closed_on:
            return referral_id(life, place)
    return None


def rows(life: Life, stage: Stage) -> Found:
    """Every row about a child's need, as known on the last day of the story."""
    yield from _before_referral(life, stage)
    for place, spell in enumerate(life.spells, start=1):
        if spell.referred_on <= stage.ends:
            yield from _spell(life, spell, referral_id(life, place), stage)
    yield from _held(life, stage)


def _before_referral(life: Life, stage: Stage) -> Found:
    ends, child = stage.ends, life.child.id
    for place, contact in enumerate(sorted(life.contacts, key=lambda each: each.on), start=1):
        if contact.on <= ends:
            yield (
                "ssd_contacts",
                {
                    "cont_contact_id": f"C{life.number}-{place}",
                    "cont_person_id": child,
                    "cont_contact_date": contact.on,
                    "cont_contact_source_code": contact.source,
                    "cont_contact_source_desc": SOURCE.label(contact.source),
                    "cont_contact_outcome_json": json.dumps({"OUTCOME": contact.outcome}),
                },
            )
    for place, given in enumerate(life.helps, start=1):
        if given.started_on <= ends:
            over = known(given.completed_on, ends)
            yield (
                "ssd_early_help_episodes",
                {
                    "earl_episode_id": f"E{life.number}-{place}",
                    "earl_person_id": child,
                    "earl_episode_start_date": given.started_on,
                    "earl_episode_end_date": over,
                    "earl_episode_end_reason": given.ended_by if over else None,
                    "earl_episode_organisation": given.organisation,
                },
            )


def _who(life: Life, on: date, stage: Stage, team: str, worker: str) -> Record:
    post = life.holder(on)
    return {team: post.team if post else None, worker: stage.registration(post) if post else None}


def _spell(life: Life, spell: Spell, number: str, stage: Stage) -> Found:
    ends, child = stage.ends, life.child.id
    closed_on = None if spell.ended_there else known(spell.closed_on, ends)
    yield (
        "ssd_cin_episodes",
        {
            "cine_referral_id": number,
            "cine_person_id": child,
            "cine_referral_date": spell.referred_on,
            "cine_cin_primary_need_code": None if spell.ended_there else spell.need,
            "cine_referral_source_code": spell.source,
            "cine_referral_source_desc": SOURCE.label(spell.source),
            "cine_referral_nfa": "Y" if spell.ended_there else "N",
            "cine_close_reason": spell.reason if closed_on else None,
            "cine_close_date": closed_on,
            **_who(life, spell.referred_on, stage, "cine_referral_team", "cine_referral_worker_id"),
        },
    )
    for place, each in enumerate(spell.assessments, start=1):
        if each.started_on <= ends:
            yield from _assessment(life, each, number, f"S{number}-{place}", stage)
    yield from _helped(life, spell, number, stage)
    for place, enquiry in enumerate(spell.enquiries, start=1):
        if enquiry.strategy_on <= ends:
            yield from _enquiry(life, spell, enquiry, number, place, stage)
    for place, plan in enumerate(spell.plans, start=1):
        if plan.started_on <= ends:
            yield from _plan(life, spell, plan, number, place, stage)


def _helped(life: Life, spell: Spell, number: str, stage: Stage) -> Found:
    """Plans for a child in need, and the visits."""
    ends, child = stage.ends, life.child.id
    for place, (on, until) in enumerate(spell.need_plans, start=1):
        if on <= ends:
            yield (
                "ssd_cin_plans",
                {
                    "cinp_cin_plan_id": f"N{number}-{place}",
                    "cinp_referral_id": number,
                    "cinp_person_id": child,
                    "cinp_cin_plan_start_date": on,
                    "cinp_cin_plan_end_date": known(until, ends),
                    **_who(life, on, stage, "cinp_cin_plan_team", "cinp_cin_plan_worker_id"),
                },
            )
    for place, day in enumerate(spell.visits, start=1):
        yield (
            "ssd_cin_visits",
            {
                "cinv_cin_visit_id": f"V{number}-{place}",
                "cinv_person_id": child,
                "cinv_cin_visit_date": day,
                "cinv_cin_visit_seen": "Y",
                "cinv_cin_visit_seen_alone": _alone(life, day),
            },
        )


def _alone(life: Life, day: date) -> str:
    return seen_alone(life.child.id, day, age_on(life.child.born_on, day))


def _assessment(life: Life, each: Assessed, referral: str, number: str, stage: Stage) -> Found:
    done_on = known(each.authorised_on, stage.ends)
    seen = "N" if life.child.born_on > each.authorised_on else each.seen
    yield (
        "ssd_cin_assessments",
        {
            "cina_assessment_id": number,
            "cina_person_id": life.child.id,
            "cina_referral_id": referral,
            "cina_assessment_start_date": each.started_on,
            "cina_assessment_child_seen": seen if done_on else None,
            "cina_assessment_auth_date": done_on,
            "cina_assessment_outcome_nfa": ("N" if each.needs_support == "Y" else "Y") if done_on else None,
            **_who(life, each.started_on, stage, "cina_assessment_team", "cina_assessment_worker_id"),
        },
    )
    if done_on:
        yield (
            "ssd_assessment_factors",
            {
                "cinf_table_id": f"F{number}",
                "cinf_assessment_id": number,
                "cinf_assessment_factors_json": json.dumps(sorted(each.factors)),
            },
        )


def _enquiry(life: Life, spell: Spell, enquiry: Enquired, referral: str, place: int, stage: Stage) -> Found:
    ends = stage.ends
    decided_on, held_on = known(enquiry.decided_on, ends), known(enquiry.conference_on, ends)
    number = f"Q{referral}-{place}"
    yield (
        "ssd_s47_enquiry",
        {
            "s47e_s47_enquiry_id": number,
            "s47e_referral_id": referral,
            "s47e_person_id": life.child.id,
            "s47e_s47_start_date": enquiry.strategy_on,
            "s47e_s47_end_date": decided_on,
            "s47e_s47_nfa": ("N" if enquiry.conference_on else "Y") if decided_on else None,
            **_who(life, enquiry.strategy_on, stage, "s47e_s47_completed_by_team", "s47e_s47_completed_by_worker_id"),
        },
    )
    if enquiry.conference_on and decided_on:
        plans = [plan for plan in spell.plans if plan.started_on == enquiry.conference_on]
        plan = f"P{referral}-{spell.plans.index(plans[0]) + 1}" if plans and held_on else None
        yield (
            "ssd_initial_cp_conference",
            {
                "icpc_icpc_id": f"I{number}",
                "icpc_icpc_meeting_id": f"M{number}",
                "icpc_s47_enquiry_id": number,
                "icpc_person_id": life.child.id,
                "icpc_cp_plan_id": plan,
                "icpc_referral_id": referral,
                "icpc_icpc_transfer_in": "N",
                "icpc_icpc_target_date": stage.days.after(enquiry.strategy_on, _CONFERENCE_DAYS),
                "icpc_icpc_date": held_on,
                "icpc_icpc_outcome_cp_flag": ("Y" if enquiry.led_to_plan else "N") if held_on else None,
                **_who(life, enquiry.strategy_on, stage, "icpc_icpc_team", "icpc_icpc_worker_id"),
            },
        )


def _plan(life: Life, spell: Spell, plan: Protection, referral: str, place: int, stage: Stage) -> Found:
    ends, child, number = stage.ends, life.child.id, f"P{referral}-{place}"
    conference = next(
        (at for at, each in enumerate(spell.enquiries, start=1) if each.conference_on == plan.started_on), None
    )
    yield (
        "ssd_cp_plans",
        {
            "cppl_cp_plan_id": number,
            "cppl_referral_id": referral,
            "cppl_icpc_id": f"IQ{referral}-{conference}" if conference else None,
            "cppl_person_id": child,
            "cppl_cp_plan_start_date": plan.started_on,
            "cppl_cp_plan_end_date": known(plan.ended_on, ends),
            "cppl_cp_plan_initial_category": plan.first_category,
            "cppl_cp_plan_latest_category": plan.latest_category if plan.changed_on <= ends else plan.first_category,
            "cppl_cp_plan_ola": "N",
        },
    )
    yield from _meetings(life, plan, number, stage)


def _meetings(life: Life, plan: Protection, number: str, stage: Stage) -> Found:
    """Review conferences and visits under a plan."""
    ends, child = stage.ends, life.child.id
    for at, day in enumerate((day for day in plan.reviews if day <= ends), start=1):
        yield (
            "ssd_cp_reviews",
            {
                "cppr_cp_review_id": f"W{number}-{at}",
                "cppr_person_id": child,
                "cppr_cp_plan_id": number,
                "cppr_cp_review_date": day,
                "cppr_cp_review_outcome_continue_cp": "Y",
                "cppr_cp_review_quorate": "Y",
            },
        )
    for at, day in enumerate(plan.visits, start=1):
        yield (
            "ssd_cp_visits",
            {
                "cppv_cp_visit_id": f"X{number}-{at}",
                "cppv_person_id": child,
                "cppv_cp_plan_id": number,
                "cppv_cp_visit_date": day,
                "cppv_cp_visit_seen": "Y",
                "cppv_cp_visit_seen_alone": _alone(life, day),
            },
        )


def _held(life: Life, stage: Stage) -> Found:
    for place, held in enumerate(life.held, start=1):
        if held.on <= stage.ends:
            yield (
                "ssd_involvements",
                {
                    "invo_involvements_id": f"H{life.number}-{place}",
                    "invo_professional_id": stage.registration(held.post),
                    "invo_professional_role_id": "Allocated worker",
                    "invo_professional_team": held.post.team,
                    "invo_involvement_start_date": held.on,
                    "invo_involvement_end_date": known(held.until, stage.ends),
                    "invo_worker_change_reason": held.reason,
                    "invo_person_id": life.child.id,
                    "invo_referral_id": referral_of(life, held.on),
                },
            )
