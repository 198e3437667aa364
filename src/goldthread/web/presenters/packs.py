"""The board pack and the plan of action as pages and files show them, made of what the reader may see."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.utils import timezone
from django.utils.timezone import localtime

from goldthread.apps.improvement import queries
from goldthread.apps.reports.document import Document, Grid, Part
from goldthread.domain.improving import Reach, Verdict
from goldthread.domain.statement_of_action import DAYS
from goldthread.web.presenters import improvement

MOST_ROWS, MOST_LINES, LONGEST, OF_A_ROW = 10, 5, 95, 50
"""What one page holds: rows of the table, lines below it, letters of a text in it, and letters more that each list
below it may have for a row that the table has not."""


def board(inspection: Any, pack: Any, *, titled: bool = True) -> dict[str, Any]:
    """The pack in words, kept to what a page holds; `more` says what was left out of it, and where it stands.

    `titled` says that its reader may read what the team calls an inspection; else it is called by what it is.
    """
    shown, rest = pack.rows[:MOST_ROWS], len(pack.rows) - MOST_ROWS
    synthetic = "Synthetic data: no real child is in here. " if inspection.synthetic else ""
    room = MOST_LINES * LONGEST + (MOST_ROWS - len(shown)) * OF_A_ROW
    letters = dict(zip((one.pk for one in pack.others), ascii_uppercase, strict=False))
    return {
        "title": f"Board pack, {pack.month:%B %Y}: {inspection.authority}",
        "about": f"{_called(inspection, titled)}. {_as_at(pack)}{_elsewhere(pack, letters, titled)}",
        "foot": f"{synthetic}A goal is judged by what is found later, by Goldthread’s rules, not by who calls it done.",
        "counts": _counts(pack), "heading": "Recommendations, what needs looking at first",
        "rows": [_row(one, pack.today, letters) for one in shown],
        "more": f"And {rest} more, in the plan." if rest > 0 else "",
        "moved": _moved(pack.moved, letters, room),
        "overdue": _lines(_due(pack.overdue, letters), room), "soon": _lines(_due(pack.soon, letters), room),
    }  # fmt: skip


def _called(inspection: Any, titled: bool) -> str:
    return str(inspection.title) if titled else f"{inspection.get_kind_display()}, {inspection.authority}"


def _elsewhere(pack: Any, letters: Mapping[Any, str], titled: bool) -> str:
    """Which further inspections of the authority the pack tells of, each with its letter."""
    if not pack.others:
        return ""
    named = "; ".join(f"{letters.get(one.pk, 'other')}: {_called(one, titled)}" for one in pack.others)
    return f" With what was asked elsewhere, marked by a letter: {named}."


def _mark(row: Any, letters: Mapping[Any, str]) -> str:
    letter = letters.get(row.inspection_id)
    return f"{row.mark} of {letter}" if letter else str(row.mark)


_ACTIONS_MOVED = {
    "written": "{} written", "under-way": "{} under way", "said-done": "{} said to be done",
    "accepted": "{} accepted", "returned": "{} returned", "dropped": "{} dropped", "planned": "{} taken up again",
    "new-day": "{} given a new day",
}  # fmt: skip
"""What moved of what the council planned, in counts, by the kind of the turn."""


def _moved(moved: Sequence[Any], letters: Mapping[Any, str], room: int) -> list[str]:
    """What moved, the latest first; before it, in counts, how often the council's own actions did."""
    counts = Counter(one.kind for one in moved if one.kind)
    told = ", ".join(says.format(counts[kind]) for kind, says in _ACTIONS_MOVED.items() if counts[kind])
    lines = [
        f"{localtime(one.at):%-d %B}, {_mark(one.of, letters)}{', of audits' * one.of_audits}: {one.says}"
        for one in moved
    ]
    if not told:
        return _lines(lines, room)
    first = f"Of the council’s actions: {told}"
    return [first, *_lines(lines, room - len(first), MOST_LINES - 1)]


def _as_at(pack: Any) -> str:
    if not pack.past:
        return f"As everything stands on {pack.today:%-d %B %Y}."
    return (
        f"As everything stood at the end of {pack.today:%-d %B %Y}, told from what was done by then; owners, and the "
        "days of actions of audits, are those of today."
    )


def _due(held: Any, letters: Mapping[Any, str]) -> list[str]:
    """Recommendations and actions together, the soonest first, each with its whole day."""
    told = [(one.recommendation.due, _mark(one.recommendation, letters), _asked_says(one)) for one in held.rows]
    told += [(one.due, f"{_mark(one, letters)}, of audits", _by(one)) for one in held.actions]
    told += [(one.action.due, _mark(one.action, letters), _planned_says(one)) for one in held.will_do]
    return [f"{due:%-d %B %Y}, {mark}: {says}" for due, mark, says in sorted(told)]


def _asked_says(one: queries.Opened) -> str:
    return f"{'waits to be accepted; ' if one.recommendation.waits_to_be_accepted else ''}{one.says}"


def _by(action: Any) -> str:
    return f"{action.owner.name}{'; waits to be accepted' if action.waits_to_be_accepted else ''}"


def _planned_says(one: Any) -> str:
    waits = "waits to be accepted; " if one.action.waits_to_be_accepted else ""
    return f"{waits}{one.whom}: {one.says}"


def _counts(pack: Any) -> list[str]:
    states = ", ".join(
        f"{pack.states[one]} {queries.STATUSES[one].lower()}" for one in queries.STATUSES if pack.states[one]
    )
    told = [f"Recommendations: {states or 'none'}; {_late(pack.late, pack.late_said)}."]
    if pack.goals:
        verdicts = ", ".join(
            f"{pack.verdicts[one]} {says.lower()}" for one, says in queries.VERDICTS.items() if pack.verdicts[one]
        )
        reach = "reaches its target" if pack.at_target == 1 else "reach their target"
        sure = f"{pack.at_target} {reach}{', the uncertainty counted' if pack.at_target else ''}"
        told.append(f"Goals: {pack.goals}; {verdicts}; by what was found last, {sure}.")
    if pack.will_do.all:
        held = pack.will_do
        waits = f", {held.said} of them said to be done and not accepted yet" if held.said else ""
        told.append(
            f"Actions that the council planned: {held.all}; {held.accepted} accepted as done, "
            f"{held.all - held.accepted} not{waits}; {_late(held.late, held.late_said)}."
        )
    elif pack.rows:
        told.append("Actions that the council planned: none is written yet.")
    if pack.actions.all:
        acts, kept = pack.actions, " that you may read (there are more)" if pack.actions_kept else ""
        told.append(
            f"Actions of audits{kept}: {acts.all}; {acts.waiting} to be done, {acts.to_settle} with proof to be read; "
            f"{_late(acts.late, acts.late_said)}."
        )
    return told


def _late(late: int, said: int) -> str:
    """How many are past their day; what is only said to be done is among them, and told."""
    return f"{late} past {'its' if late == 1 else 'their'} day{f' ({said} of them said to be done)' if said else ''}"


def _row(one: queries.Opened, today: date, letters: Mapping[Any, str]) -> list[str]:
    row = one.recommendation
    due = f"{row.due:%-d %b %Y}{', late' if row.late(today) else ''}"
    done = row.waits_to_be_accepted
    state = f"{one.state}; its owner says that it is done, and nobody accepted it yet" if done else one.state
    number = f"{letters.get(row.inspection_id, '')}{row.number}"
    return [number, _short(one.says), row.owner.name, due, state, _found(one)]


def _found(one: queries.Opened) -> str:
    """The goal that needs looking at first: baseline and what was found last, each with its day, and the verdict."""
    order = (Verdict.WORSE, Verdict.DEFINED_ANEW, Verdict.TOO_LITTLE)
    goals = sorted(one.goals, key=lambda goal: order.index(goal.verdict) if goal.verdict in order else len(order))
    if not goals:
        return "No goal yet"
    goal, rest = goals[0], len(goals) - 1
    more = f" (and {rest} more goal{'s' * (rest != 1)})" if rest else ""
    if goal.baseline is None:
        return f"{_short(goal.goal.title)}: not measured{more}"
    if goal.last is None:
        return f"{_short(goal.goal.title)}: {_bare(goal.baseline)}, not measured again{more}"
    verdict = queries.VERDICTS[goal.verdict].lower()
    if goal.last.change.verdict is Verdict.WORSE and goal.last.reach is Reach.SURELY:
        verdict += ", though its target is still reached"
    return f"{_short(goal.goal.title)}: {_bare(goal.baseline)}, then {_bare(goal.last.pool)}: {verdict}{more}"


def _bare(pool: queries.Pool) -> str:
    """“18 of 24 on 5 Mar 2026”: of several draws together, the day of the last."""
    last = "to" if len(pool.readings) > 1 else "on"
    return f"{pool.sampled.met:,} of {pool.sampled.of:,} {last} {pool.day:%-d %b %Y}"


def _short(text: str, longest: int = LONGEST) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= longest else f"{folded[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def _lines(told: Sequence[str], room: int, most: int = MOST_LINES) -> list[str]:
    """The first of some lines, whole where together they have room; else each is cut to its part of it."""
    shown, rest = [" ".join(one.split()) for one in told[:most]], len(told) - most
    if sum(len(one) for one in shown) > room:
        shown = [_short(one, room // len(shown)) for one in shown]
    return [*shown, f"and {rest} more"] if rest > 0 else shown


def plan_times(plan: Any) -> str:
    """By when the plan is due, in words, with the source of the rule: the same day as in the timetable."""
    if plan.of_programme:
        return f"{OF_PROGRAMME}{_days_of(plan)}"
    if plan.none_asked:
        return "The letter names no priority action, so the framework asks for no plan."
    title, says = plan.phase
    source = f" In the timetable it is “{title}”: {says}" if title else f" {SOURCE}"
    return f"{_due_after(plan)}{source}"


OF_PROGRAMME = (
    "This is the council’s own review programme. No report is published of it, so no day follows from one: each "
    "recommendation is due on its own day."
)


def _no_law(inspection: Any) -> tuple[str, ...]:
    """That the law asks for no plan after what is no inspection of Ofsted's; nothing of one that may be."""
    if not inspection.rehearsed:
        return ()
    what = inspection.get_kind_display().lower()
    return (
        f"This is a {what}: the law asks for a plan after an inspection of Ofsted. The days are kept as if it were.",
    )


def _days_of(plan: Any) -> str:
    """From which day to which what is open is due; nothing where nothing is open."""
    days = sorted(one.recommendation.due for one, _, _ in plan.rows if one.recommendation.live)
    if not days:
        return ""
    first, last, today = f"{days[0]:%A %-d %B %Y}", f"{days[-1]:%A %-d %B %Y}", timezone.localdate()
    if first == last:
        over = days[0] < today
        return f" What is open was due on {first}: that day is past." if over else f" What is open is due on {first}."
    late = sum(day < today for day in days)
    past = f"; {late} of the {len(days)} {'is' if late == 1 else 'are'} past {'its' if late == 1 else 'their'} day"
    is_due = "was" if days[0] < today else "is"
    return f" Of what is open the first {is_due} due on {first}, the last on {last}{past if late else ''}."


SOURCE = (
    f"The {DAYS} working days are those of the Education and Inspections Act 2006, section 137, as the frameworks "
    "quote it: check the figure against the Act."
)


def _due_after(plan: Any) -> str:
    if plan.published is None:
        planned = f" By the timetable as it is planned now, that is {plan.due:%A %-d %B %Y}." if plan.due else ""
        return f"The report is not published yet. The plan is due {DAYS} working days after it is.{planned}"
    left = plan.left or 0
    days = f"{abs(left)} working day{'s' * (abs(left) != 1)}"
    when = f"{days} from now" if left > 0 else f"{days} ago" if left else "the last working day"
    return (
        f"The report was published on {plan.published:%-d %B %Y}. The plan is due {DAYS} working days later, by "
        f"{plan.due:%A %-d %B %Y}, {when}."
    )


def plan_document(inspection: Any, plan: Any, framework: str, *, titled: bool = True) -> Document:
    """The plan as the one document that its page, PDF and Word file are made from."""
    parts = [Part("when", "When this plan is due", paragraphs=(plan_times(plan), *_no_law(inspection)))]
    for one, will_do, done in plan.rows:
        row = one.recommendation
        paragraphs = (one.says, f"Owner: {row.owner.name}. Due: {row.due:%-d %B %Y}. State: {one.state.lower()}.")
        parts.append(
            Part(
                f"recommendation-{row.number}", row.mark, paragraphs=paragraphs,
                points=tuple(f"What was done, {says}" for says in done), grid=_goals(row.mark, one.goals),
            )
        )  # fmt: skip
        parts.append(_will_do(row, will_do))
    if not plan.rows:
        parts.append(Part("none", "Recommendations", paragraphs=("None was given to the council yet.",)))
    if plan.elsewhere:
        told = tuple(f"{_called(one, titled)}: {count} open." for one, count in plan.elsewhere)
        says = f"{inspection.authority} was asked for more in other inspections. It stands in the plans there."
        parts.append(Part("elsewhere", "Asked elsewhere", paragraphs=(says,), points=told))
    if plan.actions.all:
        counts = plan.actions
        says = f"{counts.all} actions came of audits: {counts.waiting} to be done, {counts.late} of them late."
        parts.append(Part("actions", "Actions of audits", paragraphs=(says,)))
    return Document(
        title=f"Plan of action: {inspection.authority}", authority=inspection.authority, framework=framework,
        dates=_called(inspection, titled), synthetic=inspection.synthetic, parts=tuple(parts),
        kind=inspection.get_kind_display(),
    )  # fmt: skip


def _will_do(row: Any, held: Sequence[Any]) -> Part:
    """What the council says that it will do about one recommendation, with every day that was moved."""
    name, title = f"actions-{row.number}", f"What the council will do about recommendation {row.number}"
    if not held:
        return Part(name, title, paragraphs=("The council has not written yet what it will do.",))
    headings = ("Action", "What", "By whom", "By when", "How it stands")
    rows = tuple(
        (str(one.action.number), one.says, one.whom, _by_when(one.action), f"{one.state}{'; overdue' * one.late}")
        for one in held
    )
    return Part(name, title, grid=Grid(f"{row.mark}: what the council will do", headings, rows))


def _by_when(action: Any) -> str:
    moved = [f"{one.was_due:%-d %B %Y}" for one in action.turns.all() if one.was_due is not None]
    earlier = f" (before: {', then '.join(moved)})" if moved else ""
    return f"{action.due:%-d %B %Y}{earlier}"


def _goals(mark: str, goals: Iterable[queries.Told]) -> Grid | None:
    rows = tuple(_goal(one) for one in goals)
    headings = ("Goal", "Target", "Baseline", "Found last", "What can be said")
    return Grid(f"{mark}: its goals", headings, rows) if rows else None


def _goal(told: queries.Told) -> tuple[str, ...]:
    shown, last = improvement.goal(told), told.last
    says = f"{queries.VERDICTS[told.verdict]}. {shown['says']}".strip() if last else queries.VERDICTS[told.verdict]
    found = f"{improvement.found(last.pool, told.goal.target)}, {improvement.days(last.pool)}" if last else ""
    first = f"{shown['found']}, {shown['days']}" if shown["found"] else "Not measured"
    target = f"{shown['way']} {told.goal.target}%{f', by {told.goal.due:%-d %B %Y}' if told.goal.due else ''}"
    return (told.goal.title, target, first, found, f"{says} {shown['by_when']}".strip())
