"""What a framework's rules leave open when its areas have been judged. Never a sum, never an award.

The people who inspect decide the grade. This shows them which overall grades the rules allow, which rules bite
and on what authority, and what was decided before on the same profile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goldthread.domain.framework import OVERALL, Framework, LimitingRule, Precedent
from goldthread.domain.shares import Share


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
class PastProfile:
    """One profile of published results, and how many of them were given each grade."""

    profile: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many published results had this profile."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class PastResults:
    """The published results that had every grade tried so far: which profiles, and what each led to.

    `areas` are those of the profile, in its order; `area` is what was decided, None for the overall grade. `known`
    is how many results there are in all.
    """

    area: str | None
    areas: tuple[str, ...]
    profiles: tuple[PastProfile, ...]
    known: int
    source: str
    caution: str

    @property
    def counts(self) -> dict[str, int]:
        """How many of the results that fit were given each grade."""
        told: dict[str, int] = {}
        for one in self.profiles:
            for grade, count in one.counts.items():
                told[grade] = told.get(grade, 0) + count
        return told

    @property
    def total(self) -> int:
        """How many results fit."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of some judgements.

    `allowed`: overall grades that the rules which hold always leave open, best first; empty when the framework
    gives none. `expected`: those that remain when the rules which normally hold are kept too; choosing another
    needs a reason. `missing`: areas not yet judged. `broken`: bites that a given judgement goes against. `shares`:
    the shares of cases that were weighed.
    """

    framework: str
    allowed: tuple[str, ...]
    expected: tuple[str, ...]
    bites: tuple[Bite, ...]
    precedent: PrecedentResult | None
    area_precedents: tuple[PrecedentResult, ...]
    missing: tuple[str, ...]
    broken: tuple[Bite, ...]
    shares: Mapping[str, Share] = field(default_factory=dict)


def weigh(framework: Framework, judgements: Mapping[str, str], shares: Mapping[str, Share] | None = None) -> Verdict:
    """What the framework's rules leave open, given the grade of each area judged so far (slugs to slugs).

    `shares` says for an area in how many of the cases it was achieved, where a rule asks for a share. With judgements
    missing, only what is already certain bites. Raises GradingError for an unknown area or grade, for a share that no
    rule asks for, and for a framework that gives no grades.
    """
    shares = shares or {}
    _require_known(framework, judgements, shares)
    scale = tuple(grade.slug for grade in framework.grades)
    bites = [bite for rule in framework.rules if (bite := _bite(framework, rule, judgements, shares, scale))]
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
        shares=dict(shares),
    )


def nothing_to_weigh(framework: Framework) -> Verdict:
    """The verdict on a framework that gives no grades: nothing is allowed, nothing bites, and nothing is missing."""
    return Verdict(framework.slug, (), (), (), None, (), (), ())


def past_results(framework: Framework, judgements: Mapping[str, str]) -> tuple[PastResults, ...]:
    """The published results that agree with every grade tried so far, most frequent profile first.

    One for each thing that precedents are about. Raises GradingError as `weigh` does.
    """
    _require_known(framework, judgements, {})
    scale = [grade.slug for grade in framework.grades]
    told = []
    for precedent in framework.precedents:
        wanted = [judgements.get(area) for area in precedent.areas]
        every = [PastProfile(profile, _in_order(counts, scale)) for profile, counts in precedent.profiles.items()]
        fits = [one for one in every if all(want in (None, got) for want, got in zip(wanted, one.profile, strict=True))]
        told.append(
            PastResults(
                area=None if precedent.of == OVERALL else precedent.of,
                areas=precedent.areas,
                profiles=tuple(sorted(fits, key=lambda one: (-one.total, [scale.index(g) for g in one.profile]))),
                known=sum(one.total for one in every),
                source=precedent.source,
                caution=precedent.caution,
            )
        )
    return tuple(told)


def _in_order(counts: Mapping[str, int], scale: list[str]) -> dict[str, int]:
    return {grade: counts[grade] for grade in scale if grade in counts}


def gather(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Judgements from pairs of area and grade. Raises GradingError when an area is given more than once."""
    judgements: dict[str, str] = {}
    for area, grade in pairs:
        if area in judgements:
            raise GradingError(f"“{area}” is judged twice, {judgements[area]} and {grade}; give it one grade.")
        judgements[area] = grade
    return judgements


def _require_known(framework: Framework, judgements: Mapping[str, str], shares: Mapping[str, Share]) -> None:
    if not framework.graded:
        raise GradingError(f"{framework.slug} gives no grades, so there is nothing to weigh.")
    areas, grades = [a.slug for a in framework.areas], [g.slug for g in framework.grades]
    asked = [area for rule in framework.rules if rule.when == "share" for area in rule.areas]
    for area in shares:
        if area not in asked:
            which = f"use {', '.join(asked)}" if asked else "give a grade"
            raise GradingError(f"no rule of {framework.slug} asks for a share of cases of “{area}”; {which}.")
    for area, grade in judgements.items():
        if area not in areas:
            raise GradingError(f"“{area}” is not an area of {framework.slug}; use {', '.join(areas)}.")
        if grade not in grades:
            raise GradingError(f"“{grade}” is not a grade of {framework.slug}; use {', '.join(grades)}.")


def _bite(
    framework: Framework,
    rule: LimitingRule,
    judgements: Mapping[str, str],
    shares: Mapping[str, Share],
    scale: tuple[str, ...],
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
        case "share":
            share = shares.get(rule.areas[0])
            if share is None or share.reaches(rule.least_share):
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
        why=_why(framework, rule, held, shares),
        area=None if rule.limits == OVERALL else rule.limits,
        leaves=leaves,
    )


def _why(framework: Framework, rule: LimitingRule, held: list[tuple[str, str]], shares: Mapping[str, Share]) -> str:
    """The judgements or the share on which a rule bites, in a sentence."""
    if rule.when == "every-inspection":
        return "It holds in every inspection under this framework."
    if rule.when == "share":
        (area,) = rule.areas
        share = shares[area]
        return f"{framework.area(area).short}: {share.told}; {share.needed(rule.least_share)} are needed."
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
