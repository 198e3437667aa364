"""Which answers reach the standard, and which files do: from a question to a section, an area and the whole file.

A grade of good or better reaches it, and the like on every other scale. Where the scale is a number the line is drawn
by whoever reads: 7 of 10 and 3 of 4 are the house's own [J]. A file reaches the standard on a section or an area where
at least so large a part of the questions that applied to it do: four fifths unless somebody says otherwise [J], since
no source says how answers to single questions add up to a section (councils' forms grade sections apart from them).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.domain.instrument import NOT_APPLICABLE, NOT_ASKED, Question

REACHING: Mapping[str, tuple[str, ...]] = {
    "grades": ("outstanding", "good"),
    "evidenced": ("evidenced",),
    "action": ("yes",),
    "yes-no": ("yes",),
    "met": ("met",),
    "colours": ("green",),
    "yes-partly-no": ("yes",),
    "points": ("3", "4"),
}
"""The answers of each scale that reach the standard; a number from 0 to 10 is held against the line."""

USUAL_PART, LEAST_PART = 80, 50
USUAL_TEN = 7


@dataclass(frozen=True, slots=True)
class Line:
    """Where the standard lies: the part of a file's questions that must reach it, in per cent, and the least number
    of a scale from 0 to 10. Raises ValueError outside 50 to 100 and 1 to 10."""

    part: int = USUAL_PART
    ten: int = USUAL_TEN

    def __post_init__(self) -> None:
        if not LEAST_PART <= self.part <= 100 or not 1 <= self.ten <= 10:
            raise ValueError("the part must lie from 50 to 100 per cent, and the number from 1 to 10")


def counts(question: Question) -> bool:
    """Whether a question is answered on a scale that can reach a standard or fall short of it."""
    scale = question.answered_on.slug
    return scale in REACHING or scale == "zero-to-ten"


def reaches(question: Question, value: str, line: Line) -> bool | None:
    """Whether an answer reaches the standard; None where nothing was answered, or it did not apply or was not asked."""
    if value in ("", NOT_APPLICABLE, NOT_ASKED) or not counts(question):
        return None
    if question.answered_on.slug == "zero-to-ten":
        return int(value) >= line.ten
    return value in REACHING[question.answered_on.slug]


def file_reaches(questions: Iterable[Question], values: Mapping[str, str], line: Line) -> bool | None:
    """Whether a file reaches the standard on some questions together; None where none of them applied to it."""
    told = [one for q in questions if (one := reaches(q, values.get(q.id, ""), line)) is not None]
    return 100 * sum(told) >= line.part * len(told) if told else None
