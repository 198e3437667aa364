"""Tables that stand on their heads on a phone: each row a block, each cell with the name of its column.

The style sheet turns them; here each cell is told the name of its column, and every part its role, because a browser
forgets that what is not laid out as a table is one.
"""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags

_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|thead|tbody|tfoot|tr|th|td)\b(?P<rest>[^>]*)>", re.IGNORECASE)
_SPAN = re.compile(r'\bcolspan="(\d+)"')
_CLASS = re.compile(r'\bclass="')
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}


def stacked(html: str) -> str:
    """The HTML of tables of the house with what standing on their heads needs. Anything else in it stays as it is.

    The names of the columns are the words of the heading row, as they stand there, those for the ear alone included.
    Where a heading spans columns, each of them has its name. A cell without anything in it is told none.
    """
    labels: list[str] = []
    place, in_head, done = 0, False, []
    last = 0
    for found, name, end in _tags(html):
        done.append(html[last : found.start()])
        last, words = found.end(), found.group()
        if end:
            in_head = in_head and name != "thead"
        elif name in ("table", "thead", "tbody", "tfoot", "tr"):
            labels = [] if name == "table" else labels
            in_head, place = name == "thead" or (in_head and name == "tr"), 0
            words = _with(_classed(words) if name == "table" else words, role=_ROLES[name])
        else:
            wide = int(span.group(1)) if (span := _SPAN.search(words)) else 1
            if in_head:
                labels += [_words(html, found.end(), name)] * wide
                words = _with(words, role="columnheader")
            else:
                empty = not html[found.end() : html.find(f"</{name}", found.end())].strip()
                words = _of_row(words, name, "" if empty or wide > 1 or place >= len(labels) else labels[place])
            place += wide
        done.append(words)
    return "".join([*done, html[last:]])


def _tags(html: str) -> Iterator[tuple[re.Match[str], str, bool]]:
    for found in _TAG.finditer(html):
        yield found, found["name"].lower(), bool(found["end"])


def _of_row(tag: str, name: str, label: str) -> str:
    if name == "th":
        return _with(tag, role="rowheader")
    # The words were escaped when the heading was written; only a quotation mark could still end the attribute.
    return _with(tag, role="cell", data_label=label.replace('"', "&quot;")) if label else _with(tag, role="cell")


def _words(html: str, start: int, name: str) -> str:
    end = html.find(f"</{name}", start)
    return " ".join(strip_tags(html[start:end]).split())


def _classed(tag: str) -> str:
    if "app-stack" in tag:
        return tag
    return _CLASS.sub('class="app-stack ', tag, count=1) if _CLASS.search(tag) else _with(tag, **{"class": "app-stack"})


def _with(tag: str, **attributes: str) -> str:
    """The opening tag with these attributes; one that it has already stays as it is."""
    new = "".join(
        f' {key}="{value}"' for key, value in ((k.replace("_", "-"), v) for k, v in attributes.items())
        if f"{key}=" not in tag
    )  # fmt: skip
    return f"{tag[:-1]}{new}>"
