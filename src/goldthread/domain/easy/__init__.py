"""Editions of a report: what a text for children, young people and readers of easy read must be, as far as rules say.

`words` prompts for plainer writing, `figures` tells a figure that the full report does not say. Neither clears a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """For whom an edition is written."""

    CHILDREN = "children"
    EASY_READ = "easy-read"


@dataclass(frozen=True, slots=True)
class Measure:
    """How plain a form should be: words in a sentence at most, years of age at which it can be read at most."""

    title: str
    sentence: int
    age: int
    pictures: bool


FORMS: Mapping[Form, Measure] = {
    Form.CHILDREN: Measure("For children and young people", 16, 11, pictures=False),
    Form.EASY_READ: Measure("Easy read", 12, 9, pictures=True),
}
"""The forms and their measures. No reference sets the numbers for reports of inspections: they are ours. [J]"""


class Part(StrEnum):
    """The parts of an edition, in their order. What a sentence rests on says in which it stands."""

    ABOUT = "about"
    DECIDED = "decided"
    WELL = "well"
    BETTER = "better"


PARTS: Mapping[Part, str] = {
    Part.ABOUT: "About this report",
    Part.DECIDED: "What was decided",
    Part.WELL: "What is going well",
    Part.BETTER: "What needs to get better",
}
"""Their headings in English."""

LANGUAGES: Mapping[str, str] = {
    "en": "English", "ar": "Arabic", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "ur": "Urdu",
}  # fmt: skip
"""The languages of editions: those of the surveys."""

RIGHT_TO_LEFT = frozenset({"ar", "ur"})
"""Languages that run from right to left."""
