"""What a judgement rests on: rules, findings, criteria, measures, and what is missing."""

from collections.abc import Mapping
from typing import Any

from goldthread.apps.access.policy import Actor
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import queries
from goldthread.domain.framework import CHECK_NOTE, OVERALL, Framework
from goldthread.domain.grading import PastResults
from goldthread.domain.shares import TRUE_SHARES, Share, chance_of_reaching
from goldthread.web.presenters import areas, board, items

COUNTED = {
    "strength": ("strength", "strengths"),
    "good-practice": ("example of good practice", "examples of good practice"),
    "improve": ("area for improvement", "areas for improvement"),
    "priority": ("priority action", "priority actions"),
    "enquiry": ("line of enquiry", "lines of enquiry"),
}
"""What findings of a kind are called, one of them and several."""


def counted(kinds: Mapping[str, int]) -> str:
    """How many findings there are of which kind, in words; empty where there are none."""
    return ", ".join(f"{kinds[kind]} {one if kinds[kind] == 1 else many}"
                     for kind, (one, many) in COUNTED.items() if kinds.get(kind))  # fmt: skip


def table(inspection: Any, actor: Actor) -> list[dict[str, Any]]:
    """A row for each area: what was judged and what it rests on, in words."""
    held = {one.judgement.area: one for one in queries.disputed(inspection, actor)}
    return [
        {
            "standing": one,
            "disputed": held.get(one.slug),
            "agreed": counted(one.kinds),
            "drafts": sum(each.finding.status == "draft" for each in one.findings),
            "rules": one.bites,
        }
        for one in queries.area_standings(inspection, actor)
    ]  # fmt: skip


def whole(inspection: Any, actor: Actor) -> dict[str, Any]:
    """What the rules leave open overall, in words."""
    framework = areas.framework_of(inspection)
    return verdict_words(framework, queries.verdict(inspection, actor))


def verdict_words(framework: Framework, verdict: Any) -> dict[str, Any]:
    """A verdict as pages show it. `allowed` and `expected` are grades in words, never a proposal."""
    return {
        "overall": framework.overall,
        "allowed": areas.grade_titles(framework, verdict.allowed),
        "expected": areas.grade_titles(framework, verdict.expected),
        "narrower": verdict.expected != verdict.allowed,
        "precedents": [
            precedent_words(framework, one) for one in (verdict.precedent, *verdict.area_precedents) if one is not None
        ],
        "missing": [framework.area(slug).short for slug in verdict.missing],
        "bites": [bite_words(framework, one) for one in verdict.bites if one not in verdict.broken],
        "broken": [bite_words(framework, one) for one in verdict.broken],
        "shares": [_share_words(framework, area, share) for area, share in verdict.shares.items()],
    }


def _share_words(framework: Framework, area: str, share: Share) -> dict[str, Any]:
    """A share of cases beside the bar: the range that chance could explain, and how often luck alone reaches it."""
    least = framework.least_share(area)
    low, high = share.interval
    return {
        "about": framework.area(area).short,
        "told": share.told,
        "needed": share.needed(least),
        "reaches": share.reaches(least),
        "range": f"{low:.0%} to {high:.0%}",
        "chances": [(truly, f"{chance_of_reaching(share.of, least, truly / 100):.0%}") for truly in TRUE_SHARES],
    }


def precedent_words(framework: Framework, result: Any) -> dict[str, Any]:
    """What was judged before on the same profile, with the profile in words."""
    profile = [f"{framework.area(area).short} {framework.grade(grade).title.lower()}" for area, grade in result.profile]
    about = "Overall" if result.area is None else framework.area(result.area).short
    return {"result": result, "about": about, "profile": ", ".join(profile)}


def past_words(framework: Framework, past: PastResults) -> dict[str, Any]:
    """Published results that had the grades tried so far, profile by profile, with the grades in words."""
    given = [grade for grade in framework.grades if any(grade.slug in one.counts for one in past.profiles)]
    return {
        "past": past,
        "about": "Overall" if past.area is None else framework.area(past.area).short,
        "areas": [framework.area(area).short for area in past.areas],
        "given": [grade.title for grade in given],
        "rows": [
            {
                "grades": [framework.grade(grade).title for grade in one.profile],
                "counts": [one.counts.get(grade.slug, 0) for grade in given],
            }
            for one in past.profiles
        ],
        "counts": [past.counts.get(grade.slug, 0) for grade in given],
    }


def bite_words(framework: Framework, bite: Any) -> dict[str, Any]:
    """A rule that bites: its sentence, why it bites here, what it leaves, its source and what was observed."""
    return {
        "bite": bite,
        "about": "Overall" if bite.area is None else framework.area(bite.area).short,
        "always": bite.strength == "always",
        "leaves": areas.grade_titles(framework, bite.leaves),
        "note": "" if bite.checked else CHECK_NOTE,
    }


def rules(framework: Framework, standing: Any) -> dict[str, list[dict[str, Any]]]:
    """The rules that limit one judgement, those that always hold apart from those that normally do."""
    said = [bite_words(framework, one) for one in standing.bites]
    return {"always": [one for one in said if one["always"]], "normally": [one for one in said if not one["always"]]}


def turns(framework: Framework, found: Any) -> list[dict[str, Any]]:
    """Areas that, judged one step otherwise, would change what the rules leave open overall, in words."""
    return [
        {
            "area": framework.area(one.area).title, "slug": one.area, "was": framework.grade(one.was).title,
            "would_be": framework.grade(one.would_be).title,
            "allowed": areas.grade_titles(framework, one.allowed),
            "expected": areas.grade_titles(framework, one.expected) if one.expected != one.allowed else "",
        }
        for one in found
    ]  # fmt: skip


def falls(framework: Framework, standing: Any) -> list[dict[str, Any]]:
    """Agreed findings on which something of the area hangs alone, in words."""
    texts = {} if standing.slug == OVERALL else {one.id: one.text for one in framework.area(standing.slug).criteria}
    kinds = dict(queries.choices()["kind"])
    return [
        {
            "finding": one.finding, "kind": kinds[one.finding.kind],
            "last": kinds[fall.kind].lower() if fall.last_of_kind else "",
            "criteria": [texts.get(slug, slug) for slug in sorted(fall.criteria)],
            "evidence": [board.KIND_WORDS[kind][1] for kind in sorted(fall.evidence)],
        }
        for one, fall in queries.falls_of(standing)
    ]  # fmt: skip


def evidence_of(inspection: Any, actor: Actor, standing: Any) -> dict[str, Any]:
    """Findings by kind, criteria covered and not, measures with their intervals, and kinds of evidence absent."""
    if standing.slug == OVERALL:
        return {"findings": [], "covered": [], "uncovered": [], "measures": {}, "absent": [],
                "others": [one for one in table(inspection, actor) if one["standing"].slug != OVERALL]}  # fmt: skip
    lacks = queries.missing(inspection, actor)[standing.slug]
    by_criterion: dict[str, list[Any]] = {}
    for one in standing.findings:
        for criterion in one.finding.criteria:
            by_criterion.setdefault(criterion, []).append(one.finding)
    return {
        "findings": _by_kind(standing.findings),
        "covered": [{"text": one.text, "findings": by_criterion.get(one.id, [])} for one in lacks.criteria_covered],
        "uncovered": [one.text for one in lacks.criteria_without],
        "absent": [board.KIND_WORDS[kind][1] for kind in lacks.kinds_absent],
        "measures": _measures(inspection, actor, standing),
        "others": [],
    }


def _by_kind(found: Any) -> list[dict[str, Any]]:
    # What is warned of may keep a judgement from being agreed, so a group with a warning is never folded away.
    return [
        {
            "title": title,
            "cards": cards,
            "wary": any(one["standing"].warnings or one["standing"].to_check for one in cards),
        }
        for kind, title in queries.choices()["kind"]
        if (cards := [board.card(one) for one in found if one.finding.kind == kind])
    ]


def _measures(inspection: Any, actor: Actor, standing: Any) -> dict[str, list[dict[str, Any]]]:
    """Measures on the shelf for the area or cited in its findings: those cited and what else tells of the same, each
    measure's figures together; and apart from them the others."""
    cited = {
        one.item_id: one.item for each in standing.findings for one in (*each.supports, *each.contradicts)
        if one.item.kind == "data"
    }  # fmt: skip
    shelved = {
        one.pk: one for one in evidence.shelf(actor, inspection, kind="data", area=standing.slug, status="current")
    }
    rows = [items.measure_row(one) for one in queries.measures_of({**shelved, **cited}.values())]
    for row in rows:
        row["cited"] = row["item"].pk in cited
    first: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row["item"].number):
        first.setdefault(row["code"], row["item"].number)
    rows.sort(key=lambda row: (first[row["code"]], not row["cited"], row["item"].number))
    leant_on = {row["code"] for row in rows if row["cited"]}
    return {
        "cited": [row for row in rows if row["code"] in leant_on],
        "others": [row for row in rows if row["code"] not in leant_on],
    }
