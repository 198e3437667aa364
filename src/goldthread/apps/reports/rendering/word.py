"""The report as a Word document with real headings, header rows that repeat, and its language set."""

import io
from typing import Any

from goldthread.apps.reports.document import Document, Figure, Grid, Part
from goldthread.domain.plain_text import plain
from goldthread.engines import drawing


def render(document: Document, *, draft: bool, mark: str = "", imprint: str = "") -> bytes:
    """The .docx file, made fresh: no template that anybody edited, no hidden text, no author but the programme.

    A mark, where one is given, stands on every page, and an imprint on the first.
    """
    # Imported here: the library takes a while to load, and only this page needs it.
    import docx

    document = plain(document)
    file = docx.Document()
    properties = file.core_properties
    properties.title, properties.author, properties.language = document.title, "Goldthread", "en-GB"
    properties.comments, properties.last_modified_by = "", "Goldthread"
    _set_language(file)
    if document.synthetic:
        file.sections[0].header.paragraphs[0].text = "Synthetic data: no real child is in here"
    if mark:
        _mark(file, mark)
    if draft:
        file.add_paragraph().add_run("Draft for the team. Not checked, not for anybody else.").bold = True
    file.add_heading(document.title, level=1)
    file.add_paragraph().add_run(document.authority).bold = True
    if document.kind:
        file.add_paragraph(document.kind)
    file.add_paragraph(document.framework)
    file.add_paragraph(document.dates)
    if imprint:
        file.add_paragraph(imprint)
    for part in document.parts:
        _part(file, part)
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()


def _mark(file: Any, mark: str) -> None:
    section = file.sections[0]
    for place in (section.header.add_paragraph(), section.footer.paragraphs[0], file.add_paragraph()):
        place.add_run(mark).bold = True


def _part(file: Any, part: Part) -> None:
    file.add_heading(part.title, level=2)
    for paragraph in part.paragraphs:
        file.add_paragraph(paragraph)
    for point in part.points:
        file.add_paragraph(point, style="List Bullet")
    if part.figure is not None:
        _figure(file, part.figure)
    if part.grid is not None:
        _grid(file, part.grid)


def _figure(file: Any, figure: Figure) -> None:
    from docx.shared import Cm

    picture = file.add_picture(io.BytesIO(drawing.to_png(figure.spec())), width=Cm(16))
    # What a screen reader says instead of the picture; the library has no word for it.
    picture._inline.docPr.set("descr", figure.says)
    file.add_paragraph(figure.title, style="Caption")


def _grid(file: Any, grid: Grid) -> None:
    from docx.oxml import OxmlElement

    file.add_paragraph(grid.caption, style="Caption")
    table = file.add_table(rows=1, cols=len(grid.headings))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, grid.headings, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(heading).bold = True
    # Repeats on every page, and tells a screen reader that it is the header.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _set_language(file: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    file.styles["Normal"].element.get_or_add_rPr().append(language)
