"""The record of a draw: plain data that proves it, and drawing again from it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from goldthread.domain.sampling.drawing import draw, hash_of
from goldthread.domain.sampling.plans import (
    FIRST,
    SECOND,
    Candidate,
    Choice,
    Design,
    Draw,
    Plan,
    SamplingError,
    StratumCount,
)

_CHANGED = "This record of a draw is incomplete or has been changed."


def as_record(drawn: Draw, frame: Sequence[Candidate] | None = None) -> dict[str, Any]:
    """A draw as plain data that JSON can hold; with its frame, anybody can draw again from the record alone.

    What a plan leaves as it is by itself is left out, so that a record of the first way of drawing stays as it was.
    """
    record = asdict(drawn)
    for name, value in asdict(Plan(0, "")).items():
        if name not in ("size", "seed", "strata", "minimum_per_stratum") and record["plan"][name] == value:
            del record["plan"][name]
    for choice in (*record["chosen"], *record["reserve"]):
        if choice["siblings"] == 1:
            del choice["siblings"]
    if frame is not None:
        record["frame"] = [[one.id, one.stratum, one.family] for one in sorted(frame, key=lambda one: one.id)]
    return record


def from_record(record: Mapping[str, Any]) -> Draw:
    """The draw that a record describes. Raises SamplingError when the record is not one of a known way of drawing."""
    if record.get("algorithm") not in (FIRST, SECOND):
        raise SamplingError(
            f"This record was drawn by “{record.get('algorithm')}”, and only “{FIRST}” and “{SECOND}” are known."
        )
    try:
        plan = _plan(record["plan"])
        if plan.design.algorithm != record["algorithm"]:
            raise SamplingError(_CHANGED)
        return Draw(
            chosen=tuple(Choice(**choice) for choice in record["chosen"]),
            reserve=tuple(Choice(**choice) for choice in record["reserve"]),
            strata=tuple(StratumCount(**stratum) for stratum in record["strata"]),
            frame_hash=record["frame_hash"],
            frame_size=record["frame_size"],
            plan=plan,
            algorithm=record["algorithm"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SamplingError(_CHANGED) from error


def _plan(said: Mapping[str, Any]) -> Plan:
    """The plan of a record. Raises what its parts raise where one is missing or of another kind."""
    minimum = said["minimum_per_stratum"]
    counts = (said["size"], *([] if minimum is None else [minimum]))
    if not all(
        type(count) is int for count in (*counts, *said.get("expected", {}).values(), *said.get("times", {}).values())
    ):
        raise TypeError(_CHANGED)
    if not all(isinstance(name, str) for name in (said["seed"], *said["strata"], said.get("theme", ""))):
        raise TypeError(_CHANGED)
    return Plan(
        **{
            **said,
            "strata": tuple(said["strata"]),
            "design": Design(said.get("design", Design.PROPORTIONAL)),
            "picked": tuple((str(child), str(because)) for child, because in said.get("picked", ())),
        }
    )


def frame_from_record(record: Mapping[str, Any]) -> list[Candidate] | None:
    """The frame that a record holds; None where it holds none. Raises SamplingError where it has been changed."""
    if record.get("frame") is None:
        return None
    try:
        frame = [Candidate(*one) for one in record["frame"]]
    except TypeError as error:
        raise SamplingError(_CHANGED) from error
    if not all(isinstance(text, str) for one in frame for text in (one.id, one.stratum, one.family)):
        raise SamplingError(_CHANGED)
    return frame


def redraw(record: Mapping[str, Any], frame: Sequence[Candidate]) -> Draw:
    """Draw again by the plan of a record. Raises SamplingError when the record or the frame cannot be used."""
    return draw(from_record(record).plan, frame)


def verify(drawn: Draw, frame: Sequence[Candidate]) -> tuple[str, ...]:
    """What does not agree between a recorded draw and its frame, in plain sentences; nothing when it is proven."""
    if hash_of(drawn.plan, frame) != drawn.frame_hash:
        return (
            f"The frame is not the one drawn from: it now has {len(frame):,} children (then {drawn.frame_size:,}).",
        )
    again = draw(drawn.plan, frame)
    differences = []
    if again.chosen != drawn.chosen:
        wrong = {c.id for c in again.chosen} ^ {c.id for c in drawn.chosen}
        says = f"{len(wrong)} children differ" if wrong else "the same children stand in another order or stratum"
        differences.append(f"The children recorded are not those that the plan draws: {says}.")
    if again.reserve != drawn.reserve:
        differences.append("The reserve recorded is not the one that the plan gives.")
    if again.strata != drawn.strata:
        differences.append("The counts of the strata recorded are not those of the frame.")
    if again.frame_size != drawn.frame_size:
        differences.append(
            f"The record says {drawn.frame_size:,} children in the frame, and it has {again.frame_size:,}."
        )
    return tuple(differences)
