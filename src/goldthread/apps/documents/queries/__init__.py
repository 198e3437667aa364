"""Reading documents: which there are, who has read them, what is found in them."""

from goldthread.apps.documents.desk import desk, team_desk
from goldthread.apps.documents.queries.library import (
    MARKED,
    READINGS,
    STATUSES,
    Choice,
    awaiting_submission,
    earlier_and_later,
    from_council,
    get,
    known_hashes,
    library,
    may,
    may_see,
    may_submit,
    may_upload,
    may_work,
    readers,
    seen,
    visible_to,
    years,
)
from goldthread.apps.documents.queries.reading import (
    NoteRead,
    PassageRead,
    all_tags,
    notes,
    of_request,
    of_source,
    page_of,
    passages,
    queue,
    read_by,
    tags,
    texts_of,
    unread_by,
    may_see_work,
)
from goldthread.apps.documents.queries.searching import Result, marked_page, search

__all__ = [
    "MARKED", "READINGS", "STATUSES", "Choice", "NoteRead", "PassageRead", "Result", "all_tags", "awaiting_submission",
    "desk", "earlier_and_later", "from_council", "get", "known_hashes", "library", "marked_page", "may", "may_see", "may_submit",
    "may_upload", "may_work", "notes", "of_request", "of_source", "page_of", "passages", "queue", "read_by", "readers",
    "search", "seen", "tags", "team_desk", "texts_of", "unread_by", "visible_to", "years",
]  # fmt: skip
