"""You said, this changed: writing it, showing it to families, taking it back, and keeping whether they agree."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.improvement.actions.recommendations import add_turn, fresh, require_short
from goldthread.apps.improvement.models import Agreement, Recommendation, YouSaid
from goldthread.apps.improvement.queries import you_said as told
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports.actions.recognising import look_through_words
from goldthread.apps.submissions.known_people import dictionary_of
from goldthread.apps.surveys import queries as surveys
from goldthread.domain import lifecycle
from goldthread.domain.recognition import Doubt, doubts
from goldthread.domain.surveys import every_language

MOST_SAID, MOST_CHANGED = 300, 600
Status = lifecycle.YouSaid


class ReasonNeeded(Refused):
    """Something is marked, and whoever shows it must say why it may stand all the same."""

    field = "note"


@transaction.atomic
def write_you_said(
    *, held: Recommendation, said: str, changed: str, version: int, by: Actor,
    in_languages: Mapping[str, tuple[str, str]] | None = None,
) -> YouSaid:  # fmt: skip
    """Write what families said and what changed, in words for them. Nobody outside the team reads it yet.

    `in_languages` gives both texts by the code of a language, as far as somebody translated them. Raises Refused while
    it is shown: what people agreed to is not reworded beneath their answers. What they answered to other words goes.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    row = told.you_said_of(held)
    said, changed = _tidy(said, changed)
    others = {code: _tidy(*both) for code, both in (in_languages or {}).items()}
    others = {code: both for code, both in others.items() if any(both)}
    theirs = {"said": row.said, "changed": row.changed} if row else {"said": "", "changed": ""}
    require_version(held.version, version, theirs=theirs, yours={"said": said, "changed": changed}, about=held)
    if row is not None and row.shown:
        raise Refused("Families read it as it is. Take it back first, then change it.")
    _sound_texts(said, changed, others)
    if row is not None and (said, changed) != (row.said, row.changed):
        row.agreements.all().delete()
    row = row or YouSaid(
        inspection=held.inspection, side=Side.TEAM, recommendation=held, created_by_id=None if by.programme else by.id
    )
    other = {code: {"said": both[0], "changed": both[1]} for code, both in others.items()}
    if (said, changed, other) != (row.said, row.changed, row.in_languages):
        # What the council said yes to was said of other words.
        row.councils_yes, row.released_at = lifecycle.CouncilsYes.NOT_ASKED, None
    row.said, row.changed = said, changed
    row.may_stand = ""
    row.in_languages = other
    row.save()
    _turned(held)
    journal(Events.YOU_SAID_WRITTEN, by=by, about=row, chain=held.inspection_id, side=Side.TEAM)
    return row


def move_you_said(*, held: Recommendation, to: str, version: int, by: Actor, note: str = "") -> YouSaid:
    """Show it to everybody who has the survey's address, or take it back.

    Shown, it says what share of the texts spoke of it and what was found since, as both stand now. Before everybody
    reads it, it is looked through for whom the lists know, as a report is, and the journal keeps that even where it is
    refused. Raises Refused where nothing was written, the council was not given the recommendation, too few texts were
    read for its theme, or somebody could be recognised; ReasonNeeded where something resembles that and `note` does not
    say why it may stand.
    """
    # Which lists there were is asked before they are looked into: what comes meanwhile is looked into once more.
    lists = dictionary_of(held.inspection)
    marked = _look_through(held, version, by) if to == Status.SHOWN else []
    return _move(held, to, version, by, marked, note.strip(), lists)


@transaction.atomic
def _look_through(held: Recommendation, version: int, by: Actor) -> list[Doubt]:
    """By what of its texts, in every language, somebody could be recognised: in a transaction of its own."""
    held = _to_move(held, version, by)
    row = told.you_said_of(held)
    if row is None:
        return []
    return _marked(row, by)


def _marked(row: YouSaid, by: Actor) -> list[Doubt]:
    words = {"said": row.said, "changed": row.changed}
    words |= {f"{name}:{code}": text for code, both in row.in_languages.items() for name, text in both.items()}
    found = look_through_words(about=row, inspection=row.inspection, words=words, by=by)
    return [*found, *(one for text in words.values() for one in doubts(text))]


@transaction.atomic
def look_again(*, row: YouSaid, by: Actor) -> YouSaid:
    """Look a text that families read through once more, where the lists by which somebody is known have changed.

    What is marked now and was not as it was shown is kept, by its kind and never quoted, for whoever may take the text
    back; nothing is taken back by itself, for a name may be that of a village too.
    """
    row = YouSaid.objects.select_for_update(of=("self",)).select_related("inspection", "recommendation").get(pk=row.pk)
    require(by, Permission.IMPROVEMENT_RUN, row.inspection.target(side=Side.TEAM))
    lists = dictionary_of(row.inspection)
    if not row.shown or row.looked_with == lists:
        return row
    found = _marked(row, by)
    if not row.looked_with and row.may_stand:
        # What was marked as it was shown was not kept then: of that what stands with a reason is known already.
        found = [one for one in found if one.blocks]
    new = sorted((Counter(one.says for one in found) - Counter(row.marked)).keys())
    row.looked_with, row.marked_since = lists, new
    row.marked_on = timezone.localdate() if new else None
    row.save(update_fields=["looked_with", "marked_since", "marked_on"])
    if new:
        journal(Events.YOU_SAID_MARKED, by=by, about=row, chain=row.inspection_id, side=Side.TEAM, kinds=len(new))
    return row


@transaction.atomic
def _move(
    held: Recommendation, to: str, version: int, by: Actor, marked: list[Doubt], note: str, lists: str
) -> YouSaid:
    held = _to_move(held, version, by)
    row = told.you_said_of(held)
    if row is None:
        raise Refused("Write first what families said and what changed.")
    lifecycle.require_move(Status, row.status, to)
    if to == Status.SHOWN:
        share = _sound_to_show(held, by)
        if told.is_promise(held) and row.councils_yes != lifecycle.CouncilsYes.YES:
            raise Refused(
                "This is a promise in the council’s name, and the council has not said yes to it. Ask it first."
            )
        _require_nobody_known(marked, note)
        row.share, row.of, row.outcome = share.shown, share.of, told.outcome_of(held)
        row.promised, row.shown_on = told.is_promise(held), timezone.localdate()
        row.may_stand = note if marked else ""
        row.looked_with, row.marked = lists, sorted(one.says for one in marked)
    row.status, row.marked_since, row.marked_on = to, [], None
    row.save()
    _turned(held)
    event = Events.YOU_SAID_SHOWN if to == Status.SHOWN else Events.YOU_SAID_TAKEN_BACK
    journal(event, by=by, about=row, chain=held.inspection_id, side=Side.TEAM)
    return row


@transaction.atomic
def ask_council(*, held: Recommendation, version: int, by: Actor) -> YouSaid:
    """Ask the council whether it promises what families are to be told: from then on it reads the words.

    Raises Refused where nothing was written, where it is shown, or where nothing is promised by it.
    """
    held = _to_move(held, version, by)
    row = told.you_said_of(held)
    if row is None:
        raise Refused("Write first what families said and what is promised.")
    if row.shown or not told.is_promise(held):
        raise Refused("It is not a promise any more, so the council need not be asked.")
    if reason := told.why_not_shown(held):
        raise Refused(reason)
    lifecycle.require_move(lifecycle.CouncilsYes, row.councils_yes, lifecycle.CouncilsYes.ASKED)
    row.councils_yes, row.released_at = lifecycle.CouncilsYes.ASKED, timezone.now()
    row.save(update_fields=["councils_yes", "released_at"])
    add_turn(held, "promise-asked", "", by=by)
    _turned(held)
    journal(Events.YOU_SAID_ASKED, by=by, about=row, chain=held.inspection_id, side=Side.TEAM)
    return row


@transaction.atomic
def answer_for_council(*, row: YouSaid, to: str, because: str, version: int, by: Actor) -> YouSaid:
    """Say for the council whether it promises what families are to be told. A no says why, and the team reads it.

    `version` is that of the recommendation. Raises Refused once it is shown: then the team takes it back.
    """
    held = fresh(row.recommendation)
    row = YouSaid.objects.select_for_update(of=("self",)).select_related("inspection", "recommendation").get(pk=row.pk)
    require(by, Permission.IMPROVEMENT_SAY, row.target())
    require_unchanged(held, version, about=held, chain=held.inspection_id)
    try:
        status = lifecycle.CouncilsYes(to)
    except ValueError:
        raise Refused("Choose yes or no.") from None
    if row.shown or status not in (lifecycle.CouncilsYes.YES, lifecycle.CouncilsYes.NO):
        raise Refused("Families read it already. Tell the team, which can take it back.")
    lifecycle.require_move(lifecycle.CouncilsYes, row.councils_yes, status)
    if status is lifecycle.CouncilsYes.NO and not because.strip():
        raise Refused("Say why not: the team reads it.")
    require_short(because)
    row.councils_yes = status
    row.save(update_fields=["councils_yes"])
    add_turn(held, f"promise-{status}", because, by=by)
    _turned(held)
    event = Events.YOU_SAID_YES if status is lifecycle.CouncilsYes.YES else Events.YOU_SAID_NO
    journal(event, by=by, about=row, chain=held.inspection_id, side=Side.AUTHORITY)
    return row


def _to_move(held: Recommendation, version: int, by: Actor) -> Recommendation:
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    require_unchanged(held, version, about=held, chain=held.inspection_id)
    return held


def _require_nobody_known(marked: list[Doubt], note: str) -> None:
    if blocking := [one for one in marked if one.blocks]:
        raise Refused(f"Everybody reads this, and {_told_once(blocking)}. Say it without, then show it.")
    if marked and not note:
        raise ReasonNeeded(f"Look at this again: {_told_once(marked)}. Say why it may stand, or say it without.")


def _told_once(marked: list[Doubt]) -> str:
    """Every kind of what is marked, once; never what is marked itself."""
    return "; ".join(dict.fromkeys(f"it {one.says}" for one in marked))


@transaction.atomic
def agree(*, about: YouSaid, number: int, answer: str, by: Actor = NOBODY) -> None:
    """Keep whether somebody agrees that it changed. The same number twice is kept once.

    It is in no journal: an entry with its time would say when somebody answered. Raises Refused where it is not shown
    any more, and for an answer that is none.
    """
    require(by, Permission.PUBLIC, Target())
    about = YouSaid.objects.select_for_update(of=("self",)).get(pk=about.pk)
    if Agreement.objects.filter(pk=number).exists():
        return
    if not about.shown:
        raise Refused("This is not shown any more, so your answer was not kept.")
    if answer not in told.ANSWERS:
        raise Refused("Choose one of the answers.")
    last = about.agreements.aggregate(last=Max("place"))["last"] or 0
    Agreement.objects.create(id=number, about=about, place=last + 1, answer=answer, day=timezone.localdate())


def _sound_to_show(held: Recommendation, by: Actor) -> surveys.ThemeShare:
    reason = told.why_not_shown(held)
    if reason or held.theme is None:
        raise Refused(reason)
    return surveys.share_of(held.theme)


def _tidy(said: str, changed: str) -> tuple[str, str]:
    return " ".join(said.split()), changed.strip()


def _sound_texts(said: str, changed: str, others: Mapping[str, tuple[str, str]]) -> None:
    if not set(others) <= set(every_language()) - {"en"}:
        raise Refused("Choose languages in which surveys can be answered.")
    for one, two in ((said, changed), *others.values()):
        if not one or not two:
            raise Refused("Write both: what families said, and what changed; in each language that you begin.")
        if len(one) > MOST_SAID or len(two) > MOST_CHANGED:
            raise Refused(f"Say it in at most {MOST_SAID} and {MOST_CHANGED} letters.")


def _turned(held: Recommendation) -> None:
    held.version += 1
    held.save(update_fields=["version"])
