"""What a device asks for: the key of a pack, to take answers home, and the page and script that work without us.

The page and the script hold nothing of any child or person: they may rest in a browser's cache in clear.
"""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.offline import actions, queries
from goldthread.web.doors import door
from goldthread.web.presenters import offline_pack as shown

MOST_ANSWERS = 1000
"""In one sending; a device with more sends again."""


def offline_open(request: HttpRequest, pack: Any) -> HttpResponse:
    """The key of a pack, for the memory of the page that asks; with `place` also its cases, to be sealed there."""
    place = request.POST.get("place") == "yes"
    try:
        # Before the key: a pack whose cases cannot be read is on no device.
        wanted = place and pack.usable() and pack.placed_at is None
        cases = shown.contents(request.actor, pack) if wanted else []  # type: ignore[attr-defined]
        key = actions.hand_key(pack=pack, place=place, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    return JsonResponse({"key": b64encode(key).decode("ascii"), "pack": shown.plain(pack), "cases": cases})


def offline_home(request: HttpRequest, pack: Any) -> HttpResponse:
    """Answers that a device sends home, none of them too: what became of each, and whether the pack may stay there.

    With `ended` the device says that it holds nothing more, and why.
    """
    actor, how = request.actor, request.POST.get("ended", "")  # type: ignore[attr-defined]
    sent = _answers(request.POST.get("answers", "[]"))
    if sent is None or (how and how not in queries.OF_A_DEVICE):
        return JsonResponse({"says": "What this device sent cannot be read. Nothing was taken from it."}, status=400)
    try:
        came = actions.bring_home(pack=pack, answers=sent, by=actor)
        if how:
            actions.end(pack=pack, how=how, purged_at=_moment(request.POST.get("purged_at", "")), by=actor)
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    fresh = queries.pack(actor, pack.inspection_id, pack.pk)
    return JsonResponse({
        "came": [{"case": one.case, "question": one.question, "outcome": one.outcome, "version": one.version,
                  "says": one.says} for one in came],
        "state": shown.state(fresh), "because": fresh.withdrawn_because, "cases": queries.still_held(fresh, actor),
    })  # fmt: skip


def offline_shell(request: HttpRequest) -> HttpResponse:
    """The page on which a pack is worked on. It is the same for everybody, and shows what the device holds."""
    return render(request, "offline/shell.html", {"styles": shown.STYLES, "scripts": shown.SCRIPTS})


def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that gives that page out while there is no connection; it reaches no other page of ours."""
    path = finders.find("offline-worker.js")
    if path is None:
        raise Http404
    with open(path, "rb") as script:  # noqa: PTH123 - `finders` gives a plain path
        return HttpResponse(script.read(), content_type="text/javascript")


def _answers(written: str) -> list[actions.Sent] | None:
    try:
        told = json.loads(written)
        if not isinstance(told, list) or len(told) > MOST_ANSWERS:
            return None
        return [
            actions.Sent(str(one["case"]), str(one["question"])[:40], int(one["version"]), str(one["iv"]),
                         str(one["data"]), _moment(one["at"]) or datetime.now(UTC))
            for one in told
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _moment(milliseconds: Any) -> datetime | None:
    """A moment as browsers tell it; none where it is none, or lies in the future."""
    try:
        found = datetime.fromtimestamp(float(milliseconds) / 1000, UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return min(found, datetime.now(UTC))


_PACK = "inspections/<uuid:inspection>/cases/offline/packs/<uuid:pack>/"
WRITES, OWN, OPEN = Permission.CASE_REVIEW_WRITE, Permission.OWN_ACCOUNT, Permission.PUBLIC

DOORS: list[URLPattern] = [
    door(
        _PACK + "open/", offline_open, "offline_open", needs=WRITES, to_change=WRITES, about=queries.pack, reads=False,
        step_up=True,
    ),
    door(
        _PACK + "home/", offline_home, "offline_home", needs=WRITES, to_change=WRITES, about=queries.pack, reads=False
    ),
    door("offline/", offline_shell, "offline_shell", needs=OWN),
    door("offline/worker.js", offline_worker, "offline_worker", needs=OPEN),
]  # fmt: skip
