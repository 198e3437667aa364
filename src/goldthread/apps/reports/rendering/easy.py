"""An edition as a tagged PDF (PDF/UA-1), a Word document and an OpenDocument text; its symbols say nothing more."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from goldthread.apps.reports.edition_document import EditionDocument, EditionPart
from goldthread.apps.reports.rendering.compiling import compiled
from goldthread.apps.reports.rendering.open_document import Sheet, Speech
from goldthread.domain.plain_text import plain
from goldthread.domain.surveys.pictures import PICTURES

TEMPLATE = Path(__file__).with_name("easy.typ")
_PIXELS_AN_INCH = 288.0
_SYMBOL_CM = 1.6
_SYNTHETIC = "Synthetic data: no real child is in here"
_LEFT_OUT = "What this leaves out"
_PICTURE = '#set page(width: 2cm, height: 2cm, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg")'


def as_pdf(document: EditionDocument) -> bytes:
    """The PDF. The compiler itself refuses one without a title, with a skipped heading or an unnamed picture."""
    document = plain(document)
    told = document.as_json() | {"direction": document.direction}
    told["symbols"] = {one: _drawing(one).decode() for one in _symbols(document)}
    inputs = {"edition": json.dumps(told)}
    return compiled(TEMPLATE, inputs)


def as_word(document: EditionDocument) -> bytes:
    """The .docx file, made fresh: real headings, large letters, its language set, and no author but the programme."""
    import docx
    from docx.shared import Pt

    document = plain(document)
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.language = document.title, "Goldthread", document.language
    properties.comments, properties.last_modified_by = "", "Goldthread"
    file.styles["Normal"].font.size = Pt(14)
    _speak(file, document)
    if document.synthetic:
        file.sections[0].header.paragraphs[0].text = _SYNTHETIC
    file.add_heading(document.title, level=1)
    file.add_paragraph().add_run(document.authority).bold = True
    for note in document.notes:
        file.add_paragraph(note)
    for part in document.parts:
        _part(file, part)
    if document.left_out:
        file.add_heading(_LEFT_OUT, level=2)
        file.add_paragraph(f"The full report, “{document.full_title}”, says these too.")
        for one in document.left_out:
            file.add_paragraph(f"{one.says} Why it is not told here: {one.because}", style="List Bullet")
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def as_open_document(document: EditionDocument) -> bytes:
    """The .odt file: the same words, headings and symbols in the same order as the Word file has them."""
    document = plain(document)
    speech = Speech(
        document.language, "GB" if document.language == "en" else "", document.direction == "rtl", size=14
    )  # fmt: skip
    sheet = Sheet(document.title, speech, header=(_SYNTHETIC,) if document.synthetic else ())
    sheet.heading(1, document.title)
    sheet.paragraph(document.authority, bold=True)
    for note in document.notes:
        sheet.paragraph(note)
    for part in document.parts:
        sheet.heading(2, part.title)
        for said in part.said:
            if said.symbol:
                sheet.picture(_as_png(said.symbol), "", wide=_SYMBOL_CM)
            for sentence in said.sentences:
                sheet.paragraph(sentence)
    if document.left_out:
        sheet.heading(2, _LEFT_OUT)
        sheet.paragraph(f"The full report, “{document.full_title}”, says these too.")
        sheet.points(tuple(f"{one.says} Why it is not told here: {one.because}" for one in document.left_out))
    return sheet.whole()


def _part(file: Any, part: EditionPart) -> None:
    from docx.shared import Cm

    file.add_heading(part.title, level=2)
    for said in part.said:
        if said.symbol:
            picture = file.add_paragraph().add_run().add_picture(io.BytesIO(_as_png(said.symbol)), width=Cm(_SYMBOL_CM))
            # The sentences say it all: a screen reader need not stop at the symbol.
            picture._inline.docPr.set("descr", "")
        for sentence in said.sentences:
            file.add_paragraph(sentence)


def _speak(file: Any, document: EditionDocument) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:bidi" if document.direction == "rtl" else "w:val"), document.language)
    file.styles["Normal"].element.get_or_add_rPr().append(language)
    if document.direction == "rtl":
        file.styles["Normal"].element.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _symbols(document: EditionDocument) -> set[str]:
    return {said.symbol for part in document.parts for said in part.said if said.symbol}


@cache
def _drawing(symbol: str) -> bytes:
    """A symbol as the surveys show it. Raises ValueError for one that there is not."""
    found = finders.find(f"symbols/{symbol}.svg") if symbol in PICTURES else None
    if not isinstance(found, str):
        raise ValueError("There is no such symbol.")
    return Path(found).read_bytes()


@cache
def _as_png(symbol: str) -> bytes:
    """A symbol as a PNG, for documents that cannot hold an SVG."""
    import typst

    inputs = {"svg": _drawing(symbol).decode()}
    made = typst.compile(_PICTURE.encode(), sys_inputs=inputs, format="png", ppi=_PIXELS_AN_INCH)
    return bytes(made)
