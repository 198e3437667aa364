"""What stands on the record of a judgement, in words: dissent, departures from rules, and earlier states."""

from datetime import date
from typing import Any

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.findings import queries
from goldthread.domain.framework import OVERALL, Framework
from goldthread.domain.lifecycle import Challenge, Departure
from goldthread.web.pages.evidence import may
from goldthread.web.presenters import areas, ground

DEPARTURES = {
    Departure.WAITING: "Not approved yet: the quality-assurance manager decides whether the judgement may go against "
    "the rule.",
    Departure.APPROVED: "Approved",
    Departure.DECLINED: "Declined",
}


def record(framework: Framework, standing: Any, actor: Actor) -> dict[str, Any]:
    """What an area's page shows of the record of its judgement; empty while there is none."""
    held = standing.judgement
    if held is None:
        return {}
    return {
        "dissents": dissents(framework, held),
        "dissent_id": actor.id,
        "may_dissent": may(actor, Permission.JUDGEMENT_PROPOSE, held)
        and not any(one["row"].standing and str(one["row"].by_id) == actor.id for one in dissents(framework, held)),
        "departure": departure(framework, standing),
        "may_settle": may(actor, Permission.JUDGEMENT_ASSURE, held) and bool(against(standing)) and not held.decided_at,
        "challenges": challenges(held, actor),
        "may_challenge": may(actor, Permission.JUDGEMENT_ASSURE, held) and not held.decided_at,
        "challenge_waits": may(actor, Permission.JUDGEMENT_ASSURE, held) and bool(held.decided_at),
        "discussions": [
            {"row": one, "of": framework.grade(one.of_grade).title} for one in queries.discussions_of(held)
        ],
        "states": [{"row": one, "grade": framework.grade(one.content["grade"]).title}
                   for one in queries.states_of(held)],
    }  # fmt: skip


def disputes(inspection: Any, actor: Actor) -> list[str]:
    """Challenges that are not closed and dissents that stand, a line for each judgement: how many, and never what they
    say. Of judgements that the actor may not see, nothing."""
    names = areas.titles(inspection)
    return [
        f"{names[one.judgement.area]}: " + ", ".join(
            _many(count, *words) for count, words in (
                (len(one.open), ("challenge waits", "challenges wait", " for an answer")),
                (one.answered, ("challenge is", "challenges are", " answered and not closed")),
                (one.dissents, ("dissent stands", "dissents stand", "")),
            ) if count
        )
        for one in queries.disputed(inspection, actor)
    ]  # fmt: skip


def _many(count: int, one: str, several: str, rest: str) -> str:
    return f"{count} {one if count == 1 else several}{rest}"


def worries(inspection: Any, actor: Actor) -> str:
    """How many urgent concerns were raised in the inspection that the actor may see; empty where there is none."""
    raised = cases.concerns(actor).filter(inspection=inspection).count()
    if not raised:
        return ""
    waiting = len(cases.open_concerns(actor, inspection))
    return f"Urgent concerns about a child in this inspection: {raised}, of which {waiting} not answered yet."


def against(standing: Any) -> list[Any]:
    """The rules that normally hold and that the judgement goes against, as the others stand."""
    held = standing.judgement
    return [
        one for one in standing.bites if one.strength != "always" and held.grade and held.grade not in one.leaves
    ]  # fmt: skip


def departure(framework: Framework, standing: Any) -> dict[str, Any]:
    """Whether the judgement may go against the rules that it goes against; empty where it goes against none."""
    held, rules = standing.judgement, against(standing)
    if not rules:
        return {}
    # Approval is of the rules that stood then; where another bites since, it has to be given anew.
    stale = not {one.rule_id for one in rules} <= set(held.departs_from)
    state = Departure.WAITING if stale or held.departure == Departure.NOT_NEEDED else Departure(held.departure)
    return {
        "state": state, "says": DEPARTURES[state], "settled": state != Departure.WAITING,
        "rules": [ground.bite_words(framework, one) for one in rules],
    }  # fmt: skip


def challenges(held: Any, actor: Actor) -> list[dict[str, Any]]:
    """Every challenge to a judgement, those that wait first, with what the actor may do of each."""
    leads = may(actor, Permission.JUDGEMENT_AGREE, held)
    answers = may(actor, Permission.JUDGEMENT_PROPOSE, held) and (leads or actor.id in held.proposers)
    closes = may(actor, Permission.JUDGEMENT_ASSURE, held)
    return [
        {
            "row": one,
            "may_answer": answers and one.status == Challenge.OPEN and str(one.raised_by_id) != actor.id,
            "may_close": closes and one.status != Challenge.CLOSED,
        }
        for one in queries.challenges_of(held)
    ]


def dissents(framework: Framework, held: Any) -> list[dict[str, Any]]:
    """Every dissent from a judgement with the grades in words, those that stand first."""
    return [
        {"row": one, "grade": framework.grade(one.grade).title, "of": framework.grade(one.of_grade).title}
        for one in queries.dissents_of(held)
    ]  # fmt: skip


def state(framework: Framework, row: Any) -> dict[str, Any]:
    """A judgement as it was agreed once, with every grade and kind in words."""
    told, names = row.content, {one.slug: one.short for one in framework.areas}
    kinds = dict(queries.choices()["kind"])
    return {
        "grade": framework.grade(told["grade"]).title,
        "rules": [{**one, "leaves": areas.grade_titles(framework, tuple(one["leaves"]))} for one in told["rules"]],
        "findings": [{**one, "kind": kinds.get(one["kind"], one["kind"])} for one in told["findings"]],
        "judgements": [
            {**one, "area": names.get(one["area"], one["area"]), "grade": framework.grade(one["grade"]).title}
            for one in told["judgements"] if one["grade"]
        ],
        "dissent": [
            {**one, "grade": framework.grade(one["grade"]).title, "of_grade": framework.grade(one["of_grade"]).title}
            for one in told["dissent"]
        ],
        # States that were kept before challenges and meetings were part of them have none.
        "challenges": told.get("challenges"),
        "meetings": [
            {**one, "day": date.fromisoformat(one["day"]), "of_grade": framework.grade(one["of_grade"]).title}
            for one in told["meetings"]
        ] if "meetings" in told else None,
        "is_overall": told["area"] == OVERALL,
    }  # fmt: skip


def consistency(framework: Framework, standing: Any, found: Any) -> dict[str, Any]:
    """Judgements of other inspections with a similar profile, and published precedent, with another outcome: in words.

    Empty where neither is known.
    """
    grade = framework.grade(found.grade).title if found.grade else ""
    said = []
    if found.alike:
        given = [
            f"{framework.grade(slug).title.lower()} in {count}" for slug, count in _in_order(framework, found.counts)
        ]
        said.append(f"Of {len(found.alike)} judged alike, the grade was {' and '.join(given)}.")
        said.append(_held_to(grade, len(found.otherwise), len(found.alike)))
    past = standing.precedent
    if past and past.total and grade:
        other = past.total - past.counts.get(found.grade, 0)
        said.append(f"Of {past.total} published with the same grades before, {other} had another outcome than "
                    f"{grade.lower()}.")  # fmt: skip
    return {
        "said": [one for one in said if one],
        "otherwise": [
            {"row": one, "grade": framework.grade(one.grade).title, "in_what": _in_what(one, standing.kinds)}
            for one in found.otherwise
        ],
    }  # fmt: skip


def _in_order(framework: Framework, counts: Any) -> list[tuple[str, int]]:
    return [(one.slug, counts[one.slug]) for one in framework.grades if counts[one.slug]]


def _held_to(grade: str, other: int, whole: int) -> str:
    if not grade:
        return "No grade is proposed here yet."
    if not other:
        return f"None had another outcome than {grade.lower()}, which is proposed or agreed here."
    return f"{other} of {whole} had another outcome than {grade.lower()}, which is proposed or agreed here."


def _in_what(one: Any, mine: Any) -> str:
    kinds = [(title.lower(), one.kinds[kind], mine[kind]) for kind, title in queries.choices()["kind"]]
    told = [f"{title} {theirs} there, {here} here" for title, theirs, here in kinds if theirs or here]
    said = []
    if one.by_kinds:
        said.append(f"similar numbers of findings ({'; '.join(told)})")
    if one.by_rules:
        said.append("the same limiting rules")
    if one.by_grades:
        said.append("the same grades of every area")
    return " and ".join(said)
