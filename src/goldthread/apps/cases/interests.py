"""Whose files somebody must not be given: declared conflicts of interest with a team, a person or a family.

The conflicts themselves are declared and waived in `apps/inspections`. Here they are held against the child of a case:
its own pseudonym, and the teams and workers that stand in its rows of the lists it was drawn from.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections.models import Conflict
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import tables_of
from goldthread.domain.timetable import Interest

if TYPE_CHECKING:
    import polars as pl

Names = Mapping[str, frozenset[str]]
"""Of each child, the teams or workers that its rows name, in small letters."""


class InConflict(Refused):
    """A reviewer would go on with a file in which they have declared a conflict of interest."""


class Interests:
    """The conflicts that keep people from some files, looked up once for each inspection and submission asked about."""

    def __init__(self) -> None:
        self._conflicts: dict[UUID, list[Conflict]] = {}
        self._staff: dict[UUID, tuple[Names, Names]] = {}

    def between(self, case: Case, person: Person) -> Conflict | None:
        """The unwaived conflict that keeps a person from a case."""
        if case.inspection_id not in self._conflicts:
            held = Conflict.objects.filter(inspection_id=case.inspection_id, waived_at=None)
            self._conflicts[case.inspection_id] = list(held.exclude(interest=Interest.AUTHORITY))
        mine = [one for one in self._conflicts[case.inspection_id] if one.person_id == person.pk]
        return next((one for one in mine if one.subjects & self._about(case, Interest(one.interest))), None)

    def require_none(self, case: Case, person: Person) -> None:
        """Raise Refused where a conflict of interest keeps a person from a case."""
        if (found := self.between(case, person)) is not None:
            raise Refused(
                f"{person.name} has declared a conflict of interest with {found.with_whom}, and cannot be given case "
                f"{case.number}. Choose somebody else, or have the quality-assurance manager waive it."
            )

    def require_own(self, case: Case, person: Person) -> None:
        """Raise InConflict where a conflict that was declared after the file was given out keeps its reviewer from it.

        What they wrote stays: it is neither shown less nor thrown away, only nothing more comes of it.
        """
        if (found := self.between(case, person)) is not None:
            raise InConflict(
                f"{person.name} has declared a conflict of interest with {found.with_whom}, which case {case.number} "
                "touches. What is written is kept. The lead inspector can give the file to somebody else, or the "
                "quality-assurance manager waive the conflict."
            )

    def about(self, case: Case) -> list[tuple[str, str]]:
        """Whom a case concerns, as a timetable of fieldwork keeps it: every team, worker and child."""
        return [
            (interest.value, word)
            for interest in (Interest.TEAM, Interest.PERSON, Interest.FAMILY)
            for word in sorted(self._about(case, interest))
        ]

    def _about(self, case: Case, interest: Interest) -> frozenset[str]:
        own = frozenset({case.pseudonym.casefold()})
        if interest is Interest.FAMILY:
            return own
        submission = case.draw.submission
        if submission.pk not in self._staff:
            self._staff[submission.pk] = _staff(submission)
        teams, workers = self._staff[submission.pk]
        if interest is Interest.TEAM:
            return teams.get(case.pseudonym, frozenset())
        return own | workers.get(case.pseudonym, frozenset())


def _staff(submission: Submission) -> tuple[Names, Names]:
    """The teams and the workers of each child. Raises Refused where the submission cannot be read."""
    import polars as pl

    from goldthread.kernel.staff import staff_of

    tables = tables_of(submission)
    of_children = [
        frame.select(pl.lit(name).alias("table"), "row", "child")
        for name, frame in tables.items()
        if {"child", "row"} <= set(frame.columns)
    ]
    if not of_children:
        return {}, {}
    known = pl.concat(of_children).drop_nulls("child").join(staff_of(tables), on=["table", "row"])
    return _named(known, "team"), _named(known, "worker")


def _named(known: "pl.DataFrame", column: str) -> Names:
    """The names in a column for each child, each written alike."""
    found: dict[str, set[str]] = defaultdict(set)
    for child, word in known.select("child", column).drop_nulls().unique().iter_rows():
        if child and word:
            found[child].add(" ".join(word.split()).casefold())
    return {child: frozenset(words) for child, words in found.items()}
