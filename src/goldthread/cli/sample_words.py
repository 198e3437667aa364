"""What is written on the command line about a sample, read: counts, seeds, strata, shares, and files of children."""

import argparse
from pathlib import Path

from goldthread.cli.refusal import Refused

STRATA = ("service", "age_band", "gender", "ethnicity_group", "team")
MOST_BYTES = 5_000_000


def strata(text: str) -> tuple[str, ...]:
    """Names with commas between, or none."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if names == ("none",):
        return ()
    for name in names:
        if name not in STRATA:
            raise argparse.ArgumentTypeError(f"“{name}” is no stratum; choose from {', '.join(STRATA)}, or none")
    if not names or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError("name each stratum once, or write none")
    return names


def seed(text: str) -> str:
    """A word or number."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the seed is empty; give a word or number, and keep it with the draw")
    return text


def count(text: str) -> int:
    """A whole number from one on."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a draw must be of at least one child")
    return number


def whole(text: str) -> int:
    """A whole number from nothing on."""
    if text.removeprefix("-").isdigit() and text.startswith("-"):
        raise argparse.ArgumentTypeError(f"“{text}” is less than nothing; write a whole number such as 60")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number")
    return int(text)


def named(text: str) -> tuple[str, int]:
    """A stratum and its number, such as “In care=80”."""
    name, between, said = text.rpartition("=")
    if not between or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}” must be a stratum, an equals sign and a whole number")
    return name.strip(), whole(said.strip().removesuffix("%").strip())


def per_cent(text: str) -> float:
    """A percentage as a share from 0 to 1, its ends left out."""
    try:
        share = float(text.strip().removesuffix("%")) / 100
    except ValueError:
        share = -1.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"“{text}” must be a percentage between 0 and 100, such as 95")
    return share


def text_of(path: Path) -> str:
    """A small text file, as UTF-8 or as Windows writes it. Raises Refused where it cannot be read."""
    try:
        if not path.is_file():
            raise Refused(f"{path} is not a file that can be read.")
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                f"{path} is larger than {MOST_BYTES // 1_000_000} million bytes, which no list of children is."
            )
        held = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error
    if b"\0" in held:
        raise Refused(f"{path} is not plain text; save the list as a text or CSV file.")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", "replace")
