"""What falls below the standard is about: themes by how often, the most frequent first, with the share down to each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.kernel.charts.base import Chart, layered
from goldthread.kernel.charts.pareto import MOST, MOST_DRAWN, in_two_lines, pareto_layers, written_at

A_LETTER = 1.45
"""How much of the axis a letter of a label takes, at most."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: in how many answers below the standard it stands, in how many of how many files, and the share of the
    frame's files that this tells of, in per cent with its range; None where nothing can be told of the frame."""

    theme: str
    source: str
    answers: int
    files: int
    of: int
    low: float | None = None
    high: float | None = None


def themes_finding(rows: Sequence[ThemeRow]) -> str:
    """What the chart says, as a sentence: how few themes make up most of what falls below the standard."""
    whole = sum(row.answers for row in rows)
    if not whole:
        return "No answer falls below the standard"
    few, together = 0, 0
    for row in rows:
        few, together = few + 1, together + row.answers
        if 100 * together >= MOST * whole:
            break
    if few == len(rows):
        return f"{few} theme{'s make' if few > 1 else ' makes'} up all that falls below the standard; none stands out"
    first = f", “{rows[0].theme}” most often" if rows[0].answers > rows[1].answers else ""
    share = f"{100 * together / whole:.0f}%"
    return f"{few} of {len(rows)} themes make{'s' if few == 1 else ''} up {share} of what falls short{first}"


def themes_chart(rows: Sequence[ThemeRow]) -> Chart:
    """A bar for each theme's share of what falls below the standard, and a dot for the share of all down to it."""
    title, whole = themes_finding(rows), max(1, sum(row.answers for row in rows))
    table, together = [], 0
    for row in rows:
        together += row.answers
        likely = f"{row.low:.0f} to {row.high:.0f}" if row.low is not None and row.high is not None else ""
        table.append((row.theme, row.source, row.answers, round(100 * row.answers / whole, 1),
                      round(100 * together / whole, 1), row.files, row.of, likely))  # fmt: skip
    # A theme of the questions and one of the tags may have the same name: without its source they would be one row.
    named = Counter(row.theme for row in rows)
    drawn: list[dict[str, object]] = [
        {"rule": in_two_lines(theme if named[theme] == 1 else f"{theme} ({source.lower()})"), "share": share,
         "down": down,
         **_label(f"{answers} · {files} of {of} files", f" ({likely}%)" if likely else "", share, down)}
        for theme, source, answers, share, down, files, of, likely in table[:MOST_DRAWN]
    ]  # fmt: skip
    if others := table[MOST_DRAWN:]:
        share = round(sum(row[3] for row in others), 1)
        label = _label(f"{sum(row[2] for row in others)} together", "", share, 100.0)
        drawn.append({"rule": f"{len(others)} other themes", "share": share, "down": 100.0, **label})
    summary = (
        f"{title}. Bars are each theme's share of all answers below the standard, with their number, the files they "
        "stand in, and in brackets the likely share of the whole frame; dots are the share of all themes down to it."
    )
    columns = ("theme", "from", "answers below", "share in %", "share down to here in %", "files", "of files",
               "likely share of the frame in %")  # fmt: skip
    spec = layered(
        pareto_layers(drawn), title=title, summary=summary, width=430, height={"step": 38},
        about="Bar: share of all answers below the standard. Dot: share of all themes down to this one.",
    )  # fmt: skip
    spec["padding"] = {**spec["padding"], "left": 40}
    return Chart(title, summary, spec, columns, tuple(table))


def _label(counts: str, likely: str, share: float, down: float) -> dict[str, object]:
    """What is written in a row and where. The range, which the table holds too, goes where it would meet the dot."""
    for label in (counts + likely, counts):
        room = A_LETTER * len(label)
        if down - share >= room or down < 100 - room:
            break
    return {"label": label, "beside": written_at(share, down, room)}
