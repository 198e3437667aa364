"""Results of surveys as tables that leave, and beside those of an earlier survey."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from goldthread.apps.submissions import pictures
from goldthread.apps.surveys import queries
from goldthread.domain import surveys as domain
from goldthread.domain.disclosure.profiles import CONFIDENTIAL, ROUNDS_TO_ZERO
from goldthread.kernel.charts.base import Chart
from goldthread.kernel.charts.waves import Seen, WaveRow, waves_chart
from goldthread.web.exports import Cell, Table

SIGNS: Mapping[str, str] = {
    CONFIDENTIAL: "withheld, so that nobody can be recognised, and no other figure gives it away",
    "few": "none, of fewer than twenty, gave this answer: words stand in its place, so that nobody is told apart",
    "almost all": "all, of fewer than twenty, gave this answer: words stand in its place, so that nobody is told apart",
    ROUNDS_TO_ZERO: "more than nought, but rounds to it",
    queries.NO_GROUP: "nobody of this group answered",
}
"""What stands in the place of a figure in a table of results, and what it means."""
KEY = "; ".join(f"“{sign}”: {says}" for sign, says in SIGNS.items()) + "."
"""What the signs in a table of results mean, in a sentence."""
_UNIT = "% of those who answered"


def signs_in(shown: Iterable[str]) -> list[tuple[str, str]]:
    """The signs that stand among some shares, each with what it means, for a note beside their table."""
    held = set(shown)
    return [(sign, says) for sign, says in SIGNS.items() if sign in held]


def _figure(shown: str) -> tuple[int | None, str]:
    """A share as a number, and the sign that stands where there is none."""
    return (int(shown[:-1]), "") if shown.endswith("%") else (None, shown)


def results_table(survey: Any, *, by: str) -> Table:
    """Every result of a survey, every breakdown and every theme with its share, as the pages show them: nothing that
    these withhold, and nobody's words."""
    count = queries.counted(survey)
    rows: list[tuple[Cell, ...]] = []
    for one in queries.results(survey, count):
        if not one.shown:
            rows.append(_result_row(one.question.text, "Everybody", "", None, CONFIDENTIAL))
        for share in one.shares:
            rows.append(
                _result_row(one.question.text, "Everybody", share.text, one.of, share.shown, share.low, share.high)
            )
    for table in queries.breakdowns(survey, count):
        for text, cells in table.rows:
            for group, cell in zip(table.groups, cells, strict=True):
                rows.append(_result_row(table.question.text, group, text, None, cell))
    for read in queries.theme_shares(survey):
        rows.append(_result_row(f"Theme {read.theme.mark}", "Texts that were read for themes", read.theme.name, read.of,
                                read.shown, read.low, read.high))  # fmt: skip
    columns = ("Question", "Group", "Answer", "Answered", "Share", "Unit", "Range from", "Range to", "Sign", "Note")
    return Table(f"Survey {survey.mark}", columns, rows, _about(survey, by))


def _result_row(
    question: str, group: str, answer: str, of: int | None, shown: str, low: int | None = None, high: int | None = None
) -> tuple[Cell, ...]:
    """One share: a number with its unit beside it, or a sign with what it means."""
    share, sign = _figure(shown)
    unit = "" if share is None else "%"
    return (question, group, answer, of, share, unit, low, high, sign, SIGNS.get(sign, ""))


def changes_table(before: Any, now: Any, held: Iterable[Any], *, by: str) -> Table:
    """Every answer in two surveys with its change, as the page shows them: numbers as numbers, with their units."""
    rows = [_change_row(one, row, name_of(before), name_of(now)) for one in held for row in _rows(one)]
    columns = (
        "Question", "Answer", "Survey before", "Answered before", "Share before", "Range before from",
        "Range before to", "Survey now", "Answered now", "Share now", "Range now from", "Range now to",
        "Unit of shares", "Change", "Change from", "Change to", "Unit of changes", "Reading", "Note",
    )  # fmt: skip
    about = (*_about(now, by), ("Compared with", name_of(before)))
    return Table(f"Change {before.mark} to {now.mark}", columns, rows, about)


def _change_row(one: Any, row: WaveRow, before: str, now: str) -> tuple[Cell, ...]:
    (then, then_sign), (later, later_sign) = _figure(row.before.shown), _figure(row.now.shown)
    told = (("before", then_sign), ("now", later_sign))
    notes = "; ".join(f"{when} “{sign}”: {SIGNS[sign]}" for when, sign in told if sign)
    reading = "more than chance explains" if row.clear else "chance alone could explain it" if row.change else ""
    return (
        one.question.text, row.answer, before, one.before.of, then, row.before.low, row.before.high, now, one.now.of,
        later, row.now.low, row.now.high, _UNIT, *(row.change or (None, None, None)), "percentage points", reading,
        notes,
    )  # fmt: skip


def _about(survey: Any, by: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Inspection", survey.inspection.title), ("Survey", name_of(survey)),
        ("Taken out by", by), ("At", f"{timezone.localtime():%d/%m/%Y %H:%M}"),
        ("Who may read it", "The inspecting team"), ("Signs", KEY),
        ("Ranges", "95%, Wilson; of a change Newcombe, from whole percentages"),
        *((("Synthetic", "All data in it is invented"),) if survey.inspection.synthetic else ()),
    )  # fmt: skip


def name_of(survey: Any) -> str:
    """What a survey is called beside another: its mark, whom it asked, its inspection and when it was opened."""
    return f"{survey.mark} of {survey.who.lower()}, {survey.inspection.title}, opened {survey.created_at:%-d %B %Y}"


def short_name(survey: Any) -> str:
    """What a survey is called in a picture."""
    return f"{survey.mark}, opened {survey.created_at:%-d %b %Y}"


def changes(before: Any, now: Any, held: list[Any]) -> list[dict[str, Any]]:
    """Each question with its picture and its table; without both where fewer than ten answered it in either."""
    told = []
    for one in held:
        rows = _rows(one)
        chart = _chart(rows, before, now)
        signs = signs_in(seen.shown for row in rows for seen in (row.before, row.now))
        told.append({"changed": one, "rows": rows, "signs": signs, "drawn": pictures.whole(chart) if chart else None})
    return told


def _rows(changed: Any) -> list[WaveRow]:
    return [
        WaveRow(
            one.text, Seen(one.before.shown, one.before.low, one.before.high),
            Seen(one.now.shown, one.now.low, one.now.high),
            (one.change.points, one.change.low, one.change.high) if one.change else None,
        )
        for one in changed.answers
    ]  # fmt: skip


def _chart(rows: list[WaveRow], before: Any, now: Any) -> Chart | None:
    if all(seen.low is None for row in rows for seen in (row.before, row.now)):
        return None
    return waves_chart(rows, before=short_name(before), now=short_name(now))


def ways_of(survey: Any) -> str:
    """By which ways the answers of a survey came: where these differ, a change may be one of who answered."""
    count = queries.counted(survey)
    held = {way: sum(many for (one, _), many in count.days.items() if one == way) for way in domain.WAYS}
    told = ", ".join(f"{words.lower()} {held[way]:,}" for way, words in domain.WAYS.items() if held[way])
    return f"{count.total:,} answers: {told}" if told else "No answers"
