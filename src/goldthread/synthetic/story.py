"""The whole story of an authority, told service by service and laid out as the eleven lists.

people -> contacts -> referrals -> assessments -> section 47 -> need -> plans -> care -> leaving care -> adoption.
"""

from goldthread.kernel.tables import TABLES
from goldthread.synthetic import rows_care, rows_front_door, rows_protection
from goldthread.synthetic.adopters import adopters
from goldthread.synthetic.adoption import adoptions
from goldthread.synthetic.care import cases as care_cases
from goldthread.synthetic.contacts import contacts, early_help
from goldthread.synthetic.front_door import cases as front_door_cases
from goldthread.synthetic.leaving_care import leavers
from goldthread.synthetic.need import cases as need_cases
from goldthread.synthetic.rows import Lists, Row
from goldthread.synthetic.scene import Scene

_SORTED_BY = {
    "contacts": "contacted_on",
    "early_help": "started_on",
    "referrals": "referred_on",
    "assessments": "started_on",
    "section_47": "strategy_on",
    "children_in_need": "started_on",
    "protection_plans": "started_on",
    "children_in_care": "started_on",
    "care_leavers": "born_on",
    "adoptions": "decided_on",
    "adopters": "enquired_on",
}


def tell(scene: Scene) -> Lists:
    """Every row of every list, in the order of the sheets: by date, and by child within a day."""
    adopted = adoptions(scene)
    cases = [*front_door_cases(scene), *need_cases(scene), *care_cases(scene), *adopted.cases]
    plans = rows_protection.plan_rows(scene, cases)
    care = rows_care.care_rows(scene, cases)
    told: Lists = {
        "contacts": rows_front_door.contact_rows(scene, contacts(scene, cases)),
        "early_help": rows_front_door.early_help_rows(scene, early_help(scene, cases)),
        "referrals": rows_front_door.referral_rows(scene, cases),
        "assessments": rows_front_door.assessment_rows(scene, cases),
        "section_47": rows_front_door.enquiry_rows(scene, cases),
        "children_in_need": rows_protection.need_rows(scene, cases, plans, care),
        "protection_plans": plans,
        "children_in_care": care,
        "care_leavers": rows_care.leaver_rows(scene, leavers(scene, cases)),
        "adoptions": rows_care.adoption_rows(scene, cases),
        "adopters": rows_care.adopter_rows(adopters(scene, adopted.families)),
    }
    return laid_out(told)


def laid_out(told: Lists) -> Lists:
    """The lists in the order of the sheets, every row with its columns in the order of the list."""
    return {name: _laid_out(name, told[name]) for name in TABLES}


def _laid_out(name: str, rows: list[Row]) -> list[Row]:
    columns = [column.name for column in TABLES[name].columns]
    first = columns[0]
    ordered = sorted(rows, key=lambda row: (str(row[_SORTED_BY[name]]), str(row[first])))
    return [{column: row[column] for column in columns} for row in ordered]
