"""The text of a document as it was read: by pages or parts, with what stands in it that its sender may not know of.

What passes from the sandbox's child to its parent is JSON; everything in it is the document's own text, or counts.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """One page, part or sheet: its text, and the heading under which it begins; empty where there is none.

    Of a `picture` whose text was read from it, `sure` says how sure that was, in hundredths, and `unsure` where the
    words stand that it was not sure of.
    """

    text: str
    heading: str = ""
    picture: bool = False
    sure: int = 0
    unsure: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read of a document. `unit` is what its pages are: a page, a part, a sheet.

    `pointed` counts what a sender may have overlooked, by a code of `POINTED`. `read` is False for a file of a kind
    whose text is not read: it is kept as it is.
    """

    unit: str
    pages: tuple[Page, ...]
    pointed: Mapping[str, int] = field(default_factory=dict)
    read: bool = True

    @property
    def pictures(self) -> list[int]:
        """The numbers of pages that are pictures, the first being 1: nothing of them can be searched."""
        return [number for number, page in enumerate(self.pages, 1) if page.picture]

    @property
    def characters(self) -> int:
        """How much text there is."""
        return sum(len(page.text) for page in self.pages)


POINTED: Mapping[str, tuple[str, str]] = {
    "hidden-sheets": ("hidden sheet", "Whoever opens the file can show it. It was read with the rest."),
    "tracked-changes": ("tracked change", "What was struck out is still in the file for whoever opens it."),
    "comments": ("comment", "Comments and their writers' names go with the file."),
    "hidden-text": ("passage of hidden text", "It does not show on paper, and is still in the file."),
    "attachments": ("attachment", "Attachments were not opened. Send each as a file of its own."),
    "links-out": ("link to another file", "What it leads to was not sent."),
}
"""What is pointed out to a sender before anything crosses: the thing, and what it means. [security reference, 6.4]"""


def told(pointed: Mapping[str, int]) -> list[tuple[str, str]]:
    """What is pointed out, in words: how many of what, and what that means."""
    found = []
    for code, (thing, means) in POINTED.items():
        if count := pointed.get(code, 0):
            found.append((f"{count:,} {_plural(thing) if count != 1 else thing}", means))
    return found


def _plural(thing: str) -> str:
    first, _, rest = thing.partition(" of ")
    if rest:
        return f"{first}s of {rest}"
    first, _, rest = thing.partition(" to ")
    return f"{first}s to {rest}" if rest else f"{thing}s"


def to_bytes(extracted: Extracted) -> bytes:
    """The answer of the child."""
    return json.dumps(asdict(extracted), ensure_ascii=False).encode("utf-8", "replace")


def from_bytes(data: bytes) -> Extracted:
    """What the child answered. Raises KeyError, TypeError or ValueError where it is no such answer."""
    held = json.loads(data)
    pages = tuple(Page(str(one["text"]), str(one["heading"]), bool(one["picture"])) for one in held["pages"])
    pointed = {str(code): int(count) for code, count in held["pointed"].items()}
    return Extracted(str(held["unit"]), pages, pointed, bool(held["read"]))
