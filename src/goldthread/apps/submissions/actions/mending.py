"""Taking a corrected copy of a return that was handed in: what was handed in stays as it is."""

import io
import zipfile
from collections.abc import Sequence

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import mends
from goldthread.apps.submissions.models import Submission

LOG = "mends-log.csv"
"""The log of every change, beside the folder of the files in the zip."""


@transaction.atomic
def corrected_copy(*, submission: Submission, codes: Sequence[str], by: Actor) -> bytes:
    """A zip of the files with these mends made, and of the log of every change. The journal says first who took it.

    Raises Refused where nothing was chosen, nothing is changed, or the files are not of the asker's own side: the copy
    holds the numbers and dates of birth of children, which do not cross the wall.
    """
    from goldthread.kernel.mends import chosen, log
    from goldthread.kernel.refusal import Refused as ReadingRefused

    require(by, Permission.SUBMISSION_UPLOAD, submission.target(changing=True))
    if not mends.may_take(by, submission):
        raise Refused("A corrected copy is for the side that handed the return in: it holds numbers of children.")
    if not codes:
        raise Refused("Choose at least one mend.")
    try:
        wanted = chosen(codes)
        made = mends.made(submission, wanted, copy=True)
    except ReadingRefused as refused:
        raise Refused(f"{refused.reason} {refused.mend}") from None
    if made.changes.is_empty():
        raise Refused("The mends that you chose change nothing in these files. Choose another.")
    journal(
        Events.EXPORTED, by=by, about=submission, chain=submission.inspection_id, side=submission.side,
        what=f"corrected copy ({', '.join(wanted)})", rows=made.changes.height, form="zip",
    )  # fmt: skip
    return _packed({f"corrected/{name}": data for name, data in made.files.items()} | {LOG: log(made.changes)})


def _packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data)
    return held.getvalue()


__all__ = ["corrected_copy"]
