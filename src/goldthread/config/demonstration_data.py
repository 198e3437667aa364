"""The data of the demonstration: three hand-ins of lists, two statutory returns, published figures; and their use.

The lists are of the same invented children half a year apart, so that every month of a year and a half is told, and
the service of the story loses ground from the ninth of them on. Everything is received by the same action as an upload.
"""

import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.management.base import CommandError

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import actions as comparison
from goldthread.apps.comparison import watching
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import accepting, issues, worker
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions.models import DataQuery, MeasureValue, Submission
from goldthread.config import demonstration_story as story
from goldthread.domain import lifecycle
from goldthread.domain.calendar import add_months
from goldthread.synthetic import authority, workbook
from goldthread.synthetic.cuts import folder
from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.published import Published

SEED = 2013
MONTHS, EVERY, DECLINES_FROM = 18, 6, 9
"""How long the story is, how many months lie between two hand-ins, and the month in which the decline begins."""

Actors = dict[str, Actor]


def key(name: str) -> UUID:
    """The same key for the same part of the demonstration, whenever it is made."""
    return uuid5(NAMESPACE_URL, f"goldthread-demonstration/{name}")


class File:
    """A file of the demonstration, given to the same actions as an upload."""

    too_large = False

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size

    def memory_path(self) -> str:
        """Where its bytes are."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in: the lists, the earliest first, and the statutory returns, where there are any."""

    lists: tuple[Submission, ...]
    statutory: tuple[Submission, ...] = ()

    @property
    def latest(self) -> Submission:
        """The lists that the inspection works with."""
        return self.lists[-1]


CARELESS = 12
"""How many rows of the return's header are written carelessly."""


def one_workbook(inspection: Inspection, actors: Actors, size: float, as_at: date) -> Handed:
    """The latest lists alone, told by themselves: in seconds."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "annex-a.xlsx"
        workbook.write(authority.make(authority.AuthoritySpec(story.AUTHORITY, size, SEED, as_at)), path)
        received = [receive_lists(inspection, actors, path, as_at)]
    return Handed(tuple(hand_over(received, actors)))


def whole_story(inspection: Inspection, actors: Actors, size: float, as_at: date) -> Handed:
    """Lists of three days, the return on children looked after, the census and the practice record, all of the same
    children. The record comes first, so that the lists of the last day stay the latest hand-in."""
    spec = authority.AuthoritySpec(story.AUTHORITY, size, SEED, as_at)
    request = Request(
        spec, ("annex-a", "ssda903", "cin", "practice"), months=MONTHS, declines_from=DECLINES_FROM, every=EVERY
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        folder.write_returns(request, out, lambda _: None)
        year = request.years[-1].number
        _write_carelessly(out / "ssda903" / f"{year}" / f"synthetic-{year}-header.csv")
        before, now = (_packed(out / "ssda903" / str(year.number), f"SSDA903 {year.number}") for year in request.years)
        received = [
            _practice(inspection, actors, _packed(out / "practice", "practice record"), as_at),
            _statutory(inspection, actors, now, before),
            _census(inspection, actors, out / "cin" / f"synthetic-cin-{request.years[-1].number}.xml"),
        ]
        for day in request.snapshots:
            received.append(receive_lists(inspection, actors, out / "annex-a" / f"synthetic-annex-a-{day}.xlsx", day))
    _, returns, census, *lists = hand_over(received, actors)
    _accept_a_query(returns, actors)
    return Handed(tuple(lists), (returns, census))


def receive_lists(inspection: Inspection, actors: Actors, path: Path, day: date) -> Submission:
    """Receive the lists of one day."""
    return submissions.receive(
        inspection=inspection, upload=File(path), label=f"{inspection.authority} Annex A {day:%B %Y} (synthetic).xlsx",
        client_key=key(f"lists of {day}"), as_at=day, by=actors["uploader@demo.example"],
    )  # fmt: skip


def _write_carelessly(header: Path) -> None:
    """The codes of the first children in small letters, as a clerk types them: the same codes, to be mended."""
    top, *below = header.read_text(encoding="utf-8").splitlines()
    at = top.split(",").index("ETHNIC")
    for place, line in enumerate(below[:CARELESS]):
        cells = line.split(",")
        cells[at] = cells[at].lower()
        below[place] = ",".join(cells)
    header.write_text("\n".join([top, *below, ""]), encoding="utf-8")


def _accept_a_query(returns: Submission, actors: Actors) -> None:
    """One query of the return, accepted with a reason where there is one."""
    for one in issues.issues(returns, severity="query"):
        if accepting.key_of(one) is not None:
            submissions.accept(
                submission=returns, rule=one.rule, table=one.table or "", row=one.row or 0,
                reason="Checked against the record: it is right as it stands.", client_key=key("accepted"),
                by=actors["uploader@demo.example"],
            )  # fmt: skip
            return


def _packed(files: Path, called: str) -> Path:
    """The files of one return, or of the practice record, in one zip."""
    path = files.with_name(f"{story.AUTHORITY} {called} (synthetic).zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for each in sorted(files.glob("*.csv")):
            held.write(each, each.name)
    return path


def _practice(inspection: Inspection, actors: Actors, record: Path, day: date) -> Submission:
    return submissions.receive(
        inspection=inspection, upload=File(record), label=record.name, as_at=day, client_key=key("practice record"),
        by=actors["uploader@demo.example"],
    )  # fmt: skip


def _statutory(inspection: Inspection, actors: Actors, now: Path, before: Path) -> Submission:
    return submissions.receive(
        inspection=inspection, upload=File(now), label=now.name, before=[submissions.Sent(File(before), before.name)],
        client_key=key("ssda903"), by=actors["uploader@demo.example"],
    )  # fmt: skip


def _census(inspection: Inspection, actors: Actors, path: Path) -> Submission:
    return submissions.receive(
        inspection=inspection, upload=File(path),
        label=f"{story.AUTHORITY} CIN census {path.stem[-4:]} (synthetic).xml",
        client_key=key("cin census"), by=actors["uploader@demo.example"],
    )  # fmt: skip


def hand_over(received: Sequence[Submission], actors: Actors) -> list[Submission]:
    """Read what was received, one after the other, and hand each over before the next is read.

    So the rules that look at the hand-in before find it.
    """
    done = []
    for submission in received:
        worker.read_next()
        submission.refresh_from_db()
        if submission.status != lifecycle.Submission.READ:
            raise CommandError(f"The demonstration's own {submission.label} could not be read: {submission.refusal}")
        done.append(
            submissions.hand_over(
                submission=submission, version=submission.version, by=actors["officer@demo.example"]
            )
        )  # fmt: skip
    return done


def published_figures(inspection: Inspection, handed: Handed, actors: Actors, size: float) -> None:
    """Figures and neighbours of invented authorities, loaded by the analyst; the authority's own fit its lists."""
    first = MeasureValue.objects.filter(submission=handed.lists[0], breakdown="", value__isnull=False)
    last = (handed.latest.as_at or date.today()).year - 1  # noqa: DTZ011 - lists always have a day here
    per_child = 10_000 / max(1, inspection.children_in_area or 1)
    rates = {
        told["code"]: told["value"] * per_child
        for told in handed.lists[0].counts.get("amounts", [])
        if told["how"] == "rate" and told["value"]
    }
    shares = {one.code: one.value or 0.0 for one in first}
    made = Published(last, story.AUTHORITY, size, SEED, shares, rates)
    with tempfile.TemporaryDirectory() as folder_:
        for name, text in (("figures", made.figures()), ("neighbours", made.neighbours())):
            path = Path(folder_) / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            comparison.load(
                inspection=inspection, upload=File(path), label=f"SYNTHETIC published {name} {last}.csv",
                client_key=key(f"published {name}"), by=actors["analyst@demo.example"],
            )  # fmt: skip


def data_queries(handed: Handed, actors: Actors) -> list[DataQuery]:
    """Questions about the latest lists: one that waits, one that is answered, one closed with its answer."""
    analyst, officer = actors["analyst@demo.example"], actors["officer@demo.example"]
    broken = {(one.rule, one.list) for one in issues.rules_broken(handed.latest)}
    asked = [told for told in story.QUERIES if (told.rule, told.list) in broken]
    done = []
    for number, told in enumerate(asked[: len(story.ENDS)]):
        query = submissions.ask(
            submission=handed.latest, rule=told.rule, list=told.list, row=None, question=told.question,
            client_key=key(f"query {number}"), by=analyst,
        )  # fmt: skip
        end = story.ENDS[number]
        if end != "asked":
            query = submissions.answer(query=query, says=told.answer, version=query.version, by=officer)
        if end == "closed":
            query = submissions.close(query=query, because=told.closing, version=query.version, by=analyst)
        done.append(query)
    return done


def series(handed: Handed, actors: Actors) -> None:
    """A target on each side of the wall, and limits that the team drew anew where a service changed."""
    for told in story.TARGETS:
        by = actors[told.by]
        found = _series(handed, told.code, by)
        comparison.set_target(
            found=found, target=told.target, source=told.source, version=found.watched.series.version, by=by
        )
    by = actors[story.REBASING.by]
    period = f"{add_months(handed.latest.as_at or date.min, -story.REBASING.months_ago):%Y-%m}"
    found = _series(handed, story.REBASING.code, by)
    if period in watching.periods(found, by):
        comparison.rebase(
            found=found, period=period, because=story.REBASING.because, client_key=key("rebasing"), version=None, by=by
        )


def _series(handed: Handed, code: str, by: Actor) -> watching.One:
    return watching.one(by, handed.latest.inspection_id, handed.latest.pk, code)


def past_grades(inspection: Inspection, actors: Actors) -> None:
    """What two earlier inspections of the invented authority gave, with where it was read."""
    for number, told in enumerate(story.PAST_GRADES):
        day = add_months(inspection.call_day, -told.months_ago)
        comparison.note_grade(
            inspection=inspection, on=day, framework=told.framework, area=told.area, grade=told.grade,
            source=told.source, client_key=key(f"grade {number}"), by=actors["lead@demo.example"],
        )  # fmt: skip
