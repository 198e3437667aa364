"""Files that come with a comment on the facts: each taken in by itself, so that one refused costs nothing else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from goldthread.apps.access.policy import Refused
from goldthread.apps.reports import actions


def take_in(request: HttpRequest, comment: Any, files: list[Any], key: Any) -> bool:
    """Take the files of a comment in that is kept already. Says what became of those that were refused; whether none
    was."""
    refused = 0
    for sent in files:
        try:
            actions.add_proof(comment=comment, upload=sent, label=sent.name, client_key=key, by=request.actor)  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.hidden:
                raise
            refused += 1
            messages.error(request, f"“{sent.name}” was not kept: {refusal.reason}")
    return not refused
