"""An inspection with people on both sides of the wall and small workbooks, for the tests of submissions."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import xlsxwriter
from django.utils import timezone

from goldthread.apps.access import terms
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.submissions import actions, worker
from goldthread.apps.submissions.models import Submission

AS_AT = date(2026, 9, 30)
CHILD, OTHER_CHILD, LEAVER = "ZQCANARY-01", "ZQCANARY-02", "ZQCANARY-03"
POSTCODE, URN = "ZQ9 7XW", "SC9876501"
CANARIES = ("ZQCANARY", "ZQ9", "SC9876501", "1911-02-03", "03/02/1911")
"""Nothing that holds one of these may leave the vault."""


class Held:
    """An upload as `web.uploads` hands it on."""

    def __init__(self, data: bytes, *, too_large: bool = False) -> None:
        self.file = os.fdopen(os.memfd_create("test"), "w+b")
        self.file.write(data)
        self.file.flush()
        self.size, self.too_large = len(data), too_large

    def memory_path(self) -> str:
        """Where the bytes can be read."""
        return f"/proc/{os.getpid()}/fd/{self.file.fileno()}"

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


@dataclass
class Story:
    """An inspection and the people in it, made as they are asked for."""

    inspection: Inspection
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """Somebody with a role here; "uploader-2" is a second uploader."""
        if role not in self.people:
            address = f"{role}-{uuid4().hex[:8]}@example.org"
            who = Person.objects.create_user(address, f"Robin {role}", terms_accepted=terms.VERSION)
            began = timezone.now() - timedelta(days=1)
            Membership.objects.create(
                inspection=self.inspection, person=who, role=role.removesuffix("-2"), valid_from=began
            )
            self.people[role] = who
        return self.people[role]

    def __getitem__(self, role: str) -> Actor:
        return actor_for(self.person(role), second_factor=True)

    def send(self, data: bytes | None = None, *, by: str = "uploader", **more: Any) -> Submission:
        """Hand a workbook in, or whatever `upload` holds."""
        words = {"label": "lists.xlsx", "client_key": uuid4(), "as_at": AS_AT, **more}
        words = {"label": "lists.xlsx", "client_key": uuid4(), "as_at": AS_AT, **more}
        if "upload" in words:
            return actions.receive(inspection=self.inspection, by=self[by], **words)
        with Held(canaries() if data is None else data) as upload:
            return actions.receive(inspection=self.inspection, upload=upload, by=self[by], **words)

    def read(self, data: bytes | None = None, *, by: str = "uploader", **more: Any) -> Submission:
        """Hand a workbook in and have it read."""
        submission = self.send(data, by=by, **more)
        worker.read_all()
        return Submission.objects.select_related("inspection").get(pk=submission.pk)

    def handed_over(self, data: bytes | None = None, **more: Any) -> Submission:
        """Hand in, read and hand over to the team."""
        row = self.read(data, **more)
        return actions.hand_over(submission=row, version=row.version, by=self["nominated-officer"])


def story(framework: str = "sif-2013", title: str = "Wexcombe") -> Story:
    """A fresh inspection."""
    return Story(
        Inspection.objects.create(
            title=title, authority=title, framework=framework, call_day=date(2026, 11, 2),
            fieldwork_from=date(2026, 11, 3), fieldwork_to=date(2026, 11, 26), synthetic=True,
        )
    )  # fmt: skip


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook with those rows in those sheets, dates as dates."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return held.getvalue()


ASSESSMENT = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Does the Child have a Disability", "Continuous Assessment Start Date",
    "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
    "Was the child assessed as requiring LA children’s social care support", "Allocated Team", "Allocated Worker",
]  # fmt: skip


def assessments(count: int = 12, *, late: int = 3, child: str = "A", start: int = 1) -> bytes:
    """A workbook of one list: assessments, some of them late."""
    rows: list[list[Any]] = [ASSESSMENT]
    for number in range(start, start + count):
        ended = date(2026, 8, 28) if number - start < late else date(2026, 5, 20)
        rows.append(
            [
                f"{child}{number}", "F", "WBRI", date(2015, 1, number % 27 + 1), 11, "N", date(2026, 5, 5), "Y",
                ended, "Y", "Duty", "Worker One",
            ]
        )  # fmt: skip
    return workbook({"List 4": rows})


@cache
def canaries() -> bytes:
    """A workbook whose identities are unmistakable, one of them in a place that is not understood."""
    from goldthread.kernel.tables import TABLES

    care = TABLES["children_in_care"]
    heads = [column.says for column in care.columns]
    given = {
        "child": CHILD, "gender": "M", "ethnicity": "WBRI", "born_on": date(1911, 2, 3), "age": 15,
        "unaccompanied": "N", "disability": "N", "started_on": date(2025, 1, 6), "need": "N1", "second_period": "N",
        "legal_status_on": date(2025, 1, 6), "legal_status": "C2", "placements_in_year": 4,
        "placement_on": date(2025, 1, 6), "placement_type": "U4", "provider": "PR1", "postcode": POSTCODE,
        "urn": URN, "in_or_out": "In", "placement_authority": "Wexcombe", "missing_in_year": 0, "absent_in_year": 0,
        "team": "Care one", "worker": "Worker One",
    }  # fmt: skip
    first = [given.get(column.name, "") for column in care.columns]
    unclear = {**given, "child": OTHER_CHILD, "born_on": "ZQCANARY is unsure", "gender": "Purple"}
    second = [unclear.get(column.name, "") for column in care.columns]
    leaving = [[column.says for column in TABLES["contacts"].columns]]
    leaving += [[CHILD, "M", "WBRI", date(1911, 2, 3), 15, date(2026, 9, 1), "1A"]]
    leaving += [[LEAVER, "F", "WBRI", date(2012, 2, 3), 14, date(2026, 9, 2), "1A"]]
    return workbook({"List 8": [heads, first, second], "List 1": leaving})


def data_folder() -> Path:
    """Where the tests' sealed files lie."""
    from django.conf import settings

    return Path(settings.DATA)
