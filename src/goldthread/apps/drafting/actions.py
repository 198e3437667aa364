"""Writing a council's own instruments and frameworks: a draft is begun, changed, published or dropped.

A published version is never changed and never deleted; it can be withdrawn from being offered.
"""

from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.drafting import starting
from goldthread.apps.drafting.models import Draft, DraftChange, Kind, OwnVersion
from goldthread.apps.journal import queries as journal_queries
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.toml_sheet import stamped

LONGEST_NOTE = 500


@transaction.atomic
def start(
    *, kind: str, title: str, series: str = "", copy_of: str = "", text: str = "", client_key: UUID, by: Actor
) -> Draft:
    """Begin a draft of something new: a copy of `copy_of`, what the text says, or next to nothing.

    The same key twice gives the same draft. Raises Refused for a name that is taken, and for a text that cannot be
    used, with its line.
    """
    require(by, Permission.DRAFT_WRITE, Target())
    if existing := Draft.objects.filter(client_key=client_key).first():
        return existing
    if kind not in Kind.values:
        raise Refused("Choose whether it is an instrument or a framework.")
    if not title.strip() and not text:
        raise Refused("Say what it is called.")
    text = text.replace("\r\n", "\n")
    if len(text) > starting.LONGEST_TEXT:
        raise Refused(f"The text has {len(text):,} characters; at most {starting.LONGEST_TEXT:,} fit.")
    series = starting.series_for(kind, series, title, text)
    first = starting.first_text(kind, f"{series}-1", title.strip(), copy_of, text, timezone.localdate())
    return _begin(kind, series, 1, first, copy_of, client_key, by)


@transaction.atomic
def start_next(*, of: OwnVersion, client_key: UUID, by: Actor) -> Draft:
    """Begin the next version of something own, from its newest; the draft that is being written where there is one."""
    require(by, Permission.DRAFT_WRITE, of.target())
    writing = Draft.objects.filter(kind=of.kind, series=of.series, status=lifecycle.Draft.WRITING).first()
    if existing := Draft.objects.filter(client_key=client_key).first() or writing:
        return existing
    newest = OwnVersion.objects.filter(kind=of.kind, series=of.series).order_by("-number")[0]
    number = newest.number + 1
    text = starting.restamped(of.kind, newest.text, f"{of.series}-{number}", number)
    text = stamped(text, title=starting.next_title(newest.title, number))
    return _begin(of.kind, of.series, number, text, newest.slug, client_key, by)


def _begin(kind: str, series: str, number: int, text: str, copy_of: str, client_key: UUID, by: Actor) -> Draft:
    who = None if by.programme else by.id
    draft = Draft(
        kind=kind, series=series, number=number, text=text, started_from=copy_of, client_key=client_key,
        created_by_id=who, changed_by_id=who,
    )  # fmt: skip
    draft.title = starting.read(draft)[0].title[:200]
    draft.save(force_insert=True)
    journal(Events.DRAFT_STARTED, by=by, about=draft, copy_of=copy_of)
    return draft


@transaction.atomic
def put_text(
    *, draft: Draft, text: str, version: int, by: Actor, theirs: dict[str, str] | None = None,
    yours: dict[str, str] | None = None, client_key: UUID | None = None,
) -> Draft:  # fmt: skip
    """Put another text in a draft. Raises Clash where it was changed meanwhile, and Refused, with the line, for a text
    that cannot be used; one whose questions do not go together yet can be kept.

    `theirs` and `yours` are what a form shows of both, where it shows only a part of the text. The same key twice in a
    row saves once.
    """
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    if client_key is not None and client_key == draft.last_key:
        return draft
    text = text.replace("\r\n", "\n")
    require_version(
        draft.version, version, theirs={"text": draft.text} if theirs is None else theirs,
        yours={"text": text} if yours is None else yours, about=draft,
    )  # fmt: skip
    return _put(draft, text, client_key, by)


@transaction.atomic
def turn(*, draft: Draft, text: str, version: int, by: Actor) -> Draft:
    """Put what the press of a button makes of a draft: a part moved or taken out. Nothing was typed, so where it was
    changed meanwhile the Clash tells what happened."""
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    _require_same(draft, version)
    return _put(draft, text, None, by)


@transaction.atomic
def take_back(*, draft: Draft, version: int, by: Actor) -> Draft:
    """Take back the last change of a draft that still counts: the text is again what it was before it.

    It is a change of its own, and can be put back. Raises Refused where there is nothing to take back, and Clash where
    the draft was changed meanwhile.
    """
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    _require_same(draft, version)
    last = DraftChange.objects.filter(
        draft=draft, standing=True, takes_back__isnull=True, puts_back__isnull=True
    ).first()
    if last is None:
        raise Refused("Nothing was changed since the draft was begun, so there is nothing to take back.")
    last.standing = False
    last.save(update_fields=["standing"])
    return _put(draft, last.before, None, by, takes_back=last)


@transaction.atomic
def put_back(*, draft: Draft, version: int, by: Actor) -> Draft:
    """Put back the change that was just taken back. Raises Refused where something else was done since."""
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    _require_same(draft, version)
    last = DraftChange.objects.filter(draft=draft).select_related("takes_back").first()
    if last is None or last.takes_back is None:
        raise Refused("The last thing that was done is no taking back, so there is nothing to put back.")
    again = last.takes_back
    again.standing = True
    again.save(update_fields=["standing"])
    return _put(draft, last.before, None, by, puts_back=again)


def _put(
    draft: Draft, text: str, client_key: UUID | None, by: Actor, takes_back: DraftChange | None = None,
    puts_back: DraftChange | None = None,
) -> Draft:  # fmt: skip
    if not draft.writing:
        raise Refused(f"This draft was {draft.status} meanwhile, and cannot be changed any more.")
    found, _ = starting.read(draft, text)
    if text == draft.text:
        return draft
    who = None if by.programme else UUID(by.id)
    DraftChange.objects.create(
        draft=draft, version=draft.version + 1, before=draft.text, takes_back=takes_back, puts_back=puts_back, by_id=who
    )
    draft.text, draft.title, draft.version = text, found.title[:200], draft.version + 1
    draft.changed_by_id, draft.last_key = who, client_key
    draft.save(update_fields=["text", "title", "version", "changed_by", "changed_at", "last_key"])
    event = Events.DRAFT_TAKEN_BACK if takes_back else Events.DRAFT_PUT_BACK if puts_back else Events.DRAFT_CHANGED
    journal(event, by=by, about=draft)
    return draft


@transaction.atomic
def publish(*, draft: Draft, note: str, version: int, by: Actor) -> OwnVersion:
    """Publish a draft as the next version, with a note of what changed. From here its words stay as they are.

    Raises Refused while anything in it does not go together. Published twice is published once.
    """
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    if (done := OwnVersion.objects.filter(draft=draft).first()) and str(done.published_by_id) == by.id:
        return done
    _require_same(draft, version)
    lifecycle.require_move(lifecycle.Draft, draft.status, lifecycle.Draft.PUBLISHED)
    if not note.strip():
        raise Refused("Say what changed, or what it is for: whoever chooses it reads that.")
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused(f"The note has {len(note.strip())} characters; shorten it to {LONGEST_NOTE}.")
    found, wrong = starting.read(draft)
    if wrong:
        raise Refused("It cannot be published yet. " + " ".join(one.says for one in wrong))
    last = OwnVersion.objects.filter(kind=draft.kind, series=draft.series).aggregate(last=Max("number"))["last"] or 0
    if draft.number != last + 1:
        raise Refused(f"Version {last} of it was published meanwhile. Begin the next version from that one.")
    own = OwnVersion.objects.create(
        kind=draft.kind, series=draft.series, number=draft.number, title=found.title[:200], text=draft.text,
        draft=draft, sha256=sha256(draft.text.encode()).hexdigest(), note=note.strip(),
        published_by_id=None if by.programme else by.id,
    )  # fmt: skip
    _move(draft, lifecycle.Draft.PUBLISHED)
    journal(Events.DRAFT_PUBLISHED, by=by, about=own, sha256=own.sha256)
    return own


@transaction.atomic
def drop(*, draft: Draft, version: int, by: Actor) -> Draft:
    """Drop a draft. It is not shown any more; its text stays in the records. Dropped twice is dropped."""
    draft = _fresh(draft)
    require(by, Permission.DRAFT_WRITE, draft.target())
    if draft.status == lifecycle.Draft.DROPPED:
        return draft
    _require_same(draft, version)
    lifecycle.require_move(lifecycle.Draft, draft.status, lifecycle.Draft.DROPPED)
    _move(draft, lifecycle.Draft.DROPPED)
    journal(Events.DRAFT_DROPPED, by=by, about=draft)
    return draft


@transaction.atomic
def withdraw(*, own: OwnVersion, because: str, version: int, by: Actor) -> OwnVersion:
    """Withdraw a version from being offered, with the reason. What was begun on it goes on."""
    return _turn(own, lifecycle.OwnVersion.WITHDRAWN, because, version, by)


@transaction.atomic
def offer_again(*, own: OwnVersion, because: str, version: int, by: Actor) -> OwnVersion:
    """Offer a withdrawn version again, with the reason."""
    return _turn(own, lifecycle.OwnVersion.OFFERED, because, version, by)


def _turn(own: OwnVersion, to: lifecycle.OwnVersion, because: str, version: int, by: Actor) -> OwnVersion:
    own = OwnVersion.objects.select_for_update().get(pk=own.pk)
    require(by, Permission.DRAFT_WRITE, own.target())
    because = because.strip()[:300]
    _require_same(own, version)
    lifecycle.require_move(lifecycle.OwnVersion, own.status, to)
    if not because:
        raise Refused("Say why: it stands beside the version, and the journal keeps it.")
    own.status, own.because, own.version = to, because, own.version + 1
    own.save(update_fields=["status", "because", "version"])
    event = Events.OWN_VERSION_WITHDRAWN if to is lifecycle.OwnVersion.WITHDRAWN else Events.OWN_VERSION_OFFERED
    journal(event, by=by, about=own, because=because)
    return own


def _fresh(draft: Draft) -> Draft:
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _require_same(thing: Draft | OwnVersion, version: int) -> None:
    """Raise Clash where the thing was changed since its page was opened; it tells what happened meanwhile."""
    if thing.version == version:
        return
    entry = journal_queries.latest_about(thing)
    told = "It was changed."
    if entry is not None:
        told = f"{timezone.localtime(entry.at):%-d %B %Y, %H:%M}: {journal_queries.sentence(entry)}"
    raise Clash(current_version=thing.version, theirs={"meanwhile": told}, yours={"meanwhile": ""})


def _move(draft: Draft, to: lifecycle.Draft) -> None:
    draft.status, draft.version = to, draft.version + 1
    draft.save(update_fields=["status", "version"])
