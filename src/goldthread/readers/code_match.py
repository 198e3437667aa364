"""What a written value was read as, by which way of reading, and how surely."""

from dataclasses import dataclass
from enum import StrEnum

SAYS_FORM = "Read by other words or another order than the guidance's."
SAYS_SPELLING = "Read in spite of a slip of spelling; no other code is as near."
SAYS_CORRECTED = "Read as somebody corrected it before."


class Way(StrEnum):
    """How a value was read. The text stands in the explanation."""

    CORRECTED = "as corrected before"
    CODE = "the code itself"
    WORDS = "the guidance's own words"
    AGREED = "code and words agree"
    LETTERED_CODE = "the letter that the guidance prints and the code agree"
    LETTER = "the letter that the guidance prints"
    OTHER_CODE = "a code of another list that means the same"
    OTHER_WORDS = "other words for it"
    CODE_ALONE = "the code; the words beside it say nothing against it"
    KEY_WORD = "one word of it decides"
    SLIP = "in spite of a slip of spelling"
    SHORT = "written short, and no other word of the list is written so"
    CUT = "cut short, and no other code begins like it"


CONFIDENCE: dict[Way, float] = {
    Way.CORRECTED: 1.0,
    Way.CODE: 1.0,
    Way.WORDS: 1.0,
    Way.AGREED: 0.99,
    Way.LETTERED_CODE: 0.99,
    Way.LETTER: 0.98,
    Way.OTHER_CODE: 0.97,
    Way.OTHER_WORDS: 0.96,
    Way.CODE_ALONE: 0.92,
    Way.KEY_WORD: 0.9,
    Way.SLIP: 0.88,
    Way.SHORT: 0.87,
    Way.CUT: 0.85,
}
"""How sure each way of reading is: a value read that way means the code in about that share of cases, by judgement.

Nothing below 0.85 is read; what is left to the user has 0.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """What a value was read as: the code and the way, or none and why not."""

    code: str | None
    way: Way | None = None
    why_not: str = ""

    @property
    def confidence(self) -> float:
        """Between 0 and 1; see CONFIDENCE."""
        return CONFIDENCE[self.way] if self.way is not None else 0.0
