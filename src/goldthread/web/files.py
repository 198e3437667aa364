"""Handing over a file that the application made: as a download, never as a page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

_LONGEST_PART = 24

DRAWN: dict[str, tuple[str, str]] = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("OpenDocument", "application/vnd.oasis.opendocument.text"),
}
"""The forms that a report is drawn in, by their ending: what each is called on a page, and its content type."""


def file_name(what: str, form: str, *, of: Any, narrowed: Iterable[str] = ()) -> str:
    """What a file that leaves is called: whether an inspection's data is invented, what is in it, how it was narrowed
    down, and the second in which it was taken, so that no two have one name and each says what it is.

    `narrowed` holds what was chosen from lists, never what somebody typed: a file's name is seen where its content is
    not.
    """
    parts = ["synthetic" if of.synthetic else "", what, *(slugify(one)[:_LONGEST_PART].strip("-") for one in narrowed)]
    return "-".join([*filter(None, parts), f"{timezone.localtime():%Y-%m-%d-%H%M%S}"]) + f".{form}"


def attachment(held: bytes, content_type: str, name: str) -> HttpResponse:
    """An answer that browsers save. `name` is ours, never a user's."""
    answer = HttpResponse(held, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def picture_of(svg: str) -> HttpResponse:
    """An answer that shows a picture of ours and can do nothing else."""
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def page_picture(jpeg: bytes) -> HttpResponse:
    """An answer that shows a picture that the sandbox drew, which is nothing but a picture and can do nothing else."""
    answer = HttpResponse(jpeg, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
