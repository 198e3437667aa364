"""Documents of every kind that is read, small and made on the spot, and an inspection that they are handed in to."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

import docx
import pypdfium2
import xlsxwriter

from goldthread.apps.documents import actions, worker
from goldthread.apps.documents.models import Document
from tests.submissions_story import Held, Story
from tests.submissions_story import story as inspection_story

SECRET = "Zqxwv"
"""A word that stands in documents alone."""

POLICY = (
    "Supervision policy\n\nEvery child's social worker has supervision once a month.\n"
    "The manager writes down why each decision was made.\n"
)


def story() -> Story:
    return inspection_story()


def word(*paragraphs: str, heading: str = "Supervision policy") -> bytes:
    """A Word document."""
    made = docx.Document()
    made.add_heading(heading, 1)
    for text in paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf(*pages: str, pictures: int = 0) -> bytes:
    """A PDF with those pages of text, and after them so many that are pictures."""
    import typst

    parts = [f"= Page heading {number}\n{text}" for number, text in enumerate(pages, 1)]
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    made = bytes(typst.compile("\n#pagebreak()\n".join(parts).encode()))
    if not pictures:
        return made
    del svg
    with pypdfium2.PdfDocument(made) as whole:
        for _ in range(pictures):
            page = whole.new_page(300, 300)
            bitmap = pypdfium2.PdfBitmap.new_native(8, 8, 4)
            bitmap.fill_rect((90, 90, 90, 255), 0, 0, 8, 8)
            image = pypdfium2.PdfImage.new(whole)
            image.set_bitmap(bitmap)
            image.set_matrix(pypdfium2.PdfMatrix().scale(300, 300))
            page.insert_obj(image)
            page.gen_content()
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def scan(*paragraphs: str, side: int = 2_200, tilt: float = 0.4, form: str = "JPEG") -> bytes:
    """A page of A4 as a scanner gives it: a picture, slightly tilted and blurred, and not a word beside it."""
    import typst
    from PIL import Image, ImageFilter

    source = '#set page(paper: "a4")\n#set text(size: 12pt)\n' + "\n\n".join(paragraphs)
    with pypdfium2.PdfDocument(bytes(typst.compile(source.encode()))) as whole:
        page = whole[0]
        drawn = page.render(scale=side / page.get_height()).to_pil().convert("L")
    tilted = drawn.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
    out = io.BytesIO()
    tilted.filter(ImageFilter.GaussianBlur(0.8)).save(out, form)
    return out.getvalue()


def scanned(*pages: bytes) -> bytes:
    """A PDF of which every page is one of these JPEGs, and none has text."""
    whole = pypdfium2.PdfDocument.new()
    for jpeg in pages:
        page = whole.new_page(595, 842)
        image = pypdfium2.PdfImage.new(whole)
        image.load_jpeg(io.BytesIO(jpeg))
        image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def workbook(*, hidden: bool = False) -> bytes:
    """A workbook of two sheets, the second hidden where asked for."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Plan").write_row(0, 0, ["Action", "Owner"])
        second = book.add_worksheet("Behind")
        second.write(0, 0, "Not meant for anybody")
        if hidden:
            second.hide()
    return out.getvalue()


def open_text(text: str, *, comment: str = "", struck_out: str = "") -> bytes:
    """An OpenDocument text, with a comment and a struck-out passage where asked for."""
    note = f"<office:annotation><text:p>{comment}</text:p></office:annotation>" if comment else ""
    gone = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>"
        f"{struck_out}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"{gone if struck_out else ''}<text:h>A heading</text:h><text:p>{note}{text}</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def zipped(parts: dict[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A container of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as held:
        for name, content in parts.items():
            held.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else packed)
    return out.getvalue()


def changed(document: bytes, part: str, old: str, new: str, **more: str) -> bytes:
    """A container with one of its parts changed, and others added."""
    with zipfile.ZipFile(io.BytesIO(document)) as held:
        parts: dict[str, str | bytes] = {name: held.read(name) for name in held.namelist()}
    text = bytes(parts[part]).decode()  # type: ignore[arg-type]
    assert old in text
    return zipped({**parts, part: text.replace(old, new, 1), **more})


def send(told: Story, data: bytes | str, name: str = "Supervision policy.txt", *, by: str = "uploader",
         read: bool = True, **more: Any) -> Document:  # fmt: skip
    """Upload a document and have it read."""
    held = data.encode() if isinstance(data, str) else data
    words = {"about": actions.About("policy", areas=("help-and-protection",)), "client_key": uuid4(), **more}
    with Held(held) as upload:
        sent = actions.receive(inspection=told.inspection, upload=upload, label=name, by=told[by], **words).document
    if read:
        worker.read_all()
    return fresh(sent)


def submitted(told: Story, data: bytes | str = POLICY, name: str = "Supervision policy.txt", **more: Any) -> Document:
    """Upload, have read, and submit to the team."""
    row = send(told, data, name, **more)
    actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=told["nominated-officer"])
    return fresh(row)


def fresh(row: Document) -> Document:
    """The document as it now is."""
    return Document.objects.select_related("inspection", "asked", "replaces").get(pk=row.pk)
