"""The sheets of words: what is written down about each code list, as text that an analyst can read and correct.

A sheet of words is text in `code_words/`, named after its list, so that an analyst can read and correct it:

    also: placement          it goes on from that sheet
    numbers: matter          a number nobody knows is not passed over
    stranger: passes         one word that nobody knows is passed over beside a phrase of a single long word
    [same]                   white: wht, wh            runs of words that are taken for the first; 'and', 'or', 'of'
                                                       and 'the' may be left out of a run, an '&' in it may not
    [idle]                   background, heritage      runs of words that say nothing here
    [codes]                  WBRI: WENG, WSCO          codes of other lists that mean this one
    [letters]                NOBT: t                   letters that other guidance prints before a code
    [beside]                 F5: F3                    a code that the words of another do not speak against
    [full]                   C1: Interim care order    the wording of the returns' guides in full, which systems cut
    [ends]                   1: suitable               every code comes with each of these ends and its word
    [phrases]                WBRI: white british [other]; ...
                             words asked for, words let stand in [], choices as a|b; * in front of a phrase lets
                             words stand beside it that nobody knows
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EVERYWHERE = "everywhere"
"""The sheet of words that say nothing in any list that does not know them."""

_SHEETS = Path(__file__).parent / "code_words"
_SECTIONS = ("same", "idle", "codes", "letters", "beside", "full", "ends", "phrases")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written down about one code list: the lines of each part of its sheet of words."""

    parts: dict[str, tuple[str, ...]]
    numbers_matter: bool = False
    one_passes: bool = False

    def pairs(self, part: str, mark: str = ",") -> Iterator[tuple[str, str]]:
        """Each name of a part with each thing said of it."""
        for line in self.parts[part]:
            name, _, rest = line.partition(":")
            yield from ((name.strip(), one.strip()) for one in rest.split(mark) if one.strip())


@cache
def sheet(name: str) -> Sheet:
    """The sheet of words of a code list, with those it goes on from. Raises FileNotFoundError where there is none."""
    parts: dict[str, list[str]] = {part: [] for part in _SECTIONS}
    numbers_matter, one_passes, part = False, False, ""
    for line in (_SHEETS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("also:"):
            before = sheet(line.partition(":")[2].strip())
            parts = {part: [*parts[part], *before.parts[part]] for part in _SECTIONS}
        elif line.startswith("numbers:"):
            numbers_matter = True
        elif line.startswith("stranger:"):
            one_passes = True
        elif line.startswith("["):
            part = line.strip("[]")
        else:
            parts[part].append(line)
    return Sheet({part: tuple(lines) for part, lines in parts.items()}, numbers_matter, one_passes)
