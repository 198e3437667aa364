"""Published figures, neighbours and outcomes as bytes: from the process that read them to the one that asked."""

import io
import json

import polars as pl

from goldthread.kernel.benchmarks import (
    NEIGHBOURS_SCHEMA,
    OUTCOMES_SCHEMA,
    VALUES_SCHEMA,
    Benchmarks,
    Neighbours,
    Outcomes,
)

Published = Benchmarks | Neighbours | Outcomes
"""What a file of published figures may hold."""


def to_bytes(found: Published) -> bytes:
    """A line that says what it is, where it comes from and what was odd, then the rows as Parquet."""
    held = io.BytesIO()
    if isinstance(found, Benchmarks):
        head: dict[str, object] = {"is": "values", "source": found.source, "notes": list(found.notes)}
        found.values.write_parquet(held, compression="zstd")
    else:
        head = {"is": "neighbours" if isinstance(found, Neighbours) else "outcomes", "source": found.source}
        found.frame.write_parquet(held, compression="zstd")
    return json.dumps(head).encode() + b"\n" + held.getvalue()


def from_bytes(data: bytes) -> Published:
    """The same back. Raises ValueError where it is nothing of the kind."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    try:
        frame = pl.read_parquet(io.BytesIO(rest))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ValueError("the rows cannot be read") from error
    schemas = {"values": VALUES_SCHEMA, "neighbours": NEIGHBOURS_SCHEMA, "outcomes": OUTCOMES_SCHEMA}
    known = schemas.get(head.get("is"), {})
    if not known or dict(frame.schema) != known:
        raise ValueError("the columns are not those of published figures")
    if head["is"] == "values":
        return Benchmarks(frame, str(head["source"]), tuple(str(note) for note in head["notes"]))
    made = Neighbours if head["is"] == "neighbours" else Outcomes
    return made(frame, str(head["source"]))
