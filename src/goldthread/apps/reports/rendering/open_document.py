"""Reports as OpenDocument texts (.odt): real headings, lists, header rows, words for each picture.

The library's own empty document is of another language and carries a preview; both are set right here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldthread.apps.reports.document import Document, Figure, Grid, Part
from goldthread.domain.plain_text import plain
from goldthread.engines import drawing

if TYPE_CHECKING:
    import odfdo

_BOLD, _POINTS, _CELL, _TABLE = "Bold", "Points", "Cell", "Grid"
_STYLES = (
    f'<style:style xmlns:style="{{style}}" style:name="{_BOLD}" style:family="paragraph"'
    ' style:parent-style-name="Standard"><style:text-properties xmlns:fo="{fo}" fo:font-weight="bold"/></style:style>',
    f'<style:style xmlns:style="{{style}}" style:name="{_CELL}" style:family="table-cell">'
    '<style:table-cell-properties xmlns:fo="{fo}" fo:border="0.5pt solid #6e6e6e" fo:padding="0.1cm"/></style:style>',
    f'<style:style xmlns:style="{{style}}" style:name="{_TABLE}" style:family="table">'
    '<style:table-properties xmlns:table="{table}" style:rel-width="100%" table:align="margins"/></style:style>',
    f'<text:list-style xmlns:text="{{text}}" style:name="{_POINTS}" xmlns:style="{{style}}">'
    '<text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties'
    ' text:space-before="0.6cm" text:min-label-width="0.6cm" xmlns:text="{text}"/></text:list-level-style-bullet>'
    "</text:list-style>",
)
_SPACES = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language a text is set: its code and country, and whether it runs from right to left."""

    language: str = "en"
    country: str = "GB"
    right_to_left: bool = False
    size: int = 11


class Sheet:
    """An empty OpenDocument text of one title and language, filled from above to below."""

    def __init__(self, title: str, speech: Speech, *, header: tuple[str, ...] = (), footer: tuple[str, ...] = ()):
        """Begin with a title in the file's own data, and lines that stand on every page."""
        # Imported here: the library takes a while to load, and only this page needs it.
        import odfdo

        self._of = odfdo
        self._file = odfdo.Document("text")
        self._file.body.clear()
        self._pictures = 0
        self._about(title, speech)
        self._speak(speech)
        for one in _STYLES:
            self._file.insert_style(one.format(**_SPACES))
        self._on_every_page(header, footer)

    def heading(self, level: int, words: str) -> None:
        """A heading. `level` 1 is the title of the whole."""
        made = self._of.Header(level, words)
        # The library takes a style and does not set it.
        made.set_attribute("text:style-name", f"Heading_20_{level}")
        self._file.body.append(made)

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        """A paragraph, as it stands."""
        self._file.body.append(self._paragraph(words, _BOLD if bold else "Text_20_body"))

    def points(self, points: tuple[str, ...]) -> None:
        """A list of points."""
        held = self._of.List(style=_POINTS)
        for point in points:
            item = self._of.ListItem()
            item.append(self._paragraph(point, "Text_20_body"))
            held.append(item)
        self._file.body.append(held)

    def picture(self, png: bytes, says: str, *, wide: float, caption: str = "") -> None:
        """A picture as wide as so many cm, with what it says for whoever cannot see it. Says nothing: decoration."""
        from PIL import Image

        with Image.open(io.BytesIO(png)) as held:
            high = wide * held.height / held.width
        self._pictures += 1
        named = f"Picture {self._pictures}"
        place = self._file.add_file(io.BytesIO(png))
        self._file.manifest.set_media_type(place, "image/png")
        frame = self._of.Frame.image_frame(
            place, name=named, size=(f"{wide:.2f}cm", f"{high:.2f}cm"), anchor_type="as-char"
        )  # fmt: skip
        # In this order, as the format has them.
        if caption:
            frame.svg_title = caption
        if says:
            frame.svg_description = says
        around = self._of.Paragraph(style="Standard")
        around.append(frame)
        self._file.body.append(around)
        if caption:
            self._file.body.append(self._paragraph(caption, "Caption"))

    def grid(self, grid: Grid) -> None:
        """A table with its caption above, and a header row that repeats on every page."""
        self._file.body.append(self._paragraph(grid.caption, "Caption"))
        table = self._of.Element.from_tag("table:table")
        self._pictures += 1
        table.set_attribute("table:name", f"Table {self._pictures}")
        table.set_attribute("table:style-name", _TABLE)
        columns = self._of.Element.from_tag("table:table-column")
        columns.set_attribute("table:number-columns-repeated", str(len(grid.headings)))
        table.append(columns)
        heads = self._of.Element.from_tag("table:table-header-rows")
        heads.append(self._row(grid.headings, _BOLD))
        table.append(heads)
        for row in grid.rows:
            table.append(self._row(row, "Standard"))
        self._file.body.append(table)

    def whole(self) -> bytes:
        """The file."""
        held, file = io.BytesIO(), self._file
        file.save(held, packaging="zip")
        return held.getvalue()

    def _row(self, cells: tuple[str, ...], style: str) -> odfdo.Element:
        row = self._of.Element.from_tag("table:table-row")
        for words in cells:
            cell = self._of.Element.from_tag("table:table-cell")
            cell.set_attribute("office:value-type", "string")
            cell.set_attribute("table:style-name", _CELL)
            cell.append(self._paragraph(words, style))
            row.append(cell)
        return row

    def _paragraph(self, words: str, style: str) -> odfdo.Paragraph:
        # Two spaces and a line's end keep their place, as marks of the format.
        made = self._of.Paragraph(style=style)
        made.append_plain_text(words)
        return made

    def _about(self, title: str, speech: Speech) -> None:
        meta = self._file.meta
        meta.title, meta.language = title, f"{speech.language}-{speech.country}" if speech.country else speech.language
        meta.initial_creator = meta.creator = meta.generator = "Goldthread"
        # Of the library's own document: when it was made, how much it held, its preview, its empty settings.
        for name in ("meta:creation-date", "meta:document-statistic", "meta:editing-duration", "meta:editing-cycles"):
            for one in meta.get_elements(f"//{name}"):
                meta.delete_element(one)
        for place in [one for one in self._file.get_parts() if one.startswith(("Thumbnails/", "Configurations2/"))]:
            self._file.del_part(place)
        for place in [one for one in self._file.manifest.get_paths() if str(one).startswith(("Thumbnails/", "Conf"))]:
            self._file.manifest.del_full_path(str(place))

    def _speak(self, speech: Speech) -> None:
        for style in self._file.styles.get_elements("//style:default-style"):
            for told in style.get_elements("style:text-properties"):
                told.set_attribute("fo:language", speech.language)
                told.set_attribute("fo:country", speech.country or "none")
                if speech.right_to_left:
                    told.set_attribute("style:language-complex", speech.language)
                    told.set_attribute("style:country-complex", speech.country or "none")
                told.set_attribute("style:font-name", "Liberation Sans")
                for name in ("fo:font-size", "style:font-size-complex"):
                    told.set_attribute(name, f"{speech.size}pt")
            for told in style.get_elements("style:paragraph-properties"):
                told.set_attribute("style:writing-mode", "rl-tb" if speech.right_to_left else "lr-tb")

    def _on_every_page(self, header: tuple[str, ...], footer: tuple[str, ...]) -> None:
        page = self._file.get_style("master-page", "Standard")
        if page is None:
            raise ValueError("The library's own document has no page.")
        for tag, lines in (("style:header", header), ("style:footer", footer)):
            if not lines:
                continue
            held = self._of.Element.from_tag(tag)
            for words in lines:
                held.append(self._paragraph(words, "Standard"))
            page.append(held)


def render(document: Document, *, draft: bool, mark: str = "", imprint: str = "") -> bytes:
    """The report as an .odt file. A mark, where one is given, stands on every page, an imprint on the first."""
    document = plain(document)
    told = ("Synthetic data: no real child is in here",) if document.synthetic else ()
    marked = (mark,) if mark else ()
    sheet = Sheet(document.title, Speech(), header=told + marked, footer=marked)
    if mark:
        sheet.paragraph(mark, bold=True)
    if draft:
        sheet.paragraph("Draft for the team. Not checked, not for anybody else.", bold=True)
    sheet.heading(1, document.title)
    sheet.paragraph(document.authority, bold=True)
    if document.kind:
        sheet.paragraph(document.kind)
    sheet.paragraph(document.framework)
    sheet.paragraph(document.dates)
    if imprint:
        sheet.paragraph(imprint)
    for part in document.parts:
        _part(sheet, part)
    return sheet.whole()


def _part(sheet: Sheet, part: Part) -> None:
    sheet.heading(2, part.title)
    for paragraph in part.paragraphs:
        sheet.paragraph(paragraph)
    if part.points:
        sheet.points(part.points)
    if part.figure is not None:
        _figure(sheet, part.figure)
    if part.grid is not None:
        sheet.grid(part.grid)


def _figure(sheet: Sheet, figure: Figure) -> None:
    sheet.picture(drawing.to_png(figure.spec()), figure.says, wide=16, caption=figure.title)
