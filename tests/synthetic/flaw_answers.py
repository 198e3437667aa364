"""Which issue answers which planted flaw: one place for the whole truth of the returns and extracts."""

FOUND_BY: dict[tuple[str, str, str], str] = {
    ("SSD-01", "ssd_cin_episodes", "cine_person_id"): "D01",
    ("SSD-01", "ssd_cla_visits", "clav_person_id"): "D01",
    ("SSD-02", "ssd_cp_visits", "cppv_cp_visit_id"): "D06",
    ("SSD-02", "ssd_contacts", "cont_contact_id"): "D06",
    ("SSD-03", "ssd_cin_episodes", "cine_close_date"): "D20",
    ("SSD-03", "ssd_cp_plans", "cppl_cp_plan_end_date"): "D20",
    ("SSD-03", "ssd_cla_placement", "clap_cla_placement_end_date"): "D20",
    ("SSD-03", "ssd_cin_assessments", "cina_assessment_auth_date"): "D20",
    ("SSD-04", "ssd_cla_episodes", "clae_cla_episode_start_reason"): "D12",
    ("SSD-04", "ssd_legal_status", "lega_legal_status"): "D12",
    ("SSD-04", "ssd_missing", "miss_missing_episode_type"): "D12",
    ("SSD-05", "ssd_sdq_scores", "csdq_sdq_score"): "D14",
    ("SSD-06", "ssd_person", "pers_dob"): "D11",
    ("SSD-06", "ssd_s47_enquiry", "s47e_s47_start_date"): "D10",
    ("PR-01", "management_decisions", "role"): "R02",
    ("PR-02", "management_decisions", "reason_recorded"): "R10",
    ("PR-03", "management_decisions", "decided_on"): "G08",
    ("PR-04", "wishes_and_feelings", "child"): "R11",
    ("PR-05", "strategy_discussions", "minuted_on"): "R12",
    ("PR-06", "strategy_discussions", "agencies"): "R05",
    ("PR-07", "family_feedback", "given_on"): "R13",
    ("PR-08", "wishes_and_feelings", "recorded_on"): "R15",
}
"""The issue of every flaw of the dataset and the practice record, by flaw, file and column. G08 is the reader's own."""

FOUND_IN_RETURNS = {
    "INT32": "H02",
    "INT03": "H01",
    "356": "H03",
    "567": "H03",
    "8608": "H03",
    "8630": "H03",
    "8615": "H03",
    "8794": "H02",
}
"""The flaws of the two returns that the house's own rules find: rows twice, children unknown, dates crossed."""

_BY_CODE = """
101 102 103 168 143 144 145 146 148 149 526 550 392c 166 167 440 INT17 180 181 131 132 133 1006 565 175 177 119 631 635
SW02STG1 SW13STG1 INT21 8805 8810 8610 8525Q 8840 8898 8790 8875 1510
"""
DEPARTMENTS = frozenset(_BY_CODE.split())
"""The flaws that the Department's own rules find, each by the rule whose code it bears."""

TOLD_OF_SOUND = {
    "EPI": "a care leaver's header stands in the return without an episode of the year",
    "399": "the header says of a girl with short breaks whether she is a mother",
    "186": "not every child who is looked after all year has a score",
    "SW06STG2": "workers are written from the day on which they came, which may lie before the year",
    "SW11bSTG2": "a child who left care has no worker after that",
    "SW12STG2": "a child who came into care in the year had no worker before",
    "SW17STG2": "a child who left care has no worker on 31 March",
    "1530": "pupil numbers are of an authority that does not exist",
    "2991Q": "an enquiry may begin without an assessment",
    "8670Q": "some assessments take too long, as they do",
}
"""What the Department's rules tell of the invented council where nothing is planted, with why it is so."""
