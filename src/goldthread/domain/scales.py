"""The scales on which a question of an instrument is answered, and which of their answers must say why.

Six kinds are in use in the field: grades with a reason; evidenced or not, with a comment; yes or no with an action
and its owner; yes or no alone; a number from 0 to 10; and short ladders (met, colours, points). Words alone are no
scale, but stand here too, so that every question has one.
"""

from dataclasses import dataclass

GRADES = ("outstanding", "good", "requires-improvement", "inadequate")
"""The four grades, best first, by the slugs that every framework of England uses."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One way to answer. `answers` are slugs with words; `reason_for` those that must say why unless a question says
    otherwise; `action_for` those that must say what is to be done, and who does it. One that is `rising` offers the
    worst first."""

    slug: str
    title: str
    answers: tuple[tuple[str, str], ...]
    reason_for: tuple[str, ...] = ()
    action_for: tuple[str, ...] = ()
    rising: bool = False

    @property
    def kindest_first(self) -> tuple[str, ...]:
        """The slugs of its answers from the best to the worst, whichever is offered first."""
        return self.values[::-1] if self.rising else self.values

    @property
    def values(self) -> tuple[str, ...]:
        """The slugs of its answers, in the order in which they are offered."""
        return tuple(value for value, _ in self.answers)


def _numbers(first: int, last: int) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), str(number)) for number in range(first, last + 1))


_GRADED = tuple((grade, grade.replace("-", " ").capitalize()) for grade in GRADES)
_YES_NO = (("yes", "Yes"), ("no", "No"))

SCALES: dict[str, Scale] = {
    scale.slug: scale
    for scale in (
        Scale("grades", "The four grades, each with its reason", _GRADED, GRADES),
        Scale(
            "evidenced",
            "Evidenced or not, with a comment where not",
            (("evidenced", "Evidenced"), ("not-evidenced", "Not evidenced")),
            ("not-evidenced",),
        ),
        Scale("action", "Yes or no; where no, what is to be done and by whom", _YES_NO, action_for=("no",)),
        Scale("yes-no", "Yes or no", _YES_NO),
        Scale(
            "zero-to-ten",
            "A number from 0 (could not be worse) to 10 (as good as it can be), with its reason",
            _numbers(0, 10),
            tuple(str(number) for number in range(11)),
            rising=True,
        ),
        Scale(
            "met", "Met, partly met or not met", (("met", "Met"), ("partly-met", "Partly met"), ("not-met", "Not met"))
        ),
        Scale("colours", "Green, amber or red", (("green", "Green"), ("amber", "Amber"), ("red", "Red")), ("red",)),
        Scale("points", "Points from 1 (lowest) to 4 (highest)", _numbers(1, 4), rising=True),
        Scale("yes-partly-no", "Yes, partly or no", (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))),
        Scale("words", "Words alone", ()),
        Scale("flag", "No, or yes with what it is", (("no", "No"), ("yes", "Yes")), ("yes",)),
    )
}
"""Every scale by its slug."""

FOR_FILES = tuple(slug for slug in SCALES if slug != "flag")
"""The scales that an instrument's file may name; the flag is the urgent concern's own."""


def words_of(value: str) -> str:
    """An answer in words, whichever scale it belongs to: the same slug has the same words on each."""
    return _WORDS.get(value, value.replace("-", " ").capitalize())


_WORDS = {value: words for scale in SCALES.values() for value, words in scale.answers}
