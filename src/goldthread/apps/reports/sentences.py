"""Cutting a text into sentences, so that each can carry its own thread."""

import re

# Words after which a full stop does not end a sentence in reports of this field.
_SHORT = {"e.g", "i.e", "mr", "mrs", "ms", "dr", "s", "no", "approx", "st"}
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")


def split(text: str) -> list[str]:
    """The sentences of a text in order, white space folded; an empty list for an empty text."""
    folded = re.sub(r"\s+", " ", text).strip()
    if not folded:
        return []
    found: list[str] = []
    for piece in _END.split(folded):
        last = found[-1].rsplit(" ", 1)[-1].rstrip(".").lower() if found else ""
        if found and found[-1].endswith(".") and last in _SHORT:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [one.strip() for one in found if one.strip()]


def ended(text: str) -> str:
    """A statement as a sentence: it begins with a capital and ends with a stop."""
    text = text.strip()
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in '.!?”"' else text + "."
