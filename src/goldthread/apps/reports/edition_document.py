"""An edition as one typed document: its page and its files are made from it, and from nothing else.

Like the full report's it holds no link to the evidence. It names the digest of the full report it was checked against.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from goldthread.domain.easy import RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one point: its sentences, and a symbol beside them or none."""

    sentences: tuple[str, ...]
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class EditionPart:
    """One part with its heading."""

    slug: str
    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the full report says and this edition does not, and why."""

    says: str
    because: str


@dataclass(frozen=True, slots=True)
class EditionDocument:
    """A whole edition. `notes` are said before it: that it is a translation, and who has read it. `full` is the digest
    of the full report."""

    title: str
    authority: str
    form: str
    name: str
    language: str
    synthetic: bool
    notes: tuple[str, ...]
    full_title: str
    full: str
    parts: tuple[EditionPart, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def direction(self) -> str:
        """In which direction its language runs, as HTML names it."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON values."""
        held: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return held

    def digest(self) -> str:
        """SHA-256 of the document as canonical JSON: what a checker approves, and all that may be published."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def edition_from_json(held: dict[str, Any]) -> EditionDocument:
    """The document that `as_json` gave."""
    parts = tuple(
        EditionPart(
            one["slug"], one["title"], tuple(Said(tuple(said["sentences"]), said["symbol"]) for said in one["said"])
        )
        for one in held["parts"]
    )
    rest = {name: value for name, value in held.items() if name not in ("parts", "left_out", "notes")}
    left_out = tuple(LeftOut(**one) for one in held["left_out"])
    return EditionDocument(**rest, notes=tuple(held["notes"]), parts=parts, left_out=left_out)
