"""Values that a reading left to the user, what they may mean, and what somebody said that they mean."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of, visible
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Correction, Submission
from goldthread.domain import lifecycle

LONGEST = 300
"""A value longer than this is no value of a list, and cannot be given a meaning."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that one side of an inspection said of values: what counts its changes, and what the journal names."""

    inspection: Inspection
    side: str

    @property
    def version(self) -> int:
        """How often something was said or taken back here; 1 where nothing was yet."""
        rows = Correction.objects.filter(inspection=self.inspection, side=self.side)
        return 1 + rows.count() + rows.exclude(taken_back_at=None).count()

    def journal_subject(self) -> tuple[str, str, str]:
        """What values mean, of one side; the values themselves may be anything, and are no matter of the journal."""
        return ("corrections", f"{self.inspection.pk}:{self.side}", "what unclear values mean")


def in_force(submission: Submission) -> Mapping[tuple[str, str], str]:
    """What was said of values of this authority, by its own side of the wall, wherever it is inspected.

    What was said in the submission's own inspection goes before what was said elsewhere, and later before earlier.
    """
    own = submission.inspection
    rows = Correction.objects.filter(_of_authority(own), side=submission.side, taken_back_at=None)
    found: dict[tuple[str, str], str] = {}
    for one in sorted(rows, key=lambda one: (one.inspection_id == own.pk, one.created_at)):
        found[one.field, one.form] = one.code
    return found


def _of_authority(inspection: Inspection) -> Q:
    return Q(inspection=inspection) | Q(inspection__authority__iexact=inspection.authority)


def said_elsewhere(actor: Actor, inspection: Inspection) -> int:
    """How many meanings count here that were said in other inspections of the authority, on the actor's side."""
    sides = [str(one) for one in sides_of(inspection, actor)]
    rows = Correction.objects.filter(_of_authority(inspection), side__in=sides, taken_back_at=None)
    return rows.exclude(inspection=inspection).count()


def visible_to(actor: Actor) -> QuerySet[Correction]:
    """What was said of values, as far as an actor may see it, the latest first."""
    rows = Correction.objects.select_related("inspection", "created_by", "taken_back_by")
    return visible(rows, actor, Permission.SUBMISSION_UPLOAD).order_by("-created_at")


def get(actor: Actor, inspection: UUID, correction: UUID) -> Correction:
    """One of them. Raises Correction.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=correction)


def remembered(actor: Actor, inspection: Inspection) -> QuerySet[Correction]:
    """What was said in an inspection and is not taken back."""
    return visible_to(actor).filter(inspection=inspection, taken_back_at=None)


@dataclass(frozen=True, slots=True)
class Crossed:
    """A value that the other side said the meaning of before it handed a submission over, as that was read."""

    value: Value
    submission: Submission

    @property
    def means(self) -> str:
        """The code with its words."""
        return dict(codes(self.value.field)).get(self.value.code, self.value.code)


def crossed(actor: Actor, inspection: Inspection) -> list[Crossed]:
    """What was read as the other side said, in the submissions of theirs whose rows the actor may read.

    Each value and meaning once, with the latest submission in which it counts. What the other side said and handed
    nothing over with has not crossed the wall, and is not among them.
    """
    own = sides_of(inspection, actor)
    rows = visible(Submission.objects.select_related("inspection"), actor, Permission.LISTS_READ)
    rows = rows.filter(inspection=inspection, status=lifecycle.Submission.READ, form="annex_a").order_by("-created_at")
    found: dict[tuple[str, str, str], Crossed] = {}
    for row in rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN):
        if Side(row.side) in own:
            continue
        for one in values(row):
            if one.code:
                found.setdefault((one.field, one.form, one.code), Crossed(one, row))
    return sorted(found.values(), key=lambda one: (one.value.field, one.value.written))


def value_of(submission: Submission, key: str) -> Value | None:
    """The unclear value of a submission by what names it in a form; None where there is none."""
    return next((one for one in values(submission) if key and one.key == key and not one.code), None)


def may_correct(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may say what values of a submission mean, and have it read again: its own side may."""
    if submission.closed_because() or not submission.readable:
        return False
    able = policy.decide(actor, Permission.SUBMISSION_UPLOAD, submission.target(), timezone.now()).allowed
    return able and (actor.programme or Side(submission.side) in sides_of(submission.inspection, actor))


@dataclass(slots=True)
class Value:
    """One written value of one code list: how often it stands where, why it was left, or what it was read as."""

    field: str
    form: str
    written: str
    cells: int = 0
    places: set[tuple[int, str]] = dataclasses.field(default_factory=set)
    why: str = ""
    code: str = ""

    @property
    def key(self) -> str:
        """What names it in a form: no part of the value itself, which may be anything."""
        return hashlib.sha256(f"{self.field}\0{self.form}".encode()).hexdigest()[:16]

    @property
    def where(self) -> str:
        """The lists and columns in which it stands, in words."""
        return "; ".join(f"list {number}, {heading}" for number, heading in sorted(self.places))

    @property
    def issue(self) -> tuple[str, int]:
        """The rule and the list of the issue that a question about it belongs to: of the first list it stands in."""
        from goldthread.kernel.reading_issues import CELL_CODES

        return CELL_CODES["code"], min(self.places)[0]

    @property
    def question(self) -> str:
        """How the council would be asked about it."""
        cells = "1 cell holds" if self.cells == 1 else f"{self.cells:,} cells hold"
        return (
            f"{cells} “{self.written}” ({self.where}), which is no value of the list {title(self.field).lower()}. "
            "Which code is meant?"
        )


def values(submission: Submission) -> list[Value]:
    """The values of code lists that were matched to no code, and those that were read as somebody said before.

    By code list, those left first, the most frequent first. What might tell who somebody is never stands among them.
    """
    if not submission.issues_key:
        return []
    found: dict[tuple[str, str], Value] = {}
    for cell in _cells(submission, "unread"):
        _count(found, cell, 1)
    for cell in _cells(submission, "notes"):
        if cell["kind"] == "corrected":
            _count(found, cell, int(cell["cells"] or 1), code=str(cell["read_as"] or "").split(":")[0])
    for one in found.values():
        if not one.code:
            one.why = _why_left(one)
    return sorted(found.values(), key=lambda one: (one.field, bool(one.code), -one.cells, one.written))


@dataclass(frozen=True, slots=True)
class Other:
    """Cells of one column that were not understood and cannot be given a meaning: a date, a number, an id."""

    list: int
    title: str
    heading: str
    cells: int


def others(submission: Submission) -> list[Other]:
    """Where the cells stand that were not understood and are no values of a code list, the most first."""
    from goldthread.kernel.tables import TABLES

    if not submission.issues_key:
        return []
    counted: dict[tuple[str, str], int] = {}
    for cell in _cells(submission, "unread"):
        if cell["table"] in TABLES and not _form_of(cell):
            at = (cell["table"], cell["heading"] or "")
            counted[at] = counted.get(at, 0) + 1
    found = [
        Other(TABLES[name].number, TABLES[name].title, heading, cells) for (name, heading), cells in counted.items()
    ]
    return sorted(found, key=lambda one: (-one.cells, one.list, one.heading))


def _cells(submission: Submission, name: str) -> Iterator[dict[str, Any]]:
    return holdings.fetch_frame(submission, "issues", submission.issues_key, name).iter_rows(named=True)


def _form_of(cell: Mapping[str, Any]) -> str:
    """The plain form of a cell that takes a value of a code list; empty of others, and of what might tell who it is."""
    from goldthread.apps.submissions.identities import identifying
    from goldthread.kernel.table import Kind
    from goldthread.kernel.tables import TABLES
    from goldthread.readers.spelling import mended, plain

    table, column, written = cell["table"], cell["column"], cell["written"]
    if written is None or len(written) > LONGEST or table not in TABLES or identifying(table, column):
        return ""
    known = TABLES[table].column(column)
    return plain(mended(written)) if known.kind is Kind.CODE and known.codes is not None else ""


def _count(found: dict[tuple[str, str], Value], cell: Mapping[str, Any], cells: int, *, code: str = "") -> None:
    from goldthread.kernel.tables import TABLES

    form = _form_of(cell)
    if not form:
        return
    known = TABLES[cell["table"]].column(cell["column"])
    if known.codes is None:
        return
    one = found.setdefault((known.codes.name, form), Value(known.codes.name, form, cell["written"]))
    one.cells += cells
    one.code = one.code or code
    one.places.add((TABLES[cell["table"]].number, known.says))


def _why_left(one: Value) -> str:
    from goldthread.readers.code_matching import matcher

    return matcher(one.field).think(one.written).why_not


def codes(name: str) -> list[tuple[str, str]]:
    """The codes of a list, each with what it means."""
    from goldthread.readers.code_matching import LISTS

    return [(one.code, f"{one.code}: {one.label}") for one in LISTS[name].codes]


def title(name: str) -> str:
    """A code list by its words."""
    return name.replace("_", " ").capitalize()
