"""Which form of a word stands beside a number, in each language that surveys are asked in.

The rules for whole numbers of the Unicode CLDR, release 46, “Language Plural Rules”: a number has one of six
categories, of which each language uses some.
"""

from collections.abc import Callable, Mapping

ZERO, ONE, TWO, FEW, MANY, OTHER = CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The categories of CLDR."""


def _english(n: int) -> str:
    return ONE if n == 1 else OTHER


def _urdu(n: int) -> str:
    return ONE if n == 1 else OTHER


def _arabic(n: int) -> str:
    if n < 3:
        return (ZERO, ONE, TWO)[n]
    rest = n % 100
    return FEW if 3 <= rest <= 10 else MANY if rest >= 11 else OTHER


def _welsh(n: int) -> str:
    return {0: ZERO, 1: ONE, 2: TWO, 3: FEW, 6: MANY}.get(n, OTHER)


def _polish(n: int) -> str:
    if n == 1:
        return ONE
    return FEW if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else MANY


def _romanian(n: int) -> str:
    if n == 1:
        return ONE
    return FEW if n == 0 or 1 <= n % 100 <= 19 else OTHER


RULES: Mapping[str, Callable[[int], str]] = {
    "en": _english, "ur": _urdu, "ar": _arabic, "cy": _welsh, "pl": _polish, "ro": _romanian,
}  # fmt: skip
"""The rule of each language by its code."""


def category(code: str, number: int) -> str:
    """The category of a whole number of nought or more in a language. Raises KeyError for a language without a rule."""
    return RULES[code](number)
