"""The setting that names a file of other words, which searches of documents look for as well."""

from pathlib import Path

from goldthread.config.refusal import CannotStart
from goldthread.domain import search_terms


def load(told: str) -> str:
    """Use the file at a path from now on, or where none is named the one that ships. Raises CannotStart."""
    try:
        search_terms.use(Path(told) if told else None)
    except search_terms.TermsError as error:
        raise CannotStart(f"GOLDTHREAD_SEARCH_TERMS names a file that cannot be used. {error}") from error
    return told
