"""The specs of the rules across snapshots: 31 December 2024 held against 31 March 2025."""

from tests.kernel.rule_specs import spec

for name, start, end in (
    ("assessments", "started_on", "authorised_on"),
    ("children_in_need", "started_on", "closed_on"),
    ("protection_plans", "started_on", "ended_on"),
    ("children_in_care", "started_on", "ceased_on"),
):
    spec(
        "S01",
        {name: [2, 5]},
        earlier={
            name: f"""
            child | {start}    | {end}
            A     | 2024-11-04 |
            B     | 2024-11-04 |
            C     | 2024-11-04 |
            D     | 2024-11-04 | 2024-12-01
            F     | 2024-11-04 | 2025-01-10
            """
        },
        # C began anew after the earlier day; D had ended; E is new; F was still open on the earlier day.
        **{
            name: f"""
            child | {start}    | {end}
            A     | 2024-11-04 | 2025-01-10
            B     | 2024-11-05 |
            C     | 2025-01-10 |
            D     | 2024-12-20 |
            F     | 2024-10-04 | 2025-01-10
            E     | 2024-11-04 |
                  | 2024-11-04 |
            """
        },
    )
    spec(
        "S03",
        {name: [2, 3]},
        earlier={
            name: f"""
            child | {start}    | {end}
            A     | 2024-11-04 | 2024-12-02
            B     | 2024-11-04 | 2024-12-02
            C     | 2024-11-04 | 2024-12-02
            D     | 2024-11-04 |
            E     | 2024-11-04 | 2024-12-02
            """
        },
        **{
            name: f"""
            child | {start}    | {end}
            A     | 2024-11-04 | 2024-12-02
            B     | 2024-11-04 |
            C     | 2024-11-04 | 2024-12-09
            D     | 2024-11-04 | 2025-01-06
            E     | 2025-01-06 |
            """
        },
    )
spec(
    "S03",
    {"early_help": [1]},
    earlier={
        "early_help": """
        child | started_on | completed_on
        A     | 2024-11-04 | 2024-12-02
        B     | 2024-11-04 | 2024-12-02
        """
    },
    early_help="""
    child | started_on | completed_on
    A     | 2024-11-04 |
    B     | 2024-11-04 | 2024-12-02
    """,
)
spec(
    "S02",
    {"children_in_need": ["was 2"], "care_leavers": ["was 2"], "assessments": ["was 2"]},
    earlier={
        "children_in_need": """
        child | started_on | closed_on
        A     | 2024-11-04 |
        B     | 2024-11-04 |
        C     | 2024-11-04 | 2024-12-02
        D     | 2024-11-04 |
        """,
        # C has turned 25 since, and D has died.
        "care_leavers": """
        child | born_on    | in_touch
        A     | 2003-01-01 | YES
        B     | 2000-04-01 | YES
        C     | 2000-03-31 | YES
        D     | 2003-01-01 | DIED
        """,
        "assessments": """
        child | started_on | authorised_on
        A     | 2024-12-02 |
        B     | 2024-12-02 |
        C     | 2024-12-02 |
        """,
    },
    children_in_need="""
    child | started_on | closed_on
    A     | 2024-11-04 | 2025-01-06
    D     | 2025-02-03 |
    """,
    care_leavers="""
    child | born_on
    A     | 2003-01-01
    """,
    # A's was authorised; B has another, begun since; C's start moved, which is S01.
    assessments="""
    child | started_on | authorised_on
    A     | 2024-12-02 | 2025-01-06
    B     | 2025-02-03 |
    C     | 2024-12-03 |
    """,
)
spec(
    "S02",
    {},
    # Two months only reach back to 31 January: who closed in January need not be in the list.
    settings={"period_months": 2},
    earlier={"protection_plans": "child | started_on\nA | 2024-11-04\nB | 2024-11-04"},
    protection_plans="child | started_on\nA | 2024-11-04",
)
spec(
    "S04",
    {"contacts": [2, 3, 4]},
    earlier={
        "contacts": """
        child | born_on    | gender | ethnicity
        A     | 2015-05-01 | F      | WBRI
        B     | 2015-05-01 | F      | WBRI
        C     | 2015-05-01 | F      | WBRI
        E     | 2025-01-20 | U      | NOBT
        F     | 2015-05-01 | F      | WBRI
        """,
        "referrals": """
        child | born_on    | gender | ethnicity
        D     | 2015-05-01 | F      | WBRI
        """,
    },
    # E was not yet born, and nothing was stated; F's ethnicity is refused now, which contradicts nothing.
    contacts="""
    child | born_on    | gender | ethnicity
    A     | 2015-05-01 | F      | WBRI
    B     | 2015-05-02 | F      | WBRI
    C     | 2015-05-01 | M      | WBRI
    D     | 2015-05-01 | F      | AIND
    E     | 2025-01-28 | M      | BAFR
    F     |            | U      | REFU
    G     | 2015-05-01 | F      | WBRI
    """,
)
spec(
    "S05",
    {"protection_plans": [2]},
    earlier={
        "protection_plans": """
        child | previous_plans
        A     | 1
        B     | 1
        C     |
        D     | 2
        """
    },
    protection_plans="""
    child | previous_plans
    A     | 2
    B     | 0
    C     | 0
    D     |
    E     | 0
    """,
)
for name, on in (("contacts", "contacted_on"), ("referrals", "referred_on"), ("section_47", "strategy_on")):
    # Six months before 31 March is 30 September: what is older need not be there any more.
    spec(
        "S06",
        {name: ["was 2", "was 3"]},
        earlier={
            name: f"""
            child | {on}
            A     | 2024-12-02
            A     | 2024-12-03
            B     | 2024-09-30
            C     | 2024-09-27
            D     | 2025-01-06
                  | 2024-12-02
            """
        },
        **{name: f"child | {on}\nA | 2024-12-02\nA | 2025-01-06"},
    )
    # Ten working days before 31 December 2024 is 13 December, with Christmas between.
    spec(
        "S07",
        {name: [2, 4]},
        earlier={name: f"child | {on}\nA | 2024-12-02\nZ | 2024-12-30"},
        **{
            name: f"""
            child | {on}
            A     | 2024-12-02
            A     | 2024-12-12
            B     | 2024-12-13
            C     | 2024-06-30
            D     | 2024-06-28
                  | 2024-11-01
            E     | 2025-01-06
            """
        },
    )
