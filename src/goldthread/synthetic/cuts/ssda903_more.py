"""The tables of the 903 beside header, episodes and reviews: health, leaving care, adoption, missing, workers."""

from collections.abc import Iterator
from datetime import date, timedelta

from goldthread.synthetic.cuts.snapshot_care import living_on
from goldthread.synthetic.cuts.year import Year, sex
from goldthread.synthetic.lives.life import Care, Life
from goldthread.synthetic.lives.stage import Stage, birthday
from goldthread.synthetic.lives.visiting import share_of
from goldthread.synthetic.people import age_on

Record = dict[str, str]
Found = Iterator[tuple[str, Record]]


def _on(day: date | None, year: Year) -> str:
    """A date as written, where the year knows it."""
    return f"{day:%d/%m/%Y}" if day and day <= year.ends else ""


def of_care(life: Life, care: Care, year: Year, who: Record) -> Found:
    """Rows that belong to one period of care in a year."""
    if year.holds(care.started_on):
        yield "prev_perm", {**who, **_previous_permanence(life, care)}
    if care.started_on <= year.opens and care.ceased_on > year.ends:
        yield "oc2", {**who, **_outcomes(life, care, year)}
    if care.adoption:
        yield from _adoption(care, year, who)
    for each in care.away:
        if year.overlaps(each.on, each.until):
            yield (
                "missing",
                {**who, "MISSING": each.kind, "MIS_START": _on(each.on, year), "MIS_END": _on(each.until, year)},
            )
    for on, until in deprivations(life, care):
        if year.overlaps(on, until):
            yield "dolo", {**who, "DOLO_START": _on(on, year), "DOLO_END": _on(until, year)}


def of_the_year(life: Life, year: Year, stage: Stage, who: Record) -> Found:
    """Rows of a child who was in care at any time of a year."""
    if life.child.unaccompanied:
        # The status ends at 18, or with the last day in care: the next return does not tell of the child again.
        ended_on = min(birthday(life.child.born_on, 18), life.cares[-1].ceased_on)
        yield "uasc", {"CHILD": who["CHILD"], "SEX": sex(life, year), "DOB": who["DOB"], "DUC": _on(ended_on, year)}
    for held in life.held:
        until = held.until or year.ends + timedelta(days=1)
        if year.overlaps(held.on, until):
            yield (
                "sw_episodes",
                {
                    **who,
                    "SW_ID": stage.registration(held.post),
                    "SW_DECOM": _on(held.on, year),
                    "SW_DEC": _on(held.until, year),
                    "SW_REASON": held.reason,
                },
            )


def previous_permanence(life: Life, care: Care) -> str:
    """What order had given the child a home for good before: for nearly all of them, none."""
    point = share_of(life.child.id, care.started_on, "permanence")
    old_enough = age_on(life.child.born_on, care.started_on) >= 4
    if point > 0.06 or not old_enough:
        return "Z1"
    return "P2" if point < 0.04 else "P1" if point < 0.055 else "P3"


def _previous_permanence(life: Life, care: Care) -> Record:
    option = previous_permanence(life, care)
    if option == "Z1":
        return {"PREV_PERM": option, "LA_PERM": "", "DATE_PERM": ""}
    year = life.child.born_on.year + 2
    return {"PREV_PERM": option, "LA_PERM": "999", "DATE_PERM": f"zz/zz/{year}"}


def sdq(life: Life, year: Year) -> tuple[str, str]:
    """The score of the questionnaire, or why there is none; neither where the age asks for neither."""
    age = age_on(life.child.born_on, year.ends)
    if not 4 <= age <= 17:
        return "", ""
    point = share_of(life.child.id, year.ends, "sdq")
    if age == 17:
        return "", "SDQ1"
    if point < 0.2:
        return "", ("SDQ2", "SDQ4", "SDQ5", "SDQ3")[int(point * 20) % 4]
    return str(min(40, round(6 + 24 * share_of(life.child.id, year.ends, "score") ** 1.2))), ""


def convicted(life: Life, year: Year) -> bool:
    """Whether a child of ten or more was convicted in the year."""
    age = age_on(life.child.born_on, year.ends)
    return age >= 10 and share_of(life.child.id, year.ends, "convicted") < (0.035 if age >= 13 else 0.004)


def misuses(life: Life, year: Year) -> bool:
    """Whether a young person was found to misuse substances in the year."""
    return age_on(life.child.born_on, year.ends) >= 12 and share_of(life.child.id, year.ends, "substances") < 0.05


def helped_with_misuse(life: Life, year: Year) -> bool:
    """Whether help with it was received."""
    return share_of(life.child.id, year.ends, "help") < 0.6


def immunised(life: Life, year: Year) -> bool:
    """Whether immunisations were up to date at the end of the year."""
    return share_of(life.child.id, year.ends, "immunised") < 0.86


def _flag(yes: bool) -> str:
    return "1" if yes else "0"


def _outcomes(life: Life, care: Care, year: Year) -> Record:
    age = age_on(life.child.born_on, year.ends)
    score, reason = sdq(life, year)
    misuse = misuses(life, year)
    received = misuse and helped_with_misuse(life, year)
    return {
        "SDQ_SCORE": score,
        "SDQ_REASON": reason,
        "CONVICTED": _flag(convicted(life, year)) if age >= 10 else "",
        "HEALTH_CHECK": _flag(any(map(year.holds, care.health))) if age < 5 else "",
        "IMMUNISATIONS": _flag(immunised(life, year)),
        "TEETH_CHECK": _flag(any(map(year.holds, care.dental))),
        "HEALTH_ASSESSMENT": _flag(any(map(year.holds, care.health))),
        "SUBSTANCE_MISUSE": _flag(misuse),
        "INTERVENTION_RECEIVED": _flag(received) if misuse else "",
        "INTERVENTION_OFFERED": "1" if misuse and not received else "",
    }


def _adoption(care: Care, year: Year, who: Record) -> Found:
    told = care.adoption
    if told is None:
        return
    over = told.reversed_on or told.adopted_on or care.ceased_on
    if told.decided_on <= year.ends and over >= year.opens:
        is_reversed = bool(told.reversed_on and told.reversed_on <= year.ends)
        yield (
            "placed_adoption",
            {
                **who,
                "DATE_PLACED": _on(told.decided_on, year),
                "DATE_PLACED_CEASED": _on(told.reversed_on, year),
                "REASON_PLACED_CEASED": (told.reversal_reason or "") if is_reversed else "",
            },
        )
    if year.holds(told.adopted_on):
        yield (
            "ad1",
            {
                **who,
                "DATE_INT": _on(told.decided_on, year),
                "DATE_MATCH": _on(told.matched_on, year),
                "FOSTER_CARE": _flag(told.by_carer),
                "NB_ADOPTR": "1" if told.adopters in ("M1", "F1") else "2",
                "SEX_ADOPTR": told.adopters,
                "LS_ADOPTR": told.bond,
            },
        )


def deprivations(life: Life, care: Care) -> list[tuple[date, date]]:
    """Orders that deprived a child in a children's home of liberty: very few, and only from 11 on."""
    made = []
    for stay in care.stays:
        old_enough = age_on(life.child.born_on, stay.on) >= 11
        if stay.kind == "K2" and old_enough and share_of(life.child.id, stay.on, "liberty") < 0.05:
            on = stay.on + timedelta(days=10)
            until = min(stay.until, on + timedelta(days=84))
            if until > on:
                made.append((on, until))
    return made


def care_leaver(life: Life, year: Year) -> Record | None:
    """How a care leaver was living at the birthday in the year; nothing unless it was one from 17 to 21.

    Nothing either for one whose death the year before told.
    """
    day, told = year.birthday(life), life.leaving
    if day is None or told is None or not 17 <= age_on(life.child.born_on, day) <= 21:
        return None
    if life.cares[-1].ceased_on > day or told.from_on > day or not year.holds(day):
        return None
    lives = living_on(told.living, day)
    before = care_leaver(life, Year(year.number - 1)) if lives.in_touch == "DIED" else None
    if before is not None and before["IN_TOUCH"] == "DIED":
        return None  # a death is told once, in the return of its year
    if lives.in_touch in ("DIED", "RHOM"):
        return {"IN_TOUCH": lives.in_touch, "ACTIV": "", "ACCOM": ""}
    if lives.home is None:
        return {"IN_TOUCH": lives.in_touch, "ACTIV": "0", "ACCOM": "0"}
    home = "E" if lives.home == "Z" and age_on(life.child.born_on, day) < 18 else lives.home
    suits = "1" if lives.suitability == "SUITABLE" else "2"
    return {"IN_TOUCH": lives.in_touch, "ACTIV": lives.activity or "0", "ACCOM": f"{home}{suits}"}
