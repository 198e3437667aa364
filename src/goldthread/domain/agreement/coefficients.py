"""How far two readers agree beyond what chance alone would give.

Percent agreement is the share of pairs with the same answer. Cohen's kappa (Cohen 1960) takes away the agreement by
chance that follows from how often each reader gave each answer; its weighted form (Cohen 1968) lets near answers
count in part. Where nearly all files are alike kappa falls to nought however well the readers agree (Feinstein and
Cicchetti 1990), so Gwet's AC1 and its weighted form AC2 (Gwet 2008; 2014) stand beside it: their chance is
Σ π(1−π)/(Q−1), π being the share of an answer over both readers and Q how many answers there are to give.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt
from operator import mul
from typing import NamedTuple

from goldthread.domain.agreement.scales import Weights, weights


class Coefficient(StrEnum):
    """One way to say how far two readers agree."""

    PERCENT = "percent agreement"
    AC1 = "AC1"
    KAPPA = "kappa"
    AC2_LINEAR = "AC2, linear"
    AC2_QUADRATIC = "AC2, quadratic"
    KAPPA_LINEAR = "kappa, linear"
    KAPPA_QUADRATIC = "kappa, quadratic"


class _Form(NamedTuple):
    weighted: Weights
    gwet: bool


FORMS: dict[Coefficient, _Form] = {
    Coefficient.AC1: _Form(Weights.NONE, True),
    Coefficient.KAPPA: _Form(Weights.NONE, False),
    Coefficient.AC2_LINEAR: _Form(Weights.LINEAR, True),
    Coefficient.AC2_QUADRATIC: _Form(Weights.QUADRATIC, True),
    Coefficient.KAPPA_LINEAR: _Form(Weights.LINEAR, False),
    Coefficient.KAPPA_QUADRATIC: _Form(Weights.QUADRATIC, False),
}
"""Every coefficient that corrects for chance: its weights, and whose chance it takes away."""


def percent(cells: Sequence[int]) -> float | None:
    """The share of pairs that agree; None where there is no pair."""
    size, whole = round(sqrt(len(cells))), sum(cells)
    return sum(cells[:: size + 1]) / whole if whole else None


def coefficient(which: Coefficient, cells: Sequence[int]) -> float | None:
    """One coefficient of a table of counts, row by row; None where it is not defined: no pair, or chance gives all."""
    return percent(cells) if which is Coefficient.PERCENT else corrected(cells)[which]


def corrected(cells: Sequence[int]) -> dict[Coefficient, float | None]:
    """Every coefficient that takes chance away, of one table of counts: they share most of the work."""
    size, whole = round(sqrt(len(cells))), sum(cells)
    if not whole:
        return dict.fromkeys(FORMS)
    rows = [sum(cells[i * size : (i + 1) * size]) for i in range(size)]
    columns = [sum(cells[j::size]) for j in range(size)]
    by_chance = [row * column for row in rows for column in columns]
    spread = sum((row + column) * (2 * whole - row - column) for row, column in zip(rows, columns, strict=True))
    observed, of_readers, of_answers = {}, {}, {}
    for kind in Weights:
        weight = weights(kind, size)
        observed[kind] = sum(map(mul, weight, cells)) / whole
        of_readers[kind] = sum(map(mul, weight, by_chance)) / (whole * whole)
        of_answers[kind] = sum(weight) / (size * (size - 1)) * spread / (4 * whole * whole)
    found: dict[Coefficient, float | None] = {}
    for which, form in FORMS.items():
        chance = (of_answers if form.gwet else of_readers)[form.weighted]
        found[which] = None if 1 - chance < 1e-12 else (observed[form.weighted] - chance) / (1 - chance)
    return found


def one_answer_only(cells: Sequence[int]) -> bool:
    """Whether both readers gave one and the same answer throughout, so that no agreement beyond chance can be told."""
    return sum(count > 0 for count in cells) == 1 and percent(cells) == 1.0
