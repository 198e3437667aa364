"""Corrections: what an authority said once that a written value means, so that it need not be asked again.

A correction belongs to a code list and the plain form of a value; it carries one code of that list. Corrections cross
to the child process that reads untrusted files, so they know how to become bytes and back.
"""

import json
from collections.abc import Mapping

Corrections = Mapping[tuple[str, str], str]
"""From the name of a code list and the plain form of a value, to the code that it means."""

NONE: Corrections = {}


def to_bytes(corrections: Corrections) -> bytes:
    """The corrections as JSON: a list of list name, plain form and code."""
    return json.dumps([[name, form, code] for (name, form), code in corrections.items()]).encode()


def from_bytes(data: bytes) -> Corrections:
    """The corrections that `to_bytes` wrote. Raises ValueError where the bytes are something else."""
    held = json.loads(data)
    if not isinstance(held, list):
        raise ValueError("these bytes are not corrections")
    made: dict[tuple[str, str], str] = {}
    for entry in held:
        if not (isinstance(entry, list) and len(entry) == 3 and all(isinstance(part, str) for part in entry)):
            raise ValueError("these bytes are not corrections")
        made[entry[0], entry[1]] = entry[2]
    return made
