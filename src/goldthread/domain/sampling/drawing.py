"""Who is drawn for case review, and why: a plan, a frame and a seed always give the same children.

Without replacement, always. Children are ranked by a keyed hash of their id (HMAC-SHA-256, the seed being the key),
so that the result depends neither on the order of the frame nor on any version of any random-number generator:
whoever holds the record and the frame can repeat the draw for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldthread.domain.sampling.apportioning import shares
from goldthread.domain.sampling.plans import (
    WHOLE,
    Candidate,
    Choice,
    Design,
    Draw,
    Plan,
    SamplingError,
    StratumCount,
)
from goldthread.domain.sampling.ranking import frame_hash, rank, start

LONGEST_REASON = 250
"""The longest reason for picking a child by hand."""

Chosen = tuple[list[Choice], list[Choice], list[StratumCount]]
"""Who was drawn, who is in reserve, and the strata."""


def draw(plan: Plan, frame: Sequence[Candidate]) -> Draw:
    """Draw by the plan. Raises SamplingError when the plan and the frame do not fit each other."""
    frame = _as_designed(plan, frame)
    _check(plan, frame)
    ways = {
        Design.SYSTEMATIC: _systematic,
        Design.ONE_OF_SIBLINGS: _one_of_siblings,
        Design.HAND_PICKED: _hand_picked,
    }
    chosen, reserve, strata = ways.get(plan.design, _by_stratum)(plan, frame)
    if plan.design.by_chance:
        chosen.sort(key=lambda choice: _rank(plan, "order", choice.id))
    return Draw(
        chosen=tuple(replace(choice, order=order) for order, choice in enumerate(chosen, 1)),
        reserve=tuple(reserve),
        strata=tuple(strata),
        frame_hash=frame_hash(frame),
        frame_size=len(frame),
        plan=plan,
        algorithm=plan.design.algorithm,
    )


def hash_of(plan: Plan, frame: Sequence[Candidate]) -> str:
    """The hash of a frame as the plan sees it: families only where it asks for them, strata only where it divides."""
    return frame_hash(_as_designed(plan, frame))


def weights(drawn: Draw) -> Mapping[str, float]:
    """How many children of the frame each one chosen stands for, by id; nobody of a hand-picked draw stands for any."""
    by_stratum = {stratum.name: stratum.weight for stratum in drawn.strata}
    found = {choice.id: (by_stratum.get(choice.stratum), choice.siblings) for choice in drawn.chosen}
    return {child: weight * siblings for child, (weight, siblings) in found.items() if weight is not None}


def _as_designed(plan: Plan, frame: Sequence[Candidate]) -> list[Candidate]:
    """The frame with what the design asks of it, and nothing else."""
    whole = plan.design in (Design.SIMPLE, Design.DIP, Design.ONE_OF_SIBLINGS)
    families = plan.design is Design.ONE_OF_SIBLINGS
    return [
        Candidate(one.id, WHOLE if whole else one.stratum, one.family if families else "") for one in frame
    ]  # fmt: skip


def _check(plan: Plan, frame: Sequence[Candidate]) -> None:
    """Raise SamplingError where no design could draw this."""
    if not frame:
        raise SamplingError("The frame is empty: there is nobody to draw from.")
    if plan.design is Design.HAND_PICKED and not plan.picked:
        raise SamplingError("Name the children who are picked by hand, each with the reason.")
    if plan.size < 1:
        raise SamplingError("A draw must be of at least one child.")
    if plan.size > len(frame):
        raise SamplingError(f"A draw of {plan.size:,} is larger than the frame of {len(frame):,}.")
    twice = len(frame) - len({candidate.id for candidate in frame})
    if twice:
        raise SamplingError(f"The frame names {twice:,} children more than once; each must be in it once.")
    if plan.design is Design.DIP and not plan.theme.strip():
        raise SamplingError("Say which theme the dip-sample looks at.")
    if plan.strata and plan.design in (Design.SIMPLE, Design.DIP, Design.ONE_OF_SIBLINGS):
        raise SamplingError("This design does not divide the frame; name no strata, or choose another design.")


def _by_stratum(plan: Plan, frame: Sequence[Candidate]) -> Chosen:
    """Each stratum by itself: its share of the sample, ranked by the seed. An undivided frame is one stratum."""
    strata: dict[str, list[Candidate]] = {name: [] for name in sorted({c.stratum for c in frame})}
    for candidate in frame:
        strata[candidate.stratum].append(candidate)
    for members in strata.values():
        members.sort(key=lambda candidate: _rank(plan, "rank", candidate.id))
    shared = shares(plan, {name: len(members) for name, members in strata.items()})
    chosen: list[Choice] = []
    reserve: list[Choice] = []
    for name, members in strata.items():
        drawn, size = shared[name], len(members)
        for place, candidate in enumerate(members[:drawn], 1):
            reason = f"Place {place} of the {drawn} drawn from the {size:,} in “{name}”, ranked by the seed."
            chosen.append(Choice(candidate.id, name, 0, reason))
        reserve += _reserve(name, [member.id for member in members[drawn:]], drawn)
    counts = [
        StratumCount(name, len(members), shared[name], len(members) / shared[name] if shared[name] else None)
        for name, members in strata.items()
    ]
    return chosen, reserve, counts


def _systematic(plan: Plan, frame: Sequence[Candidate]) -> Chosen:
    """Every so many of the frame in order, strata first and then ids, from a random start.

    The step is the frame divided by the sample and need not be whole, so that each child has the same chance.
    """
    ordered = sorted(frame, key=lambda candidate: (candidate.stratum, candidate.id))
    whole, size = len(ordered), plan.size
    entered = start(plan.seed, whole, plan.design.algorithm)
    chosen = []
    for step in range(size):
        place = (entered + step * whole) // size
        reason = (
            f"Number {place + 1:,} of the {whole:,} in order: step {step + 1} of {size}, one child in every"
            f" {whole / size:.4g}, from a random start."
        )
        chosen.append(Choice(ordered[place].id, ordered[place].stratum, 0, reason))
    taken = {choice.id for choice in chosen}
    reserve: list[Choice] = []
    counts = []
    for name in sorted({candidate.stratum for candidate in ordered}):
        members = [candidate.id for candidate in ordered if candidate.stratum == name]
        drawn = sum(child in taken for child in members)
        left = sorted((child for child in members if child not in taken), key=lambda child: _rank(plan, "rank", child))
        reserve += _reserve(name, left, drawn)
        counts.append(StratumCount(name, len(members), drawn, whole / size if drawn else None))
    return chosen, reserve, counts


def _one_of_siblings(plan: Plan, frame: Sequence[Candidate]) -> Chosen:
    """Sibling groups ranked by the seed, and of each the child that the seed ranks first.

    A child in no known group is a group of one. A child of many has a smaller chance than an only child, which its
    weight puts right: it stands for its brothers and sisters as well.
    """
    groups: dict[str, list[str]] = {}
    for candidate in frame:
        key = f"family\0{candidate.family}" if candidate.family else f"child\0{candidate.id}"
        groups.setdefault(key, []).append(candidate.id)
    if plan.size > len(groups):
        raise SamplingError(
            f"A draw of {plan.size:,} is larger than the {len(groups):,} sibling groups of the frame,"
            " of each of which one child can be drawn."
        )
    ranked = sorted(groups, key=lambda key: _rank(plan, "family", key))
    chosen, reserve = [], []
    for place, key in enumerate(ranked[: plan.size + max(plan.size, 2)], 1):
        siblings = len(groups[key])
        child = min(groups[key], key=lambda one: _rank(plan, "rank", one))
        which = "the only child of it" if siblings == 1 else f"one of its {siblings} children"
        if place <= plan.size:
            reason = f"Place {place} of the {plan.size} sibling groups drawn from {len(groups):,}; {which}."
            chosen.append(Choice(child, WHOLE, 0, reason, siblings))
        else:
            reason = f"Number {place - plan.size} of the sibling groups in reserve; {which}."
            reserve.append(Choice(child, WHOLE, place - plan.size, reason, siblings))
    return chosen, reserve, [StratumCount(WHOLE, len(groups), plan.size, len(groups) / plan.size)]


def _hand_picked(plan: Plan, frame: Sequence[Candidate]) -> Chosen:
    """The children that were named, in the order in which they were named. Nobody is in reserve."""
    by_id = {candidate.id: candidate for candidate in frame}
    named = [child for child, _ in plan.picked]
    if unknown := [child for child in named if child not in by_id]:
        whole = ", ".join(unknown[:5]) + (f" and {len(unknown) - 5} more" if len(unknown) > 5 else "")
        raise SamplingError(f"Picked by hand but not in the frame: {whole}.")
    if len(set(named)) < len(named):
        raise SamplingError("A child is picked by hand twice; name each once.")
    if missing := [child for child, because in plan.picked if not because.strip()]:
        raise SamplingError(f"Say why {missing[0]} is picked by hand: without a reason nobody can be.")
    if long := [child for child, because in plan.picked if len(because) > LONGEST_REASON]:
        raise SamplingError(f"The reason for {long[0]} is longer than {LONGEST_REASON} letters; shorten it.")
    if plan.size != len(named):
        raise SamplingError(f"{len(named):,} children are picked by hand, and the plan says {plan.size:,}.")
    chosen = [Choice(child, by_id[child].stratum, 0, f"Picked by hand: {because}") for child, because in plan.picked]
    names = sorted({candidate.stratum for candidate in frame})
    counts = [
        StratumCount(
            name, sum(one.stratum == name for one in frame), sum(one.stratum == name for one in chosen), None
        )
        for name in names
    ]  # fmt: skip
    return chosen, [], counts


def _reserve(stratum: str, ranked: Sequence[str], drawn: int) -> list[Choice]:
    """Who comes next in a stratum: as many as were drawn from it, and two at least."""
    return [
        Choice(child, stratum, place, f"Number {place} in reserve for “{stratum}”, ranked by the seed.")
        for place, child in enumerate(ranked[: max(drawn, 2)], 1)
    ]


def _rank(plan: Plan, purpose: str, text: str) -> bytes:
    return rank(plan.seed, purpose, text, plan.design.algorithm)
