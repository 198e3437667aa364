"""What a framework's rules leave open when its areas have been judged. Never a sum, never an award.

The people who inspect decide the grade. This shows them which overall grades the rules allow, which rules bite
and on what authority, and what was decided before on the same profile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.domain.framework import OVERALL, Framework, LimitingRule, Precedent


class GradingError(ValueError):
    """Judgements that cannot be weighed. The message is one plain sentence that lists the words that can be used."""


@dataclass(frozen=True, slots=True)
class Bite:
    """A rule that bites: what it says and on what authority, why it bites here, and the grades that it leaves.

    `area` is the area that it limits, or None when it limits the overall grade.
    """

    rule_id: str
    says: str
    strength: str
    source: str
    observed: str
    checked: bool
    why: str
    area: str | None
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrecedentResult:
    """What was decided before on exactly this profile: how many published results, and how many of each grade.

    `area` is None for the overall grade. `profile` is empty while an area that it needs is not judged.
    """

    area: str | None
    profile: tuple[tuple[str, str], ...]
    total: int
    counts: Mapping[str, int]
    says: str
    source: str
    caution: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of some judgements.

    `allowed`: overall grades that the rules which hold always leave open, best first; empty when the framework
    gives none. `expected`: those that remain when the rules which normally hold are kept too; choosing another
    needs a reason. `missing`: areas not yet judged. `broken`: bites that a given judgement goes against.
    """

    framework: str
    allowed: tuple[str, ...]
    expected: tuple[str, ...]
    bites: tuple[Bite, ...]
    precedent: PrecedentResult | None
    area_precedents: tuple[PrecedentResult, ...]
    missing: tuple[str, ...]
    broken: tuple[Bite, ...]


def weigh(framework: Framework, judgements: Mapping[str, str]) -> Verdict:
    """What the framework's rules leave open, given the grade of each area judged so far (slugs to slugs).

    With judgements missing, only what is already certain bites. Raises GradingError for an unknown area or grade.
    """
    _require_known(framework, judgements)
    scale = tuple(grade.slug for grade in framework.grades)
    bites = [bite for rule in framework.rules if (bite := _bite(framework, rule, judgements, scale))]
    overall = [bite for bite in bites if bite.area is None]
    allowed = _left(scale, (b for b in overall if b.strength == "always")) if framework.overall else ()
    results = [_precedent(framework, precedent, judgements) for precedent in framework.precedents]
    return Verdict(
        framework=framework.slug,
        allowed=allowed,
        expected=_left(allowed, overall),
        bites=tuple(bites),
        precedent=next((result for result in results if result.area is None), None),
        area_precedents=tuple(result for result in results if result.area is not None),
        missing=tuple(area.slug for area in framework.areas if area.slug not in judgements),
        broken=tuple(b for b in bites if b.area and judgements.get(b.area, b.leaves[0]) not in b.leaves),
    )


def gather(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Judgements from pairs of area and grade. Raises GradingError when an area is given more than once."""
    judgements: dict[str, str] = {}
    for area, grade in pairs:
        if area in judgements:
            raise GradingError(f"“{area}” is judged twice, {judgements[area]} and {grade}; give it one grade.")
        judgements[area] = grade
    return judgements


def _require_known(framework: Framework, judgements: Mapping[str, str]) -> None:
    areas, grades = [a.slug for a in framework.areas], [g.slug for g in framework.grades]
    for area, grade in judgements.items():
        if area not in areas:
            raise GradingError(f"“{area}” is not an area of {framework.slug}; use {', '.join(areas)}.")
        if grade not in grades:
            raise GradingError(f"“{grade}” is not a grade of {framework.slug}; use {', '.join(grades)}.")


def _bite(
    framework: Framework, rule: LimitingRule, judgements: Mapping[str, str], scale: tuple[str, ...]
) -> Bite | None:
    """The rule as it bites on these judgements; None when it does not, or takes nothing away."""
    held = [(area, judgements[area]) for area in rule.areas if area in judgements]
    leaves = tuple(grade for grade in scale if grade in rule.to)
    match rule.when:
        case "range":
            if len(held) < len(rule.areas):
                return None
            places = [scale.index(grade) for _, grade in held]
            leaves = scale[min(places) : max(places) + 1]
        case "some":
            held = [(area, grade) for area, grade in held if grade in rule.grades]
            if len(held) < rule.at_least:
                return None
    if leaves == scale:
        return None
    return Bite(
        rule_id=rule.id,
        says=rule.says,
        strength=rule.strength,
        source=rule.source,
        observed=rule.observed,
        checked=rule.checked,
        why=_why(framework, rule, held),
        area=None if rule.limits == OVERALL else rule.limits,
        leaves=leaves,
    )


def _why(framework: Framework, rule: LimitingRule, held: list[tuple[str, str]]) -> str:
    """The judgements on which a rule bites, in a sentence."""
    if rule.when == "every-inspection":
        return "It holds in every inspection under this framework."
    return "; ".join(f"{framework.area(area).short}: {_words(framework, grade)}" for area, grade in held) + "."


def _left(grades: tuple[str, ...], bites: Iterable[Bite]) -> tuple[str, ...]:
    for bite in bites:
        grades = tuple(grade for grade in grades if grade in bite.leaves)
    return grades


def _precedent(framework: Framework, precedent: Precedent, judgements: Mapping[str, str]) -> PrecedentResult:
    about = None if precedent.of == OVERALL else precedent.of
    missing = [framework.area(area).short for area in precedent.areas if area not in judgements]
    if missing:
        says = f"No precedent can be shown before these are judged: {', '.join(missing)}."
        return PrecedentResult(about, (), 0, {}, says, precedent.source, precedent.caution)
    profile = tuple((area, judgements[area]) for area in precedent.areas)
    counts = precedent.profiles.get(tuple(grade for _, grade in profile), {})
    total = sum(counts.values())
    thing = "overall" if about is None else framework.area(about).short
    said = " and ".join(f"{_words(framework, grade)} in {count}" for grade, count in counts.items())
    results = "1 published result" if total == 1 else f"{total} published results"
    says = f"Of {results} with this profile, {thing} was {said}." if total else "No published result had this profile."
    return PrecedentResult(about, profile, total, dict(counts), says, precedent.source, precedent.caution)


def _words(framework: Framework, grade: str) -> str:
    title = framework.grade(grade).title
    return title[0].lower() + title[1:]
