"""Mends that could be made in the files of a return that was handed in: counted by column, no cell shown.

What was handed in stays as it is. A corrected copy is made for whoever handed it in alone, for it holds numbers and
dates of birth: see `actions.mending`. The page asks the sandbox for it when it is opened, as few ask and the answer
would have to be kept beside every return otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.identities import identifying
from goldthread.apps.submissions.models import Submission

if TYPE_CHECKING:
    from goldthread.kernel.mends import Mend, OddStructure, Suggested

FORMS = ("ssda903", "cin")
"""The forms that mends are made in, as in `kernel.mends`, which is not fetched for a page that only links here."""


@dataclass(frozen=True, slots=True)
class Place:
    """One column of one table that a mend changes, how often, and the first row as people count it.

    `written` and `becomes` are the cell of that row before and after, spaces made visible; None where the column could
    tell who somebody is, and where a whole row is left out.
    """

    table: str
    heading: str
    changes: int
    first_row: int
    written: str | None = None
    becomes: str | None = None


@dataclass(frozen=True, slots=True)
class MendSuggested:
    """One mend, and where it would change something."""

    mend: Mend
    places: tuple[Place, ...]

    @property
    def changes(self) -> int:
        """How many cells, or rows, it would change."""
        return sum(one.changes for one in self.places)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What could be mended in a return; where its files cannot be mended, why not.

    `structure` is where XML is built otherwise than its schema says, which no mend changes.
    """

    mends: tuple[MendSuggested, ...] = ()
    why_not: str = ""
    structure: tuple[OddStructure, ...] = ()

    @property
    def changes(self) -> int:
        """How many changes all mends together would make."""
        return sum(one.changes for one in self.mends)


def suits(submission: Submission) -> bool:
    """Whether it is a return that mends are made in."""
    return submission.readable and submission.form in FORMS


def may_take(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may take a corrected copy: who uploads for the side that handed it in, and nobody across it."""
    if submission.closed_because() or not suits(submission):
        return False
    target = submission.target(changing=True)
    if not policy.decide(actor, Permission.SUBMISSION_UPLOAD, target, timezone.now()).allowed:
        return False
    # The lead and the analyst upload data of the team's own; the numbers of children in the council's are not theirs.
    return submission.side in sides_of(submission.inspection, actor)


def suggestions(submission: Submission) -> Suggestions:
    """What could be mended in the files of a return. Raises StoreDamaged where they cannot be read back."""
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
    from goldthread.kernel.mends import of_form, shown
    from goldthread.kernel.refusal import Refused

    try:
        told = made(submission)
    except Refused as refused:
        return Suggestions(why_not=f"{refused.reason} {refused.mend}")
    by_code: dict[str, list[Place]] = {}
    first = {
        (code, file, table, heading, row): (shown(written), shown(becomes))
        for code, file, table, row, heading, written, becomes in told.changes.unique(
            ["mend", "file", "table", "heading"], keep="first", maintain_order=True
        ).iter_rows()
        if heading and _showable(table, heading)
    }
    for code, file, table, heading, changes, row in told.counts().iter_rows():
        cells = first.get((code, file, table, heading, row), (None, None))
        by_code.setdefault(code, []).append(Place(TABLES_OF_ALL_FORMS[table].title, heading, changes, row, *cells))
    return Suggestions(
        tuple(MendSuggested(of_form(code, told.form), tuple(places)) for code, places in by_code.items()),
        structure=told.structure,
    )


def _showable(table: str, heading: str) -> bool:
    """Whether cells under a heading tell nobody's identity: a column that is not known by it is not shown."""
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    named = [one.name for one in TABLES_OF_ALL_FORMS[table].columns if one.says.casefold() == heading.casefold()]
    return bool(named) and not identifying(table, named[0])


def made(submission: Submission, codes: tuple[str, ...] | None = None, *, copy: bool = False) -> Suggested:
    """The mends of these codes in the files as they were sent, with `copy` the files as well. Raises kernel Refused."""
    from goldthread.mending import suggested_of

    with holdings.clear_file(submission) as path:
        with Path(path).open("rb") as held:
            start = held.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00")
        called = "return.xml" if start.startswith(b"<") else "return.csv"
        return suggested_of(
            path, as_form=submission.form, year=submission.year, take=codes, copy=copy, called=called
        )  # fmt: skip
