"""What a reader of the files should be able to see: the measures that a decline touches, counted month by month.

Each is a numerator and a denominator for every month of the story, from the lives and before any defect was planted.
"""

from collections.abc import Callable, Iterable
from datetime import date

from goldthread.domain.calendar import add_months
from goldthread.synthetic.lives.life import Care, Life
from goldthread.synthetic.lives.pace import SLIPS
from goldthread.synthetic.lives.practice import practice
from goldthread.synthetic.lives.stage import Stage

Counts = dict[str, dict[str, list[int]]]

_IN_TIME = {"assessments": 45, "conferences": 15, "protection_visits": 10, "need_visits": 20, "care_visits": 42}


def counts(lives: Iterable[Life], stage: Stage, first: date) -> Counts:
    """Numerator and denominator of each measure for each month from the one that holds `first`."""
    months = []
    day = first.replace(day=1)
    while day <= stage.ends:
        months.append(day)
        day = add_months(day, 1)
    told: Counts = {code: {f"{month:%Y-%m}": [0, 0] for month in months} for code in SLIPS}

    def add(code: str, day: date, done: bool) -> None:
        month = told[code].get(f"{day:%Y-%m}")
        if month is not None and first <= day <= stage.ends:
            month[0] += done
            month[1] += 1

    ends = [min(add_months(month, 1), stage.ends) for month in months]
    for life in lives:
        _need(life, stage, add)
        for care in life.cares:
            if not care.short_break:
                _care(told, care, months, ends, add)
        if life.spells:
            record = practice(life, stage, first)
            for each in record.decisions:
                if each.monthly:
                    add("decisions", each.due_on, each.recorded)
            for held in record.discussions:
                add("minutes", held.held_on, held.minuted_on is not None)
    return told


def _need(life: Life, stage: Stage, add: Callable[[str, date, bool], None]) -> None:
    days = stage.days.between
    for spell in life.spells:
        for each in spell.assessments:
            in_time = days(each.started_on, each.authorised_on) <= _IN_TIME["assessments"]
            add("assessments", each.authorised_on, in_time)
        for enquiry in spell.enquiries:
            if enquiry.conference_on:
                in_time = days(enquiry.strategy_on, enquiry.conference_on) <= _IN_TIME["conferences"]
                add("conferences", enquiry.conference_on, in_time)
        for plan in spell.plans:
            for before, day in zip([plan.started_on, *plan.visits], plan.visits, strict=False):
                add("protection_visits", day, days(before, day) <= _IN_TIME["protection_visits"])
        for before, day in zip(spell.visits, spell.visits[1:], strict=False):
            add("need_visits", day, days(before, day) <= _IN_TIME["need_visits"])


def _care(
    told: Counts, care: Care, months: list[date], ends: list[date], add: Callable[[str, date, bool], None]
) -> None:
    for before, day in zip(care.visits, care.visits[1:], strict=False):
        add("care_visits", day, (day - before).days <= _IN_TIME["care_visits"])
    moves = told["placement_moves"]
    for month, end in zip(months, ends, strict=True):
        if care.started_on <= end and care.ceased_on > month:
            moves[f"{month:%Y-%m}"][1] += 1
    for stay in care.stays[1:]:
        month_of = moves.get(f"{stay.on:%Y-%m}")
        if month_of and not (stay.temporary or stay.returned or stay.same_carer):
            month_of[0] += 1
