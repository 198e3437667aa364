"""How many cases may be taken offline, and for how long.

The longest time is the security reference's: what rests on a device is purged after 24 hours. How many cases a pack
holds is the house's own judgement: a day's reading on the short instrument. Both are settings of an inspection.
"""

DEFAULT_CASES, MOST_CASES = 5, 12
DEFAULT_HOURS, MOST_HOURS = 24, 24

ENDINGS = {
    "sent-home": "sent home and ended by its reviewer",
    "sign-out": "purged when its reviewer signed out",
    "time": "purged when its time was over",
    "withdrawn": "purged because the leave was withdrawn",
    "given-up": "given up without its device",
}
"""How a pack can end, in words."""

OF_A_DEVICE = ("sent-home", "sign-out", "time", "withdrawn")
"""The endings that a device can tell of."""


def why_not_so_much(cases: int, hours: int) -> str:
    """Why a setting cannot be; empty where it can."""
    if not 1 <= cases <= MOST_CASES:
        return f"A pack can hold 1 to {MOST_CASES} cases; you wrote {cases}."
    if not 1 <= hours <= MOST_HOURS:
        return f"A pack can be out for 1 to {MOST_HOURS} hours, and is purged then; you wrote {hours}."
    return ""
