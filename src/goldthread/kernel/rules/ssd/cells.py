"""Rules on single cells: what must be filled, codes, yes and no, numbers that can be."""

import polars as pl

from goldthread.kernel.rule import Fails, Rule
from goldthread.kernel.rules.shapes import blank, columns_of, neither_yes_nor_no, not_a_code
from goldthread.kernel.table import Kind

_ALSO = {"pers_sex": ("I",), "pers_ethnicity": ("UNKNOWN",)}
"""What some columns hold besides the codes of the returns."""

RANGES: dict[tuple[str, str], tuple[float, float]] = {
    ("ssd_sdq_scores", "csdq_sdq_score"): (0, 40),
    ("ssd_permanence", "perm_number_of_adopters"): (1, 2),
    ("ssd_permanence", "perm_siblings_placed_together"): (0, 20),
    ("ssd_permanence", "perm_siblings_placed_apart"): (0, 20),
    ("ssd_cla_placement", "clap_cla_placement_distance"): (0, 1_000),
    ("ssd_professionals", "prof_professional_caseload"): (0, 500),
    ("ssd_professionals", "prof_full_time_equivalency"): (0, 1.5),
    ("ssd_pre_proceedings", "prep_cp_plans_referral_period"): (0, 50),
    ("ssd_pre_proceedings", "prep_prev_pre_proc_child"): (0, 50),
    ("ssd_pre_proceedings", "prep_prev_care_proc_child"): (0, 50),
    ("ssd_pre_proceedings", "prep_pre_pro_meetings_num"): (0, 100),
    ("ssd_pre_proceedings", "prep_care_proc_court_hearings"): (0, 100),
}
"""What a number can be at least and at most. The questionnaire scores up to 40; the other bounds are our own."""


def _out_of(column: str, least: float, most: float) -> Fails:
    return lambda _: (pl.col(column) < least) | (pl.col(column) > most)


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="D10",
            says="The cell is blank, and without it the row tells nothing.",
            mend="Fill the cell in the case system; if the row is of nothing, take it out.",
            table=table.name,
            fields=(column.name,),
            source="Our own; the dataset's specification requires keys alone",
            fails=blank(column.name),
        )
        for table, column in columns_of("ssd")
        if column.must_fill
    ),
    Rule(
        code="D11",
        says="The person has neither a date of birth nor an expected one.",
        mend="Give the date of birth; for a child not yet born, the expected date in its own column.",
        table="ssd_person",
        fields=("pers_dob", "pers_expected_dob"),
        source="Our own; no age can be told without it",
        fails=blank("pers_dob", "pers_expected_dob"),
    ),
    *(
        Rule(
            code="D12",
            says="The cell holds none of the codes of its list.",
            mend="Give one of the codes of the returns; check how the case system's own words are mapped to them.",
            table=table.name,
            fields=(column.name,),
            source="Code lists of SSDA903 and the CIN census, which the dataset feeds",
            fails=not_a_code(column, *_ALSO.get(column.name, ())),
        )
        for table, column in columns_of("ssd")
        if column.codes is not None
    ),
    *(
        Rule(
            code="D13",
            says="The cell says neither yes nor no.",
            mend="Write Y or N, or U where it is not known.",
            table=table.name,
            fields=(column.name,),
            source="Standard Safeguarding Dataset 1.4.5: flags are Y and N, in older notes 1 and 0",
            fails=neither_yes_nor_no(column.name, "U"),
        )
        for table, column in columns_of("ssd", Kind.FLAG)
    ),
    *(
        Rule(
            code="D14",
            says=f"The number lies outside of {least:g} to {most:g}.",
            mend="Check the number against the record.",
            table=table,
            fields=(column,),
            source="The scoring of the questionnaire (0 to 40); the other bounds are our own",
            fails=_out_of(column, least, most),
        )
        for (table, column), (least, most) in RANGES.items()
    ),
)
