"""The Standard Safeguarding Dataset from the lives, as a case system would hold it on the last day of the story.

Every row is a mapping from column to value; columns that the lives know nothing of stay empty. Identifiers are made of
the child's number and the place of the event in the life, so that the tables join.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from goldthread.synthetic.cuts import ssd_care, ssd_need
from goldthread.synthetic.cuts.cin import disabilities
from goldthread.synthetic.cuts.ssda903 import mother_since
from goldthread.synthetic.cuts.window import known
from goldthread.synthetic.cuts.year import upn
from goldthread.synthetic.lives.life import Life
from goldthread.synthetic.lives.stage import Stage, birthday, identifier
from goldthread.synthetic.staff import Service

Cell = str | date | int | float | None
Record = dict[str, Cell]
Found = Iterator[tuple[str, Record]]


def records(lives: Iterable[Life], stage: Stage) -> Found:
    """Every row of the dataset, with its table; the staff come last, when their caseloads are known."""
    held: Counter[str] = Counter()
    for life in lives:
        yield from _person(life, stage)
        yield from ssd_need.rows(life, stage)
        yield from ssd_care.rows(life, stage)
        open_now = any(
            spell.referred_on <= stage.ends < spell.closed_on and not spell.ended_there for spell in life.spells
        )
        post = life.holder(stage.ends)
        if open_now and post:
            held[stage.registration(post)] += 1
    yield from _staff(stage, held)


def _person(life: Life, stage: Stage) -> Found:
    child, ends = life.child, stage.ends
    unborn = child.born_on > ends
    number = "UN1" if unborn else upn(life, ends)
    mother = mother_since(life)
    yield (
        "ssd_person",
        {
            "pers_person_id": child.id,
            "pers_sex": child.gender if child.gender in ("M", "F") and not unborn else "U",
            "pers_gender": "U" if unborn else child.gender,
            "pers_ethnicity": child.ethnicity,
            "pers_dob": None if unborn else child.born_on,
            "pers_expected_dob": child.born_on if unborn else None,
            "pers_upn_unknown": number if number.startswith("UN") else None,
            "pers_is_mother": "Y" if mother and mother <= ends else "N",
        },
    )
    if not number.startswith("UN"):
        yield (
            "ssd_linked_identifiers",
            {
                "link_table_id": f"L{life.number}",
                "link_person_id": child.id,
                "link_identifier_type": "Unique Pupil Number",
                "link_identifier_value": number,
                "link_valid_from_date": birthday(child.born_on, 5),
            },
        )
    yield (
        "ssd_family",
        {
            "fami_table_id": f"F{life.number}",
            "fami_family_id": identifier(child.household, "SYNH"),
            "fami_person_id": child.id,
        },
    )
    yield from _circumstances(life, stage)


def _circumstances(life: Life, stage: Stage) -> Found:
    child, ends = life.child, stage.ends
    if child.disability != "U" and child.born_on <= ends:
        for place, code in enumerate(disabilities(life), start=1):
            yield (
                "ssd_disability",
                {
                    "disa_table_id": f"D{life.number}-{place}",
                    "disa_person_id": child.id,
                    "disa_disability_code": code,
                },
            )
    if life.home_postcode:
        yield (
            "ssd_address",
            {
                "addr_table_id": f"A{life.number}",
                "addr_person_id": child.id,
                "addr_address_type": "HOME",
                "addr_address_postcode": life.home_postcode,
            },
        )
    yield from _young_parent_or_alone(life, stage)


def _young_parent_or_alone(life: Life, stage: Stage) -> Found:
    child, ends = life.child, stage.ends
    mother = mother_since(life)
    if mother and mother <= ends:
        yield (
            "ssd_mother",
            {
                "moth_table_id": f"M{life.number}",
                "moth_person_id": child.id,
                "moth_childs_person_id": identifier(life.number, "SYNM"),
                "moth_childs_dob": mother,
            },
        )
    if child.unaccompanied and life.cares:
        yield (
            "ssd_immigration_status",
            {
                "immi_immigration_status_id": f"I{life.number}",
                "immi_person_id": child.id,
                "immi_immigration_status": "UASC",
                "immi_immigration_status_start_date": life.cares[0].started_on,
                "immi_immigration_status_end_date": known(birthday(child.born_on, 18), ends),
            },
        )


def _staff(stage: Stage, held: Counter[str]) -> Found:
    teams: dict[str, Service] = {}
    for service, post in stage.staff.everyone():
        teams.setdefault(post.team, service)
        number = stage.registration(post)
        yield (
            "ssd_professionals",
            {
                "prof_professional_id": number,
                "prof_staff_id": number,
                "prof_professional_name": post.worker,
                "prof_social_worker_registration_no": number,
                "prof_professional_job_title": "Personal adviser" if service is Service.ADVISERS else "Social worker",
                "prof_professional_caseload": held[number],
                "prof_professional_department": post.team,
                "prof_full_time_equivalency": 1.0,
                "prof_agency_worker_flag": "N",
            },
        )
    for team, service in teams.items():
        yield (
            "ssd_department",
            {"dept_team_id": team, "dept_team_name": team, "dept_team_parent_name": service.value},
        )
    yield (
        "ssd_version_log",
        {
            "version_number": "1.4.5",
            "release_date": date(2025, 7, 14),
            "description": "SYNTHETIC: every row of these tables is invented",
            "is_current": "1",
            "created_by": "Goldthread make-authority",
        },
    )
