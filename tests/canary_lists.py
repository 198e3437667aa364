"""Lists of child-level data in which every identity, and whatever a council may write, is a canary."""

from datetime import date
from typing import Any

from goldthread.kernel.tables import TABLES
from tests.canaries import Canaries
from tests.submissions_story import workbook


def _row(canaries: Canaries, place: str, table: str, klass: str, child: str, born: date, **more: Any) -> list[Any]:
    given: dict[str, Any] = {
        "child": child, "born_on": born, "gender": "F", "ethnicity": "WBRI", "age": 12, "disability": "N",
        "started_on": date(2026, 2, 3), "need": "N1", "status": "NEED", "team": "North", "worker": "Worker One",
        "legal_status": "C2", "legal_status_on": date(2026, 2, 3), "placement_on": date(2026, 2, 3),
        "placement_type": "U4", "provider": "PR1", "placements_in_year": 4, "in_or_out": "In",
        "placement_authority": canaries.plant(klass, "authority of a placement", place), **more,
    }  # fmt: skip
    return [given.get(column.name, "") for column in TABLES[table].columns]


def lists(canaries: Canaries, klass: str, place: str, children: int = 14) -> bytes:
    """Children in need, some of them in care, and an adopter: each identity is a canary, and so are odd cells."""
    plant = canaries.plant
    ids = [plant("vault", "id of a child", place) for _ in range(children)]
    births = [canaries.born(place) for _ in ids]
    text = {"team": plant(klass, "team", place), "worker": plant(klass, "worker", place)}
    need = [_row(canaries, place, "children_in_need", klass, *one, **text) for one in zip(ids, births, strict=True)]
    ended = [date(2026, 8, 28) if number % 2 else date(2026, 5, 20) for number in range(children)]
    assessed = [
        _row(canaries, place, "assessments", klass, *one, started_on=date(2026, 5, 5), authorised_on=day, **text)
        for *one, day in zip(ids, births, ended, strict=True)
    ]
    odd = {"gender": plant(klass, "cell that is no code", place), "urn": plant("vault", "URN", place)}
    care = [
        _row(canaries, place, "children_in_care", klass, ids[0], births[0], postcode=canaries.postcode(place), **odd),
        _row(canaries, place, "children_in_care", klass, ids[1], plant("vault", "date that is none", place),
             postcode=plant("vault", "postcode that is none", place)),
    ]  # fmt: skip
    family = plant("vault", "id of a family", place)
    adoption = _row(canaries, place, "adoptions", klass, ids[2], births[2], family=family, decided_on=date(2026, 3, 3))
    adopter = _row(canaries, place, "adopters", klass, "", births[3], adopter=plant("vault", "id of an adopter", place),
                   family=family, enquired_on=date(2026, 1, 5))  # fmt: skip
    heads = {name: [column.says for column in TABLES[name].columns] for name in TABLES}
    extra = plant(klass, "heading that is unknown", place)
    sheet = plant(klass, "name of a sheet", place)
    again = plant(klass, "name of a sheet that looks like a list already read", place)
    return workbook(
        {
            "List 6": [[*heads["children_in_need"], extra], *([*row, "x"] for row in need)],
            "List 4": [heads["assessments"], *assessed],
            "List 8": [heads["children_in_care"], *care],
            "List 10": [heads["adoptions"], adoption],
            "List 11": [heads["adopters"], adopter],
            again: [heads["adopters"]],
            sheet: [["Notes"], [plant("vault", "note on a sheet that is not read", place)]],
        }
    )
