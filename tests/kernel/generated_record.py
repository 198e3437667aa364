"""A random record, seeded: lives of children in care as the return tells them, and everything else as it falls.

Dates lie near the edges that measures care about; some rows are senseless, as rows of true files are.
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import make_reading
from goldthread.kernel.record import record_of
from goldthread.kernel.record.engine import schema_of
from goldthread.kernel.record.tables import RECORD
from goldthread.kernel.table import Kind

CHOICES: dict[str, tuple[str | None, ...]] = {
    "disa_disability_code": ("NONE", "AUT", "LD", None),
    "pers_gender": ("M", "F", "N", None),
    "pers_sex": ("M", "F", "U", None),
    "pers_ethnicity": ("WBRI", "BAFR", "NOBT", None),
    "cine_referral_nfa": ("Y", "N", "N", None),
    "cine_cin_primary_need_code": ("N1", None),
    "s47e_s47_nfa": ("Y", "N", None),
    "clav_cla_visit_seen": ("Y", "N"),
    "clar_cla_review_cancelled": ("N", "N", "Y", None),
    "clar_cla_review_participation": ("PN0", "PN1", "PN4", None),
    "clah_health_check_type": ("Health assessment", "Dental check", "Health check of a child under five", "Eye test"),
    "clai_immunisations_status": ("Y", "N"),
    "miss_missing_episode_type": ("M", "A", None),
    "invo_professional_role_id": ("Social worker", "Allocated worker", "Reviewing officer", None),
    "addr_address_type": ("HOME", "PLACEMENT", None),
    "immi_immigration_status": ("UASC", "EEA"),
    "perm_permanence_order_type": ("Adoption", "Special guardianship", None),
    "earl_episode_organisation": ("School", "Early Help", None),
    "miss_missing_rhi_offered": ("Y", "Y", "N", "U", None),
    "miss_missing_rhi_accepted": ("Y", "N", None),
    "ploc_in_or_out": ("IN", "OUT", None),
}
FROM_EPISODES = ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status")
"""Tables that hang together: they are made of the return's episodes, by its mapping."""

POSTCODES = ("DE1 1AA", "DE22 3AB", "S40 1AA", "NG1 5FS", "ZZ99 3VZ", "DE1", "BT1 1AA", "OX1 2JD", None)

Rows = list[dict[str, Any]]


class Dice(random.Random):
    """A seeded chance, and how many children there are."""

    children = 40


def record(seed: int, as_at: date, rows: int = 120, children: int = 40) -> dict[str, pl.LazyFrame]:
    """Every table of the record."""
    dice = Dice(seed)
    dice.children = children
    episodes = pl.DataFrame(_episodes(dice, as_at), schema=TABLES_OF_ALL_FORMS["cla_episodes"].schema())
    made = dict(record_of(make_reading({"cla_episodes": episodes}, form="ssda903", year=as_at.year)))
    for name, table in RECORD.items():
        if name in FROM_EPISODES or table.form == "practice":
            continue
        drawn = [
            {
                "source": name,
                "row": number,
                **{column.name: _cell(column.name, column.kind, dice, as_at) for column in table.columns},
            }
            for number in range(1, rows + 1)
        ]
        made[name] = pl.DataFrame(drawn, schema=schema_of(table)).lazy()
    made["ssd_person"] = _people(dice, as_at).lazy()
    placements = made["ssd_cla_placement"].collect()["clap_cla_placement_id"].to_list()
    made["own_placement_locations"] = made["own_placement_locations"].with_columns(
        ploc_cla_placement_id=pl.Series([dice.choice(placements) for _ in range(rows)])
    )
    return made


def _child(dice: Dice) -> str | None:
    return f"C{dice.randint(1, dice.children)}" if dice.random() < 0.97 else None


def _day(dice: Dice, as_at: date) -> date:
    return as_at - timedelta(days=dice.randint(-15, 250) if dice.random() < 0.6 else dice.randint(0, 1100))


def _people(dice: Dice, as_at: date) -> pl.DataFrame:
    rows = [
        {
            "source": "x",
            "row": number,
            "pers_person_id": f"C{number}",
            "pers_sex": dice.choice(CHOICES["pers_sex"]),
            "pers_gender": dice.choice(CHOICES["pers_gender"]),
            "pers_ethnicity": dice.choice(CHOICES["pers_ethnicity"]),
            "pers_dob": None
            if dice.random() < 0.1
            else as_at - timedelta(days=dice.randint(*dice.choice(((-90, 1800), (0, 6000), (6200, 8000))))),
            "pers_expected_dob": as_at if dice.random() < 0.1 else None,
        }
        for number in range(1, dice.children - 2)
    ]
    return pl.DataFrame(rows, schema=schema_of(RECORD["ssd_person"]))


def _cell(name: str, kind: Kind, dice: Dice, as_at: date) -> str | int | float | date | None:
    if name.endswith("person_id"):
        return _child(dice)
    if name in CHOICES:
        return dice.choice(CHOICES[name])
    if "postcode" in name:
        return dice.choice(POSTCODES)
    if kind is Kind.DATE:
        return None if dice.random() < 0.2 else _day(dice, as_at)
    if kind is Kind.COUNT:
        return None if dice.random() < 0.3 else dice.randint(0, 30)
    if kind is Kind.FLAG:
        return dice.choice(("Y", "N", None))
    if kind is Kind.NUMBER:
        return None
    if dice.random() < 0.05:
        return None
    return f"{name.split('_', 1)[1]}-{dice.randint(1, 60)}"


def _episodes(dice: Dice, as_at: date) -> Rows:
    rows: Rows = []
    for number in range(1, dice.children + 1):
        day = as_at - timedelta(days=dice.randint(100, 1500))
        for _ in range(dice.randint(0, 3)):
            day = _period(dice, f"C{number}", day, rows)
            day += timedelta(days=dice.choice((0, 20, 364, 366, 500)))
    for at, row in enumerate(rows, 1):
        row["row"] = at
    return rows


def _period(dice: Dice, child: str, start: date, rows: Rows) -> date:
    """The episodes of one period of care; one in five began before the file, and has no S."""
    count = dice.choice((1, 2, 3, 4, 6, 8))
    status = dice.choice(("C1", "C2", "C2", "V2", "V2", "V3"))
    place, home, lives = _place(dice), dice.choice(POSTCODES), dice.choice(POSTCODES)
    for at in range(count):
        reason = dice.choice("SSSSL") if at == 0 else dice.choice("PPPLTBU")
        if reason in "LBU" and at:
            status = dice.choice(("C1", "C2", "V2", "V4"))
        if reason in "PTBU" and at:
            back = dice.random() < 0.3 and at > 1
            place, lives = (rows[-2]["place"], rows[-2]["pl_post"]) if back else (_place(dice), dice.choice(POSTCODES))
        end = start + timedelta(days=dice.choice((0, 1, 5, 30, 90, 200, 364, 400)))
        last = at == count - 1
        running = last and dice.random() < 0.6
        rows.append({
            "child": child, "decom": start, "rne": reason, "ls": status, "cin": "N1", "place": place,
            "place_provider": dice.choice(("PR1", "PR4", None)), "dec": None if running else end,
            "rec": None if running else (dice.choice(("E4A", "E11", "E45", None)) if last else "X1"),
            "home_post": home, "pl_post": lives, "urn": dice.choice(("SC1", "SC2", None)),
        })  # fmt: skip
        start = end
    return start


def _place(dice: Dice) -> str | None:
    return dice.choice(("U4", "U6", "K2", "T1", "T4", "A3", "A4", "A6", "P1", "Z1", None))


def rows_of(made: Mapping[str, pl.LazyFrame], name: str) -> Rows:
    """The rows of one table, for a computation without Polars."""
    return made[name].collect().to_dicts()
