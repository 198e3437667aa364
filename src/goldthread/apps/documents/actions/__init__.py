"""Everything that is done to documents: the only writes of this app."""

from goldthread.apps.documents.actions.anchoring import shelve_passage
from goldthread.apps.documents.actions.crossing import submit, withdraw
from goldthread.apps.documents.actions.receiving import About, Received, describe, receive
from goldthread.apps.documents.actions.working import mark_read, note, tag, take_out, untag

__all__ = [
    "About", "Received", "describe", "mark_read", "note", "receive", "shelve_passage", "submit", "tag", "take_out",
    "untag", "withdraw",
]  # fmt: skip
