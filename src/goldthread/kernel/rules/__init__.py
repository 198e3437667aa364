"""Every rule of the house, in the order of the catalogue."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.annex_a import RULES as ANNEX_A

RULES: tuple[Rule, ...] = ANNEX_A
