"""Template tags of the house: form fields, summaries, tags, panels. Their HTML lies in templates/components."""

import json
from typing import Any
from uuid import uuid4

from django import forms, template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from goldthread.web.presenters import typed_text as typed
from goldthread.web.presenters import words
from goldthread.web.stacked import stacked

register = template.Library()

TAG_COLOURS = ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")


@register.inclusion_tag("components/field.html", takes_context=True)
def field(context: template.Context, bound: Any, label_class: str = "govuk-label--s") -> dict[str, Any]:
    """One form field: label, hint, error and control, tied together for a screen reader."""
    typed.put_back(context.get("request"), bound)
    kind = _kind(bound.field.widget)
    hint_id, error_id = f"{bound.auto_id}_helptext", f"{bound.auto_id}_error"
    described = " ".join([hint_id] * bool(bound.help_text) + [error_id] * bool(bound.errors))
    return {
        "bound": bound, "kind": kind, "hint_id": hint_id, "error_id": error_id, "described": described,
        "label_class": label_class, "grouped": kind in _WITH_OPTIONS,
        "options": _options(bound) if kind in _WITH_OPTIONS else [],
        "widget": _control(bound, kind, described) if kind not in _WITH_OPTIONS else "",
        "counted": bound.field.max_length if kind == "textarea" and getattr(bound.field, "max_length", None) else 0,
    }  # fmt: skip


_WITH_OPTIONS = ("radios", "checkboxes")
_KINDS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", ""),
    (forms.RadioSelect, "radios", ""),
    (forms.HiddenInput, "hidden", "app-hidden"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Select, "select", "govuk-select"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.PasswordInput, "password", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
)


def _kind(widget: forms.Widget) -> str:
    return next((kind for cls, kind, _ in _KINDS if isinstance(widget, cls)), "text")


def _control(bound: Any, kind: str, described: str) -> str:
    widget = bound.field.widget
    css = next((css for cls, _, css in _KINDS if isinstance(widget, cls)), "govuk-input")
    attributes = {"class": " ".join(filter(None, (css, widget.attrs.get("class", ""))))}
    if bound.errors and kind != "hidden":
        attributes["class"] += {"select": " govuk-select--error", "textarea": " govuk-textarea--error"}.get(
            kind, " govuk-input--error"
        )
        attributes["aria-invalid"] = "true"
    if described:
        attributes["aria-describedby"] = described
    if kind == "textarea":
        # A browser cuts a pasted text at maxlength without a word; the form says it instead.
        widget.attrs.pop("maxlength", None)
        attributes["class"] += " govuk-js-character-count" if getattr(bound.field, "max_length", None) else ""
    return str(bound.as_widget(attrs=attributes))


def _options(bound: Any) -> list[dict[str, Any]]:
    # The first option carries the field's own id, so that a link from the error summary lands on it.
    return [
        {
            "name": one.data["name"], "value": one.data["value"], "label": one.data["label"],
            "chosen": one.data["selected"], "id": bound.auto_id if number == 0 else f"{bound.auto_id}_{number}",
        }
        for number, one in enumerate(bound.subwidgets)
    ]  # fmt: skip


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any = None) -> dict[str, Any]:
    """What is wrong with a form, at the top of the page, each leading to its field; nothing where nothing is."""
    if not form or not getattr(form, "is_bound", False):
        return {"problems": []}
    problems = [("", error) for error in form.non_field_errors()]
    problems += [(bound.auto_id, error) for bound in form for error in bound.errors]
    return {"problems": problems}


@register.inclusion_tag("components/tag.html")
def tag(text: object, colour: str = "") -> dict[str, Any]:
    """A coloured label; the words always say what the colour says."""
    return {"text": text, "colour": colour if colour in TAG_COLOURS else ""}


@register.inclusion_tag("components/tag.html")
def status_tag(status: object) -> dict[str, Any]:
    """A status of the lifecycle as a label."""
    return {"text": words.status(status), "colour": words.colour(status)}


@register.inclusion_tag("components/tag.html")
def hand_over_tag(submission: Any) -> dict[str, Any]:
    """How a submission stands at the wall, as a label."""
    refused = submission.status == "refused"
    return {"text": words.hand_over(submission), "colour": "red" if refused else words.colour(submission.hand_over)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: template.Context, page_obj: Any, name: str = "page", label: str = "Pages of the list"
) -> dict[str, Any]:
    """Links to the other pages of a long list, keeping the search that is on; nothing for a single page.

    Where a page has two lists, the second has another `name` in the address, and a `label` of its own.
    """
    request = context.get("request")
    asked = request.GET.copy() if request else QueryDict(mutable=True)
    asked.pop(name, None)
    kept = asked.urlencode()
    paginator = page_obj.paginator
    numbers = [
        (number if isinstance(number, int) else None)
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    pages = numbers if paginator.num_pages > 1 else []
    return {"page": page_obj, "pages": pages, "kept": f"{kept}&" if kept else "", "name": name, "label": label}


@register.inclusion_tag("components/notification.html", takes_context=True)
def notification(context: template.Context) -> dict[str, Any]:
    """What the last act did, or could not do."""
    return {"notes": list(context.get("messages") or [])}


@register.simple_tag(takes_context=True)
def autosave(context: template.Context, form_key: str, inspection: Any = None) -> SafeString:
    """Attributes of a <form>: what is typed in it is kept as it is typed, and can be put back.

    Stands inside the opening tag of the form, before its fields. `form_key` names the form within the inspection.
    """
    key = f"{form_key}@{inspection.pk}" if inspection else form_key
    restored = typed.prepare(context.get("request"), key)
    context["typed"] = restored
    return format_html(
        'data-autosave="{}" data-inspection="{}"{}',
        key,
        getattr(inspection, "pk", ""),
        format_html(' data-restored="{}"', json.dumps(restored)) if restored else "",
    )


@register.tag
def with_typed_text(parser: Any, token: Any) -> template.Node:
    """Around the content of a page: offers, above it, what was typed in its forms and never sent."""
    inner = parser.parse(("endwith_typed_text",))
    parser.delete_first_token()
    return _WithTypedText(inner)


class _WithTypedText(template.Node):
    def __init__(self, inner: template.NodeList) -> None:
        self.inner = inner

    def render(self, context: template.Context) -> SafeString:
        content = self.inner.render(context)
        request = context.get("request")
        offers = typed.offers(request)
        if not offers:
            return content
        above = render_to_string("components/typed_text.html", {"offers": offers, "path": request.path}, request)  # type: ignore[union-attr]
        return mark_safe(above + content)  # noqa: S308 - both were rendered by templates


@register.inclusion_tag("components/hidden.html", takes_context=True)
def client_key(context: template.Context) -> dict[str, Any]:
    """The key that makes a repeated sending harmless: the one that was posted, or a fresh one."""
    request = context.get("request")
    posted = request.POST.get("client_key", "") if request else ""
    return {"name": "client_key", "value": posted or uuid4()}


@register.inclusion_tag("components/hidden.html", takes_context=True)
def version(context: template.Context, thing: Any) -> dict[str, Any]:
    """The version that the form was opened on: the one that was posted or typed on, else the current one."""
    request = context.get("request")
    posted = request.POST.get("version", "") if request else ""
    kept = typed.restored(request).get("version", [""])[0]
    return {"name": "version", "value": posted or kept or getattr(thing, "version", thing)}


@register.inclusion_tag("components/synthetic_banner.html", takes_context=True)
def synthetic_banner(context: template.Context) -> dict[str, Any]:
    """Says that no real child is in here, wherever that is so."""
    inspection = context.get("inspection")
    return {
        "synthetic": bool(
            context.get("synthetic") or context.get("demonstration") or getattr(inspection, "synthetic", False)
        ),
        "training": bool(context.get("training_page") or getattr(inspection, "for_training", False)),
    }


@register.inclusion_tag("components/warning_text.html")
def warning_text(text: object) -> dict[str, Any]:
    """A warning that must be read before going on."""
    return {"text": text}


@register.simple_block_tag
def inset(content: str) -> str:
    """A passage set apart."""
    return render_to_string("components/inset.html", {"content": content})


@register.simple_block_tag
def stack(content: str) -> SafeString:
    """Tables that stand on their heads on a phone, each cell with the name of its column."""
    return mark_safe(stacked(content))  # noqa: S308 - what the template wrote, escaped as it was


@register.simple_block_tag
def details(content: str, summary: object) -> str:
    """A passage that is opened by whoever wants it."""
    return render_to_string("components/details.html", {"content": content, "summary": summary})


@register.simple_block_tag
def card(content: str, title: object = "", address: str = "") -> str:
    """A panel with a heading, which leads somewhere where an address is given."""
    return render_to_string("components/card.html", {"content": content, "title": title, "address": address})


@register.filter
def dashed(name: object) -> str:
    """The name of a field as words."""
    return str(name).replace("-", " ").replace("_", " ")


WORDY = ("because", "note", "done", "reason", "says", "answer")


@register.filter
def holds_words(name: str, value: str) -> bool:
    """Whether a sent field holds what somebody typed, and not what they chose."""
    return bool(value.strip()) and (name in WORDY or " " in value.strip())


@register.filter
def words_of(status: object) -> str:
    """A status in words."""
    return words.status(status)


@register.filter
def named(fields: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    """The field of that name in a list of fields, where there is one."""
    return next((one for one in fields if one["name"] == name), None)


@register.simple_tag
def notices_at(notices: Any, section: str, number: int) -> list[Any]:
    """The correction notices on one place of a published report: a paragraph, a point, or 0 for a section's table."""
    return [one for one in notices or () if one.place == f"{section}.{number}"]
