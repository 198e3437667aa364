"""Lists 8, 9 and 10 as they stood on a day: the latest period of care, the care leaver, the ways to adoption."""

from datetime import date, timedelta

from goldthread.synthetic.cuts.window import Window, known, latest
from goldthread.synthetic.lives.life import Care, Life, Living, Stay
from goldthread.synthetic.rows import Row, held_by


def care_row(life: Life, window: Window) -> Row | None:
    """The row of list 8 without the columns of identity and post; nothing where the child does not belong there."""
    periods = [care for care in life.cares if not care.short_break and care.started_on <= window.as_at]
    if not periods or periods[-1].ceased_on < window.opens:
        return None
    care, as_at = periods[-1], window.as_at
    reviewed_on = latest([day for day, _ in care.reviews], as_at)
    return {
        "unaccompanied": "Y" if life.child.unaccompanied else "N",
        "started_on": care.started_on,
        "need": care.need,
        "second_period": _again(periods, window),
        **_legal(care, as_at),
        "latest_review_on": reviewed_on,
        "last_visit_on": latest(care.visits, as_at),
        "permanence_plan": _permanence(care, as_at),
        "iro_contact_on": reviewed_on,
        "health_on": latest(care.health, as_at),
        "dental_on": latest(care.dental, as_at),
        "placements_in_year": placements_in_year(care, window),
        "ceased_on": known(care.ceased_on, as_at),
        "ceased_reason": care.reason if care.ceased_on <= as_at else None,
        **_placed(care, as_at),
        **_missing(care, window),
    }


def _again(periods: list[Care], window: Window) -> str:
    if len(periods) < 2:
        return "N"
    recent = periods[-1].started_on >= window.year_opens and periods[-2].ceased_on >= window.year_opens
    return "Y" if recent else "N"


def _legal(care: Care, as_at: date) -> Row:
    status = [each for each in care.statuses if each.on <= as_at][-1]
    return {"legal_status_on": status.on, "legal_status": status.code}


def _permanence(care: Care, as_at: date) -> str | None:
    if care.planned_on is None or care.planned_on > as_at:
        return None
    adoption = care.adoption
    if adoption and (adoption.reversed_on is None or adoption.reversed_on > as_at):
        return "ADOPTION" if adoption.decided_on <= as_at else "FOSTERING"
    return "FOSTERING" if care.permanence == "ADOPTION" else care.permanence


def stay_on(care: Care, as_at: date) -> Stay:
    """The placement on a day, or the last before care ended."""
    return [stay for stay in care.stays if stay.on <= as_at][-1]


def placements_in_year(care: Care, window: Window) -> int:
    """Placements in twelve months. Days away and the return from them are none; a new status with the carer is one."""
    return (
        sum(
            stay.on <= window.as_at and stay.until > window.year_opens and not stay.temporary and not stay.returned
            for stay in care.stays
        )
        or 1
    )


def _placed(care: Care, as_at: date) -> Row:
    stay = stay_on(care, as_at)
    provider = stay.home.provider
    if stay.temporary:
        provider = [each for each in care.stays if each.on < stay.on][-1].home.provider
    return {
        "placement_on": stay.on,
        "placement_type": stay.kind,
        "provider": provider,
        "postcode": stay.home.postcode,
        "urn": None if stay.kind in ("H5", "P2") else stay.home.urn,
        "in_or_out": "IN" if stay.home.inside else "OUT",
        "placement_authority": stay.home.authority,
    }


def _missing(care: Care, window: Window) -> Row:
    in_year = [each for each in care.away if window.year_opens <= each.on <= window.as_at]
    missing = [each for each in in_year if each.kind == "M"]
    last = missing[-1] if missing else None
    return {
        "missing_in_year": len(missing),
        "absent_in_year": len(in_year) - len(missing),
        "interview_offered": last.offered if last else None,
        "interview_accepted": last.accepted if last else None,
    }


def living_on(living: list[Living], day: date) -> Living:
    """How a care leaver lived on a day."""
    return [each for each in living if each.on <= day][-1]


def leaver_row(life: Life, window: Window) -> Row | None:
    """The row of list 9 without the columns of identity; nothing where no leaving-care services are given."""
    told, as_at = life.leaving, window.as_at
    if told is None or not told.from_on <= as_at < told.until:
        return None
    lives = living_on(told.living, as_at)
    return {
        "unaccompanied": "Y" if life.child.unaccompanied else "N",
        **held_by(told.post),
        "adviser": told.adviser.worker,
        "eligibility": eligibility(life, as_at),
        "pathway_plan_on": latest(told.reviews, as_at) or told.from_on,
        "in_touch": lives.in_touch,
        "contacted_on": latest(told.contacts, as_at) or told.from_on,
        "accommodation": lives.home,
        "suitability": lives.suitability,
        "activity": lives.activity,
    }


def eligibility(life: Life, day: date) -> str:
    """What the young person is owed on a day, by law."""
    if day < life.cares[-1].ceased_on:
        return "ELIGIBLE"
    if life.leaving and life.leaving.qualifying:
        return "QUALIFYING"
    adult = life.child.born_on + timedelta(days=18 * 365 + 5) <= day
    return "FORMER" if adult else "RELEVANT"


def adoption_rows(life: Life, window: Window) -> list[Row]:
    """The rows of list 10: adopted or reversed in twelve months, or decided and still open."""
    made: list[Row] = []
    for care in life.cares:
        told = care.adoption
        if told is None or told.decided_on > window.as_at or care.started_on > window.as_at:
            continue
        over = told.adopted_on or told.reversed_on or care.ceased_on
        if over < window.year_opens:
            continue
        day = window.as_at
        made.append(
            {
                "entered_care_on": care.started_on,
                "decided_on": told.decided_on,
                "placement_order_on": known(told.ordered_on, day),
                "matched_on": known(told.matched_on, day),
                "placed_on": known(told.placed_on, day),
                "adopted_on": known(told.adopted_on, day),
                "reversed_on": known(told.reversed_on, day),
                "reversal_reason": told.reversal_reason if known(told.reversed_on, day) else None,
                "early_placement_on": known(told.early_placement_on, day),
                "family": told.family if known(told.matched_on, day) else None,
            }
        )
    return made
