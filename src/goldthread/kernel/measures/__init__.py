"""Every measure of the house, in the order of a child's way through the services."""

from goldthread.kernel.measure import Measure
from goldthread.kernel.measures import adoption, care, front_door, leavers, protection

MEASURES: tuple[Measure, ...] = (
    *front_door.MEASURES,
    *protection.MEASURES,
    *care.MEASURES,
    *leavers.MEASURES,
    *adoption.MEASURES,
)
