"""One document read by its kind; a refusal of the guard told in a document's words instead of a workbook's."""

from goldthread.kernel.document_text import Extracted, Page
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents import kinds

_PASSWORD = (
    "This file is protected with a password, so it cannot be read.",
    "Save a copy without the password and send the copy. Please do not send the password.",
)
_DAMAGED = (
    "This file is damaged or was cut short, so it cannot be read.",
    "Open it, save it afresh, check that it opens, and send the new file.",
)
_TOO_BIG = (
    "This file unpacks to far more than a document should hold, so it was not opened.",
    "Open it, save it as PDF without what is not needed, and send that file.",
)
_UNSAFE = (
    "This file is not built as a document should be, and could be unsafe to open.",
    "Open it, save it as PDF, and send that file.",
)
_OLD = ("This is a file of an old form that is not read.", "Open it, save it as .docx, .xlsx or .pdf, and send that.")

_BY_CODE: dict[str, tuple[str, str]] = {
    "password": _PASSWORD, "xls": _OLD,
    **dict.fromkeys(("no-end", "end", "directory", "header", "check-sum", "inflate", "zip", "damaged", "no-content",
                     "no-workbook"), _DAMAGED),
    **dict.fromkeys(("file", "total", "part", "ratio", "small-part", "one-tag", "answer"), _TOO_BIG),
    **dict.fromkeys(("too-many-parts", "name", "twice", "link", "packing", "header-name", "overlap",
                     "longer-than-declared", "dtd", "encoding"), _UNSAFE),
}  # fmt: skip


def read(data: bytes, kind: str, most_pages: int) -> Extracted:
    """The text of a document of that kind. Raises Refused, in plain English, where it cannot be read."""
    try:
        return _read(data, kind, most_pages)
    except Refused as refused:
        if refused.code not in _BY_CODE:
            raise
        reason, mend = _BY_CODE[refused.code]
        raise Refused(reason, mend, code=refused.code) from None


def _read(data: bytes, kind: str, most_pages: int) -> Extracted:
    if kind == "pdf":
        from goldthread.readers.documents import pdf

        return pdf.read(data, most_pages)
    if kind in ("docx", "odt"):
        from goldthread.readers.documents import office

        return office.read_word(data) if kind == "docx" else office.read_open_text(data)
    from goldthread.readers.documents import plain

    if kind in ("xlsx", "ods"):
        return plain.read_workbook(data)
    if kind == "msg":
        from goldthread.readers.documents.outlook import read_message

        return read_message(data)
    texts = {"txt": plain.read_text, "csv": plain.read_csv, "eml": plain.read_mail}
    if kind in texts:
        return texts[kind](data)
    if kind in kinds.PICTURES:
        from goldthread.readers.documents import pictures

        return pictures.counted(data, most_pages)
    return Extracted("page", (Page(""),), read=False)
