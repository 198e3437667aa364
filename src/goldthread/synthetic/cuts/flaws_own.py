"""The flaws that are planted in the dataset and the practice record, under codes of the house's own."""

from datetime import date, timedelta

from goldthread.synthetic.cuts.planting import Change, Flaw, Record, filled, put, swapped, twice
from goldthread.synthetic.dice import Dice

NOBODY = "SYN0000000"
"""A person whom no table knows."""


def _past(column: str, before: str) -> Change:
    def change(record: Record, dice: Dice) -> tuple[Record, ...]:
        day = date.fromisoformat(str(record[before])) - timedelta(days=dice.number(2, 20))
        return ({**record, column: day.isoformat()},)

    return change


def _crossed(rule: str, table: str, start: str, end: str) -> Flaw:
    both = filled(start, end)
    return Flaw(
        rule, table, end, "it ends before it starts", swapped(start, end),
        lambda record: both(record) and record[start] != record[end],
    )  # fmt: skip


DATASET: tuple[Flaw, ...] = (
    Flaw("SSD-01", "ssd_cin_episodes", "cine_person_id", "a person whom no table knows", put("cine_person_id", NOBODY)),
    Flaw("SSD-01", "ssd_cla_visits", "clav_person_id", "a person whom no table knows", put("clav_person_id", NOBODY)),
    Flaw("SSD-02", "ssd_cp_visits", "cppv_cp_visit_id", "the row stands twice", twice),
    Flaw("SSD-02", "ssd_contacts", "cont_contact_id", "the row stands twice", twice),
    _crossed("SSD-03", "ssd_cin_episodes", "cine_referral_date", "cine_close_date"),
    _crossed("SSD-03", "ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    _crossed("SSD-03", "ssd_cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    _crossed("SSD-03", "ssd_cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date"),
    Flaw(
        "SSD-04", "ssd_cla_episodes", "clae_cla_episode_start_reason", "a reason that is no code",
        put("clae_cla_episode_start_reason", "X"),
    ),
    Flaw("SSD-04", "ssd_legal_status", "lega_legal_status", "a status that is no code", put("lega_legal_status", "C9")),
    Flaw(
        "SSD-04", "ssd_missing", "miss_missing_episode_type", "a kind that is none",
        put("miss_missing_episode_type", "Q"),
    ),
    Flaw(
        "SSD-05", "ssd_sdq_scores", "csdq_sdq_score", "a score above the highest", put("csdq_sdq_score", "57"),
        filled("csdq_sdq_score"),
    ),
    Flaw("SSD-06", "ssd_person", "pers_dob", "no birth date", put("pers_dob", None), filled("pers_dob")),
    Flaw("SSD-06", "ssd_s47_enquiry", "s47e_s47_start_date", "no start", put("s47e_s47_start_date", None)),
)  # fmt: skip
"""Every kind of flaw of the dataset: unknown persons, double rows, crossed dates, no codes, too much, too little."""

WHOSE = {
    "ssd_person": "pers_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_cla_visits": "clav_person_id",
    "ssd_cp_visits": "cppv_person_id",
    "ssd_contacts": "cont_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_cla_placement": "clap_person_id",
    "ssd_cin_assessments": "cina_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_legal_status": "lega_person_id",
    "ssd_missing": "miss_person_id",
    "ssd_sdq_scores": "csdq_person_id",
    "ssd_s47_enquiry": "s47e_person_id",
}
"""The column that says whose row it is, of the tables in which flaws are planted."""

PRACTICE: tuple[Flaw, ...] = (
    Flaw("PR-01", "management_decisions", "role", "a decision of nobody", put("role", "")),
    Flaw("PR-02", "management_decisions", "reason_recorded", "neither yes nor no", put("reason_recorded", "maybe")),
    Flaw("PR-03", "management_decisions", "decided_on", "a day that is none", put("decided_on", "31/02/2025")),
    Flaw("PR-04", "wishes_and_feelings", "child", "a child whom no list knows", put("child", NOBODY)),
    Flaw(
        "PR-05", "strategy_discussions", "minuted_on", "the minute is older than the discussion",
        _past("minuted_on", "held_on"), filled("minuted_on"),
    ),
    Flaw("PR-06", "strategy_discussions", "agencies", "a discussion among nobody", put("agencies", "")),
    Flaw(
        "PR-07", "family_feedback", "given_on", "an answer before the question", _past("given_on", "sought_on"),
        filled("given_on"),
    ),
    Flaw("PR-08", "wishes_and_feelings", "recorded_on", "the row stands twice", twice),
)  # fmt: skip
"""Every kind of flaw of the practice record."""
