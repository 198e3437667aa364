"""A sample that can be defended: who is drawn and why, how many it takes, and what it says of those not drawn.

`draw` chooses by a plan and `verify` proves a record of it; `sizes` says how many to read, and `estimate` what the
files read say of the frame, by the design that drew them.
"""

from goldthread.domain.sampling.drawing import draw, hash_of, weights
from goldthread.domain.sampling.estimates import Estimate, Seen, estimate, expected_precision
from goldthread.domain.sampling.parts import in_order
from goldthread.domain.sampling.pasted import children_in, families_in, named_numbers, picked_in
from goldthread.domain.sampling.plans import (
    DESIGNS,
    FIRST,
    SECOND,
    WHOLE,
    Candidate,
    Choice,
    Design,
    Draw,
    Plan,
    SamplingError,
    StratumCount,
)
from goldthread.domain.sampling.ranking import frame_hash
from goldthread.domain.sampling.records import as_record, frame_from_record, from_record, redraw, verify
from goldthread.domain.sampling.sizes import (
    at_least_cases,
    at_most_cases,
    chance_of_seeing,
    discovery_size,
    most_faulty,
    precision,
    size_needed,
    size_to_say_at_most,
    z_of,
)

__all__ = [
    "DESIGNS",
    "FIRST",
    "SECOND",
    "WHOLE",
    "Candidate",
    "Choice",
    "Design",
    "Draw",
    "Estimate",
    "Plan",
    "SamplingError",
    "Seen",
    "StratumCount",
    "as_record",
    "at_least_cases",
    "at_most_cases",
    "chance_of_seeing",
    "children_in",
    "discovery_size",
    "draw",
    "estimate",
    "expected_precision",
    "families_in",
    "frame_from_record",
    "frame_hash",
    "from_record",
    "hash_of",
    "in_order",
    "most_faulty",
    "named_numbers",
    "picked_in",
    "precision",
    "redraw",
    "size_needed",
    "size_to_say_at_most",
    "verify",
    "weights",
    "z_of",
]
