"""A small list or view for every amount, with the number of each row on 31 March 2025: `-` is out, `?` not known."""

from typing import NamedTuple


class AmountSpec(NamedTuple):
    amount: str
    table: str
    text: str
    numbers: tuple[str, ...]


def _spec(amount: str, numbers: str, **tables: str) -> AmountSpec:
    ((name, text),) = tables.items()
    return AmountSpec(amount, name, text, tuple(numbers.split()))


ADOPTIONS = {
    "entered": "entered_care_on", "moved_in": "placed_on", "fostered": "early_placement_on", "finished": "adopted_on",
    "ordered": "placement_order_on", "matched": "matched_on", "decided": "decided_on",
}  # fmt: skip
"""What list 10 calls each day; the view of the record calls it by the name itself, with “on”."""


def _both(amount: str, numbers: str, text: str) -> tuple[AmountSpec, AmountSpec]:
    """One drawing, asked of list 10 of Annex A and of the record alike: the days have other names there."""
    heading, *rows = text.strip().split("\n")
    names = [name.strip() for name in heading.split("|")]
    tables = {"adoptions": [ADOPTIONS[name] for name in names], "adoption_paths": [f"{name}_on" for name in names]}
    of_list, of_record = (
        AmountSpec(amount, table, "\n".join([" | ".join(given), *rows]), tuple(numbers.split()))
        for table, given in tables.items()
    )
    return of_list, of_record


def _days(column: str) -> str:
    return (
        f"""
    {column}
    2024-04-01
    2024-03-31
    2025-03-31
    2025-04-01

    """.rstrip()
        + "\n"
    )


_RUNNING = """
    {start}    | {end}
    2024-01-10 |
    2024-01-10 | 2025-04-01
    2024-01-10 | 2025-03-31
    2025-04-01 |
    2025-03-31 |
    """
_EVENT = "1 - 1 -"

SPECS = (
    _spec("FD-01", _EVENT, all_contacts=_days("contacted_on")),
    _spec("FD-03", _EVENT, all_early_help=_days("started_on")),
    _spec("FD-04", _EVENT, all_referrals=_days("referred_on")),
    _spec("CP-01", _EVENT, all_enquiries=_days("strategy_on")),
    _spec("CP-07", _EVENT, all_plans=_days("started_on")),
    _spec("CN-01", "1 1 - - 1", all_need=_RUNNING.format(start="opened_on", end="closed_on")),
    _spec("CP-06", "1 1 - - 1", all_plans=_RUNNING.format(start="started_on", end="ended_on")),
    _spec(
        "AS-04", "0 1 10 ? ? - -",
        all_assessments="""
        started_on | authorised_on
        2025-03-03 | 2025-03-03
        2025-03-07 | 2025-03-10
        2025-03-03 | 2025-03-17
        2025-03-18 | 2025-03-17
                   | 2025-03-17
        2024-03-01 | 2024-03-31
        2025-03-03 |
        """,
    ),
    _spec(
        "CLA-01", "1 1 - -",
        in_care="""
        child | legal_status
        A     | C1
        B     |
        C     | V3
        D     | V4
        """,
    ),
    _spec(
        "CLA-02", "1 - - 1 -",
        care_begun="""
        started_on | legal_status
        2024-04-01 | C1
        2024-03-31 | C1
        2024-06-01 | V4
        2025-03-31 |
        2025-04-01 | V2
        """,
    ),
    _spec(
        "HE-06", "14 0 - - - -",
        in_care="""
        started_on | born_on    | legal_status | sdq_score
        2024-03-31 | 2015-01-01 | C1           | 14
                   | 2020-03-31 | C2           | 0
        2024-04-01 | 2015-01-01 | C1           | 14
        2024-03-31 | 2020-04-01 | C1           | 14
        2024-03-31 | 2015-01-01 | V4           | 14
        2024-03-31 | 2015-01-01 | C1           |
        """,
    ),
    *_both(
        "AD-02", "366 ? ? - - -",
        """
        entered    | moved_in   | finished
        2023-01-01 | 2024-01-02 | 2024-09-01
        2023-01-01 |            | 2025-03-31
        2024-02-01 | 2024-01-02 | 2024-09-01
        2021-01-01 | 2021-09-01 | 2022-03-31
        2023-01-01 | 2024-01-02 |
        2023-01-01 | 2024-01-02 | 2025-04-01
        """,
    ),
    *_both(
        "AD-03", "31 366",
        """
        entered    | fostered   | moved_in   | finished
        2023-01-01 | 2023-02-01 | 2024-01-02 | 2024-09-01
        2023-01-01 |            | 2024-01-02 | 2022-04-01
        """,
    ),
    _spec(
        "AD-03", "31 ? 10",
        adoption_paths="""
        entered_on | fostered_on | moved_in_on | by_carer | finished_on
        2023-01-01 | 2023-02-01  | 2024-01-02  | N        | 2024-09-01
        2023-01-01 |             | 2024-01-02  | Y        | 2024-09-01
        2023-01-01 | 2023-01-11  | 2024-01-02  | Y        | 2024-09-01
        """,
    ),
    *_both(
        "AD-04", "30 0 ? - -",
        """
        ordered    | matched    | finished
        2024-01-01 | 2024-01-31 | 2024-09-01
        2024-01-01 | 2023-12-01 | 2024-09-01
        2024-01-01 |            | 2024-09-01
                   | 2024-01-31 | 2024-09-01
        2024-01-01 | 2024-01-31 |
        """,
    ),
    *_both(
        "AD-07", "60 ? ? -",
        """
        decided    | matched    | finished
        2024-01-01 | 2024-03-01 | 2024-09-01
        2024-03-02 | 2024-03-01 | 2024-09-01
        2024-01-01 |            | 2024-09-01
        2024-01-01 | 2024-03-01 | 2025-04-01
        """,
    ),
)  # fmt: skip
