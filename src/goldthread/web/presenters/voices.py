"""Conversations, observations and promises as pages and files show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.conversations import queries
from goldthread.apps.inspections import queries as inspections
from goldthread.domain import guides
from goldthread.domain.hearing import ADULTS, AGES, AGREED, GROUPS, HOW, TIERS, Tier
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters import areas as framework_areas
from goldthread.web.presenters.task import Task, address


@dataclass(frozen=True, slots=True)
class GuideIn:
    """A guide as it is asked within an inspection."""

    inspection: Any
    guide: guides.Guide

    def target(self) -> Target:
        """The inspection: guides are nobody's secret within it."""
        found: Target = self.inspection.target()
        return found


def guide_in(actor: Actor, inspection: UUID, guide: str) -> GuideIn:
    """A guide under an inspection's framework. Raises ObjectDoesNotExist where there is none of that name."""
    found = inspections.get(actor, inspection)
    if guide not in guides.slugs():
        raise ObjectDoesNotExist(guide)
    return GuideIn(found, guides.of_framework(guide, found.framework))


def counts(found: queries.Coverage, shorts: dict[str, str]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Who was heard, by each way of counting them that has anybody; groups and ages are told with their noughts."""
    tables = [
        ("By group", [(GROUPS[slug], count) for slug, count in found.groups]),
        ("By age", [(AGES[slug], count) for slug, count in found.ages]),
        ("By team", list(found.teams)),
        ("By area", [(shorts.get(slug, slug), count) for slug, count in found.areas]),
    ]
    return [(title, rows) for title, rows in tables if rows]


def terms(conversation: Any) -> list[tuple[str, str]]:
    """On which terms somebody spoke, in words; nothing before consent is recorded."""
    if not conversation.tier:
        return []
    return [
        ("Terms", f"“{TIERS[Tier(conversation.tier)]}”"), ("Trusted adult", ADULTS[conversation.adult]),
        ("Agreed", AGREED[conversation.agreed]),
    ]  # fmt: skip


def _about(inspection: Any, by: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Inspection", inspection.title), ("Taken out by", by), ("At", f"{timezone.localtime():%d/%m/%Y %H:%M}"),
        ("Who may read it", "The inspecting team"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip


def coverage_table(inspection: Any, found: queries.Coverage, *, by: str) -> Table:
    """Every target with who was heard; then everybody who was heard, by each way of counting."""
    shorts = framework_areas.shorts(inspection)
    rows: list[tuple[Cell, ...]] = [
        ("Target", row.target.whom, shorts.get(row.target.area, ""), row.target.wanted, row.heard, row.to_come,
         row.missing)
        for row in found.rows
    ]  # fmt: skip
    rows += [
        (title, name, "", None, count, None, None) for title, held in counts(found, shorts) for name, count in held
    ]
    columns = ("What", "Whom", "Area", "To hear", "Heard", "Still planned", "Missing")
    return Table("Whom to hear", columns, rows, _about(inspection, by))


def conversations_table(inspection: Any, held: Iterable[Any], *, by: str) -> Table:
    """A list of conversations. Of what was said it holds what stands on the shelf, and no note."""
    shorts = framework_areas.shorts(inspection)
    rows: list[tuple[Cell, ...]] = []
    for one in held:
        on_shelf = [p.evidence_item for p in one.passages.all() if p.evidence_item.current]
        rows.append((
            one.mark, one.day, GROUPS[one.group], AGES.get(one.age, ""), one.team,
            ", ".join(shorts.get(slug, slug) for slug in one.areas), one.people, HOW[one.how], one.holder.name,
            queries.STATES[one.status], TIERS[Tier(one.tier)] if one.tier else "", one.withdraw_until,
            "\n".join(f"{item.mark} {item.summary}" for item in on_shelf),
        ))  # fmt: skip
    columns = (
        "Conversation", "Day", "Whom", "Age", "Team", "Areas", "People", "How", "Who listened", "State", "Terms",
        "May be taken back until", "On the shelf",
    )  # fmt: skip
    return Table("Conversations", columns, rows, _about(inspection, by))


def observations_table(inspection: Any, held: Iterable[Any], *, by: str) -> Table:
    """A list of observations with what the shelf says of each."""
    shorts = framework_areas.shorts(inspection)
    rows: list[tuple[Cell, ...]] = [
        (one.mark, one.day, one.what, one.team, ", ".join(shorts.get(slug, slug) for slug in one.areas),
         one.created_by.name if one.created_by else "", queries.OBSERVATION_STATES[one.status],
         queries.said_of(one).get("gist", ""), one.evidence_item.mark if one.evidence_item else "")
        for one in held
    ]  # fmt: skip
    columns = ("Observation", "Day", "What", "Team or panel", "Areas", "By", "State", "What the shelf says", "Item")
    return Table("Observations", columns, rows, _about(inspection, by))


def promises_table(inspection: Any, held: Iterable[Any], *, by: str) -> Table:
    """Every promise: what, by whom, by when, and what became of it."""
    today = timezone.localdate()
    rows: list[tuple[Cell, ...]] = [
        (one.meeting.name, one.meeting.day, queries.said_of(one)["says"], one.by_whom, one.due,
         "Overdue" if one.late(today) else queries.PROMISE_STATES[one.status], queries.outcome_of(one))
        for one in held
    ]  # fmt: skip
    columns = ("Meeting", "Day", "What was promised", "By whom", "By", "State", "What happened")
    return Table("Promises", columns, rows, _about(inspection, by))


def promise_rows(held: Iterable[Any]) -> list[dict[str, Any]]:
    """Promises, opened, with whether each is overdue."""
    today = timezone.localdate()
    return [
        {"promise": one, "says": queries.said_of(one)["says"], "outcome": queries.outcome_of(one),
         "late": one.late(today), "state": queries.PROMISE_STATES[one.status]}
        for one in held
    ]  # fmt: skip


def voiced(actor: Actor, inspection: UUID, voiced: UUID) -> Any:
    """A concern of a conversation, by the name that it has in an address. Raises ObjectDoesNotExist."""
    return queries.concern(actor, inspection, voiced)


def to_answer(actor: Actor, mine: list[Any], inspection: Any = None) -> Iterator[Task]:
    """Urgent concerns that came up in conversations and nobody has answered, in one inspection or in all: due on the
    day they were raised."""
    for one in queries.open_concerns(actor, inspection):
        if queries.may(actor, Permission.CONCERN_ACKNOWLEDGE, one):
            says = f"Conversation {one.conversation.mark}, {one.inspection.title}"
            where = address("voiced_concern", one.inspection_id, one.pk)
            yield Task("Answer an urgent concern about a child", says, where, due=timezone.localdate(one.created_at))


def to_hold(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Conversations that are mine to hold or to finish, a task for each inspection."""
    held: dict[Any, list[Any]] = {}
    for one in queries.unfinished(actor):
        held.setdefault(one.inspection, []).append(one)
    for inspection, rows in held.items():
        where = address("conversations", inspection.pk) + "?whose=mine"
        says = "Hold conversations and finish their notes"
        yield Task(says, inspection.title, where, len(rows), min(one.day for one in rows))
