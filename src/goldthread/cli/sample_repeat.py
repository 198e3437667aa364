"""`goldthread sample repeat`: draw again from a record, and say whether it gives the very same children."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldthread.cli import output
from goldthread.cli.output import Table
from goldthread.cli.refusal import ISSUES, OK, Refused

if TYPE_CHECKING:
    from goldthread.domain.sampling import Draw

MOST_BYTES = 100_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `goldthread sample repeat`."""
    parser.add_argument(
        "record", type=Path, metavar="RECORD",
        help="the record of a draw: JSON written by goldthread sample, or taken from the page of the draw",
    )  # fmt: skip
    output.add_arguments(parser)
    parser.epilog = "Exit code: 0 the same children, 1 it differs, 2 the record cannot be used."


def run(args: argparse.Namespace) -> int:
    """Draw again and compare. Raises Refused where the record cannot be used."""
    from goldthread.domain.sampling import SamplingError, draw, frame_from_record, from_record, verify

    record = _record(args.record)
    proof = record["proof"]
    try:
        recorded, frame = from_record(proof), frame_from_record(proof)
        if frame is None:
            raise Refused("this record holds no frame, so nothing can be drawn from it again.")
        differences = [*verify(recorded, frame), *_listed(record, recorded)]
        again = draw(recorded.plan, frame)
    except SamplingError as error:
        raise Refused(str(error)) from error
    says = "the same children, in the same order" if not differences else "it differs from the record"
    about = {
        "design": recorded.plan.design.value, "algorithm": recorded.algorithm, "seed": recorded.plan.seed,
        "n": recorded.plan.size, "frame_size": recorded.frame_size, "frame_hash": recorded.frame_hash,
    }  # fmt: skip
    tables = [
        Table(f"{args.record.name}: drawn again, {says}", ("order", "child", "stratum", "reason"), [
            (choice.order, choice.id, choice.stratum, choice.reason) for choice in again.chosen
        ]),
        Table("Differences", ("says",), [(one,) for one in differences]),
        Table("Record", ("", "value"), [(name, str(value)) for name, value in about.items()]),
    ]  # fmt: skip
    data = {
        "identical": not differences,
        "differences": differences,
        **about,
        "chosen": [{"order": one.order, "child": one.id, "stratum": one.stratum} for one in again.chosen],
        "reserve": [{"order": one.order, "child": one.id, "stratum": one.stratum} for one in again.reserve],
    }
    output.write(tables, args, data if args.format == "json" else None)
    return ISSUES if differences else OK


def _record(path: Path) -> Mapping[str, Any]:
    """A record from a file. Raises Refused where it is none."""
    try:
        if not path.is_file():
            raise Refused(f"{path} is not a file that can be read.")
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{path} is larger than the record of any draw.")
        record = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path} is not the record of a draw: it is no JSON.") from error
    if not isinstance(record, dict) or not isinstance(record.get("proof"), dict):
        raise Refused(
            f"{path} holds no proof of a draw; write the draw with --format json, or take JSON from its page as"
            " somebody who sees the whole draw."
        )
    return record


def _listed(record: Mapping[str, Any], recorded: "Draw") -> list[str]:
    """Whether the children that the file lists for people to read are those of its proof."""
    try:
        if "cases" in record:
            first = sorted(record["cases"], key=lambda one: int(one["case"]))[: len(recorded.chosen)]
            listed = [one["pseudonym"] for one in first]
        else:
            listed = [one["child"] for one in record["chosen"]]
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("the record lists no children who were drawn, or has been changed.") from error
    if listed != [choice.id for choice in recorded.chosen]:
        return ["The children whom the record lists are not those of its proof."]
    return []
