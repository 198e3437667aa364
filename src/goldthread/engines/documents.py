"""Documents read in the sandbox: a policy or a report may be as broken or as hostile as any other file."""

from pathlib import Path

from goldthread.engines.sandbox import Asked, Limits, made_safely
from goldthread.kernel.document_text import Extracted, from_bytes
from goldthread.kernel.refusal import Refused

SMALLER = "Open it, save it as PDF without what is not needed, or divide it into several files, and send those."

TEXTS = Limits(
    memory_bytes=700_000_000, cpu_seconds=30, wall_seconds=60.0, answer_bytes=64_000_000,
    module="goldthread.readers.documents",
)  # fmt: skip
"""Limits of the security reference (6.2), with half as much processor time again: 2,000 pages of a PDF take 12 s."""

WORKBOOKS = Limits(
    memory_bytes=1_500_000_000, cpu_seconds=30, wall_seconds=60.0, answer_bytes=64_000_000,
    module="goldthread.readers.documents",
)  # fmt: skip
"""The parser of workbooks reserves 260 MB of address space before it reads anything."""

_SAYS = {
    "memory": "This file needs more memory than a document should.",
    "time": "This file took too long to read.",
    "answer": "This file holds more text than a document should.",
    "file": "This file is bigger than a document should be.",
    "crash": "This file could not be opened safely.",
}


def read_document(path: Path | str, kind: str, *, most_pages: int, limits: Limits | None = None) -> Extracted:
    """The text of a document of a kind, page by page.

    Raises Refused, in plain English, for everything the file may do, OSError only where it cannot be opened.
    """
    chosen = limits or (WORKBOOKS if kind in ("xlsx", "ods") else TEXTS)
    try:
        return made_safely(path, from_bytes, limits=chosen, asked=Asked(form=kind, pages=most_pages))
    except Refused as refused:
        if refused.code not in _SAYS:
            raise
        raise Refused(_SAYS[refused.code], SMALLER, code=refused.code) from None
