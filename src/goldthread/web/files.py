"""Handing over a file that the application made: as a download, never as a page."""

from django.http import HttpResponse


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
