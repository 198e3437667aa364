"""One submission of the nation: checked and measured in a process of its own, and kept, so that it is not done twice.

A part lies in the folder `parts` under the names of its authority and return, as JSON without a child in it; its
issues lie beside it, a row each, and name children by their numbers. A part says what it was made from; where that is
still the same, it is taken as it is.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldthread.cli.refusal import Refused

if TYPE_CHECKING:
    from goldthread.cli.check_as import Return
    from goldthread.kernel.national import Part

PARTS, ISSUES = "parts", "issues"
"""The folders, in that of the answer, for the parts and for the issues of each submission."""


OTHER_PROGRAM = (
    "The machine that was to work it out holds another version of Goldthread: install the same on every one."
)
NOT_REACHED = (
    "It was not there, or the folder of the answer was not, where it was to be worked out: every machine must reach "
    "both under the same path."
)


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to work out: whose it is, which return, where it lies, last year's, and what was asked.

    `why` says what is wrong with where it lies; it is then not read. `program` is that of whoever asks: another, on a
    machine of a cluster, is refused, for two would not say the same.
    """

    authority: str
    form: str
    path: Path
    last: Path | None
    asked: argparse.Namespace
    why: str = ""
    program: str = ""

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.authority}.{self.form}"

    @property
    def part(self) -> Path:
        """Where its part lies."""
        out: Path = self.asked.out
        return out / PARTS / f"{self.name}.json"

    @property
    def issues(self) -> Path:
        """Where its issues lie."""
        out: Path = self.asked.out
        return out / ISSUES / f"{self.name}.csv"


def kept(task: Task) -> "Part | None":
    """The part that an earlier run left of the very same submission; None where there is none, or it was refused."""
    try:
        held = json.loads(task.part.read_text(encoding="utf-8"))
        same = held["made_from"] == made_from(task) and held["submission"]["used"] and task.issues.exists()
        return _part(held) if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _part(held: dict[str, Any]) -> "Part":
    import polars as pl

    from goldthread.kernel.national import GROUPS, Part

    return Part(
        submission=held["submission"],
        validation=tuple(held["validation"]),
        measures=tuple(held["measures"]),
        groups=pl.DataFrame(held["groups"], schema=GROUPS),
    )


def made_from(task: Task) -> str:
    """A hash of all that a part depends on: the files, what was asked, what was looked up, and the program."""
    digest = hashlib.sha256(f"{program()} {task.form} {task.asked.year} {task.why}".encode())
    references = [path for _, path in task.asked.reference]
    for path in (task.path, *([task.last] if task.last else []), *references):
        for file in _files(path):
            digest.update(f"\n{file.name} ".encode())
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


@cache
def program() -> str:
    """A hash of the program's own rules, measures and readers: what they say may change from day to day."""
    digest, home = hashlib.sha256(), Path(__file__).parents[1]
    for room in ("domain", "kernel", "readers"):
        for file in sorted((home / room).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(each for each in path.iterdir() if each.is_file())


def work(task: Task) -> "Part":
    """Check and measure a submission, and keep its part. A submission that cannot be used makes a part that says so.

    Raises Refused where the part cannot be written.
    """
    from goldthread.kernel.national import Part

    if why := _cannot_here(task):
        return refused(task, why)
    before = made_from(task)
    try:
        if task.why:
            raise Refused(task.why)
        part = _made(task)
    except Refused as refusal:
        task.issues.unlink(missing_ok=True)
        part = Part(submission=_submission(task, used=False, says=str(refusal)))
    _keep(task, part, before)
    return part


def _cannot_here(task: Task) -> str:
    """Why a task cannot be worked out on this machine at all, or nothing; told to whoever asked, and not kept."""
    if task.program != program():
        return OTHER_PROGRAM
    own = [task.asked.folder, task.part.parent, task.issues.parent, task.path]
    return NOT_REACHED if not all(path.exists() for path in own) else ""


def refused(task: Task, why: str) -> "Part":
    """The part of a submission that could not be worked out."""
    from goldthread.kernel.national import Part

    return Part(submission=_submission(task, used=False, says=why))


def _keep(task: Task, part: "Part", before: str) -> None:
    from goldthread.cli.output import replace

    held = {
        "made_from": before, "submission": part.submission, "validation": part.validation, "measures": part.measures,
        "groups": part.groups.to_dict(as_series=False),
    }  # fmt: skip
    replace(task.part, json.dumps(held, ensure_ascii=False).encode("utf-8", "replace"))


def _submission(task: Task, *, used: bool, says: str = "", found: "Return | None" = None) -> dict[str, Any]:
    return {
        "authority": task.authority, "form": task.form, "year": task.asked.year, "used": used,
        "rows": found.reading.rows if found else None,
        "rules_run": len(found.results.ran) if found else None,
        "rules_not_run": len({entry.rule for entry in found.results.not_run}) if found else None,
        "says": says,
    }  # fmt: skip


def _made(task: Task) -> "Part":
    from goldthread.cli.output import replace_with_csv
    from goldthread.kernel.national import Part, groups_of, measures_of, validation_of

    found, remark = _checked(task)
    measured = _measured(task, found)
    replace_with_csv(task.issues, found.told)
    return Part(
        submission=_submission(task, used=True, says=remark, found=found),
        validation=validation_of(found.told, task.authority, task.form),
        measures=measures_of(measured.measures, measured.amounts, task.authority, task.form),
        groups=groups_of(measured.measures, measured.amounts),
    )


def _checked(task: Task) -> tuple["Return", str]:
    """The return, checked, and a remark. Last year's, where it cannot be used, is left out, and the remark says so."""
    from goldthread.cli import check_as

    asked = vars(task.asked) | {"file": task.path, "as_form": task.form, "rules": None, "local_rules": None}
    if task.last is not None:
        try:
            return check_as.checked(argparse.Namespace(**asked, last_year=task.last)), ""
        except Refused as refusal:
            found = check_as.checked(argparse.Namespace(**asked, last_year=None))
            return found, f"Last year's return was left out: {refusal}"
    return check_as.checked(argparse.Namespace(**asked, last_year=None)), ""


def _measured(task: Task, found: "Return") -> Any:
    from goldthread.cli import check_as, submission
    from goldthread.kernel.record_run import Asked, measure_reading

    asked = Asked(
        settings=submission.settings(task.asked), postcodes=check_as.directory(task.asked), months=False, paces=False
    )
    earlier = [] if found.last is None else [found.last]
    day = date(task.asked.year, 3, 31)
    return measure_reading(found.reading, as_at=day, earlier=earlier, asked=asked, issues=found.results.issues)
