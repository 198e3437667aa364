"""Template tags of surveys: foreign words in a text that runs from right to left."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_FROM_RIGHT = re.compile("[\u0590-\u08ff]")
_FROM_LEFT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 \u00a0.,/:_'’-]*[A-Za-z0-9])?")
_TELEPHONE = re.compile(r"\b0\d{3}(?: \d{3,4})+\b")


@register.filter
def apart(text: object) -> SafeString:
    """A text in which each run of Latin letters or figures keeps its own direction, and a telephone number its line.

    Without that a browser shows the number 0808 800 5000 within Urdu as 5000 800 0808, or on two lines.
    """
    said = _TELEPHONE.sub(lambda found: found[0].replace(" ", "\u00a0"), str(text))
    if not _FROM_RIGHT.search(said):
        return conditional_escape(said)
    made, at = "", 0
    for run in _FROM_LEFT.finditer(said):
        made += conditional_escape(said[at : run.start()]) + format_html('<bdi dir="ltr">{}</bdi>', run.group())
        at = run.end()
    return mark_safe(made + conditional_escape(said[at:]))  # noqa: S308 - every part is escaped above
