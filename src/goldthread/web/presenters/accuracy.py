"""The check of facts as pages and files show it, and what of it is somebody's to do."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import queries
from goldthread.domain.accuracy_check import Place
from goldthread.domain.embargo import not_before
from goldthread.domain.word_differences import Change, Pair
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters.task import Task, address

STAYED, WENT, CAME = Change.SAME, Change.OUT, Change.IN


def of_team(actor: Actor, inspection: Any) -> bool:
    """Whether the reader stands on the team's side."""
    return Side.TEAM in inspections.sides_of(inspection, actor)


def mark(actor: Actor, inspection: Any, today: date, terms: str = "Not for publication.") -> str:
    """What stands on every page of a copy: under what terms, whose it is, of which role, on which day."""
    roles = ", ".join(inspections.role_titles(inspection, actor))
    return f"{terms} Copy for {actor.name}, {roles}, {today:%-d %B %Y}."


def anchor(place: Place) -> str:
    """The name of a paragraph within its page."""
    return f"at-{place.section}-{place.number}"


def sections(document: Any, comments: Iterable[Any]) -> list[dict[str, Any]]:
    """The copy section by section, each paragraph with the reader's comments on it."""
    held: dict[Place, list[Any]] = {}
    for one in comments:
        held.setdefault(one.place, []).append(one)

    def about(part: Any, number: int, text: str) -> dict[str, Any]:
        place = Place(part.slug, number)
        return {"place": str(place), "anchor": anchor(place), "number": number, "text": text,
                "comments": held.get(place, [])}  # fmt: skip

    return [
        {
            "part": part, "points": bool(part.points),
            "texts": [about(part, number, text) for number, text in enumerate(part.paragraphs or part.points, 1)],
            "whole": about(part, 0, ""),
        }
        for part in document.parts
    ]  # fmt: skip


def differences(before: Any, after: Any) -> list[dict[str, Any]]:
    """What changed, section by section: the paragraphs that read otherwise, that went and that came."""
    return [
        {
            "title": one.title, "table": one.table_changed, "slug": one.slug, "whole": anchor(Place(one.slug, 0)),
            "pairs": [_pair(one.slug, pair) for pair in one.pairs if pair.changed],
        }
        for one in queries.changes(before, after)
    ]  # fmt: skip


def _pair(slug: str, pair: Pair) -> dict[str, Any]:
    if pair.before is None:
        says = f"New paragraph {pair.after}"
    elif pair.after is None:
        says = f"Paragraph {pair.before} of your copy is taken out"
    else:
        says = f"Paragraph {pair.before} of your copy" + (
            "" if pair.before == pair.after else f", now paragraph {pair.after}"
        )
    known = anchor(Place(slug, pair.before)) if pair.before else f"new-{slug}-{pair.after}"
    pieces = [(one.text, one.change is WENT, one.change is CAME) for one in pair.pieces]
    return {"says": says, "pieces": pieces, "anchor": known}


def rows(comments: Iterable[Any], actor: Actor) -> list[dict[str, Any]]:
    """Comments as a list shows them: where each stands, its state, and its answer as far as the reader may know it."""
    held = list(comments)
    answers = queries.answers_to(held, actor)
    told: dict[Any, dict[Place, str]] = {}
    found = []
    for one in held:
        if one.copy_id not in told:
            told[one.copy_id] = queries.labels(one.copy)
        answer = answers.get(one.pk)
        found.append({
            "comment": one, "where": told[one.copy_id].get(one.place, str(one.place)), "answer": answer,
            "state": _state(one, answer), "version": one.copy.report.number,
        })  # fmt: skip
    return found


def files(comment: Any) -> list[dict[str, Any]]:
    """The files on a comment, each with how it stands in words and a colour, and how to mend what is wrong with it."""
    return [{"proof": one, "document": one.document, **_file_state(one.document)} for one in queries.proofs_of(comment)]


def _file_state(document: Any) -> dict[str, str]:
    if document.withdrawn:
        return {"says": "Taken back", "colour": "red", "mend": "Take it off the comment."}
    if document.refusal:
        return {"says": "Cannot be sent", "colour": "red", "mend": f"{document.refusal} {document.mend}"}
    if document.waiting:
        return {"says": "Sent, being read", "colour": "blue", "mend": ""}
    if document.staged:
        return {"says": "Read, goes with the comment", "colour": "green", "mend": ""}
    return {"says": "With the team", "colour": "green", "mend": ""}


def to_send(drafts: Iterable[Any], actor: Actor) -> list[dict[str, Any]]:
    """The drafts that would be sent, each with its files."""
    return [{**row, "files": files(row["comment"])} for row in rows(drafts, actor)]


def being_read(drafts: Iterable[Any]) -> bool:
    """Whether a file on one of these drafts has still to be read by the programme."""
    return any(proof.document.waiting for one in drafts for proof in queries.proofs_of(one))


def _state(comment: Any, answer: Any) -> str:
    if answer is not None:
        return str(answer.verdict_says)
    # Until the answers are given, the council is not told that one was written.
    return "Draft, not sent" if comment.draft else "Waiting for an answer"


def said(report: Any, actor: Actor, section: str = "") -> list[dict[str, Any]]:
    """What the council said of the version before, or of this one, as its writers and its checker read it."""
    held = rows(queries.comments_for(report, actor, section=section), actor)
    return [{**row, "words": queries.words_of(row["comment"])} for row in held]


def table(inspection: Any, comments: Iterable[Any], actor: Actor, *, at: datetime, asked: str) -> Table:
    """The list as a file, with every word that the reader may read."""
    columns = ("Comment", "Version", "Where", "Kind", "What is wrong", "What it should say", "Proof", "Document",
               "Exception", "Why late", "State", "Reasons", "Why nothing changes")  # fmt: skip
    held: list[tuple[Cell, ...]] = []
    for row in rows(comments, actor):
        one, answer = row["comment"], row["answer"]
        words = queries.words_of(one)
        held.append((
            one.mark, row["version"], row["where"], one.kind_says, words["says"], words["proposes"], words["proof"],
            "; ".join(_proofs(one)), one.exception_says, words["because"], row["state"],
            queries.reasons_of(answer) if answer else "", queries.unchanged_because(answer) if answer else "",
        ))  # fmt: skip
    about = (
        ("Inspection", inspection.title), ("Which", asked), ("Taken out by", actor.name),
        ("At", f"{at:%d/%m/%Y %H:%M}"), ("Use", "Not for publication"),
        *((("Synthetic", "All data in it is invented"),) if inspection.synthetic else ()),
    )  # fmt: skip
    return Table("Comments on the facts", columns, held, about)


def _proofs(comment: Any) -> list[str]:
    """The documents that prove a comment, those that came late marked so."""
    named = [str(comment.document)] if comment.document else []
    return named + [f"{one.document}{' (late)' if one.late else ''}" for one in queries.proofs_of(comment)]


def to_comment(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """The council's copy to check, with the days that are left; and drafts that nobody sent with the others."""
    today = timezone.localdate()
    for one in queries.to_comment(actor, today):
        days = queries.left(one, today)
        left = "today is the last day" if not days else f"{days} working day{'s' * (days != 1)} left"
        where = address("council_copy", one.inspection_id, one.pk)
        yield Task("Check the facts of the draft report", f"{one.inspection.title}. {left.capitalize()}", where,
                   due=one.until)  # fmt: skip
    for one in queries.unsent(actor, today):
        late = today > one.until
        title = "Send your comments on the facts: they are late" if late else "Send your further comments on the facts"
        says = f"{one.inspection.title}. The last day {'was' if late else 'is'} {one.until:%-d %B %Y}"
        says += "; they are taken as a recorded exception, with a reason"
        yield Task(title, says, address("council_copy", one.inspection_id, one.pk), due=one.until)


def to_read_early(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """A report under embargo of which the actor has a pre-publication copy."""
    for one in queries.to_read_early(actor):
        says = f"{one.inspection.title}. {not_before(one.publication.published_at)}"
        yield Task("Read your pre-publication copy", says, address("pre_copy", one.inspection_id, one.pk))


def held_back(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """A report whose embargo is held, for whoever can let it go."""
    for one in queries.held_reports(actor):
        says = f"{one.report.inspection.title}. {one.held_because}"
        where = address("report_embargo", one.report.inspection_id, one.pk)
        # Past its moment it is late: everybody was to read it by then.
        yield Task("Decide about the report that is held back", says, where,
                   due=timezone.localdate(one.published_at))  # fmt: skip


def to_settle(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Comments to answer, answers to give, and answers that the council has been given."""
    for inspection, count in queries.to_answer(actor).items():
        where = address("accuracy", inspection.pk) + "?status=sent"
        yield Task("Answer the council's comments on the facts", inspection.title, where, count)
    for one in queries.to_give(actor):
        where = address("report_council_copy", one.inspection_id, one.report_id)
        yield Task("Give the council the answers on the facts", one.inspection.title, where)
    for one in queries.news(actor):
        where = address("council_copy", one.inspection_id, one.pk)
        yield Task("Read the answers to your comments on the facts", one.inspection.title, where)
