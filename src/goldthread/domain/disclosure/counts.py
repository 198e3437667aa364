"""One count or one rate at a time, as it may leave the house.

The convention is the Department for Education's for children in need: counts of 1 to 5 are withheld, 0 is shown.
Tables go through `suppress`, which also guards against subtraction; averages and survey answers are here too.
"""

from decimal import ROUND_HALF_UP, Decimal

from goldthread.domain.disclosure.profiles import CONFIDENTIAL, DFE_LA, ROUNDS_TO_ZERO, SURVEY, Profile

FLOOR = DFE_LA.floor
"""The largest count that is withheld."""

SMALLEST_BASE = DFE_LA.smallest_base
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


def average_shown(average: float, children: int, decimals: int = 1, profile: Profile = DFE_LA) -> str:
    """An average as it may leave the house: `c` for fewer children than the profile's smallest base.

    The largest and the smallest value are one child's each: they never leave, so there is no function for them.
    """
    if children < profile.smallest_base:
        return CONFIDENTIAL
    return str(Decimal(repr(average)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def answer_shown(numerator: int, denominator: int, profile: Profile = SURVEY) -> str:
    """The share of a survey's respondents who gave one answer, in whole percent.

    Below ten respondents nothing is shown. Where all or none of fewer than twenty gave it, everybody in the group
    would be known to have answered so: it is put as “almost all” or “few”. A share that rounds to nought is `k`.
    Raises ValueError unless 0 <= numerator <= denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError("a part lies between nothing and all")
    if denominator < profile.smallest_base:
        return CONFIDENTIAL
    if numerator in (0, denominator) and denominator < profile.unanimous_below:
        return "almost all" if numerator else "few"
    share = (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return ROUNDS_TO_ZERO if numerator and not share else f"{share}%"
