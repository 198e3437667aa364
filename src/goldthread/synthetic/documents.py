"""A council's documents, invented: policies, minutes, reports and letters as real files, as many as are asked for.

The same seed gives the same words. Every person, place and number in them is made up, and each says so at its head.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from xml.sax.saxutils import escape

SAYS_SO = "Invented for a demonstration of Goldthread. No real child, family, worker or council is meant."

FORMATS = ("docx", "pdf", "odt", "pdf", "docx", "txt", "pdf", "eml", "docx", "csv")
"""In which format each is written, in turn."""

SUBJECTS: tuple[tuple[str, str, str], ...] = (
    ("Supervision of social workers", "policy", "leadership"), ("Return interviews after missing episodes", "report",
     "help-and-protection"), ("Corporate parenting board", "minutes", "care"), ("Visits to children in care",
     "policy", "care"), ("Front door performance", "performance", "help-and-protection"),
    ("Care leavers' accommodation", "plan", "care-leavers"), ("Quality of practice audits", "audit", "leadership"),
    ("Safeguarding partnership", "minutes", "help-and-protection"), ("Foster carers' handbook", "training", "care"),
    ("Workforce and caseloads", "report", "leadership"), ("Early help offer", "plan", "help-and-protection"),
    ("Strategy meetings and section 47 enquiries", "policy", "help-and-protection"),
)  # fmt: skip
"""What a document is about, its kind, and the area that it speaks of, in words that frameworks share."""

SENTENCES: tuple[str, ...] = (
    "Every child is seen alone, unless there is a recorded reason why not.",
    "Managers write down why each decision was made on the child's file within {n} working days.",
    "Of {m} files that were looked at, {n} had minutes of the strategy meeting.",
    "The independent reviewing officer raised {n} concerns, and all but two were answered in time.",
    "Children told us that they know who their social worker is, and that they want fewer changes.",
    "Caseloads are {n} children for each social worker on average; in the north team they are higher.",
    "Supervision takes place at least once a month, and is written down within {n} days.",
    "The board asked for feedback from families to be gathered after each review.",
    "Foster carers are told in writing what they may decide by themselves.",
    "{n} care leavers are in suitable accommodation; the plan for the others is reviewed every month.",
    "Return interviews are offered within 72 hours, and {m} of them were taken up this quarter.",
    "The partnership has agreed one threshold document with schools, police and health.",
    "Decisions at the front door are made within one working day in {m} of a hundred contacts.",
    "Staff who have a concern about somebody in a position of trust tell the designated officer.",
    "The plan was reviewed {n} days after it was due, and three actions are open.",
    "Parents said that the reasons for a child protection plan were not always made clear to them.",
)  # fmt: skip

HEADINGS = ("Purpose", "What we expect", "How it is checked", "What children said", "What comes next", "Figures")


@dataclass(frozen=True, slots=True)
class Made:
    """One invented document: the name and bytes of its file, its kind, its area, and the time that it speaks of."""

    name: str
    data: bytes
    kind: str
    area: str
    about_from: date
    about_to: date


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


def make_documents(
    count: int = 12, *, seed: int = 2026, until: date = date(2026, 10, 31), sections: int = 5
) -> Iterator[Made]:
    """So many documents, of about a page for each section, none of them like another. The same seed gives the same."""
    for number in range(count):
        dice = Random(f"{seed}-{number}")  # noqa: S311 - invented words, no secret
        subject, kind, area = SUBJECTS[number % len(SUBJECTS)]
        round_of = number // len(SUBJECTS)
        last = until - timedelta(days=91 * round_of + dice.randrange(28))
        first = last - timedelta(days=365 if kind in ("policy", "plan", "training") else 91)
        title = subject if not round_of else f"{subject} {last:%B %Y}, {number}"
        told = _told(dice, sections)
        ending = FORMATS[number % len(FORMATS)]
        yield Made(f"{title}.{ending}", file_of(ending, title, told), kind, area, first, last)


def file_of(ending: str, title: str, told: Sequence[Section]) -> bytes:
    """The bytes of a file of one of FORMATS with this title and these sections. Raises KeyError for another ending."""
    return _FILES[ending](title, told)


def sections_of(seed: str, count: int) -> list[Section]:
    """So many sections of invented text. The same seed gives the same."""
    return _told(Random(f"sections-{seed}"), count)  # noqa: S311 - invented words, no secret


def _told(dice: Random, sections: int) -> list[Section]:
    found = []
    for number in range(sections):
        heading = HEADINGS[number % len(HEADINGS)]
        paragraphs = tuple(
            " ".join(_sentence(dice) for _ in range(dice.randrange(3, 6))) for _ in range(dice.randrange(3, 6))
        )
        found.append(Section(heading if number < len(HEADINGS) else f"{heading}, {number + 1}", paragraphs))
    return found


def _sentence(dice: Random) -> str:
    return dice.choice(SENTENCES).format(n=dice.randrange(4, 29), m=dice.randrange(40, 98))


def _docx(title: str, told: Sequence[Section]) -> bytes:
    import docx

    made = docx.Document()
    made.add_heading(title, 0)
    made.add_paragraph(SAYS_SO)
    for section in told:
        made.add_heading(section.heading, 1)
        for paragraph in section.paragraphs:
            made.add_paragraph(paragraph)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _pdf(title: str, told: Sequence[Section]) -> bytes:
    import typst

    lines = [f"#heading(level: 1)[#{_quoted(title)}]", f"#{_quoted(SAYS_SO)}"]
    for section in told:
        lines.append(f"#heading(level: 2)[#{_quoted(section.heading)}]")
        lines += [f"#{_quoted(paragraph)}\n" for paragraph in section.paragraphs]
        lines.append("#pagebreak(weak: true)")
    return bytes(typst.compile("\n\n".join(lines).encode()))


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _odt(title: str, told: Sequence[Section]) -> bytes:
    body = f"<text:h>{escape(title)}</text:h><text:p>{SAYS_SO}</text:p>" + "".join(
        f"<text:h>{escape(section.heading)}</text:h>"
        + "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in section.paragraphs)
        for section in told
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        held.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
        held.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _plain(title: str, told: Sequence[Section]) -> str:
    lines = [title, SAYS_SO, ""]
    for section in told:
        lines += [section.heading, *section.paragraphs, ""]
    return "\n".join(lines)


def _txt(title: str, told: Sequence[Section]) -> bytes:
    return _plain(title, told).encode()


def _eml(title: str, told: Sequence[Section]) -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "officer@example.org", "team@example.org", title
    made.set_content(_plain(title, told))
    return bytes(made)


def _csv(title: str, told: Sequence[Section]) -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Heading", "What it says"])
    writer.writerow([title, SAYS_SO])
    writer.writerows([section.heading, paragraph] for section in told for paragraph in section.paragraphs)
    return out.getvalue().encode("utf-8-sig")


_FILES = {"docx": _docx, "pdf": _pdf, "odt": _odt, "txt": _txt, "eml": _eml, "csv": _csv}
