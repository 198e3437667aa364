"""The spellings in `spellings/`, and the forms that case systems, spreadsheets and hands make of them.

The spellings were written down from knowledge of the returns' guides and of how case systems print their lists, before
the matcher was built, and not from its sheets of words. The forms are made by rules from them, the same every time.
Half of these is held out, by the hash of the value: only its totals are looked at while the matcher is worked on.

`spellings/later/` holds whole sets of all fields, each written before the matcher was run on any of it: in the manner
of exports of case systems (`first`), of one council's data officer (`second`), of shorthand (`third`, small), and of
dozens of systems and workers together (`fourth` to `eighth`: each written after mending for the one before); `ninth`
and `tenth` are free wordings of many offices, the ninth written from the code lists alone; `eleventh` and
`twelfth` are what systems print again, the eleventh written from the code lists alone.
`docs/figures.md` has what was read at first sight.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HELD = Path(__file__).resolve().parent / "spellings"


class Spelling(NamedTuple):
    """One written value of a field, and the code it means; None where it must be left to the user."""

    field: str
    value: str
    code: str | None

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the half that is not looked at."""
        return _hash(self.value) % 2 == 1


def _hash(value: str) -> int:
    return int.from_bytes(hashlib.sha256(value.encode()).digest()[:4], "big")


def spellings() -> Iterator[Spelling]:
    """Every spelling that was written down."""
    for path in sorted(HELD.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, *values = [part.strip() for part in line.split(" | ")]
            for value in values:
                yield Spelling(path.stem, value, None if code == "-" else code)


def later_spellings(name: str) -> Iterator[Spelling]:
    """Every spelling of one of the later sets."""
    field = ""
    for line in (HELD / "later" / f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            field = line.removeprefix("## ")
        elif line:
            code, *values = [part.strip() for part in line.split(" | ")]
            for value in values:
                yield Spelling(field, value, None if code == "-" else code)


def _slipped(value: str) -> str | None:
    """The value with one letter doubled, dropped or swapped in its longest word, if that is long enough."""
    longest = max(re.findall(r"[A-Za-z]+", value), key=len, default="")
    if len(longest) < 8:
        return None
    at = 2 + _hash(value) % (len(longest) - 4)
    slips = (
        longest[:at] + longest[at] + longest[at:],
        longest[:at] + longest[at + 1 :],
        longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :],
    )
    return value.replace(longest, slips[_hash(value) % 3], 1)


def _forms(value: str, code: str) -> Iterator[str]:
    yield value.upper()
    yield value.lower()
    yield f"  {value}\u00a0"
    yield re.sub(r"\s*[-–:]\s+", " ", value)
    yield value.replace(" ", "\u00a0")
    yield value.replace("'", "â€™").replace("’", "&#8217;").replace(" & ", " &amp; ")
    yield f"{value}."
    if len(value) > 8 and " " in value:
        yield f"{value} (inactive)"
        yield f"{value} [01/04/2019]"
        yield f"{value} - {value}"
        yield value.replace(" ", "  ").replace("-", " - ")
        slipped = _slipped(value)
        if slipped is not None:
            yield slipped
        if code.casefold() not in re.split(r"[^a-z0-9]+", value.casefold()) and not re.match(r"\(?\w{1,2}\W", value):
            yield f"{code} - {value}"
            yield f"{value} ({code})"
            yield f"{code}: {value}"


def written_in_other_forms() -> Iterator[Spelling]:
    """A third of the spellings, each in the forms that fit it."""
    for one in spellings():
        if one.code is not None and _hash(one.value + one.field) % 3 == 0:
            for value in dict.fromkeys(_forms(one.value, one.code)):
                yield Spelling(one.field, value, one.code)
