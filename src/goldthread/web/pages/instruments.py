"""Pages: the instruments on which files are reviewed, one of them whole, and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments import current, load, slugs, superseded_by
from goldthread.domain.instruments.writing import as_toml
from goldthread.web.doors import door
from goldthread.web.files import attachment
from goldthread.web.presenters import instruments as shown


def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument that Goldthread knows: those that a new draw may choose, then superseded versions."""
    held = [load(slug) for slug in current()]
    context = {
        "known": [{"instrument": one, "children": shown.children(one), "counts": shown.counts(one)} for one in held],
        "superseded": [load(slug) for slug in slugs() if superseded_by(slug)],
    }
    return render(request, "instruments/list.html", context)


def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """One instrument whole: sections, questions, answers, and what each answer must say."""
    held = _known(instrument)
    context = {
        "instrument": held, "parts": shown.parts(held), "children": shown.children(held),
        "counts": shown.counts(held), "newer": superseded_by(held.slug),
    }  # fmt: skip
    return render(request, "instruments/instrument.html", context)


def instrument_file(request: HttpRequest, instrument: str) -> HttpResponse:
    """One instrument as the file that the command line reads: what a council starts from when it writes its own."""
    held = _known(instrument)
    return attachment(as_toml(held).encode(), "application/toml; charset=utf-8", f"{held.slug}.toml")


def _known(slug: str) -> Instrument:
    if slug not in slugs():
        raise Http404
    return load(slug)


READ = Permission.FRAMEWORK_READ
DOORS = [
    door("instruments/", instruments, "instruments", needs=READ),
    door("instruments/<slug:instrument>/", instrument, "instrument", needs=READ),
    door("instruments/<slug:instrument>/file/", instrument_file, "instrument_file", needs=READ),
]
