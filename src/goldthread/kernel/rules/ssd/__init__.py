"""The rules of the Standard Safeguarding Dataset, a file for each theme.

They are ours: the dataset's specification says what its columns mean, and has no rules. Codes begin with D.
"""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssd import care, cells, dates, links, need, rows

RULES: tuple[Rule, ...] = (
    *links.RULES,
    *rows.RULES,
    *cells.RULES,
    *dates.RULES,
    *need.RULES,
    *care.RULES,
)
