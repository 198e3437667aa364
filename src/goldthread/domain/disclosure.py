"""Small numbers, before anything leaves the house: the only file that decides what may be shown outside.

The convention is the Department for Education's for children in need: counts of 1 to 5 are withheld, 0 is shown.
Inside an inspection true counts are shown; a report, an export or a public page asks here first.

What this does not yet do: secondary suppression. In a table whose total is shown, one hidden cell can be found
by subtraction, and so can the difference between two exports. Until that is built, publish counts one by one
or use `part_shown`, and never a cross-table.
"""

from decimal import ROUND_HALF_UP, Decimal

FLOOR = 5
"""The largest count that is withheld."""

SMALLEST_BASE = 10
"""Below this many children no rate is shown, only the count: one child would move it by ten points or more."""

WITHHELD = "withheld (small numbers)"
"""What stands in the place of a rate that may not be shown."""


def is_small(count: int, floor: int = FLOOR) -> bool:
    """Whether a count is 1 to `floor`. Raises ValueError for a negative count."""
    if count < 0:
        raise ValueError("a count cannot be negative")
    return 1 <= count <= floor


def shown(count: int, floor: int = FLOOR) -> str:
    """A count as it may leave the house: “1 to 5” when small, otherwise the figure with thousands marked."""
    return f"1 to {floor}" if is_small(count, floor) else f"{count:,}"


def part_shown(count: int, total: int, floor: int = FLOOR) -> str:
    """A part of a total that is shown beside it: withheld too when the rest is small, since subtraction would tell it.

    Raises ValueError unless 0 <= count <= total.
    """
    if not 0 <= count <= total:
        raise ValueError("a part lies between nothing and all")
    return WITHHELD if is_small(total - count, floor) and not is_small(count, floor) else shown(count, floor)


def rate_shown(numerator: int, denominator: int, decimals: int = 1, floor: int = FLOOR) -> str:
    """A percentage as it may leave the house.

    Withheld when the numerator or the rest is 1 to `floor`, or when there are fewer than ten children in all.
    “None” and “all” of ten or more are shown: 0% and 100% tell of a group, so think before publishing them.
    Rounded half up, as the Department rounds. Raises ValueError unless 0 <= numerator <= denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError("a part lies between nothing and all")
    if denominator < max(SMALLEST_BASE, floor + 1):
        return WITHHELD
    if is_small(numerator, floor) or is_small(denominator - numerator, floor):
        return WITHHELD
    share = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"
