"""The one engine that makes a table safe: hide what is small, hide what would give it away, and let an attacker try.

Hiding only the small counts leaves most of them to be found by subtraction from the totals. So the smallest figures
beside them are hidden as well, until the attacker finds every hidden figure to lie somewhere in a range at least as
wide as the profile asks. Where that takes too many, the table is not cut to pieces: the categories are too fine, and
the answer is which of them to take together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.domain.disclosure.attacker import Bounds, feasible
from goldthread.domain.disclosure.profiles import CONFIDENTIAL, Profile, rounded
from goldthread.domain.disclosure.tables import FEWEST_UNITS, CrossTable, Dimension, Key, Sum

MOST_EXTRA = 2
"""How many figures may be hidden for the sake of each small one."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Categories of one dimension that should be taken together, and whether the table is safe then."""

    dimension: str
    categories: tuple[str, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class SafeTable:
    """What may be shown of a table: a figure or a symbol for every place, totals under None.

    Where `safe` is false nothing may be shown, `cells` is empty, and `combine` says which categories are too fine.
    """

    profile: Profile
    dimensions: tuple[Dimension, ...]
    cells: Mapping[Key, int | str]
    primary: frozenset[Key]
    secondary: frozenset[Key]
    safe: bool
    combine: tuple[Combination, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Figures, the sums that tie them, which are never printed, and which may be hidden to cover others.

    `small` must be hidden; `width` is how far apart the least and the most of a hidden figure must lie.
    """

    values: Mapping[Key, int]
    sums: Sequence[Sum]
    unprinted: frozenset[Key]
    fixed: frozenset[Key]
    small: frozenset[Key]
    width: int
    dimensions: int


def suppress(table: CrossTable, profile: Profile, *, national: bool = False, advise: bool = True) -> SafeTable:
    """The table as the profile lets it leave, with the totals of every dimension.

    `national` rounds as for England or a region. If it cannot be made safe, the answer names categories to combine,
    unless `advise` is false: for many categories that takes long, and authorities are not to be combined.
    """
    values = table.values()
    if profile.totals_of_shown:
        return _of_shown(table, profile)
    problem = _problem(table, profile)
    hidden = solve(problem)
    if hidden is None:
        combine = _combinations(table, profile) if advise else ()
        return SafeTable(profile, table.dimensions, {}, problem.small, frozenset(), False, combine)
    base = profile.national_rounding if national else profile.rounding
    cells: dict[Key, int | str] = {key: rounded(value, base) for key, value in values.items()}
    cells.update(table.marked)
    cells.update(dict.fromkeys(hidden, CONFIDENTIAL))
    return SafeTable(profile, table.dimensions, cells, problem.small, hidden - problem.small, True)


def suppress_linked(whole: CrossTable, part: CrossTable, profile: Profile) -> tuple[SafeTable, SafeTable]:
    """A table and the same table for some of its children, made safe together: the rest is what subtraction gives.

    Raises ValueError where the two do not have the same categories, or the part holds more than the whole. Not for
    three dimensions, or for a profile whose totals are the sums of what is shown: there each table is safe alone.
    """
    if whole.dimensions != part.dimensions or len(whole.dimensions) > 2:
        raise ValueError("linked tables need the same categories, in one or two dimensions")
    if profile.totals_of_shown:
        return suppress(whole, profile), suppress(part, profile)
    rest = {key: whole.counts.get(key, 0) - part.counts.get(key, 0) for key in whole.cells()}
    if any(value < 0 for value in rest.values()):
        raise ValueError("a part cannot hold more than the whole")
    counts = {("part", *key): part.counts.get(key, 0) for key in part.cells()}
    counts.update({("rest", *key): value for key, value in rest.items()})
    both = CrossTable((Dimension("link", ("part", "rest")), *whole.dimensions), counts)
    problem = _problem(both, profile, unprinted="rest")
    hidden = solve(problem)
    return (
        _side(whole, problem, profile, hidden, None),
        _side(part, problem, profile, hidden, "part"),
    )


def _side(
    table: CrossTable, problem: Problem, profile: Profile, hidden: frozenset[Key] | None, link: str | None
) -> SafeTable:
    def own(keys: Iterable[Key]) -> frozenset[Key]:
        return frozenset(key[1:] for key in keys if key[0] == link)

    small = own(problem.small)
    if hidden is None:
        return SafeTable(profile, table.dimensions, {}, small, frozenset(), False, _combinations(table, profile))
    cells: dict[Key, int | str] = dict(table.values())
    cells.update(dict.fromkeys(own(hidden), CONFIDENTIAL))
    return SafeTable(profile, table.dimensions, cells, small, own(hidden) - small, True)


def _problem(table: CrossTable, profile: Profile, unprinted: str | None = None) -> Problem:
    values = table.values()
    few_units = {key for key, units in table.units.items() if 0 < units < FEWEST_UNITS and values[key]}
    small = {key for key, value in values.items() if profile.hides(value)} | (few_units if profile.width else set())
    return Problem(
        values=values,
        sums=table.sums(),
        unprinted=frozenset(key for key in values if unprinted is not None and key[0] == unprinted),
        fixed=frozenset(table.marked),
        small=frozenset(small),
        width=profile.width,
        dimensions=len(table.dimensions),
    )


def solve(problem: Problem) -> frozenset[Key] | None:
    """What is hidden in the end, without what is never printed; None where it would be too much, or does not help."""
    if not problem.small:
        return frozenset()
    hidden = set(problem.small)
    allowed = max(2**problem.dimensions - 1, MOST_EXTRA * len(problem.small))
    _cover_lines(problem, hidden)
    while True:
        bounds = _attack(problem, hidden)
        exposed = [key for key in _guarded(problem, hidden) if bounds[key][1] - bounds[key][0] < problem.width]
        if not exposed:
            break
        if not _cover(problem, hidden, bounds, exposed):
            return None
    _uncover(problem, hidden)
    printed = frozenset(hidden - problem.unprinted)
    return printed if len(printed - problem.small) <= allowed else None


def _guarded(problem: Problem, hidden: Iterable[Key]) -> list[Key]:
    """What must not be found out: everything hidden, and of what is never printed the small figures."""
    return [key for key in hidden if key not in problem.unprinted or key in problem.small]


def _attack(problem: Problem, hidden: Iterable[Key]) -> Bounds:
    unseen = {*hidden, *problem.unprinted}
    shown = {key: value for key, value in problem.values.items() if key not in unseen}
    # Nought is always shown, so whatever is hidden by choice is known to be at least one; the unprinted rest is not.
    least = {key: 0 if key in problem.unprinted else 1 for key in unseen}
    return feasible(shown, least, problem.sums, enough=problem.width)


def _cover_lines(problem: Problem, hidden: set[Key]) -> None:
    """The quick part: in every sum, hide the smallest figures until what is hidden there has room to vary."""
    moved = True
    while moved:
        moved = False
        for line in problem.sums:
            while _is_tight(problem, hidden, line) and (chosen := _smallest(problem, hidden, line)) is not None:
                hidden.add(chosen)
                moved = True


def _is_tight(problem: Problem, hidden: set[Key], line: Sum) -> bool:
    unseen = [key for key in line.parts if key in hidden or key in problem.unprinted]
    if line.total in hidden or line.total in problem.unprinted:
        return not unseen
    if not any(key in hidden for key in unseen):
        return False
    return sum(problem.values[key] - (key in hidden) for key in unseen) < problem.width or len(unseen) < 2


def _smallest(problem: Problem, hidden: set[Key], line: Sum) -> Key | None:
    """The figure of a sum that costs least to hide: inside before totals, then what helps where others are hidden."""
    options = [
        key
        for key in (*line.parts, line.total)
        if key not in hidden and key not in problem.unprinted and key not in problem.fixed and problem.values[key] > 0
    ]

    def cost(key: Key) -> tuple[int, int, int, str]:
        others = [other for other in problem.sums if other != line and (key == other.total or key in other.parts)]
        alone = sum(not any(place in hidden for place in (other.total, *other.parts)) for other in others)
        return key.count(None), alone, problem.values[key], str(key)

    return min(options, key=cost, default=None)


def _cover(problem: Problem, hidden: set[Key], bounds: Bounds, exposed: Sequence[Key]) -> bool:
    """Hide one figure more for the sake of the most exposed one that can be helped. False where none can be."""
    for key in sorted(exposed, key=lambda key: (bounds[key][1] - bounds[key][0], str(key))):
        lines = [line for line in problem.sums if key == line.total or key in line.parts]

        def room(line: Sum) -> int:
            return sum(problem.values[place] for place in (line.total, *line.parts) if place in hidden)

        for line in sorted(lines, key=room):
            if (chosen := _smallest(problem, hidden, line)) is not None:
                hidden.add(chosen)
                _cover_lines(problem, hidden)
                return True
    return False


def _uncover(problem: Problem, hidden: set[Key]) -> None:
    """Show again, the largest first, whatever is not needed: the quick part may have hidden too much."""
    for key in sorted(hidden - problem.small, key=lambda key: (-key.count(None), -problem.values[key], str(key))):
        hidden.discard(key)
        bounds = _attack(problem, hidden)
        if any(bounds[other][1] - bounds[other][0] < problem.width for other in _guarded(problem, hidden)):
            hidden.add(key)


def _of_shown(table: CrossTable, profile: Profile) -> SafeTable:
    """Small figures hidden, the others rounded, and every total the sum of what is shown: subtraction finds nothing."""
    cells: dict[Key, int | str] = {}
    primary = set()
    for key in table.cells():
        count = table.counts.get(key, 0)
        if key in table.marked:
            cells[key] = table.marked[key]
        elif profile.hides(count) or 0 < table.units.get(key, FEWEST_UNITS) < FEWEST_UNITS:
            primary.add(key)
            cells[key] = CONFIDENTIAL
        else:
            cells[key] = rounded(count, profile.rounding)
    inside = dict(cells)
    for total in table.values():
        if None in total:
            parts = [
                value
                for key, value in inside.items()
                if all(want is None or want == part for want, part in zip(total, key, strict=True))
            ]
            figures = [value for value in parts if isinstance(value, int)]
            cells[total] = sum(figures) if figures or CONFIDENTIAL not in parts else CONFIDENTIAL
    return SafeTable(profile, table.dimensions, cells, frozenset(primary), frozenset(), True)


def _combinations(table: CrossTable, profile: Profile) -> tuple[Combination, ...]:
    """Which categories to take together so that the table is safe: two neighbours first, then more.

    Of all pairs that stand side by side, and the two smallest of each dimension, the one that leaves least hidden; if
    none is enough, the pair that leaves the fewest small figures, and so on.
    """
    chosen: list[Combination] = []
    while (found := coarser(table, profile)) is not None:
        best, table = found
        chosen.append(best)
        if best.safe:
            break
    return tuple(chosen)


def coarser(table: CrossTable, profile: Profile) -> tuple[Combination, CrossTable] | None:
    """The two categories to take together next, and the table with them together; None where no two may be."""
    tried = []
    for dimension, pair in _pairs(table):
        together = table.combined(dimension, pair)
        problem = _problem(together, profile)
        hidden = solve(problem)
        # To take both of two categories together is to give the breakdown up: only where nothing else will do.
        gives_up = any(len(entry.categories) == 2 for entry in table.dimensions if entry.name == dimension)
        left = len(problem.small if hidden is None else hidden)
        cost = (hidden is None, gives_up, left, dimension, pair)
        tried.append((cost, Combination(dimension, pair, hidden is not None), together))
    if not tried:
        return None
    _, best, chosen = min(tried, key=lambda entry: entry[0])
    return best, chosen


def _pairs(table: CrossTable) -> list[tuple[str, tuple[str, str]]]:
    pairs = []
    values = table.values()
    for at, dimension in enumerate(table.dimensions):
        blank: list[str | None] = [None] * len(table.dimensions)
        sizes = {name: values[(*blank[:at], name, *blank[at + 1 :])] for name in dimension.categories}
        pairs += [(dimension.name, pair) for pair in dimension.pairs(sizes)]
    return pairs
