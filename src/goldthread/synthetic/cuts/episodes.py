"""The episodes of a period of care as the 903 counts them: a new one with every change of legal status or placement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.synthetic.lives.life import Care, Stay


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode. `change` is the reason for a placement change, on the episode that ends with one."""

    started_on: date
    why_new: str
    status: str
    stay: Stay
    ends_on: date
    why_ceased: str
    change: str | None


def episodes(care: Care) -> Iterator[Episode]:
    """Every episode of a period of care, each beginning on the day on which the one before it ends."""
    statuses = {status.on: status for status in care.statuses}
    stays = {stay.on: stay for stay in care.stays}
    starts = sorted({*statuses, *stays})
    status, stay = care.statuses[0], care.stays[0]
    for place, day in enumerate(starts):
        status, stay = statuses.get(day, status), stays.get(day, stay)
        last = place + 1 == len(starts)
        ends_on = care.ceased_on if last else starts[place + 1]
        yield Episode(
            day,
            "S" if place == 0 else _why_new(day in statuses, stays.get(day)),
            status.code,
            stay,
            ends_on,
            care.reason if last else "X1",
            stay.why_ended if ends_on in stays else None,
        )


def _why_new(new_status: bool, new_stay: Stay | None) -> str:
    if new_stay is None:
        return "L"
    if new_status:
        return "U" if new_stay.same_carer else "B"
    return "T" if new_stay.same_carer else "P"
