"""Every rule of the house, form by form, in the order of the catalogue."""

from collections.abc import Mapping

from goldthread.kernel.forms import FORMS
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules import cin, practice, returns, ssd, ssda903
from goldthread.kernel.rules.annex_a import RULES as ANNEX_A

STATUTORY: tuple[Rule, ...] = (*ssda903.RULES, *cin.RULES)
"""The Department for Education's own rules of the two returns."""

RULES: tuple[Rule, ...] = (*ANNEX_A, *returns.RULES, *STATUTORY, *ssd.RULES, *practice.RULES)

RULES_OF: Mapping[str, tuple[Rule, ...]] = {form: tuple(rule for rule in RULES if rule.form == form) for form in FORMS}
"""The rules by the form that they are about."""

PLACEHOLDERS_OF = {"annex_a": "G09", "ssd": "D24", "practice": "R18"}
"""The code of a date that stands for none, in the forms that tell of it."""
