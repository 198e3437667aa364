"""The folder of the answer: it says of which folder and year it is, so that another nation is not mixed into it."""

import argparse
import json
from pathlib import Path

from goldthread.cli.national_part import PARTS
from goldthread.cli.refusal import Refused

OF = "of.json"
"""The file, among the parts, that says what the answer was made from."""


def must_be_of_this(args: argparse.Namespace) -> None:
    """Raises Refused where --out holds the answer of another folder or year, or lies within the folder that is read."""
    out: Path = args.out
    if out.resolve() == args.folder.resolve() or args.folder.resolve() in out.resolve().parents:
        raise Refused(f"--out {out} lies in the folder that is read: choose one outside it.")
    if out.exists() and not out.is_dir():
        raise Refused(f"--out {out} is a file: name a folder.")
    held = _held(out)
    if held is not None and held != _this(args):
        raise Refused(
            f"--out {out} holds the answer of {held['folder']} for {held['year']}. Choose an empty folder, or remove "
            "that one if its answer is no longer wanted."
        )


def say_what_this_is(args: argparse.Namespace) -> None:
    """Write down of which folder and year the answer is. Raises Refused where it cannot be written."""
    from goldthread.cli.output import replace

    replace(args.out / PARTS / OF, json.dumps(_this(args), ensure_ascii=False).encode("utf-8", "replace"))


def _this(args: argparse.Namespace) -> dict[str, str]:
    return {"folder": str(args.folder.resolve()), "year": str(args.year)}


def _held(out: Path) -> dict[str, str] | None:
    """Of what the answer there is; None where there is none, or it does not say."""
    try:
        held = json.loads((out / PARTS / OF).read_text(encoding="utf-8"))
        return {"folder": str(held["folder"]), "year": str(held["year"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None
