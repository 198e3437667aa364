"""Pages: the instruments on which files are reviewed, one of them whole, its file, and what changed in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.drafting import known, queries
from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments.writing import as_toml
from goldthread.web.doors import door
from goldthread.web.files import attachment
from goldthread.web.presenters import instruments as shown
from goldthread.web.presenters.drafts import own_part


def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument that Goldthread knows: those that a new draw may choose, then those it may not."""
    offered = known.current_instruments()
    held = [known.instrument(slug) for slug in offered]
    own = {row.slug for row in queries.versions(kind="instrument")}
    context = {
        "known": [
            {"instrument": one, "children": shown.children(one), "counts": shown.counts(one), "own": one.slug in own}
            for one in held
        ],
        "superseded": [known.instrument(slug) for slug in known.all_instruments() if slug not in offered],
        "may_write": queries.may_write(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "instruments/list.html", context)


def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """One instrument whole: sections, questions, answers, and what each answer must say."""
    held = _known(instrument)
    context = {
        "instrument": held, "parts": shown.parts(held), "children": shown.children(held),
        "counts": shown.counts(held), "newer": known.instrument_superseded_by(held.slug),
        **own_part(request, "instrument", held.slug),
    }  # fmt: skip
    return render(request, "instruments/instrument.html", context)


def instrument_file(request: HttpRequest, instrument: str) -> HttpResponse:
    """One instrument as the file that the command line reads: an own one as it was written, comments and all."""
    held = _known(instrument)
    own = queries.version_of("instrument", held.slug)
    text = own.text if own else as_toml(held)
    return attachment(text.encode(), "application/toml; charset=utf-8", f"{held.slug}.toml")


def instrument_changes(request: HttpRequest, instrument: str) -> HttpResponse:
    """What changed in an own instrument since the version before, part by part."""
    own = queries.version_of("instrument", instrument)
    if own is None:
        raise Http404
    return render(request, "drafts/changes.html", {"own": own, "told": queries.changed(own), "whole": "instrument"})


def _known(slug: str) -> Instrument:
    if not known.has_instrument(slug):
        raise Http404
    return known.instrument(slug)


READ = Permission.FRAMEWORK_READ
DOORS = [
    door("instruments/", instruments, "instruments", needs=READ),
    door("instruments/<slug:instrument>/", instrument, "instrument", needs=READ),
    door("instruments/<slug:instrument>/file/", instrument_file, "instrument_file", needs=READ),
    door("instruments/<slug:instrument>/changes/", instrument_changes, "instrument_changes", needs=READ),
]
