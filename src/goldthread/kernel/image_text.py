"""The text that was read from the picture of a page: its words, where they stand, and how sure the reading was.

What passes from the sandbox's child to its parent is JSON, or a picture with a line before it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

UNSURE = 70
"""A word read with less confidence than this, in hundredths, is pointed out. [measured: docs/figures.md]"""

COVERED = 0.2
"""A word of which so much lies under a bar is the bar's. A bar's margin reaches less far into the word beside. [J]"""

PICTURE = b"goldthread-picture-1\n"
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a text: from which character to before which, how sure (0 to 100), and its place in the picture.

    The place is left, top, right and bottom, each in ten-thousandths of the picture's width or height.
    """

    start: int
    end: int
    sure: int
    place: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ImageText:
    """What was read from a picture: the text, its words, and by which models of languages."""

    text: str
    words: tuple[Word, ...] = ()
    languages: str = "eng"

    @property
    def sure(self) -> int:
        """How sure the reading was, in hundredths: the mean over the letters; 0 where nothing was read."""
        letters = sum(one.end - one.start for one in self.words)
        return round(sum(one.sure * (one.end - one.start) for one in self.words) / letters) if letters else 0

    @property
    def unsure(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand that the reading was not sure of."""
        return tuple((one.start, one.end) for one in self.words if one.sure < UNSURE)


def without(read: ImageText, places: Sequence[tuple[int, int, int, int]], instead: str) -> ImageText:
    """The same without words of which COVERED or more lies in one of these places; `instead` stands once for each run.

    What was made black is no writing, and a reader that takes it for some invents words.
    """
    text, words, at, gone = "", [], 0, False
    for word in sorted(read.words, key=lambda one: one.start):
        if any(_share(word.place, place) >= COVERED for place in places):
            text += "" if gone else read.text[at : word.start] + instead
            gone = True
        else:
            text += read.text[at : word.start]
            words.append(replace(word, start=len(text), end=len(text) + word.end - word.start))
            text += read.text[word.start : word.end]
            gone = False
        at = word.end
    return replace(read, text=text + read.text[at:], words=tuple(words))


def _share(word: tuple[int, int, int, int], place: tuple[int, int, int, int]) -> float:
    """How much of a word's place lies in another, from 0 to 1."""
    across = min(word[2], place[2]) - max(word[0], place[0])
    down = min(word[3], place[3]) - max(word[1], place[1])
    whole = (word[2] - word[0]) * (word[3] - word[1])
    return across * down / whole if across > 0 and down > 0 and whole else 0.0


def to_bytes(read: ImageText) -> bytes:
    """The answer of the child."""
    return json.dumps(asdict(read), ensure_ascii=False).encode("utf-8", "replace")


def from_bytes(data: bytes) -> ImageText:
    """What the child answered. Raises KeyError, TypeError or ValueError where it is no such answer."""
    held = json.loads(data)
    text = str(held["text"])
    words = tuple(_word(one, len(text)) for one in held["words"])
    return ImageText(text, words, str(held["languages"]))


def _word(held: dict[str, object], length: int) -> Word:
    start, end, sure = (int(str(held[name])) for name in ("start", "end", "sure"))
    left, top, right, bottom = (int(one) for one in held["place"])  # type: ignore[attr-defined]
    if not 0 <= start < end <= length or not 0 <= sure <= 100:
        raise ValueError("a word stands outside its text")
    return Word(start, end, sure, (left, top, right, bottom))


def picture_from_bytes(data: bytes) -> bytes:
    """The picture that the child drew, a JPEG. Raises ValueError where it is none."""
    if not data.startswith(PICTURE + _JPEG):
        raise ValueError("that is no picture")
    return data[len(PICTURE) :]
