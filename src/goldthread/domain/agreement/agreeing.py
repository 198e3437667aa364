"""How far two readers agree on one question or on several of one scale: counts, coefficients, and how sure they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from goldthread.domain.agreement.coefficients import FORMS, Coefficient, corrected, one_answer_only, percent
from goldthread.domain.agreement.resampling import Figure, percentile_interval, resampled
from goldthread.domain.agreement.scales import Scale, counted
from goldthread.domain.intervals import wilson

FEW = 20
"""Below this many files read twice the figures are told with a caution: 20 to 30 are the least that say much."""

SEED = "agreement-1"
"""The seed of the intervals: the same answers give the same intervals everywhere."""

NOBODY = "No file has two answers to compare."
ONE_ANSWER = "Both readers gave one and the same answer throughout, so agreement beyond chance cannot be told."
NO_ORDER = "The answers have no order, so none lies nearer to another."
ONE_FILE = "One file alone cannot say how sure this is."
ALL_AGREE = "Every pair agrees: drawing the files anew cannot say how sure this is. Read the range of the percentage."
TOO_ALIKE = "The files are too few or too alike for a range."


class Pair(NamedTuple):
    """What two readers answered to one question about one file."""

    case: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers compared: in how many files and pairs of answers, how many agree, and every coefficient.

    `cells` counts each pair of answers, row by row, the first reader's answers down. `off_scale` are pairs in which
    only one of the two found that the question applies; they are counted here and nowhere else.
    """

    scale: Scale
    files: int
    pairs: int
    agreed: int
    off_scale: int
    cells: tuple[int, ...]
    figures: Mapping[Coefficient, Figure]

    @property
    def few(self) -> bool:
        """Whether the figures rest on so few files that they are told with a caution."""
        return self.files < FEW

    def table(self) -> list[tuple[str, tuple[int, ...]]]:
        """For each answer of the first reader, how often the second gave which."""
        size = len(self.scale.answers)
        return [(answer, self.cells[i * size : (i + 1) * size]) for i, answer in enumerate(self.scale.answers)]


def agreement(pairs: Iterable[Pair], scale: Scale, seed: str = SEED) -> Agreement:
    """Compare two readers on one scale. Pairs that are not wholly on the scale are left out of every coefficient."""
    return _agreement(tuple(sorted(pairs)), scale, seed)


# Pure, and asked for the same answers at every opening of the page.
@lru_cache(maxsize=512)
def _agreement(pairs: tuple[Pair, ...], scale: Scale, seed: str) -> Agreement:
    held = [one for one in pairs if scale.holds(one.first, one.second)]
    apart = sum(scale.holds(one.first) != scale.holds(one.second) for one in pairs if one.first and one.second)
    cells = counted([(one.first, one.second) for one in held], scale)
    size = len(scale.answers)
    files: dict[str, list[int]] = {}
    for one in held:
        files.setdefault(one.case, []).append(scale.place(one.first) * size + scale.place(one.second))
    agreed = sum(cells[:: size + 1])
    return Agreement(
        scale, len(files), len(held), agreed, apart, cells, _figures(list(files.values()), cells, scale, seed)
    )


def _figures(
    files: list[list[int]], cells: tuple[int, ...], scale: Scale, seed: str
) -> Mapping[Coefficient, Figure]:  # fmt: skip
    if not files:
        return dict.fromkeys(Coefficient, Figure(None, None, NOBODY))
    tables = _tables_drawn(files, len(cells), seed)
    known = {table: corrected(table) for table in set(tables)}
    values = corrected(cells)
    figures = {Coefficient.PERCENT: _percent(files, cells, tables)}
    for which, form in FORMS.items():
        if not scale.ordered and form.weighted.value != "none":
            figures[which] = Figure(None, None, NO_ORDER)
        elif one_answer_only(cells):
            figures[which] = Figure(None, None, ONE_ANSWER)
        else:
            found = [known[table][which] for table in tables]
            figures[which] = _with_interval(values[which], found, agree_throughout=percent(cells) == 1.0)
    return figures


def _tables_drawn(files: list[list[int]], size: int, seed: str) -> list[tuple[int, ...]]:
    """The table of counts of each drawing of the files."""
    tables: list[tuple[int, ...]] = []

    def keep(drawn: list[int]) -> float | None:
        counts = [0] * size
        for cell in drawn:
            counts[cell] += 1
        tables.append(tuple(counts))
        return None

    if len(files) > 1:
        resampled(files, keep, seed)
    return tables


def _percent(files: list[list[int]], cells: tuple[int, ...], tables: list[tuple[int, ...]]) -> Figure:
    """The percentage by the score interval where a file gives one answer; by whole files where it gives more."""
    value = percent(cells)
    size = round(len(cells) ** 0.5)
    if all(len(file) == 1 for file in files):
        return Figure(value, wilson(sum(cells[:: size + 1]), len(files)))
    if value == 1.0:
        # Of whole files: that each agrees throughout says as much as one answer from each would.
        return Figure(value, wilson(len(files), len(files)))
    interval = percentile_interval([percent(table) for table in tables])
    return Figure(value, interval, "" if interval else (TOO_ALIKE if tables else ONE_FILE))


def _with_interval(value: float | None, found: list[float | None], *, agree_throughout: bool) -> Figure:
    if not found:
        return Figure(value, None, ONE_FILE)
    if agree_throughout:
        return Figure(value, None, ALL_AGREE)
    interval = percentile_interval(found)
    return Figure(value, interval, "" if interval else TOO_ALIKE)
