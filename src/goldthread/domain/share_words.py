"""Words that stand for shares, and what share each may stand for.

A report that says "most" of something of which between 38 and 61 in a hundred was found says more than is known. No
framework for children's services defines such words, so this table is the house's own, drawn up to be no stricter than
plain English: a word is wrong only where its readers would call it wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareWord:
    """A word, the ways in which it is written (regular expressions), and its share: from and to, in per cent."""

    word: str
    written: tuple[str, ...]
    low: float
    high: float

    @property
    def means(self) -> str:
        """Its share in words."""
        if self.high == 100:
            return f"{self.low:g}% or more"
        return f"{self.high:g}% or less" if self.low == 0 else f"{self.low:g}% to {self.high:g}%"


SHARE_WORDS = (
    ShareWord("nearly all", (r"(?:nearly|almost) (?:all|every|everyone)",), 85, 100),
    ShareWord("nearly none", (r"(?:hardly|scarcely) any(?:one|body)?", r"(?:nearly|almost) (?:none|no)"), 0, 15),
    ShareWord("a large majority", (r"(?:large|vast|great) majority",), 70, 100),
    ShareWord("most", (r"(?<!\bat )(?<!\bthe )(?<!\bits )(?<!\btheir )most",), 50, 100),
    ShareWord("a majority", (r"majority", r"(?:more|over) than half", r"over half"), 50, 100),
    ShareWord("a minority", (r"minority", r"(?:fewer|less) than half", r"under half"), 0, 50),
    ShareWord("about half", (r"(?:about|around|roughly|nearly) half", r"half of"), 35, 65),
    ShareWord("few", (r"(?<!no )few(?!er)(?! (?:days|weeks|months|years|hours))",), 0, 30),
)
"""In the order in which they are looked for: what is read as one word is not read again as a shorter one."""

_NOT_A_SHARE = (
    "recent", "recently", "important", "importantly", "serious", "severe", "vulnerable", "common", "commonly", "urgent",
    "likely", "often", "significant", "notable", "notably", "effective", "complex", "appropriate", "suitable", "senior",
)  # fmt: skip
"""After "most", these make it a comparison: the most recent, most vulnerable."""

_PATTERNS = tuple(
    (one, re.compile(rf"\b(?:{'|'.join(one.written)})\b(?! (?:{'|'.join(_NOT_A_SHARE)})\b)", re.IGNORECASE))
    for one in SHARE_WORDS
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A share that was measured, in per cent, with its interval, and how people quote where it stands."""

    mark: str
    low: float
    high: float


def words_in(text: str) -> list[ShareWord]:
    """The words for shares that a text uses, each once, in the order of the table."""
    found = []
    for one, pattern in _PATTERNS:
        left = pattern.sub("\0", text)
        if left != text:
            found.append(one)
        text = left
    return found


def unsupported(text: str, measured: Iterable[Measured]) -> list[ShareWord]:
    """The words of a text that no measured share bears out: of none does the whole interval lie within the word's.

    Empty where nothing was measured; that is said of a finding in another way.
    """
    shares = list(measured)
    if not shares:
        return []
    return [word for word in words_in(text) if not any(word.low <= one.low and one.high <= word.high for one in shares)]
