"""Every measure of the record, in the order of a child's way through the services.

They ask what the lists of Annex A cannot tell, or tell from counts: events over a whole year. A measure that bears the
code of one in `kernel/measures` asks the same question, by the definition that the record allows.
"""

from goldthread.kernel.measure import Measure
from goldthread.kernel.record_measures import care, early_help, leavers, moves, need

RECORD_MEASURES: tuple[Measure, ...] = (
    *early_help.MEASURES,
    *need.FRONT_DOOR,
    *need.PROTECTION,
    *moves.MEASURES,
    *moves.LIVING,
    moves.PROVIDED,
    *care.MEASURES,
    *leavers.MEASURES,
    *need.ADOPTION,
)
