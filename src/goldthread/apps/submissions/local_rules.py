"""Rules that an authority made for itself: the versions of them, which is in force, and what they find in a return.

A file is data: it is parsed by `kernel.local_rules` and never run. What it finds is kept apart from everything else
that is found, and belongs to the side that made the rules: it does not cross the wall with the return.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of, visible
from goldthread.apps.submissions import measuring, reading_frames, sealing
from goldthread.apps.submissions.models import LocalRules, Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    import polars as pl

    from goldthread.apps.submissions.measuring import Handed
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.rule import Rule

OF_FORMS = ("ssda903", "cin")
"""The forms that local rules are made for."""

WITHOUT_YEAR = "The year of the return cannot be told."


def visible_to(actor: Actor) -> QuerySet[LocalRules]:
    """The versions that an actor may see, the latest first: those of their side, or their own alone."""
    rows = LocalRules.objects.select_related("inspection", "created_by")
    return visible(rows, actor, Permission.SUBMISSION_UPLOAD).order_by("-number")


def get(actor: Actor, inspection: UUID, local_rules: UUID) -> LocalRules:
    """One version. Raises LocalRules.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=local_rules)


def versions(actor: Actor, inspection: Inspection) -> QuerySet[LocalRules]:
    """The versions of an inspection that an actor may see, the latest first."""
    return visible_to(actor).filter(inspection=inspection)


def from_elsewhere(actor: Actor, inspection: Inspection, side: str) -> QuerySet[LocalRules]:
    """The versions of the same side in other inspections of the same authority that an actor may carry here.

    Those who upload data in both alone: a version leads nowhere that its reader could not go.
    """
    rows = visible_to(actor).filter(side=side, inspection__authority__iexact=inspection.authority)
    return rows.exclude(inspection=inspection).exclude(status=lifecycle.LocalRules.WITHDRAWN).order_by("-created_at")


def in_force(inspection: Inspection, side: str) -> LocalRules | None:
    """The version that what one side hands in is checked with from now on; None where there is none."""
    rows = LocalRules.objects.filter(inspection=inspection, side=side, status=lifecycle.LocalRules.IN_FORCE)
    return rows.select_related("inspection").first()


def may_see(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may see what local rules found: those of the side that handed it in."""
    return actor.programme or Side(submission.side) in sides_of(submission.inspection, actor)


def called(inspection: Inspection, side: str) -> str:
    """What the rules are called: after the authority, or the team where it made rules for what it hands in."""
    return f"Local rules of {inspection.authority if side == Side.AUTHORITY else 'the inspection team'}"


def text_of(row: LocalRules) -> str:
    """The file as it came. Raises CannotUnseal."""
    return sealing.unseal(row.inspection, bytes(row.sealed), purpose=row.purpose).decode()


def parsed(text: str, name: str) -> tuple[Rule, ...]:
    """The rules of a file. Raises kernel Refused, naming the rule, its line and how to mend it."""
    from goldthread.kernel.catalogue import codes
    from goldthread.kernel.local_rules import local_rules

    return local_rules(text, name, frozenset(code.casefold() for code in codes()))


@dataclass(frozen=True, slots=True)
class Declared:
    """A local rule as a page shows it. `since` and `until` are collection years; None where it has no such end."""

    code: str
    says: str
    mend: str
    severity: str
    form: str
    table: str
    since: int | None
    until: int | None
    fails: str
    form_name: str


def declared(row: LocalRules) -> list[Declared]:
    """The rules of a version, in the order of the file, each with its expression as it was written."""
    from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS

    text = text_of(row)
    written = tomllib.loads(text)["rule"]
    return [
        Declared(
            rule.code, rule.says, rule.mend, str(rule.severity), FORMS[one["form"]].title,
            TABLES_OF_ALL_FORMS[rule.table].title, rule.since, rule.until, one["fails"],
            one["form"],
        )
        for rule, one in zip(parsed(text, row.name), written, strict=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LocalFound:
    """What local rules found in a return: the issues, how each is mended, its mark, and what is told of it all."""

    issues: pl.DataFrame
    mends: Mapping[str, str]
    marks: Mapping[str, str]
    told: dict[str, Any]


def run(submission: Submission, handed: Handed, as_at: date) -> LocalFound | None:
    """Check a return with the version in force; None where there is none, or they are not made for its form."""
    held = in_force(submission.inspection, submission.side)
    return None if held is None else find(held, handed, as_at)


def find(held: LocalRules, handed: Handed, as_at: date) -> LocalFound | None:
    """What one version finds in a return; None where local rules are not made for its form."""
    from goldthread.kernel.checked import count
    from goldthread.kernel.rule import in_force as of_year
    from goldthread.kernel.statutory import Beside, check_statutory

    reading = handed.reading
    if reading.form not in OF_FORMS:
        return None
    text = text_of(held)
    of_form = [rule for rule in parsed(text, held.name) if rule.form == reading.form]
    asked = [rule for rule in of_form if reading.year is not None and of_year(rule, reading.year)]
    found = check_statutory(reading, asked, as_at, measuring.beside_of(handed) or Beside(), as_text=True)
    marks = _marks(text)
    stopped = found.stopped if reading.year is not None else [(rule.code, WITHOUT_YEAR) for rule in of_form]
    counted = reading_frames.counts(found.issues, count(found.issues), list(stopped))
    told = counted | {
        "version": held.number, "rules_id": str(held.pk), "ran": {code: marks[code] for code in found.ran},
    }  # fmt: skip
    return LocalFound(found.issues, {rule.code: rule.mend for rule in asked}, marks, told)


def _marks(text: str) -> dict[str, str]:
    """For each code a hash of its declaration: a rule that is declared otherwise under the same code is another."""
    rules = tomllib.loads(text)["rule"]
    return {
        one["code"]: hashlib.sha256(json.dumps(one, sort_keys=True, default=str).encode()).hexdigest()[:16]
        for one in rules
    }


def issue_rows(
    submission: Submission, found: LocalFound, reading: Reading, tables: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """The issues as they are kept. The hash of the cells holds the rule's declaration too, so that an acceptance of
    what a rule asked before has no hold on what it asks now."""
    import polars as pl

    key = sealing.key_of(submission.inspection)
    rows = reading_frames.issue_rows(found.issues, reading, tables, key)
    cells = [
        None if held is None else sealing.hashed(key, "cells", f"{found.marks[code]}\0{held}")
        for code, held in rows.select("rule", "cells").iter_rows()
    ]
    mends = pl.col("rule").replace_strict(dict(found.mends), default=None, return_dtype=pl.String).alias("mend")
    return rows.with_columns(mends, pl.Series("cells", cells, dtype=pl.String))
