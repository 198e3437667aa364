"""What would change a judgement: another grade of one area, or one finding that fell. Never a proposal.

Whoever judges asks this before they agree, and so does whoever challenges it: on what does the grade hang?
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldthread.domain.framework import Framework
from goldthread.domain.grading import weigh


@dataclass(frozen=True, slots=True)
class Turn:
    """One area judged one step otherwise, and the overall grades that the rules would then leave: always, and normally.

    `opens` are grades that would be allowed and are not now, `shuts` those that are allowed now and would not be.
    """

    area: str
    was: str
    would_be: str
    allowed: tuple[str, ...]
    expected: tuple[str, ...]
    opens: tuple[str, ...]
    shuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A finding as it holds up an area: its mark, its kind, the criteria it names, the kinds of evidence for it."""

    mark: str
    kind: str
    criteria: frozenset[str]
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fall:
    """What an area would lose with one finding: whether it is the last of its kind, the criteria that nothing else
    names, and the kinds of evidence that speak through nothing else."""

    mark: str
    kind: str
    last_of_kind: bool
    criteria: frozenset[str]
    evidence: frozenset[str]

    @property
    def something(self) -> bool:
        """Whether anything hangs on it alone."""
        return self.last_of_kind or bool(self.criteria) or bool(self.evidence)


def turns(framework: Framework, judgements: Mapping[str, str]) -> tuple[Turn, ...]:
    """Every judged area one grade better and one worse, where that changes what the rules leave open overall.

    In the framework's order of areas, the better grade first. Empty for a framework without an overall grade. Raises
    GradingError for an unknown area or grade.
    """
    if not (framework.graded and framework.overall):
        return ()
    scale, now = [grade.slug for grade in framework.grades], weigh(framework, judgements)
    found = []
    for area in (one.slug for one in framework.areas if one.slug in judgements):
        place = scale.index(judgements[area])
        for grade in [scale[at] for at in (place - 1, place + 1) if 0 <= at < len(scale)]:
            then = weigh(framework, {**judgements, area: grade})
            if (then.allowed, then.expected) != (now.allowed, now.expected):
                opens = tuple(one for one in then.allowed if one not in now.allowed)
                shuts = tuple(one for one in now.allowed if one not in then.allowed)
                found.append(Turn(area, judgements[area], grade, then.allowed, then.expected, opens, shuts))
    return tuple(found)


def falls(findings: Sequence[Held]) -> tuple[Fall, ...]:
    """For each finding what the area would lose with it, in the order given."""
    return tuple(_fall(one, [other for other in findings if other is not one]) for one in findings)


def _fall(one: Held, others: Sequence[Held]) -> Fall:
    named = frozenset[str]().union(*(other.criteria for other in others))
    spoken = frozenset[str]().union(*(other.evidence for other in others))
    last = all(other.kind != one.kind for other in others)
    return Fall(one.mark, one.kind, last, one.criteria - named, one.evidence - spoken)
