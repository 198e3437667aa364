"""Setting the target of a series, and drawing its limits anew from a month on, with a reason."""

import math
import re
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison.models import Rebased, Series
from goldthread.apps.comparison.watching import One
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain.control_charts import Direction

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
NO_TARGET = "Neither high nor low is better here, so a target would say nothing."


@transaction.atomic
def set_target(*, found: One, target: float | None, source: str, version: int, by: Actor) -> Series:
    """Set what a series is held against and where that comes from; none takes the target away.

    Raises Refused for a target that says nothing, and Clash where somebody set another meanwhile.
    """
    require(by, Permission.SERIES_EDIT, found.submission.target())
    row = _series(found)
    source = " ".join(source.split()) if target is not None else ""
    said = {"target": _words(target), "source": source}
    now = {"target": _words(row.target_value), "source": row.target_source}
    require_version(row.version, version, theirs=now, yours=said, about=row)
    _check(found, target, source)
    row.target_value, row.target_source, row.version = target, source[:300], row.version + 1
    row.save()
    journal(
        Events.SERIES_TARGET, by=by, about=row, chain=row.inspection_id, side=row.side, target=target,
    )  # fmt: skip
    return row


def _check(found: One, target: float | None, source: str) -> None:
    if target is None:
        return
    if found.watched.measure.better.value == Direction.NEITHER or found.watched.measure.better.value == "context":
        raise Refused(NO_TARGET)
    scale = found.watched.scale
    if scale.percent and not (math.isfinite(target) and 0 <= target <= 100):
        raise Refused("The target is a percentage: give a number from 0 to 100.")
    if not math.isfinite(target) or target < 0:
        raise Refused(f"The target is in {scale.unit}: give a number that is not below nought.")
    if not source:
        raise Refused("Say where the target comes from: a plan, a contract, guidance.")


def _words(target: float | None) -> str:
    return "" if target is None else f"{target:g}"


def _series(found: One) -> Series:
    held = found.watched.series
    row, _ = Series.objects.select_for_update().get_or_create(
        inspection=held.inspection, side=held.side, code=held.code
    )
    return row


@transaction.atomic
def rebase(*, found: One, period: str, because: str, client_key: UUID, version: int | None, by: Actor) -> Rebased:
    """Draw the limits of a series anew from a month on. The same key twice is one decision.

    It is on record at once, and drawn as soon as there are points enough. Raises Refused without a reason or a month,
    or where limits are drawn anew from that month already, and Overtaken where somebody changed the series meanwhile.
    """
    require(by, Permission.SERIES_EDIT, found.submission.target())
    row = _series(found)
    if known := Rebased.objects.filter(client_key=client_key, series=row).first():
        return known
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    because = " ".join(because.split())
    if not because:
        raise Refused("Say what changed then: limits are drawn anew for a reason, and the reason stays on record.")
    if not MONTH.fullmatch(period):
        raise Refused("Choose a month from which the limits are drawn anew.")
    if Rebased.objects.filter(series=row, period=period, taken_back_at=None).exists():
        raise Refused(f"The limits are drawn anew from {period} already.")
    made = Rebased.objects.create(
        series=row, period=period, because=because[:300], client_key=client_key,
        made_by_id=None if by.programme else by.id,
    )  # fmt: skip
    _bump(row)
    journal(Events.SERIES_REBASED, by=by, about=row, chain=row.inspection_id, side=row.side, period=period)
    return made


@transaction.atomic
def take_back_limits(*, rebased: Rebased, by: Actor) -> Rebased:
    """Join a series again where its limits were drawn anew. The decision stays on record as taken back."""
    row = Rebased.objects.select_for_update(of=("self",)).select_related("series__inspection").get(pk=rebased.pk)
    require(by, Permission.SERIES_EDIT, row.target())
    if row.taken_back_at is None:
        row.taken_back_at, row.taken_back_by_id = timezone.now(), None if by.programme else by.id
        row.save(update_fields=["taken_back_at", "taken_back_by"])
        _bump(row.series)
        journal(
            Events.SERIES_JOINED, by=by, about=row.series, chain=row.series.inspection_id, side=row.series.side,
            period=row.period,
        )  # fmt: skip
    return row


def _bump(row: Series) -> None:
    row.version += 1
    row.save(update_fields=["version"])
