"""Two readers of the same files: how far they agree, who grades more kindly, and whether that changes.

What cannot be told (nobody read twice, one answer throughout, too few files) is told as such, never as nought or one.
"""

from goldthread.domain.agreement.agreeing import FEW, SEED, Agreement, Pair, agreement
from goldthread.domain.agreement.coefficients import Coefficient, coefficient, percent
from goldthread.domain.agreement.direction import (
    Direction,
    Drift,
    Period,
    Step,
    Stretch,
    direction,
    drift,
    leaning,
)
from goldthread.domain.agreement.readings import (
    Paired,
    Reading,
    ReadingError,
    ReadTwice,
    Reviewed,
    agreement_of,
    paired,
    reviewers_of,
    steps_of,
)
from goldthread.domain.agreement.resampling import RESAMPLES, Figure
from goldthread.domain.agreement.scales import Scale, Weights, weights

__all__ = [
    "FEW",
    "RESAMPLES",
    "SEED",
    "Agreement",
    "Coefficient",
    "Direction",
    "Drift",
    "Figure",
    "Pair",
    "Paired",
    "Period",
    "ReadTwice",
    "Reading",
    "ReadingError",
    "Reviewed",
    "Scale",
    "Step",
    "Stretch",
    "Weights",
    "agreement",
    "agreement_of",
    "coefficient",
    "direction",
    "drift",
    "leaning",
    "paired",
    "percent",
    "reviewers_of",
    "steps_of",
    "weights",
]
