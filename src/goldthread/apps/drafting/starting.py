"""What a draft begins with: a copy, next to nothing, or a text that somebody brought; and what it may be called."""

import re
from dataclasses import replace
from datetime import date

from goldthread.apps.access.policy import Refused
from goldthread.apps.drafting import known
from goldthread.apps.drafting.models import Draft, Kind, OwnVersion
from goldthread.domain import frameworks, instruments, lifecycle
from goldthread.domain.framework import Framework
from goldthread.domain.frameworks import FrameworkError
from goldthread.domain.frameworks import drafts as framework_drafts
from goldthread.domain.frameworks import writing as framework_writing
from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments import InstrumentError
from goldthread.domain.instruments import drafts as instrument_drafts
from goldthread.domain.instruments import writing as instrument_writing
from goldthread.domain.instruments.drafts import Wrong, named_after
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError, stamped

LONGEST_TEXT = 250_000
"""As many characters as a file may have: three times the longest that comes with Goldthread."""

LONGEST_SLUG = {Kind.INSTRUMENT: 60, Kind.FRAMEWORK: 40}
"""As many characters as a draw, and an inspection, keep of a slug."""

_ROOM_FOR_NUMBER = 4
_VERSION = re.compile(r",? version \d+$")


def series_for(kind: str, series: str, title: str, text: str) -> str:
    """What a new series is called: as was asked, else after the slug of the text brought, else after the title.

    Raises Refused for a name that cannot be used or is taken.
    """
    told = series.strip() or _series_of(text) or named_after(title, (), _longest(kind))
    if not SLUG.fullmatch(told):
        raise Refused(f"“{told[:60]}” is no short name; use small letters, figures and single hyphens.")
    if len(told) > _longest(kind):
        raise Refused(f"The short name has {len(told)} characters; shorten it to {_longest(kind)}.")
    shipped = instruments.slugs() if kind == Kind.INSTRUMENT else frameworks.slugs()
    if any(told == slug or f"{told}-1" == slug or _numberless(slug) == told for slug in shipped):
        raise Refused(f"“{told}” comes with Goldthread. Give your own another short name.")
    if OwnVersion.objects.filter(kind=kind, series=told).exists() or _open(kind, told):
        raise Refused(
            f"There is an own {kind} called “{told}” already. Write its next version, or give this one another "
            "short name."
        )
    return told


def _open(kind: str, series: str) -> bool:
    return Draft.objects.filter(kind=kind, series=series, status=lifecycle.Draft.WRITING).exists()


def _longest(kind: str) -> int:
    return LONGEST_SLUG[Kind(kind)] - _ROOM_FOR_NUMBER


def _numberless(slug: str) -> str:
    return re.sub(r"-\d+$", "", slug)


def _series_of(text: str) -> str:
    if not text:
        return ""
    try:
        return _numberless(Sheet.of_text("the text", text).slug())
    except SheetError:
        return ""


def first_text(kind: str, slug: str, title: str, copy_of: str, text: str, today: date) -> str:
    """The text of a new draft. Raises Refused for something unknown to copy, and for a text that cannot be used."""
    if text:
        return restamped(kind, text, slug, 1)
    if kind == Kind.INSTRUMENT:
        made = _copied_instrument(copy_of, slug, title) if copy_of else instrument_drafts.blank(slug, title, 1)
        return instrument_writing.as_toml(made)
    framework = _copied_framework(copy_of, slug, title) if copy_of else framework_drafts.blank(slug, title, today)
    return framework_writing.as_toml(framework)


def restamped(kind: str, text: str, slug: str, number: int) -> str:
    """The same text under this slug, its comments as they were. Raises Refused for what is not TOML, with the line."""
    try:
        Sheet.of_text("the text", text)
    except SheetError as error:
        raise Refused(f"Line {error.line}: {error.says}") from error
    stamps: dict[str, str | int] = {"slug": slug, **({"version": number} if kind == Kind.INSTRUMENT else {})}
    return stamped(text, **stamps)


def next_title(title: str, number: int) -> str:
    """The title of the next version: the same, with the number where it tells one, or where it must now."""
    return f"{_VERSION.sub('', title)}, version {number}"


def _copied_instrument(copy_of: str, slug: str, title: str) -> Instrument:
    try:
        return instrument_writing.copied(known.instrument(copy_of), slug, title)
    except InstrumentError as error:
        raise Refused(str(error)) from error


def _copied_framework(copy_of: str, slug: str, title: str) -> Framework:
    try:
        made = framework_writing.copied(known.framework(copy_of), slug, title)
    except FrameworkError as error:
        raise Refused(str(error)) from error
    return replace(made, short_title=title[:60])


def read(own: Draft | OwnVersion, text: str | None = None) -> tuple[Instrument | Framework, tuple[Wrong, ...]]:
    """What a draft says, and what stands between it and its use. Raises Refused, with the line, for what it cannot be.

    The framework of a draft is sound at all times; an instrument may have questions that do not go together yet.
    """
    text = own.text if text is None else text
    if len(text) > LONGEST_TEXT:
        raise Refused(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} fit.")
    found: Instrument | Framework
    wrong: tuple[Wrong, ...] = ()
    try:
        if own.kind == Kind.INSTRUMENT:
            found, wrong = instrument_drafts.read_draft(text, "The text", known.own_areas())
        else:
            found = frameworks.read_text(text, "The text")
    except (InstrumentError, FrameworkError) as error:
        raise Refused(str(error)) from error
    if found.slug != own.slug:
        raise Refused(f"The slug of this draft is “{own.slug}” and stays so; write slug = “{own.slug}”.")
    if same := _called_the_same(own, found.title):
        says = f"“{found.title}” is already what “{same}” is called. Give this one another title."
        wrong = (*wrong, Wrong(says))
    return found, wrong


def _called_the_same(own: Draft | OwnVersion, title: str) -> str:
    """Another instrument or framework with that title: lists of choices could not be told apart."""
    if own.kind == Kind.INSTRUMENT:
        held = {slug: known.instrument(slug).title for slug in known.all_instruments()}
    else:
        held = {slug: known.framework(slug).title for slug in known.all_frameworks()}
    return next((slug for slug, told in held.items() if told.casefold() == title.casefold() and slug != own.slug), "")
