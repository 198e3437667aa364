"""Small tables for the rules of the practice record, on 31 March 2025."""

from tests.kernel.rule_specs import spec

spec(
    "R01",
    {"practice_decisions": [2, 3]},
    practice_decisions="""
    child | decided_on
    A     | 2025-01-01
          | 2025-01-01
    B     |
    """,
)
spec(
    "R02",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | role
    A     | Team manager
    B     |
    """,
)
spec(
    "R03",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | decision
    A     | Step down
    B     |
    """,
)
spec(
    "R04",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | reason_recorded
    A     | N
    B     |
    """,
)
spec(
    "R05",
    {"practice_discussions": [2]},
    practice_discussions="""
    child | agencies
    A     | Police; Health
    B     |
    """,
)
spec(
    "R06",
    {"practice_wishes": [2]},
    practice_wishes="""
    child | how
    A     | Talking
    B     |
    """,
)
spec(
    "R10",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | reason_recorded
    A     | Y
    B     | MAYBE
    C     | 0
    D     |
    """,
)
spec(
    "R11",
    {"practice_wishes": [2]},
    known=("A", "C"),
    practice_wishes="""
    child | recorded_on
    A     | 2025-01-01
    B     | 2025-01-01
          | 2025-01-01
    """,
)
spec(
    "R12",
    {"practice_discussions": [2]},
    practice_discussions="""
    child | held_on    | minuted_on
    A     | 2025-01-05 | 2025-01-05
    B     | 2025-01-05 | 2025-01-04
    C     | 2025-01-05 |
    """,
)
spec(
    "R13",
    {"practice_feedback": [2]},
    practice_feedback="""
    child | sought_on  | given_on
    A     | 2025-01-05 | 2025-01-05
    B     | 2025-01-05 | 2025-01-04
    C     | 2025-01-05 |
    """,
)
spec(
    "R14",
    {"practice_feedback": [2, 3]},
    practice_feedback="""
    child | given_on   | given_by
    A     | 2025-01-05 | Mother
    B     | 2025-01-05 |
    C     |            | Mother
    D     |            |
    """,
)
spec(
    "R15",
    {"practice_wishes": [2]},
    practice_wishes="""
    child | recorded_on | how
    A     | 2025-01-05  | Talking
    A     | 2025-01-05  | Talking
    A     | 2025-01-06  | Talking
    """,
)
spec(
    "R16",
    {"practice_discussions": [1, 2]},
    practice_discussions="""
    child | held_on    | agencies
    A     | 2025-01-05 | Police
    A     | 2025-01-05 | Health
    A     | 2025-01-06 | Health
    """,
)
spec(
    "R17",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | decided_on
    A     | 2025-03-31
    B     | 2025-04-01
    """,
)
spec(
    "R18",
    {"practice_decisions": [2]},
    practice_decisions="""
    child | decided_on
    A     | 2025-03-31
    B     | 1900-01-01
    """,
)
