"""Annex A as it would have been cut on a day: lists 1 to 7 and 9 to 11 from the lives; list 8 has a module."""

from collections.abc import Iterable
from datetime import date, timedelta

from goldthread.synthetic.cuts.snapshot_care import adoption_rows, care_row, leaver_row
from goldthread.synthetic.cuts.window import Window, known, latest
from goldthread.synthetic.lives.adopting import Adult
from goldthread.synthetic.lives.life import Enquired, Life, Protection, Spell
from goldthread.synthetic.lives.visiting import seen_alone
from goldthread.synthetic.people import age_on
from goldthread.synthetic.rows import Lists, Row, held_by
from goldthread.synthetic.staff import Post
from goldthread.synthetic.story import laid_out

_NO_POST = Post("Contact Centre", "Duty worker")


def snapshot(lives: Iterable[Life], adults: Iterable[Adult], window: Window) -> Lists:
    """Every row of every list as it stood on the day of the window."""
    told: Lists = {
        name: []
        for name in (
            "contacts", "early_help", "referrals", "assessments", "section_47", "children_in_need",
            "protection_plans", "children_in_care", "care_leavers", "adoptions", "adopters",
        )
    }  # fmt: skip
    for life in lives:
        _front_door(told, life, window)
        _need(told, life, window)
        care = care_row(life, window)
        if care:
            told["children_in_care"].append({**who(life, window.as_at), **care, **_held(life, window.as_at)})
        leaver = leaver_row(life, window)
        if leaver:
            told["care_leavers"].append({**who(life, window.as_at), **leaver})
        told["adoptions"] += [{**who(life, window.as_at), **row} for row in adoption_rows(life, window)]
    told["adopters"] = [row for adult in adults if (row := _adopter_row(adult, window))]
    return laid_out(told)


def who(life: Life, day: date) -> Row:
    """The columns that begin every list of children, and the disability. Nobody knows an unborn child's."""
    child = life.child
    unborn = child.born_on > day
    return {
        "child": child.id,
        "gender": "U" if unborn else child.gender,
        "ethnicity": child.ethnicity,
        "born_on": child.born_on,
        "age": age_on(child.born_on, day),
        "disability": "U" if unborn else child.disability,
    }


def _held(life: Life, day: date) -> Row:
    return held_by(life.holder(day) or _NO_POST)


def _front_door(told: Lists, life: Life, window: Window) -> None:
    as_at, opens = window.as_at, window.opens
    about = who(life, as_at)
    told["contacts"] += [
        {**about, "contacted_on": contact.on, "source": contact.source}
        for contact in {(each.on, each.source): each for each in life.contacts if opens <= each.on <= as_at}.values()
    ]
    told["early_help"] += [
        {
            **about,
            "started_on": each.started_on,
            "completed_on": known(each.completed_on, as_at),
            "organisation": each.organisation,
        }
        for each in life.helps
        if each.started_on <= as_at and each.completed_on >= opens
    ]
    if not life.spells:
        return
    referrals = [spell for spell in life.spells if spell.referred_on <= as_at]
    if referrals:
        last = referrals[-1].referred_on
        others = sum(last - timedelta(days=365) <= spell.referred_on < last for spell in referrals)
        told["referrals"] += [
            {
                **about,
                "referred_on": spell.referred_on,
                "source": spell.source,
                "no_further_action": "Y" if spell.ended_there else "N",
                "referrals_in_year": others,
                **_held(life, spell.referred_on),
            }
            for spell in referrals
            if spell.referred_on >= opens
        ]
    _assessments(told, life, window, about)
    _enquiries(told, life, window, about)


def _assessments(told: Lists, life: Life, window: Window, about: Row) -> None:
    for spell in life.spells:
        for each in spell.assessments:
            if each.started_on > window.as_at or each.authorised_on < window.opens:
                continue
            done_on = known(each.authorised_on, window.as_at)
            seen = "N" if life.child.born_on > each.authorised_on else each.seen
            told["assessments"].append(
                {
                    **about,
                    "started_on": each.started_on,
                    "child_seen": seen if done_on else None,
                    "authorised_on": done_on,
                    "needs_support": each.needs_support if done_on else None,
                    **_held(life, each.started_on),
                }
            )


def _enquiries(told: Lists, life: Life, window: Window, about: Row) -> None:
    made = [each for spell in life.spells for each in spell.enquiries if each.strategy_on <= window.as_at]
    if not made:
        return
    last = made[-1].strategy_on
    since = last - timedelta(days=365)
    enquiries = sum(since <= each.strategy_on < last for each in made)
    conferences = sum(each.conference_on is not None and since <= each.conference_on < last for each in made)
    for each in made:
        if (
            each.strategy_on < window.opens
            and max(each.decided_on, each.conference_on or each.decided_on) < window.opens
        ):
            continue
        held_on = known(each.conference_on, window.as_at)
        told["section_47"].append(
            {
                **about,
                "strategy_on": each.strategy_on,
                "conference_unnecessary": _unnecessary(each, window.as_at),
                "conference_on": held_on,
                "led_to_plan": ("Y" if each.led_to_plan else "N") if held_on else None,
                "enquiries_in_year": enquiries,
                "conferences_in_year": conferences,
                **_held(life, each.strategy_on),
            }
        )


def _unnecessary(enquiry: Enquired, as_at: date) -> str | None:
    if enquiry.decided_on > as_at:
        return None
    return "N" if enquiry.conference_on else "Y"


def _need(told: Lists, life: Life, window: Window) -> None:
    """Lists 6 and 7: the latest episode of need and the latest plan, where they reach into the six months."""
    as_at = window.as_at
    plans = [plan for spell in life.spells for plan in spell.plans if plan.started_on <= as_at]
    if plans and plans[-1].ended_on >= window.opens:
        row = _plan_row(life, plans[-1], len(plans) - 1, window)
        told["protection_plans"].append({**who(life, as_at), **row, **_held(life, as_at)})
    for spell in reversed(life.spells):
        status = _status(life, spell, window)
        if status:
            told["children_in_need"].append(
                {
                    **who(life, as_at),
                    "started_on": spell.referred_on,
                    "need": spell.need,
                    "last_seen_on": last_seen(life, spell, as_at),
                    "closed_on": known(spell.closed_on, as_at),
                    "closure_reason": spell.reason if spell.closed_on <= as_at else None,
                    "status": status,
                    **_held(life, as_at),
                }
            )
            return


def _status(life: Life, spell: Spell, window: Window) -> str | None:
    """The first status that applies; nothing where the episode does not belong in list 6."""
    as_at = window.as_at
    if spell.referred_on > as_at or spell.ended_there or spell.closed_on < window.opens:
        return None
    if spell.closed_on <= as_at:
        return "CLOSED" if spell.needed else None
    if any(not care.short_break and care.started_on <= as_at < care.ceased_on for care in life.cares):
        return "CARE"
    if any(plan.started_on <= as_at < plan.ended_on for plan in spell.plans):
        return "PLAN"
    if spell.assessments and spell.assessments[0].authorised_on > as_at:
        return "ASSESSMENT" if spell.assessments[0].started_on <= as_at else None
    return "NEED"


def last_seen(life: Life, spell: Spell, as_at: date) -> date | None:
    """When a social worker last saw the child in an episode, whatever the visit was for."""
    until = min(as_at, spell.closed_on)
    days = [latest(spell.visits, until), *(latest(plan.visits, until) for plan in spell.plans)]
    days += [latest(care.visits, until, spell.referred_on) for care in life.cares]
    seen = [day for day in days if day and day >= spell.referred_on]
    if not seen and spell.assessments and spell.assessments[0].seen == "Y":
        first = spell.assessments[0]
        return known(min(first.started_on + timedelta(days=4), first.authorised_on), until)
    return max(seen, default=None)


def _plan_row(life: Life, plan: Protection, earlier: int, window: Window) -> Row:
    as_at = window.as_at
    visited_on = latest(plan.visits, as_at)
    urgent = any(
        status.code in ("L1", "L2") and window.opens <= status.on <= as_at
        for care in life.cares
        for status in care.statuses
    )
    age = age_on(life.child.born_on, visited_on) if visited_on else 0
    return {
        "started_on": plan.started_on,
        "first_category": plan.first_category,
        "latest_category": plan.latest_category if plan.changed_on <= as_at else plan.first_category,
        "last_visit_on": visited_on,
        "seen_alone": seen_alone(life.child.id, visited_on, age) if visited_on else None,
        "latest_review_on": latest(plan.reviews, as_at),
        "ended_on": known(plan.ended_on, as_at),
        "emergency_protection": "Y" if urgent else "N",
        "previous_plans": life.earlier_plans + earlier,
    }


def _adopter_row(adult: Adult, window: Window) -> Row | None:
    as_at, adoption = window.as_at, adult.adoption
    over = adult.left_on or (adoption.adopted_on if adoption else None)
    if adult.enquired_on > as_at or (over and over < window.year_opens):
        return None
    # Who has waited for a child for two years and more is not in touch with the agency any longer.
    if not over and adult.stage_2[1] < window.year_opens - timedelta(days=365):
        return None
    placed_on = known(adoption.placed_on, as_at) if adoption else None
    return {
        "adopter": adult.adopter,
        "family": adult.family,
        "gender": adult.gender,
        "ethnicity": adult.ethnicity,
        "disability": adult.disability,
        "fostering_for_adoption": adult.fostering_for_adoption,
        "enquired_on": adult.enquired_on,
        "stage_1_started_on": known(adult.stage_1[0], as_at),
        "stage_1_ended_on": known(adult.stage_1[1], as_at),
        "stage_2_started_on": known(adult.stage_2[0], as_at),
        "stage_2_ended_on": known(adult.stage_2[1], as_at),
        "applied_on": None,
        "approved_on": None,
        "matched_on": known(adoption.matched_on, as_at) if adoption else None,
        "placed_on": placed_on,
        "children_placed": 1 if placed_on else None,
        "adopted_on": known(adoption.adopted_on, as_at) if adoption else None,
        "left_on": known(adult.left_on, as_at),
        "left_reason": adult.left_reason if known(adult.left_on, as_at) else None,
    }
