"""What a practice case is: a short invented file, the instrument that it is read on, and model answers with reasons.

A model answer is the considered view of those who wrote the case, not the truth: it says why, and where in the file
that stands, so that whoever sees it otherwise can say where they part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PARTS: Mapping[str, str] = {
    "chronology": "Chronology",
    "visits": "Visits",
    "assessment": "From the assessment",
    "plan": "The plan",
    "meetings": "Meetings",
    "management": "Management decisions and supervision",
    "voice": "What the child said or showed",
}
"""The parts of a practice file, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a practice file. `number` counts through the whole file, and is what answers point to."""

    number: int
    part: str
    text: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What the writers of the case would answer, why, and in which paragraphs it stands."""

    question: str
    value: str
    why: str
    see: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One version of a practice case about an invented child.

    `child` stands for the child; `group` is one of `instrument_words.CHILDREN`. `lesson` says what the case is for, and
    is shown with the model answers only: it would give them away.
    """

    slug: str
    title: str
    child: str
    group: str
    says: str
    minutes: int
    instrument: str
    lesson: str
    paragraphs: tuple[Paragraph, ...]
    answers: Mapping[str, ModelAnswer]

    def parts(self) -> tuple[tuple[str, str, tuple[Paragraph, ...]], ...]:
        """The file part by part: slug, heading, paragraphs. Parts without a paragraph are left out."""
        found = ((part, title, tuple(p for p in self.paragraphs if p.part == part)) for part, title in PARTS.items())
        return tuple(one for one in found if one[2])

    @property
    def words(self) -> int:
        """How many words its file has."""
        return sum(len(one.text.split()) for one in self.paragraphs)
