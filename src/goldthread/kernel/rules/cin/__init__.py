"""The Department for Education's validation rules of the CIN census."""

from goldthread.kernel.rule import Rule

RULES: tuple[Rule, ...] = ()
