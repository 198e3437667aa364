"""Messages of Outlook (.msg), read as any other e-mail is: who, when, what about, the text, and what is attached."""

from itertools import islice

from oxmsg import Message

from goldthread.kernel.document_text import Extracted
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents.parts import Parts
from goldthread.readers.documents.plain import MOST_PARTS, clean, words_of_page


def read_message(data: bytes) -> Extracted:
    """A message of Outlook; nothing attached is opened. Raises Refused where the file is none, or is damaged."""
    if "EncryptedPackage".encode("utf-16-le") in data[:4_000_000]:
        raise Refused("", "", code="password")
    try:
        return _read(Message.load(data))
    except (MemoryError, Refused):
        raise
    except Exception:  # the parser raises whatever its bytes make of it, and its words may hold some of them
        raise Refused("", "", code="damaged") from None


def _read(message: Message) -> Extracted:
    parts, attached = Parts(), 0
    parts.add(clean(message.subject), heading=True)
    for name, value in _head(message):
        if value:
            parts.add(f"{name}: {clean(value)}")
    for one in islice(message.attachments, MOST_PARTS):
        attached += 1
        parts.add(f"Attached: {clean(one.file_name or 'a file without a name')}")
    body = message.body or words_of_page(message.html_body or "")
    for line in body.splitlines():
        parts.add(clean(line))
    return Extracted("part", parts.done(), {"attachments": attached} if attached else {})


def _head(message: Message) -> list[tuple[str, str]]:
    told = [f"{one.name} <{one.email_address}>" for one in islice(message.recipients, MOST_PARTS)]
    sent = message.sent_date
    return [("From", message.sender or ""), ("To", ", ".join(told)), ("Date", f"{sent:%d/%m/%Y %H:%M}" if sent else "")]
