"""Doors: every address says which permission it needs, and none can be reached without being asked for it.

An address is declared with `door(...)`. The door finds what the page is about, asks the policy, answers refusals
in plain English, and only then calls the page. `require_all_declared` walks every address of the site and refuses
to let the process start while one has no door.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.domain.lifecycle import IllegalMove
from goldthread.domain.plain_text import without_controls
from goldthread.web.step_up import question


class UndeclaredAddress(Exception):
    """An address has no door; the process must not start. The message names it."""


WITHIN = "inspections/<uuid:inspection>/"
"""How the address of whatever belongs to an inspection begins."""

Page = Callable[..., HttpResponseBase]
Finder = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Door:
    """What an address declares: the permission to look, the permission to change (None: it cannot be posted to),
    and how to find what it is about (None: nothing in particular)."""

    name: str
    route: str
    needs: Permission
    to_change: Permission | None = None
    about: Finder | None = None
    reads: bool = True
    step_up: bool = False
    file: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """HTTP methods that are answered."""
        looking = ("GET", "HEAD") if self.reads else ()
        return (*looking, "POST") if self.to_change else looking

    def permission(self, method: str) -> Permission:
        """Which permission a request of that method needs."""
        return self.to_change if method == "POST" and self.to_change else self.needs

    def steps_up(self, method: str) -> bool:
        """Whether a request of that method needs a password given lately: the one that does it, not the form before."""
        return self.step_up and (method == "POST" or self.to_change is None)


def door(
    route: str, page: Page, name: str, *, needs: Permission, to_change: Permission | None = None,
    about: Finder | None = None, reads: bool = True, step_up: bool = False, file: bool = False,
) -> URLPattern:  # fmt: skip
    """Declare an address. `about(actor, **the address's parts)` gives the thing; its `target()` is asked about.

    The page is called with the request and the thing, or with the request and the parts where `about` is None.
    `reads=False` is for addresses that are only posted to; `step_up=True` for what takes data out, lets it through
    the wall, gives access or opens the vault: it needs a password given in the last five minutes. `file=True` is for
    what answers with a file that browsers save: the page from which it is asked for stays on the screen.
    """
    declared = Door(name, route, needs, to_change, about, reads, step_up, file)

    @wraps(page)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        return _through(declared, page, request, parts)

    guarded.door = declared  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def _take_controls_out(request: HttpRequest) -> None:
    """Take control characters out of what was typed, whichever form it comes from; passwords are left as they are.

    A text with a null in it is left to the form, which says that it cannot be kept: no keyboard makes one.
    """
    if request.method != "POST":
        return
    sound = {
        name: [one if "\0" in one else without_controls(one) for one in held]
        for name, held in request.POST.lists()
        if "password" not in name and not all(one.isprintable() for one in held)
    }
    if sound:
        typed = request.POST.copy()
        for name, held in sound.items():
            typed.setlist(name, held)
        request.POST = typed  # type: ignore[assignment]


def _through(declared: Door, page: Page, request: HttpRequest, parts: dict[str, Any]) -> HttpResponseBase:
    if request.method not in declared.methods:
        return HttpResponseNotAllowed(declared.methods)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    permission = declared.permission(request.method or "GET")
    try:
        if not actor.signed_in and permission is not Permission.PUBLIC:
            return redirect_to_login(request.get_full_path(), reverse("sign_in"))
        if (detour := _detour(request, actor, permission)) is not None:
            return detour
        thing = declared.about(actor, **parts) if declared.about else None
        target = thing.target() if thing is not None else Target()
        policy.require(actor, permission, target, timezone.now())
        if declared.steps_up(request.method or "") and (asked := question(request, file=declared.file)) is not None:
            return asked
        _take_controls_out(request)
        return page(request, thing) if declared.about else page(request, **parts)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        if refusal.hidden:
            raise Http404 from None
        return render(request, "errors/refused.html", {"reason": refusal.reason}, status=403)
    except Clash as clash:
        return clash_page(request, clash, getattr(thing, "inspection", thing))
    except IllegalMove as refusal:
        return render(request, "errors/refused.html", {"reason": str(refusal)}, status=409)


def _detour(request: HttpRequest, actor: Actor, permission: Permission) -> HttpResponse | None:
    if permission in (Permission.PUBLIC, Permission.OWN_ACCOUNT):
        return None
    return first_to_do(request, actor)


def first_to_do(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """Somebody who must first choose a password, set up a second factor or accept the terms is sent to do so."""
    if getattr(request.user, "must_change_password", False):
        return redirect("change_password")
    if actor.second_factor_required and not actor.second_factor:
        return redirect("second_factor")
    if not actor.terms_accepted:
        return redirect(reverse("terms") + "?" + urlencode({"next": request.get_full_path()}))
    return None


def clash_page(request: HttpRequest, clash: Clash, inspection: Any = None) -> HttpResponse:
    """Both texts, side by side, and the choice; nothing that either person typed is lost."""
    from goldthread.web import clashes

    inspection = inspection if hasattr(inspection, "grants_of") else None
    sent = [(name, v) for name in request.POST if name not in clashes.LEFT_OUT for v in request.POST.getlist(name)]
    fields, same = clashes.compared(clash, inspection)
    changed, own = clashes.last_change(clash, request.actor)  # type: ignore[attr-defined]
    context = {
        "fields": fields, "same": same, "sent": sent, "version": clash.current_version, "inspection": inspection,
        "address": request.get_full_path(), "changed": changed, "own": own,
    }  # fmt: skip
    return render(request, "errors/clash.html", context, status=409)


def by_beginnings(patterns: list[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same addresses, gathered by how they begin: an address is looked for among those alone that begin as it
    does, and not among some hundreds. Those of an inspection come first, for most that is asked is about one."""
    within = [one for one in patterns if _route(one).startswith(WITHIN)]
    others = [one for one in patterns if not _route(one).startswith(WITHIN)]
    return [path(WITHIN, include(_by_first_word(within, len(WITHIN)))), *_by_first_word(others, 0)]


def _by_first_word(patterns: list[URLPattern], begins: int) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    gathered: dict[str, list[URLPattern]] = {}
    for one in patterns:
        word, slash, rest = _route(one)[begins:].partition("/")
        if slash and "<" not in word:
            gathered.setdefault(word, []).append(path(rest, one.callback, name=one.name))
        else:
            found.append(path(word + slash + rest, one.callback, name=one.name))
    return [*(path(f"{word}/", include(beneath)) for word, beneath in gathered.items()), *found]


def _route(pattern: URLPattern) -> str:
    declared: Door = pattern.callback.door  # type: ignore[attr-defined]
    return declared.route


def every_pattern(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address pattern of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from every_pattern(entry)
        else:
            yield entry


def every_door() -> list[Door]:
    """Every declared door, by address."""
    found = [pattern.callback.door for pattern in every_pattern() if hasattr(pattern.callback, "door")]
    return sorted(found, key=lambda one: one.route)


def require_all_declared() -> None:
    """Raise UndeclaredAddress while any address has no door."""
    bare = [str(pattern.pattern) for pattern in every_pattern() if not hasattr(pattern.callback, "door")]
    if bare:
        raise UndeclaredAddress("These addresses declare no permission: " + ", ".join(sorted(bare)))
