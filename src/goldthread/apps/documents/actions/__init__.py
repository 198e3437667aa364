"""Everything that is done to documents: the only writes of this app."""

from goldthread.apps.documents.actions.anchoring import shelve_passage
from goldthread.apps.documents.actions.crossing import submit, submit_proof, withdraw
from goldthread.apps.documents.actions.picturing import draw
from goldthread.apps.documents.actions.receiving import About, Received, describe, receive
from goldthread.apps.documents.actions.redacting import ask, choose
from goldthread.apps.documents.actions.unpacking import MOST_PACKED, TakenOut, receive_packed
from goldthread.apps.documents.actions.working import mark_read, note, tag, take_bundle, take_out, untag

__all__ = [
    "MOST_PACKED", "About", "Received", "TakenOut", "ask", "choose", "describe", "draw", "mark_read", "note", "receive",
    "receive_packed", "shelve_passage", "submit", "submit_proof", "tag", "take_bundle",
    "take_out", "untag", "withdraw",
]  # fmt: skip
