"""Whether a group is treated differently: its share beside that of all other groups together, with an interval."""

from collections.abc import Sequence

from goldthread.domain.intervals import RelativeRate, relative_rate
from goldthread.kernel.groups import NOT_KNOWN
from goldthread.kernel.measure import Breakdown


def relative_rates(parts: Sequence[Breakdown], few: int) -> dict[str, RelativeRate | None]:
    """For each group of one breakdown, how many times as likely as in the other groups together.

    Children whose group is not known are in no group and in none of the others. There is no rate where a group or the
    others are fewer than `few`, or where either has no event: then there is nothing to divide.
    """
    known = [part for part in parts if part.group != NOT_KNOWN]
    events = sum(part.share.numerator for part in known)
    whole = sum(part.share.denominator for part in known)
    rates: dict[str, RelativeRate | None] = {}
    for part in parts:
        own, of = part.share.numerator, part.share.denominator
        others, of_others = events - own, whole - of
        enough = min(of, of_others) >= few and min(own, others) >= 1
        rates[part.group] = relative_rate(own, of, others, of_others) if enough and part.group != NOT_KNOWN else None
    return rates
