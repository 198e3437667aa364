"""What the public pages of a survey read: the survey behind a link, and the page that somebody carries themselves."""

from typing import Any

from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.apps.surveys.models import Code, Survey, by_chance
from goldthread.apps.surveys.sealed import digest_of, open_page, seal_page


def by_link(link: str) -> Survey:
    """The survey behind the last part of a public address. Raises Survey.DoesNotExist."""
    return Survey.objects.select_related("inspection").get(link=link)


def code_is_good(survey: Survey, code: str) -> bool:
    """Whether a code of a letter is known and not yet used."""
    digest = digest_of(survey.inspection, code)
    return Code.objects.filter(invitations__survey=survey, digest=digest, spent=False).exists()


def sealed_page(survey: Survey, held: dict[str, Any]) -> str:
    """What somebody has answered so far, for their own page to carry. It is kept nowhere else."""
    return seal_page(survey, held)


def page_of(survey: Survey, carried: str, language: str = "en") -> dict[str, Any] | None:
    """What a page carried; a fresh one in a language where none came, and None where it can no longer be read."""
    if not carried:
        fresh = {"number": by_chance(), "code": "", "answers": {}, "tier": "", "at": ""}
        return {**fresh, "language": language, "easy": False}
    try:
        return open_page(survey, carried)
    except CannotUnseal:
        return None
