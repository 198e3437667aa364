"""An inspection with a submission that was read, a draw and people to review it, for the tests of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import polars as pl
from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import actions
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Case, CaseReview, Draw
from goldthread.apps.submissions import holdings, sealing
from goldthread.apps.submissions.models import InspectionKey, Submission
from goldthread.domain import instruments
from goldthread.kernel.tables import TABLES
from tests.submissions_story import Story as Submitted
from tests.submissions_story import story as submitted

AS_AT = date(2026, 9, 30)
INSTRUMENT = "case-review-short-1"
SECRET = "Q-SECRET-OF-A-CHILD"
"""Written into answers; it must never reach the journal or the shelf."""
REAL_ID = "WX-REAL-4711"


@dataclass
class Story(Submitted):
    """An inspection with a submission under pseudonyms."""

    submission: Submission | None = None

    def draw(self, *, by: str = "lead", **more: Any) -> Draw:
        """A draw of twelve from the sixty open cases."""
        words: dict[str, Any] = {
            "purpose": "Files to review", "population": "open-cases", "strata_by": ("service",), "size": 12,
            "seed": "wexcombe", "instrument": INSTRUMENT, "client_key": uuid4(), "submission": self.submission, **more,
        }  # fmt: skip
        return actions.make_draw(inspection=self.inspection, by=self[by], **words)

    def case(self, draw: Draw | None = None, *, to: str = "inspector") -> Case:
        """The first case of a draw, given to somebody."""
        case = (draw or self.draw()).cases.order_by("number")[0]
        return actions.allocate(cases=[case], to=self.person(to), by=self["lead"])[0]

    def review(self, case: Case | None = None, *, by: str = "inspector") -> CaseReview:
        """A review that was begun."""
        return actions.start_review(case=case or self.case(to=by), by=self[by])

    def answered(self, review: CaseReview | None = None, **changed: Typed) -> CaseReview:
        """A review with every answer given."""
        review = review or self.review()
        given = {**full_answers(), **{name.replace("_", "-"): typed for name, typed in changed.items()}}
        by = actor_of(self, review)
        return actions.save_answers(review=review, answers=given, by=by).review

    def signed(self, review: CaseReview | None = None, **changed: Typed) -> CaseReview:
        """A review that was signed off."""
        review = self.answered(review, **changed)
        return actions.sign_off(review=review, version=review.version, by=actor_of(self, review))


def actor_of(story: Story, review: CaseReview) -> Actor:
    """The reviewer of a review."""
    role = next(role for role, person in story.people.items() if person.pk == review.reviewer_id)
    return story[role]


def full_answers() -> dict[str, Typed]:
    """An answer to every question: practice good, the record partly kept, no urgent concern."""
    chosen = {"practice": "good", "record": "partly", "flag": "no"}
    instrument = instruments.load(INSTRUMENT)
    return {q.id: Typed(chosen[q.kind], "" if q.kind == "flag" else SECRET) for q in instrument.all_questions}


def story(framework: str = "sif-2013") -> Story:
    """A fresh inspection with a submission handed over."""
    made = Story(submitted(framework).inspection)
    made.submission = submission(made)
    return made


def submission(story: Submitted, *, children: int = 60, **more: Any) -> Submission:
    """A submission as the worker leaves it: thirty in need, twenty on a plan, the rest in care; two left out."""
    InspectionKey.objects.get_or_create(
        inspection=story.inspection,
        defaults={"wrapped": sealing.wrap(sealing.new_key(), inspection=story.inspection.pk)},
    )
    row = Submission.objects.create(
        form="annex_a",
        inspection=story.inspection, side="authority", label="lists.xlsx", sha256="ab" * 32, size=1,
        created_by=story.person("uploader"),
    )  # fmt: skip
    held = tables(children)
    vault = pl.DataFrame(
        [(name, "id", f"{REAL_ID}-{name}") for name in held["children_in_need"]["child"]],
        schema=["pseudonym", "column", "value"],
        orient="row",
    )
    row.store_key = holdings.keep_frames(row, "tables", held)
    row.vault_key = holdings.keep_frames(row, "vault", {"vault": vault})
    now = timezone.now()
    for name, value in {
        "status": "read", "hand_over": "submitted", "as_at": AS_AT, "released_at": now, "handed_over_at": now, **more,
    }.items():  # fmt: skip
        setattr(row, name, value)
    row.save()
    return row


def tables(children: int = 60) -> dict[str, pl.DataFrame]:
    """Three lists: everybody in need, some on a plan, some in care; one care case is of short breaks, one has ended."""
    everyone = [f"C-{number:07d}" for number in range(1, children + 1)]
    plan, care = everyone[30:50], everyone[50:]
    common = {"gender": "F", "ethnicity": "WBRI", "age": 9, "team": "North", "worker": "Worker One"}
    started = {"started_on": date(2026, 2, 3)}
    status = {**dict.fromkeys(everyone, "NEED"), **dict.fromkeys(plan, "PLAN"), **dict.fromkeys(care, "CARE")}
    ended = {"closed_on": date(2026, 5, 1)}
    need = [{"child": c, **common, **started, "status": status[c]} for c in everyone]
    need.append({"child": "C-9999998", **common, **started, **ended, "status": "CLOSED"})
    looked_after = [{"child": c, **common, **started, "legal_status": "C2"} for c in care]
    looked_after.append({"child": "C-9999999", **common, **started, "legal_status": "V4"})
    return {
        "children_in_need": frame("children_in_need", need),
        "protection_plans": frame("protection_plans", [{"child": c, **common, **started} for c in plan]),
        "children_in_care": frame("children_in_care", looked_after),
    }


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A canonical frame with those rows, the rest of each empty."""
    numbered: list[Mapping[str, Any]] = [{"row": number, **row} for number, row in enumerate(rows, 2)]
    return pl.DataFrame(numbered, schema=TABLES[name].schema())
