"""Texts as the model reads them: lower case, without accents, in pieces of words of its own list (WordPiece)."""

import unicodedata
from functools import cached_property
from pathlib import Path

LONGEST_WORD = 100
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"


class WordPieces:
    """The list of pieces, and texts taken apart by it."""

    def __init__(self, vocabulary: Path) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each piece."""
        lines = self._vocabulary.read_text("utf-8").split("\n")
        return {piece: number for number, piece in enumerate(lines) if piece}

    def of_text(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces between the marks of begin and end; what is beyond `most` is left away."""
        held: list[int] = []
        for word in words(text):
            held += self._pieces(word)
            if len(held) >= most - 2:
                break
        return [self.numbers[BEGIN], *held[: most - 2], self.numbers[END]]

    def _pieces(self, word: str) -> list[int]:
        """The longest pieces from the left; a word that cannot be put together is one unknown piece."""
        if len(word) > LONGEST_WORD:
            return [self.numbers[UNKNOWN]]
        held, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self.numbers.get(("##" if start else "") + word[start:end])
                if number is not None:
                    break
            else:
                return [self.numbers[UNKNOWN]]
            held.append(number)
            start = end
        return held


def words(text: str) -> list[str]:
    """The words of a text and its marks one by one, in small letters without accents."""
    held: list[str] = []
    for sign in text:
        if sign.isspace():
            held.append(" ")
        elif unicodedata.category(sign).startswith("C") or sign == "\ufffd":
            continue
        else:
            held.append(f" {sign} " if _ideograph(sign) else sign)
    plain = unicodedata.normalize("NFD", "".join(held).lower())
    apart = "".join(f" {sign} " if _mark(sign) else sign for sign in plain if unicodedata.category(sign) != "Mn")
    return apart.split()


def _mark(sign: str) -> bool:
    return (sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " ") or unicodedata.category(
        sign
    ).startswith("P")


def _ideograph(sign: str) -> bool:
    at = ord(sign)
    return (
        0x4E00 <= at <= 0x9FFF or 0x3400 <= at <= 0x4DBF or 0xF900 <= at <= 0xFAFF or 0x20000 <= at <= 0x2CEAF
        or 0x2F800 <= at <= 0x2FA1F
    )  # fmt: skip
