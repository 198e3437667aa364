"""A small invented benchmark file: twenty authorities of two regions, and a table of neighbours."""

import random

from goldthread.synthetic.published import FigureRow, NeighbourRow, figures_csv
from goldthread.synthetic.published import neighbours_csv as as_csv

HEADINGS = figures_csv([]).strip()
NAMES = {"830": "Derbyshire", "831": "Derby", "855": "Leicestershire", "856": "Leicester", "891": "Nottinghamshire"}


def authorities() -> dict[str, str]:
    """Five true names, fifteen made up."""
    return {**NAMES, **{str(900 + place): f"Invented {place}" for place in range(15)}}


def values(seed: int = 5) -> dict[tuple[str, str, str], str]:
    """Printed values by measure, period and authority; some are symbols."""
    chance = random.Random(seed)
    made = {}
    for period in ("2023", "2024", "2025"):
        for code in authorities():
            made["Continue_Assess_Comp", period, code] = f"{chance.uniform(60, 99):.1f}"
            made["ReReferral", period, code] = f"{chance.uniform(10, 30):.1f}"
            made["CPP_Total_NumRef", period, code] = str(chance.randint(800, 9000))
            made["LAC", period, code] = f"{chance.uniform(40, 120):.0f}"
            made["LAC_Ind_SInd_Liv_Arr", period, code] = f"{chance.uniform(2, 12):.0f}"
    made["Continue_Assess_Comp", "2025", "856"] = "c"
    made["Continue_Assess_Comp", "2025", "901"] = "x"
    made["ReReferral", "2025", "831"] = "-"
    return made


KINDS = {
    "Continue_Assess_Comp": ("Assessments within 45 days", "High"),
    "ReReferral": ("Re-referrals", "Low"),
    "CPP_Total_NumRef": ("Number of referrals", "-"),
    "LAC": ("Rate of children looked after", "-"),
    "LAC_Ind_SInd_Liv_Arr": ("% in supported accommodation", "-"),
}


def lait_csv(changed: dict[tuple[str, str, str], str] | None = None) -> str:
    """The file as text."""
    rows = []
    for (measure, period, code), value in {**values(), **(changed or {})}.items():
        title, polarity = KINDS[measure]
        rows.append(
            FigureRow("T", measure, title, polarity, period, "Local authority", authorities()[code], code, value)
        )
    for measure, (title, polarity) in KINDS.items():
        for period in ("2023", "2024", "2025"):
            for level, place, code, value in (
                ("National", "England", "970", "80"), ("Regional", "East Midlands", "983", "79"),
            ):  # fmt: skip
                rows.append(FigureRow("T", measure, title, polarity, period, level, place, code, value))
    return figures_csv(rows)


NEAR = ("831", "855", "856", "891", "900", "901", "902", "903", "904", "999")


def neighbours_csv() -> str:
    """Ten neighbours of Derbyshire by one model, the last of them unknown to the file; two by an older one."""
    names = {**authorities(), "999": "Abolished"}
    return as_csv(
        NeighbourRow(model, "830", "Derbyshire", place, code, names[code], "close")
        for model, near in (("2025", NEAR), ("2021", NEAR[:2]))
        for place, code in enumerate(near, 1)
    )
