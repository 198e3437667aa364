"""Named facts of one child's record, as the lists of a submission hold them, so that no reviewer types them again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from goldthread.domain.instrument_words import FACTS
from goldthread.kernel.tables import TABLES


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is called, what the list says, and where."""

    name: str
    says: str
    value: str | date | int
    source: str


Place = tuple[str, str, str | None]
"""A table, its column, and the column by which its latest row is told, None where a child stands there once."""

_CARE, _PLAN, _LEFT, _NEED = "children_in_care", "protection_plans", "care_leavers", "children_in_need"
_EVERYWHERE = ((_CARE, None), (_PLAN, None), (_LEFT, None), (_NEED, None), ("adoptions", "decided_on"),
               ("section_47", "strategy_on"), ("assessments", "started_on"), ("referrals", "referred_on"),
               ("early_help", "started_on"), ("contacts", "contacted_on"))  # fmt: skip


def _anywhere(column: str) -> tuple[Place, ...]:
    """A column that most lists have, from the first that names the child."""
    return tuple((name, column, by) for name, by in _EVERYWHERE if column in {c.name for c in TABLES[name].columns})


def _one(table: str, column: str, by: str | None = None) -> tuple[Place, ...]:
    return ((table, column, by),)


PLACES: Mapping[str, tuple[Place, ...]] = {
    "age": _anywhere("age"),
    "ethnicity": _anywhere("ethnicity"),
    "disability": _anywhere("disability"),
    "team": _anywhere("team"),
    "contact-day": _one("contacts", "contacted_on", "contacted_on"),
    "contact-source": _one("contacts", "source", "contacted_on"),
    "early-help-day": _one("early_help", "started_on", "started_on"),
    "referral-day": _one("referrals", "referred_on", "referred_on"),
    "referral-source": _one("referrals", "source", "referred_on"),
    "referral-no-action": _one("referrals", "no_further_action", "referred_on"),
    "referrals-in-year": _one("referrals", "referrals_in_year", "referred_on"),
    "assessment-began": _one("assessments", "started_on", "started_on"),
    "assessment-authorised": _one("assessments", "authorised_on", "started_on"),
    "child-seen-in-assessment": _one("assessments", "child_seen", "started_on"),
    "strategy-day": _one("section_47", "strategy_on", "strategy_on"),
    "enquiries-in-year": _one("section_47", "enquiries_in_year", "strategy_on"),
    "conference-day": _one("section_47", "conference_on", "strategy_on"),
    "conference-led-to-plan": _one("section_47", "led_to_plan", "strategy_on"),
    "need-began": _one(_NEED, "started_on"),
    "primary-need": _one(_NEED, "need"),
    "last-seen": _one(_NEED, "last_seen_on"),
    "plan-began": _one(_PLAN, "started_on"),
    "plan-category": _one(_PLAN, "latest_category"),
    "plan-visit": _one(_PLAN, "last_visit_on"),
    "plan-seen-alone": _one(_PLAN, "seen_alone"),
    "plan-review": _one(_PLAN, "latest_review_on"),
    "previous-plans": _one(_PLAN, "previous_plans"),
    "care-began": _one(_CARE, "started_on"),
    "legal-status": _one(_CARE, "legal_status"),
    "care-review": _one(_CARE, "latest_review_on"),
    "care-visit": _one(_CARE, "last_visit_on"),
    "reviewing-officer": _one(_CARE, "iro_contact_on"),
    "permanence-plan": _one(_CARE, "permanence_plan"),
    "health-day": _one(_CARE, "health_on"),
    "dental-day": _one(_CARE, "dental_on"),
    "placements-in-year": _one(_CARE, "placements_in_year"),
    "placement-began": _one(_CARE, "placement_on"),
    "placement-type": _one(_CARE, "placement_type"),
    "missing-in-year": _one(_CARE, "missing_in_year"),
    "return-interview": _one(_CARE, "interview_offered"),
    "eligibility": _one(_LEFT, "eligibility"),
    "pathway-plan": _one(_LEFT, "pathway_plan_on"),
    "in-touch": _one(_LEFT, "in_touch"),
    "contacted": _one(_LEFT, "contacted_on"),
    "accommodation": _one(_LEFT, "accommodation"),
    "suitability": _one(_LEFT, "suitability"),
    "activity": _one(_LEFT, "activity"),
    "adoption-decision": _one("adoptions", "decided_on", "decided_on"),
    "placement-order": _one("adoptions", "placement_order_on", "decided_on"),
    "matched": _one("adoptions", "matched_on", "decided_on"),
    "placed": _one("adoptions", "placed_on", "decided_on"),
    "adopted": _one("adoptions", "adopted_on", "decided_on"),
}
"""Where each of the domain's named facts stands, the first list that tells it counting."""


def child_facts(tables: Mapping[str, pl.DataFrame], child: str, names: Iterable[str]) -> dict[str, Fact]:
    """The facts of those names about one child, as far as the lists hold them; of several rows the latest tells."""
    rows: dict[tuple[str, str | None], dict[str, Any] | None] = {}
    found: dict[str, Fact] = {}
    for name in names:
        for table, column, by in PLACES[name]:
            if (table, by) not in rows:
                rows[table, by] = _latest(tables, table, child, by)
            row = rows[table, by]
            if row is not None and row.get(column) not in (None, ""):
                found[name] = Fact(name, FACTS[name], _words(table, column, row[column]), _source(table, row["row"]))
                break
    return found


def _latest(tables: Mapping[str, pl.DataFrame], table: str, child: str, by: str | None) -> dict[str, Any] | None:
    frame = tables.get(table)
    if frame is None or "child" not in frame.columns:
        return None
    rows = frame.filter(pl.col("child") == child).sort(by or "row", "row", nulls_last=False)
    return rows.row(rows.height - 1, named=True) if rows.height else None


def _words(table: str, column: str, value: Any) -> str | date | int:
    codes = TABLES[table].column(column).codes
    return codes.label(value) if codes is not None and isinstance(value, str) else value


def _source(table: str, row: int) -> str:
    return f"List {TABLES[table].number}, row {row}"
