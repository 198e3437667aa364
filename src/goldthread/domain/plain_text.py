"""Text without control characters: what is pasted from elsewhere brings them along, and files cannot hold them."""

import dataclasses
import unicodedata
from typing import Any, TypeVar

T = TypeVar("T")

_APART = str.maketrans({"\x0b": " ", "\x0c": " "})


def without_controls(text: str) -> str:
    """A text without control characters, other than ends of lines and tabs, and without halves of letters.

    What parts two words, such as the end of a line within a paragraph of a word processor, becomes a space. Emoji,
    right-to-left marks and letters of every script stay.
    """
    if text.isprintable():
        return text
    return "".join(
        one for one in text.translate(_APART) if one in "\n\r\t" or unicodedata.category(one) not in ("Cc", "Cs")
    )


def plain(value: T) -> T:
    """The same with every text within it without control characters: in data classes, rows and tables of names."""
    held: Any = value
    made: Any = held
    if type(held) is str:
        made = without_controls(held)
    elif type(held) is dict:
        made = {name: plain(one) for name, one in held.items()}
    elif type(held) in (tuple, list):
        made = type(held)(plain(one) for one in held)
    elif dataclasses.is_dataclass(held) and not isinstance(held, type):
        given = {one.name: plain(getattr(held, one.name)) for one in dataclasses.fields(held) if one.init}
        made = dataclasses.replace(held, **given)
    found: T = made
    return found
