"""The submission before this one: which it is, and its lists as the rules across submissions need them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from goldthread.apps.access.roles import Side
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

logger = logging.getLogger("goldthread.submissions")

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.context import Earlier


def before(submission: Submission, as_at: date) -> Submission | None:
    """The latest submission of an earlier day that this one may be held against; None where there is none.

    Only what was handed over is looked at: an issue of this submission tells of the earlier one, and once this one is
    handed over the other side reads it. What the team uploaded itself may be held against what the council handed
    over, and never the other way about: the council knows nothing of the team's uploads.
    """
    rows = Submission.objects.filter(
        inspection=submission.inspection, form="annex_a", status=lifecycle.Submission.READ,
        hand_over=lifecycle.HandOver.SUBMITTED, as_at__lt=as_at,
    ).exclude(pk=submission.pk)  # fmt: skip
    if submission.side != Side.TEAM:
        rows = rows.filter(side=submission.side)
    return rows.select_related("inspection").order_by("-as_at", "-created_at").first()


def of(
    submission: Submission, as_at: date, tables: Mapping[str, pl.DataFrame], names: Mapping[tuple[str, str], str]
) -> tuple[Submission | None, Earlier | None]:
    """The submission before this one with its lists for the rules; neither where there is none.

    Nor where its lists cannot be read back: what is wrong with an old submission is no reason to refuse a new one, and
    the rules that compare then say that they could not run.
    """
    from goldthread.engines.durable import StoreDamaged

    held = before(submission, as_at)
    if held is None:
        return None, None
    try:
        return held, as_earlier(held, tables, names)
    except (KeyError, StoreDamaged, OSError):
        logger.warning("submission %s cannot be compared with: it cannot be read back from the store", held.pk)
        return None, None


def as_earlier(
    held: Submission, tables: Mapping[str, pl.DataFrame], names: Mapping[tuple[str, str], str]
) -> Earlier | None:
    """The earlier lists for the rules, each child under the id that the lists now write; None where no day is known.

    `tables` are the lists now, in clear, and `names` the pseudonyms of whoever is in them. So an id that is written in
    another case or with other spaces is still the same child's. Children who are gone keep their pseudonym.
    """
    from goldthread.kernel.context import Earlier

    if held.as_at is None:
        return None
    anywhere = {name: written for (kind, written), name in names.items() if kind == "child"}
    births = _births(held)
    found = {}
    for name in holdings.frame_names(held, "tables", held.store_key):
        frame = holdings.fetch_frame(held, "tables", held.store_key, name)
        if "child" in frame.columns:
            here = _written_here(tables[name], names) if name in tables else {}
            frame = _as_written(frame, {**anywhere, **here}, births)
        found[name] = frame.lazy()
    return Earlier(held.as_at, found)


def _written_here(frame: pl.DataFrame, names: Mapping[tuple[str, str], str]) -> dict[str, str]:
    written = frame["child"].drop_nulls().unique(maintain_order=True)
    return {names["child", one]: one for one in reversed(written.to_list())}


def _as_written(frame: pl.DataFrame, ids: Mapping[str, str], births: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if "born_on" in frame.columns:
        frame = frame.drop("born_on").join(births, on="child", how="left", maintain_order="left")
    return frame.with_columns(pl.col("child").replace(dict(ids)))


def _births(held: Submission) -> pl.DataFrame:
    """The date of birth of each child of whom the earlier lists gave one and no other, from the vault."""
    import polars as pl

    vault = holdings.fetch_frame(held, "vault", held.vault_key, "vault")
    dates = vault.filter(pl.col("column") == "born_on").group_by("pseudonym").agg(pl.col("value").unique())
    sure = dates.filter(pl.col("value").list.len() == 1)
    return sure.select(
        pl.col("pseudonym").alias("child"), pl.col("value").list.first().str.to_date(strict=False).alias("born_on")
    )
