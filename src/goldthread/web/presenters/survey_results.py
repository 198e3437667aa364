"""Results of surveys as tables that leave, and beside those of an earlier survey."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from goldthread.apps.submissions import pictures
from goldthread.apps.surveys import queries
from goldthread.domain import surveys as domain
from goldthread.kernel.charts.base import Chart
from goldthread.kernel.charts.waves import Seen, WaveRow, waves_chart
from goldthread.web.exports import Cell, Table

KEY = (
    "“c” is withheld, so that nobody can be recognised, and no other figure gives it away; “few” and “almost all” "
    "stand where all or none of fewer than twenty gave an answer; “k” is more than nought, but rounds to it; “–” is "
    "nobody."
)
"""What the signs in a table of results mean."""


def results_table(survey: Any, *, by: str) -> Table:
    """Every result of a survey, every breakdown and every theme with its share, as the pages show them: nothing that
    these withhold, and nobody's words."""
    count = queries.counted(survey)
    rows: list[tuple[Cell, ...]] = []
    for one in queries.results(survey, count):
        if not one.shown:
            rows.append((one.question.text, "Everybody", "", "fewer than ten", "c", None, None))
        for share in one.shares:
            rows.append((one.question.text, "Everybody", share.text, one.of, share.shown, share.low, share.high))
    for table in queries.breakdowns(survey, count):
        for text, cells in table.rows:
            for group, cell in zip(table.groups, cells, strict=True):
                rows.append((table.question.text, group, text, None, cell, None, None))
    for read in queries.theme_shares(survey):
        rows.append((f"Theme {read.theme.mark}", "Texts that were read for themes", read.theme.name, read.of,
                     read.shown, read.low, read.high))  # fmt: skip
    columns = ("Question", "Group", "Answer", "Answered", "Share", "Range from (%)", "Range to (%)")
    return Table(f"Survey {survey.mark}", columns, rows, _about(survey, by))


def changes_table(before: Any, now: Any, held: Iterable[Any], *, by: str) -> Table:
    """Every answer in two surveys with its change, as the page shows them."""
    rows: list[tuple[Cell, ...]] = [
        (one.question.text, row.answer, one.before.of, row.before.shown, row.before.range, one.now.of, row.now.shown,
         row.now.range, row.told, "more than chance explains" if row.clear else "")
        for one in held for row in _rows(one)
    ]  # fmt: skip
    columns = (
        "Question", "Answer", "Answered before", "Share before", "Range before", "Answered now", "Share now",
        "Range now", "Change", "Reading",
    )  # fmt: skip
    about = (*_about(now, by), ("Compared with", name_of(before)))
    return Table(f"Change {before.mark} to {now.mark}", columns, rows, about)


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
        told.append({"changed": one, "rows": rows, "drawn": pictures.whole(chart) if chart else None})
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
