"""Every rule of the house, form by form, in the order of the catalogue.

There are more than a thousand declarations: who asks for those of one form waits for no other's.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from goldthread.kernel.rule import Rule

if TYPE_CHECKING:
    RULES: tuple[Rule, ...]
    """Every rule."""

    STATUTORY: tuple[Rule, ...]
    """The Department for Education's own rules of the two returns."""

    RULES_OF: Mapping[str, tuple[Rule, ...]]
    """The rules by the form that they are about."""

_HOUSE: dict[str, str] = {
    "annex_a": "annex_a", "ssda903": "returns", "cin": "returns", "ssd": "ssd", "practice": "practice",
}  # fmt: skip
"""The module that holds the house's own rules of a form."""

_OF_DEPARTMENT = ("ssda903", "cin")
"""The forms that the Department for Education has rules of, in a module of the same name."""

PLACEHOLDERS_OF = {"annex_a": "G09", "ssd": "D24", "practice": "R18"}
"""The code of a date that stands for none, in the forms that tell of it."""


def _declared(module: str) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = import_module(f"goldthread.kernel.rules.{module}").RULES
    return rules


@cache
def house_rules_of(form: str) -> tuple[Rule, ...]:
    """The house's own rules of a form. Raises KeyError on a form that there is not."""
    return tuple(rule for rule in _declared(_HOUSE[form]) if rule.form == form)


def statutory_rules_of(form: str) -> tuple[Rule, ...]:
    """The Department for Education's own rules of a return; of any other form there are none."""
    return _declared(form) if form in _OF_DEPARTMENT else ()


@cache
def _all(name: str) -> object:
    statutory = tuple(rule for form in _OF_DEPARTMENT for rule in statutory_rules_of(form))
    if name == "STATUTORY":
        return statutory
    if name == "RULES_OF":
        return {form: (*house_rules_of(form), *statutory_rules_of(form)) for form in _HOUSE}
    returns = _declared("returns")
    return (*house_rules_of("annex_a"), *returns, *statutory, *house_rules_of("ssd"), *house_rules_of("practice"))


def __getattr__(name: str) -> object:
    """The names that hold every rule, made when they are first asked for."""
    if name in ("RULES", "RULES_OF", "STATUTORY"):
        return _all(name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def by_code(code: str) -> tuple[int, int, str]:
    """What codes are sorted by: numbers by their size, with their letters behind, and then codes of letters."""
    digits = re.match(r"\d+", code)
    return (0, int(digits.group()), code) if digits else (1, 0, code.casefold())


def says_of(form: str) -> Mapping[str, str]:
    """What each rule of a form says of a row that breaks it, by its code: of one for several tables, the first's."""
    found: dict[str, str] = {}
    for rule in (*house_rules_of(form), *statutory_rules_of(form)):
        found.setdefault(rule.code, rule.says)
    return found
