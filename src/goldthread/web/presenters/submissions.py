"""What the pages of child-level data show: numbers as chart rows, issues as rows of a file, sentences for warnings."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldthread.web.exports import Table

CROSSES_NEVER = (
    "The files themselves. They stay sealed on the server; nobody can download them.",
    "Children's ids, names and other numbers, dates of birth, postcodes, addresses and URNs. They lie in the vault. "
    "Those of the team who may "
    "look somebody up leave a line in the journal each time, and you can read it.",
)


OF_THE_WHOLE = {
    "W13": "Cells are merged below the headings: all but the first of each counted as blank.",
    "W14": "A file stops within a row, as one does that was cut short: rows may be lacking.",
    "W15": "A column names more than one authority: the rows may be of several, and were read as of one.",
}
"""What the reader found that concerns every number: the code of the issue, and the sentence."""


def warnings(submission: Any) -> list[str]:
    """What is worth knowing about a submission before its numbers are used, each in one sentence."""
    said = []
    if submission.as_at_guessed:
        said.append(_day(submission))
    if hidden := [sheet for sheet in submission.lists.get("sheets", []) if sheet["hidden"]]:
        read = sum(1 for sheet in hidden if sheet["table"])
        said.append(
            f"The workbook has {len(hidden)} hidden sheet{'' if len(hidden) == 1 else 's'}; {read} of them "
            "held a list and was read. Check that you meant to send what is hidden."
        )
    broken = {row["rule"] for row in submission.counts.get("rules", [])}
    said += [sentence for code, sentence in OF_THE_WHOLE.items() if code in broken]
    if unread := submission.lists.get("unread"):
        said.append(f"{unread:,} cell{'' if unread == 1 else 's'} could not be understood and counted as blank.")
    if submission.year and not any(part["when"] == "before" for part in submission.parts):
        said.append(
            "The return of the year before was not handed in: measures that look back further than a year say so."
        )
    not_run = submission.counts.get("not_run", [])
    if ran := submission.counts.get("ran"):
        said.append(
            f"{ran:,} of the Department for Education's rules were run on it. "
            + ("The rules named below were not, and count neither as broken nor as kept." if not_run else "")
        )
    return [one.strip() for one in said] + _not_run(not_run, submission.form)


def _day(submission: Any) -> str:
    """How the as-at date was known where nobody said it."""
    if submission.lists.get("no_day"):
        return "Nobody said which day the data describes, and no date in it tells: the day it was read is taken."
    if submission.year:
        return f"It is measured for the year that ends on 31 March {submission.year}."
    if submission.of_lists:
        return "Nobody said on which day the lists were cut. The as-at date was taken from the latest events in them."
    return "Nobody said which day the data describes. The as-at date was taken from the latest events in it."


def _not_run(rules: Iterable[dict[str, str]], form: str) -> list[str]:
    """One sentence for each reason why rules could not be checked; a code that is no number says what it tells of."""
    from goldthread.kernel.rules import by_code, says_of

    by_reason: dict[str, list[str]] = {}
    for one in rules:
        by_reason.setdefault(one["why"], []).append(one["rule"])
    said = []
    words = says_of(form) if by_reason else {}
    for why, held in by_reason.items():
        codes = [
            f"{code} (“{words[code].rstrip('.')}”)" if code.isalpha() and code in words else code
            for code in sorted(held, key=by_code)
        ]
        named = f"Rule {codes[0]}" if len(codes) == 1 else f"Rules {', '.join(codes[:-1])} and {codes[-1]}"
        because = why.replace("It needs ", "They need ", 1) if len(codes) > 1 and why.startswith("It needs ") else why
        said.append(f"{named} could not be checked. {because}")
    return said


def issue_table(submission: Any, issues: Iterable[Any], *, by: str, at: datetime, asked: str) -> Table:
    """The issues as a file. The row is the row of the sheet, so that whoever has the workbook finds it."""
    return Table(
        title="Issues",
        columns=(
            *(("List", "Row in the sheet") if submission.of_lists else ("Table", "Row in the file")), "Pseudonym",
            "Severity", "Rule", "Columns", "What is wrong", "How to mend it",
            "What was written", "Team", "Worker", "Row in the earlier sheet",
        ),
        rows=[
            (
                one.list if submission.of_lists else one.table_words,
                one.row, one.child, one.severity_words, one.rule, one.fields, one.says, one.mend, one.written,
                one.team, one.worker, one.earlier_row,
            )
            for one in issues
        ],
        about=(
            ("Inspection", submission.inspection.title),
            ("Synthetic data", "Yes: no real child is in it" if submission.inspection.synthetic else "No"),
            ("Receipt (SHA-256)", submission.sha256),
            ("As at", submission.as_at.strftime("%d/%m/%Y") if submission.as_at else "Not known"),
            ("Which issues", asked),
            ("Exported by", by),
            ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
            ("Handle with care", "Rows about children. Keep it only as long as you need it to mend the lists."),
        ),
    )  # fmt: skip


def rows_behind(submission: Any, found: Any, *, by: str, at: datetime) -> Table:
    """The rows behind a mark of a picture as a file, by pseudonym and by the row of the sheet."""
    return Table(
        title="Rows",
        columns=("Pseudonym", "Where it stands", "Days"),
        rows=[(one.child, one.place.says, one.number) for one in found.rows],
        about=(
            ("Inspection", submission.inspection.title),
            ("Synthetic data", "Yes: no real child is in it" if submission.inspection.synthetic else "No"),
            ("Receipt (SHA-256)", submission.sha256),
            ("As at", submission.as_at.strftime("%d/%m/%Y") if submission.as_at else "Not known"),
            ("Question", found.asks),
            ("Which rows", found.says),
            ("Exported by", by),
            ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
            ("Handle with care", "Rows about children. Keep it only as long as your work needs it."),
        ),
    )
