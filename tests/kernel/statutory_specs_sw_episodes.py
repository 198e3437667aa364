"""Small tables for the Department's rules of social worker episodes. The year is 2024-25 unless said otherwise."""

from tests.kernel.statutory_specs import spec

ROWS = """
    child | sw_id | sw_decom   | sw_dec     | sw_reason
    A     | SW1   | 2024-04-01 | 2024-06-01 | FCONTA
    A     |       | 2024-06-01 |            | MANAGE
    B     | SW2   |            |            | LEFTRL
    C     | SW2   | 2024-04-01 |            |
    D     | XX9   | 2024-04-01 |            | OTHER
    E     | 123   | 2024-04-01 |            | OTHERS
    F     | S W4  | 2024-04-01 |            | SWDIED
    G     | SW2   |            |            | LEFTRL
    """
spec("SW01aSTG1", {"cla_sw_episodes": [2, 3]}, unread={"cla_sw_episodes.sw_decom": [8]}, cla_sw_episodes=ROWS)
spec("SW01bSTG1", {"cla_sw_episodes": [2, 3, 4]}, unread={"cla_sw_episodes.sw_decom": [8]}, cla_sw_episodes=ROWS)
spec("SW02STG1", {"cla_sw_episodes": [6, 7]}, cla_sw_episodes=ROWS)
spec("SW02STG1", {"cla_sw_episodes": [6, 7]}, year=2024, cla_sw_episodes=ROWS)
spec("SW13STG1", {"cla_sw_episodes": [4, 5]}, cla_sw_episodes=ROWS)
spec("SW04STG1", {"cla_sw_episodes": [8]}, unread={"cla_sw_episodes.sw_decom": [8]}, cla_sw_episodes=ROWS)
spec("SW05STG1", {"cla_sw_episodes": [2]}, unread={"cla_sw_episodes.sw_dec": [2]}, cla_sw_episodes=ROWS)
EDGES = """
    child | sw_decom   | sw_dec
    A     | 2024-03-31 | 2024-03-31
    B     | 2024-04-01 | 2024-04-01
    C     | 2025-03-31 | 2025-03-31
    D     | 2025-04-01 | 2025-04-01
    E     |            |
    """
spec("SW06STG2", {"cla_sw_episodes": [1, 4]}, cla_sw_episodes=EDGES)
spec("SW07STG2", {"cla_sw_episodes": [1, 4]}, cla_sw_episodes=EDGES)
spec("SW09STG2", {"cla_sw_episodes": [1, 2, 3, 4]}, cla_sw_episodes=EDGES)
CHAIN = """
    child | sw_decom   | sw_dec
    A     | 2024-08-01 |
    A     | 2024-04-01 |
    A     | 2024-06-01 | 2024-08-01
    B     | 2024-04-01 | 2024-06-02
    B     | 2024-06-01 | 2025-03-30
    C     | 2024-04-01 | 2024-06-01
    C     | 2024-06-01 | 2025-03-31
    D     |            | 2024-06-01
    E     | 2024-04-01 | 2024-06-01
    F     | 2024-04-01 |
    F     | 2024-06-01 | 2024-07-01
    """
spec(
    "SW08STG2",
    {"cla_sw_episodes": [2]},
    unread={"cla_sw_episodes.sw_dec": [10]},
    cla_sw_episodes=CHAIN,
)
spec("SW10STG2", {"cla_sw_episodes": [5]}, cla_sw_episodes=CHAIN)
spec("SW11bSTG2", {"cla_sw_episodes": [5, 9, 11]}, cla_sw_episodes=CHAIN)
spec(
    "SW17STG2",
    {"cla_sw_episodes": [1, 2, 6]},
    year=2026,
    cla_sw_episodes="""
    child | sw_decom   | sw_dec
    A     | 2025-04-01 | 2025-06-01
    A     | 2025-06-01 | 2026-03-30
    B     | 2025-04-01 | 2025-06-01
    B     | 2025-06-01 | 2026-03-31
    C     | 2025-04-01 |
    D     | 2026-04-01 |
    E     |            |
          | 2025-04-01 | 2025-06-01
    """,
)
# In care on 31 March: A wholly covered, B late, C with a gap, D ending early, E with two who follow by a night,
# H whose worker came before the year; F left on 30 March, G has short breaks; J has no worker at all.
spec(
    "SW12STG2",
    {"cla_sw_episodes": [2, 4, 5], "cla_episodes": [9]},
    cla_episodes="""
    child | decom      | dec        | ls
    A     | 2024-09-01 |            | C2
    B     | 2024-09-01 |            | C2
    C     | 2024-09-01 | 2025-04-01 | C2
    D     | 2024-09-01 |            |
    E     | 2024-09-01 |            | C2
    F     | 2024-09-01 | 2025-03-30 | C2
    G     | 2024-09-01 |            | V3
    H     | 2024-09-01 |            | C2
    J     | 2024-09-01 |            | C2
    K     | 2024-09-01 | 2025-03-31 | C2
    L     |            |            | C2
    """,
    cla_sw_episodes="""
    child | sw_decom   | sw_dec
    A     | 2024-04-01 |
    B     | 2024-04-02 |
    C     | 2024-04-01 | 2024-06-01
    C     | 2024-06-03 |
    D     | 2024-04-01 | 2025-03-30
    E     | 2024-04-01 | 2024-06-01
    E     | 2024-06-02 | 2025-03-31
    F     | 2024-09-01 |
    G     | 2024-09-01 |
    H     | 2023-01-01 |
    """,
)
