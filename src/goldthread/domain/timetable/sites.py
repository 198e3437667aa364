"""Sites as people write them: one a line, and between two of them the minutes that it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST_SITES = 30
LONGEST_NAME = 80

_JOURNEY = re.compile(r"(.+?)\s+-\s+(.+?)\s*[=:]\s*(\d{1,3})(?:\s*min(?:utes)?)?")


class SitesError(ValueError):
    """A line cannot be used. The message names it and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of the sites, and the minutes between two of them."""

    names: tuple[str, ...]
    travel: Mapping[frozenset[str], int]


def sites_in(text: str) -> Sheet:
    """The sites of a text: “Northgate” on a line of its own, “Northgate - Southfield = 45” for the way between."""
    names: list[str] = []
    travel: dict[frozenset[str], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = " ".join(line.split())
        if not words:
            continue
        found = _JOURNEY.fullmatch(words)
        if found is None:
            if len(words) > LONGEST_NAME:
                raise SitesError(f"Line {number}: a name has at most {LONGEST_NAME} characters; shorten it.")
            if words in names:
                raise SitesError(f"Line {number}: “{words}” stands there already; leave one.")
            names.append(words)
            continue
        for name in found.group(1, 2):
            if name not in names:
                raise SitesError(f"Line {number}: “{name}” is not one of the sites above; add it on a line of its own.")
        if found[1] == found[2]:
            raise SitesError(f"Line {number}: a way leads from one site to another; name two.")
        travel[frozenset(found.group(1, 2))] = int(found[3])
    if len(names) > MOST_SITES:
        raise SitesError(f"There are {len(names)} sites, and {MOST_SITES} are the most; leave some out.")
    return Sheet(tuple(names), travel)
