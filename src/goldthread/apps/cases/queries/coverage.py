"""Whether the files drawn and reviewed look like the frame they came from, and who is not in the frame and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.apps.cases.drawing import frame_of
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.cases.queries.draws import plan_of
from goldthread.apps.cases.queries.summaries import strata_of
from goldthread.apps.submissions.queries import tables_of
from goldthread.domain import lifecycle, sampling

NOT_IN_CARE = "Not in care"

BY: Mapping[str, str] = {
    "team": "Team", "age_band": "Age", "service": "Status", "ethnicity_group": "Ethnicity", "placement": "Placement",
}  # fmt: skip
"""By what a sample is held against its frame, with words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a group's share of the files, as its weights put it right, lies from its share of the frame, in points.

    `low` and `high` bound what the files leave open (95%).
    """

    points: float
    low: float
    high: float

    @property
    def apart(self) -> bool:
        """Whether chance alone explains it badly: the range, in whole points as it is shown, does not reach 0."""
        return round(self.low) > 0 or round(self.high) < 0


@dataclass(frozen=True, slots=True)
class Group:
    """One group: how many of the frame, of the files in play, and of those reviewed; and how far off each is."""

    name: str
    in_frame: int
    share: float
    drawn: int
    reviewed: int
    drawn_off: Difference | None
    reviewed_off: Difference | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The files of a draw held against its frame, by each of BY."""

    frame: int
    drawn: int
    reviewed: int
    by_chance: bool
    tables: tuple[tuple[str, tuple[Group, ...]], ...]


def coverage(draw: Draw) -> Coverage:
    """The files in play and those reviewed, against the frame. Raises Refused where the submission cannot be read."""
    frame = frame_of(draw.submission, plan_of(draw), as_at=draw.as_at).frame
    columns = [name for name in BY if name != "placement"]
    about = {
        child: dict(zip(columns, row, strict=True))
        for child, *row in frame.eligible.select("child", *columns).iter_rows()
    }
    homes = _homes(draw)
    for child, values in about.items():
        values["placement"] = homes.get(child, NOT_IN_CARE)
    cases = list(draw.cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE).order_by())
    known = [case for case in cases if case.pseudonym in about]
    reviewed = [case for case in known if case.status == lifecycle.Case.REVIEWED]
    tables = tuple((words, _groups(draw, name, about, known, reviewed)) for name, words in BY.items())
    by_chance = sampling.Design(draw.design).by_chance
    return Coverage(len(about), len(known), len(reviewed), by_chance, tables)


def _homes(draw: Draw) -> Mapping[str, str]:
    from goldthread.kernel.theme_frames import placements

    return placements(tables_of(draw.submission))


def _groups(
    draw: Draw, by: str, about: Mapping[str, Mapping[str, str]], drawn: Sequence[Case], reviewed: Sequence[Case]
) -> tuple[Group, ...]:  # fmt: skip
    def of(case: Case) -> str:
        return about[case.pseudonym][by]

    frame = Counter(values[by] for values in about.values())
    in_play, done = Counter(map(of, drawn)), Counter(map(of, reviewed))
    return tuple(
        Group(
            name, count, count / len(about), in_play[name], done[name],
            _off(draw, drawn, of, name, count / len(about)), _off(draw, reviewed, of, name, count / len(about)),
        )
        for name, count in sorted(frame.items(), key=lambda pair: (-pair[1], pair[0]))
    )  # fmt: skip


def _off(
    draw: Draw, cases: Sequence[Case], of: Callable[[Case], str], name: str, share: float
) -> Difference | None:  # fmt: skip
    seen = (sampling.Seen(case.stratum, of(case) == name, True, case.siblings) for case in cases)
    told = sampling.estimate(sampling.Design(draw.design), strata_of(draw), seen)
    if told is None:
        return None
    return Difference(*(100 * (value - share) for value in (told.share, *told.interval)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One row of the lists that is not in the frame: whose, where it stands, and why."""

    child: str
    list_number: int
    title: str
    row: int
    reason: str


def left_out(draw: Draw, reason: str = "") -> list[LeftOut]:
    """Who is not in the frame and why, list by list; `reason` chooses one. Raises Refused."""
    from goldthread.kernel.tables import TABLES

    rows = frame_of(draw.submission, plan_of(draw), as_at=draw.as_at).frame.excluded.iter_rows(named=True)
    return [
        LeftOut(row["child"] or "", row["list"], TABLES[row["table"]].title, row["row"], row["reason"])
        for row in rows
        if not reason or row["reason"] == reason
    ]
