"""Fields that findings and judgements draw in their own way: criteria by area, grades with what each looks like."""

from typing import Any

from django import template

from goldthread.web.presenters import typed_text as typed
from goldthread.web.presenters.board import KIND_COLOURS

register = template.Library()


def _id(bound: Any, number: int) -> str:
    """The id of an option; the first has the one to which an error leads."""
    return str(bound.auto_id) if number == 0 else f"{bound.auto_id}_{number}"


@register.inclusion_tag("findings/_criteria.html", takes_context=True)
def criteria_boxes(context: template.Context, form: Any) -> dict[str, Any]:
    """The criteria of every area as boxes to tick, those of an area with a ticked box laid open."""
    typed.put_back(context.get("request"), form["criteria"])
    number, groups = 0, []
    for group in form.criteria_groups():
        boxes = []
        for one in group["criteria"]:
            boxes.append({**one, "html_id": _id(form["criteria"], number)})
            number += 1
        groups.append({**group, "criteria": boxes})
    chosen_area = form["area"].value()
    for group in groups:
        group["open"] = group["open"] or group["area"].slug == chosen_area
    return {"groups": groups, "errors": form["criteria"].errors}


@register.inclusion_tag("judgements/_grades.html", takes_context=True)
def grade_radios(context: template.Context, form: Any, grades: list[Any], rules: Any = None) -> dict[str, Any]:
    """The grades, each with what it looks like and whether a rule leaves it out; none chosen by the page."""
    typed.put_back(context.get("request"), form["grade"])
    chosen = form["grade"].value() or ""
    held = rules or {}
    options = [
        {
            "grade": one,
            "html_id": _id(form["grade"], number),
            "chosen": one.slug == chosen,
            "left_out": any(one.slug not in each["bite"].leaves for each in held.get("always", [])),
            "departs": any(one.slug not in each["bite"].leaves for each in held.get("normally", [])),
        }
        for number, one in enumerate(grades)
    ]
    return {"options": options, "errors": form["grade"].errors}


@register.inclusion_tag("components/tag.html")
def kind_tag(finding: Any) -> dict[str, Any]:
    """What kind of finding it is, in its colour."""
    return {"text": finding.get_kind_display(), "colour": KIND_COLOURS.get(finding.kind, "")}
