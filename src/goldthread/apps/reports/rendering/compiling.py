"""Compiling a PDF for screen readers, where every sign must have a shape in some font."""

import re
import unicodedata
from pathlib import Path
from typing import Any

from goldthread.apps.access.policy import Refused

_SHAPELESS = re.compile(r'the text `?"(.+?)"`? could not be displayed', re.S)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
MOST_NAMED = 50
"""How many signs are put in words before the file is given up."""


def compiled(template: Path, inputs: dict[str, str]) -> bytes:
    """The PDF (PDF/UA-1). A picture among the letters that no font here has, such as an emoji, is put in words.

    `inputs` are texts and JSON. Raises Refused for a letter that no font here has: its words would be lost.
    """
    # Imported here: the compiler is large, and only this page needs it.
    import typst

    for _ in range(MOST_NAMED):
        try:
            made: Any = typst.compile(
                str(template), root=str(template.parent), sys_inputs=inputs, pdf_standards=["ua-1"]
            )
            return bytes(made)
        except typst.TypstError as error:
            sign = _shapeless(str(error))
            if not sign:
                raise
            inputs = {name: _in_words(text, sign) for name, text in inputs.items()}
    raise Refused("The PDF cannot be made: too many signs in it have no shape in any font here. Take the Word file.")


def _shapeless(error: str) -> str:
    found = _SHAPELESS.search(error)
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found[1]) if found else ""


def _in_words(text: str, sign: str) -> str:
    for one in sign:
        if unicodedata.category(one)[0] == "L":
            raise Refused(
                f"The PDF cannot be made: no font here has the letter “{one}”. Take the Word file, or ask whoever runs "
                "Goldthread to install a font for this script."
            )
        told = unicodedata.name(one, "").lower() if unicodedata.category(one) in ("So", "Sk", "Sm", "Sc") else ""
        # As JSON writes it too: an input may hold the sign by its number.
        escaped = "".join(f"\\u{at:04x}" for at in _halves(one))
        for form in (one, escaped):
            text = text.replace(form, f"[{told}]" if told else "")
    return text


def _halves(one: str) -> list[int]:
    data = one.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
