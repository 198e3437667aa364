"""The SSDA903 return of a year from the lives: header, episodes and the tables of care. See `ssda903_more`."""

from collections.abc import Iterable, Iterator
from datetime import date

from goldthread.kernel.providers import NOT_KNOWN_YET
from goldthread.synthetic.cuts import ssda903_more as more
from goldthread.synthetic.cuts.episodes import Episode, episodes
from goldthread.synthetic.cuts.year import Year, place, sex, upn
from goldthread.synthetic.lives.homes import NO_URN
from goldthread.synthetic.lives.life import Care, Life
from goldthread.synthetic.lives.stage import Stage, birthday
from goldthread.synthetic.lives.visiting import share_of

Record = dict[str, str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "episodes": (
        "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
        "HOME_POST", "PL_POST", "URN",
    ),
    "reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "oc2": (
        "CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK",
        "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
    ),
    "oc3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "ad1": ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "placed_adoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "prev_perm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    "sw_episodes": ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    "dolo": ("CHILD", "DOB", "DOLO_START", "DOLO_END"),
}  # fmt: skip
"""The files of the return and their columns, to the letter: a reader knows a file by its set of columns."""

SHORT_BREAKS = frozenset({"V3", "V4"})
"""Legal statuses of short breaks."""

_SINCE = {"sw_episodes": 2024, "dolo": 2027}


def tables(year: Year) -> tuple[str, ...]:
    """The files that the return of a year has."""
    return tuple(name for name in COLUMNS if _SINCE.get(name, 0) <= year.number)


def records(lives: Iterable[Life], year: Year, stage: Stage) -> Iterator[tuple[str, Record]]:
    """Every row of the return of a year, with the file that it belongs in."""
    wanted = set(tables(year))
    for life in lives:
        if not life.cares:
            continue
        made = [(name, record) for name, record in _of(life, year, stage) if name in wanted]
        if made:
            statuses = {record["LS"] for name, record in made if name == "episodes"}
            breaks = bool(statuses & SHORT_BREAKS)
            yield "header", _header(life, year, asked_about=bool(statuses) and not breaks)
            # Who has short breaks in the year is asked for neither reviews nor whether she is a mother (rule 399).
            yield from (one for one in made if not (breaks and one[0] == "reviews"))


def written(day: date | None) -> str:
    """A date as the 903 writes it."""
    return f"{day:%d/%m/%Y}" if day else ""


def _of(life: Life, year: Year, stage: Stage) -> Iterator[tuple[str, Record]]:
    who = {"CHILD": life.child.id, "DOB": written(life.child.born_on)}
    cared_for = False
    for care in life.cares:
        if year.overlaps(care.started_on, care.ceased_on):
            yield from (("episodes", each) for each in _episodes(life, care, year))
            if care.short_break:
                continue
            cared_for = True
            yield from (
                ("reviews", {**who, "REVIEW": written(day), "REVIEW_CODE": code})
                for day, code in care.reviews
                if year.holds(day)
            )
            yield from more.of_care(life, care, year, who)
    if cared_for:
        yield from more.of_the_year(life, year, stage, who)
    leaver = more.care_leaver(life, year)
    if leaver:
        yield "oc3", {**who, **leaver}


def _header(life: Life, year: Year, *, asked_about: bool) -> Record:
    born = mother_since(life) if asked_about else None
    is_mother = born is not None and born <= year.ends
    girl = life.child.gender == "F" and asked_about
    return {
        "CHILD": life.child.id,
        "SEX": sex(life, year),
        "DOB": written(life.child.born_on),
        "ETHNIC": life.child.ethnicity,
        "UPN": upn(life, year.ends),
        "MOTHER": ("1" if is_mother else "0") if girl else "",
        "MC_DOB": written(born) if girl and is_mother else "",
    }


def mother_since(life: Life) -> date | None:
    """When a young woman in care had her first child; few do."""
    on = birthday(life.child.born_on, 16)
    on = on.replace(day=min(28, 1 + int(27 * share_of(life.child.id, on, "month"))))
    is_one = life.child.gender == "F" and share_of(life.child.id, life.child.born_on, "mother") < 0.035
    in_care = any(care.started_on < on < care.ceased_on for care in life.cares)
    return on if is_one and in_care else None


def _episodes(life: Life, care: Care, year: Year) -> Iterator[Record]:
    for each in episodes(care):
        if each.started_on <= year.ends and each.ends_on >= year.opens:
            yield _episode(life, care, each, year)


def _episode(life: Life, care: Care, each: Episode, year: Year) -> Record:
    over = each.ends_on <= year.ends
    kind = place(each.stay.kind, year)
    unplaced = kind.startswith("Z1") or each.stay.temporary
    registered = (
        not each.stay.temporary and kind not in NO_URN and not kind.startswith("Z1") and kind not in ("H5", "P2")
    )
    where = not care.short_break
    return {
        "CHILD": life.child.id,
        "DECOM": written(each.started_on),
        "RNE": each.why_new,
        "LS": each.status,
        "CIN": care.need,
        "PLACE": kind,
        "PLACE_PROVIDER": "" if unplaced else each.stay.home.provider,
        "DEC": written(each.ends_on) if over else "",
        "REC": each.why_ceased if over else "",
        "REASON_PLACE_CHANGE": (each.change or "") if over else "",
        "HOME_POST": life.home_postcode if where else "",
        "PL_POST": each.stay.home.postcode if where else "",
        "URN": (each.stay.home.urn or NOT_KNOWN_YET) if where and registered else "",
    }
