"""Asking the family of every child whose file was drawn: whom to leave out, and how letters are put together.

Letters are printed by groups of the sample. A group of few would tell who answered, so that groups below ten letters
are put together: the house's own rule, after the table of release of surveys (security reference, row “Survey”).
"""

import textwrap
from collections.abc import Mapping

from goldthread.domain.surveys import FEWEST

LEFT_OUT: Mapping[str, str] = {
    "unsafe": "It is not safe to write to them",
    "crisis": "They are in the middle of a crisis or bereaved",
    "court": "A court or the police asked that nobody writes to them",
    "sibling": "They get a letter for another child of the sample",
    "nobody": "There is nobody to write to",
    "asked-not-to": "They asked that nobody writes to them",
}
"""Why a drawn child's family is left out. No reference gives a list: these are the house's own. [J]"""

TOGETHER = "Other families of the sample"
ALL = "Families of the sample"
LONGEST = 80


def groups(sizes: Mapping[str, int]) -> dict[str, str]:
    """The group of letters for each part of a sample, from how many families of each part are written to.

    A part of ten or more stands by itself. The others are put together; where they are still fewer than ten, with the
    smallest of those.
    """
    whole = {part: size for part, size in sizes.items() if size >= FEWEST}
    rest = {part: size for part, size in sizes.items() if part not in whole}
    if rest and whole and sum(rest.values()) < FEWEST:
        smallest = min(whole, key=lambda part: (whole[part], part))
        rest[smallest] = whole.pop(smallest)
    others = TOGETHER if whole else ALL
    return {**{part: textwrap.shorten(part, LONGEST, placeholder=" …") or ALL for part in whole},
            **dict.fromkeys(rest, others)}  # fmt: skip
