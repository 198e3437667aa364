"""What people paste into a plan: children, families, reasons, and a number for each stratum; an entry a line."""

import re
from collections.abc import Mapping

from goldthread.domain.sampling.plans import SamplingError

_BETWEEN = re.compile(r"[,;\t]")


def children_in(text: str) -> list[str]:
    """The children of a list, an id a line or with commas, semicolons or tabs between; what is empty is passed over."""
    return [part for line in text.splitlines() for part in _parts(line)]


def families_in(text: str) -> dict[str, str]:
    """Whose brothers and sisters are whose: a family a line, its children with commas between. By child, a family.

    A family is named after its first child in the order of ids, so that neither the order of the lines nor that of
    the children within one matters. Raises SamplingError where a child stands in two families.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        members = sorted(set(_parts(line)))
        for child in members:
            if child in found:
                raise SamplingError(f"Line {number} of the families names {child}, who is in another family already.")
            found[child] = members[0]
    return found


def picked_in(text: str) -> tuple[tuple[str, str], ...]:
    """Children picked by hand: a child a line, then a comma, colon or tab, and the reason.

    A line without a reason gets an empty one, which the draw refuses by the child's name.
    """
    found = []
    for line in text.splitlines():
        if line.strip():
            child, *because = re.split(r"[,;:\t]", line.strip(), maxsplit=1)
            found.append((child.strip(), " ".join(because).strip()))
    return tuple(found)


def named_numbers(text: str, what: str) -> Mapping[str, int]:
    """A whole number for each stratum: the stratum a line, then a colon or an equals sign, and the number.

    `what` is what the numbers are, for the refusal. Raises SamplingError where a line says something else.
    """
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, between, said = _last_split(line)
        said = said.strip().removesuffix("%").strip()
        if not between or not name.strip() or not said.isascii() or not said.isdigit() or len(said) > 6:
            raise SamplingError(f"Line {number} of {what} must be a stratum, a colon and a whole number.")
        if name.strip() in found:
            raise SamplingError(f"Line {number} of {what} names “{name.strip()}” again.")
        found[name.strip()] = int(said)
    return found


def _last_split(line: str) -> tuple[str, str, str]:
    """A line at its last colon or equals sign: the name of a stratum may hold one."""
    place = max(line.rfind(":"), line.rfind("="))
    return (line[:place], line[place], line[place + 1 :]) if place >= 0 else (line, "", "")


def _parts(line: str) -> list[str]:
    return [part.strip().strip("\"'").strip() for part in _BETWEEN.split(line) if part.strip().strip("\"'").strip()]
