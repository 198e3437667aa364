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


def rates(seed: int = 6) -> dict[tuple[str, str, str], str]:
    """Rates of referrals and of children in care with their counts, of the children who live in each authority."""
    chance = random.Random(seed)
    made = {}
    for code, children in children_of(seed).items():
        counts = {"CPP_Total_NumRef": round(children * chance.uniform(0.03, 0.07)),
                  "LACnum": round(children * chance.uniform(0.004, 0.01))}  # fmt: skip
        made |= {(name, "2025", code): str(count) for name, count in counts.items()}
        made["CPP_Total_Rateper10,000", "2025", code] = f"{10_000 * counts['CPP_Total_NumRef'] / children:.1f}"
        made["LAC", "2025", code] = f"{10_000 * counts['LACnum'] / children:.0f}"
        made["CIN", "2025", code] = f"{chance.uniform(250, 400):.1f}"
    return made


def children_of(seed: int = 6) -> dict[str, int]:
    """How many children live in each invented authority."""
    chance = random.Random(seed + 1)
    return {code: chance.randint(8_000, 200_000) for code in authorities()}


KINDS = {
    "Continue_Assess_Comp": ("Assessments within 45 days", "High"),
    "ReReferral": ("Re-referrals", "Low"),
    "CPP_Total_NumRef": ("Number of referrals", "-"),
    "LAC": ("Rate of children looked after", "-"),
    "LAC_Ind_SInd_Liv_Arr": ("% in supported accommodation", "-"),
}
RATE_KINDS = {
    "CPP_Total_Rateper10,000": ("Rate of referrals", "-"),
    "LACnum": ("Number of children looked after", "-"),
    "CIN": ("Rate of children in need", "-"),
    "CPP_Abuse_Rate": ("Rate of plans begun", "Low"),
}


def lait_csv(changed: dict[tuple[str, str, str], str] | None = None) -> str:
    """The file as text."""
    rows, every = [], {**KINDS, **RATE_KINDS}
    for (measure, period, code), value in {**values(), **(changed or {})}.items():
        title, polarity = every[measure]
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


JUDGED = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
)


def outcomes_csv(**changed: str) -> str:
    """Ofsted's table of outcomes, of two authorities, all of it invented: the second has no grade for care leavers."""
    said = {"on": "2024-06-10 00:00:00", "overall": "Good", "leaders": "Outstanding", "code": "E10000007", **changed}
    heads = ["Web link", "Local authority area code", "Local authority name", "Ofsted region", "Inspection date",
             "Publication date", "Overall effectiveness", *JUDGED]  # fmt: skip
    rows = [
        ["x", said["code"], "Derbyshire", "East Midlands", said["on"], "2024-07-23 00:00:00", said["overall"],
         said["leaders"], "Requires improvement to be good", "Good"],
        ["x", "E06000015", "Derby", "East Midlands", "2022-03-14", "2022-05-16", "Outstanding", "Good", "Good", ""],
    ]  # fmt: skip
    return "".join(",".join(row) + "\n" for row in (heads, *rows))
