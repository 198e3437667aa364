"""Text without pages cut into parts that can be read and cited: at headings where there are any, else by length."""

from dataclasses import dataclass, field

from goldthread.kernel.document_text import Page
from goldthread.kernel.refusal import Refused

LONG = 1_500
"""From so many characters on a new heading begins a new part."""
LONGEST = 4_000
"""From so many characters on any new paragraph begins a new part: about as much as fits on a page."""
MOST_CHARACTERS = 20_000_000


def too_much() -> Refused:
    """What is said of more text than any document has."""
    return Refused(
        "This document holds more text than a document should.",
        "Divide it into several, and send each.",
        code="too-long",
    )


@dataclass(slots=True)
class Parts:
    """Pages as they fill. With `paged` only `turn` begins a new one; else headings and length do."""

    paged: bool = False
    pages: list[Page] = field(default_factory=list)
    heading: str = ""
    begun_under: str = ""
    lines: list[str] = field(default_factory=list)
    length: int = 0
    whole: int = 0

    def add(self, line: str, *, heading: bool = False) -> None:
        """One paragraph or heading. Raises Refused beyond what a document can hold."""
        line = " ".join(line.split()) if heading else line.strip()
        if not line:
            return
        if not self.paged and ((heading and self.length > LONG) or self.length > LONGEST):
            self.turn()
        if heading:
            self.heading = line[:200]
        if not self.lines:
            self.begun_under = self.heading
        self.lines.append(line)
        self.length += len(line) + 1
        self.whole += len(line) + 1
        if self.whole > MOST_CHARACTERS:
            raise too_much()

    def turn(self) -> None:
        """The page or part ends here."""
        if self.lines or self.paged:
            self.pages.append(Page("\n".join(self.lines), self.begun_under or self.heading))
        self.lines, self.length, self.begun_under = [], 0, ""

    def done(self) -> tuple[Page, ...]:
        """Every page."""
        if self.lines or (self.paged and not self.pages):
            self.turn()
        return tuple(self.pages)
