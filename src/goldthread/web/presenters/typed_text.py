"""What somebody typed and did not send: finding it for a form, offering it, and putting it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.apps.access.policy import NOBODY
from goldthread.apps.submissions import queries

_KEPT, _RESTORED = "_typed_text_offers", "_typed_text_restored"


@dataclass(frozen=True, slots=True)
class Offer:
    """Kept text of one form of the page. `restored` says that the page already shows it."""

    form: str
    saved_at: datetime
    restored: bool


def prepare(request: Any, form: str) -> dict[str, list[str]]:
    """Look for kept text of a form. Returns its fields where the reader asked to have them back (`?restore=`)."""
    if request is None or request.method == "POST":
        return {}
    kept = queries.typed_text(getattr(request, "actor", NOBODY), form)
    if kept is None or not any(_as_list(value) != [""] for value in kept.fields.values()):
        return {}
    wanted = request.GET.get("restore") in ("1", form)
    offers(request).append(Offer(form, kept.saved_at, wanted))
    if not wanted:
        return {}
    fields = {name: _as_list(value) for name, value in kept.fields.items()}
    setattr(request, _RESTORED, fields)
    return fields


def offers(request: Any) -> list[Offer]:
    """What the forms of this page have kept, in order."""
    if request is None:
        return []
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, [])
    found: list[Offer] = getattr(request, _KEPT)
    return found


def restored(request: Any) -> dict[str, list[str]]:
    """The kept fields that this page shows again, or nothing."""
    held: dict[str, list[str]] = getattr(request, _RESTORED, {})
    return held


def put_back(request: Any, bound: Any) -> None:
    """Let a form field that is not filled in show what was typed in it."""
    kept = restored(request)
    if bound.form.is_bound or bound.html_name not in kept:
        return
    values = kept[bound.html_name]
    many = getattr(bound.field.widget, "allow_multiple_selected", False)
    bound.form.initial[bound.name] = values if many else values[0]
    bound.__dict__.pop("initial", None)


def _as_list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
