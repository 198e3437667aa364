"""The pictures of easy read: a symbol for each question, and for answers that a picture can say.

They are drawings of our own. No reference gives a set for surveys of families: which drawing stands for which answer
is the house's own. [J]
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.domain.surveys import Question

SYMBOLS = (
    "listen", "talk", "home", "heart", "people", "paper", "change", "star", "time", "safe", "school", "pen",
)  # fmt: skip
"""The symbols of questions."""

FACES: Mapping[int, tuple[str, ...]] = {
    2: ("face-glad", "face-sad"),
    3: ("face-glad", "face-level", "face-sad"),
    4: ("face-glad", "face-content", "face-uneasy", "face-sad"),
}
"""For a scale of so many steps, from the best to the worst: templates name the best first."""

OF_ANSWERS: Mapping[str, str] = {
    "yes": "tick", "no": "cross", "partly": "half", "sometimes": "half", "unsure": "half",
    "better": "up", "same": "level", "worse": "down", "too-soon": "time",
    "words": "talk", "idea": "heart", "inspector": "paper",
}  # fmt: skip
"""For answers by their id, where a picture says what the word says."""

PICTURES = frozenset([*SYMBOLS, *OF_ANSWERS.values(), *(one for row in FACES.values() for one in row)])
"""Every drawing; each is one file."""


def of_question(question: "Question") -> Mapping[str, str]:
    """A picture for each answer of a question, by its id; none where not every answer has one."""
    if question.pictures:
        return question.pictures
    if question.kind == "scale" and len(question.options) in FACES:
        return dict(zip(question.options, FACES[len(question.options)], strict=True))
    return of_answers(tuple(question.options))


def of_answers(ids: tuple[str, ...]) -> Mapping[str, str]:
    """A picture for each of these answers; none where one of them has none: a gap would seem to say it."""
    return {one: OF_ANSWERS[one] for one in ids} if set(ids) <= set(OF_ANSWERS) else {}
