"""The OpenDocument file says what the Word file says, in the same order, and what a screen reader needs to be told."""

import io
import zipfile
from typing import Any

import docx
import lxml.etree
import pytest
from docx.oxml.ns import qn

from goldthread.apps.reports.document import Bar, Document, Figure, Grid, Part
from goldthread.apps.reports.edition_document import EditionDocument, EditionPart, LeftOut, Said
from goldthread.apps.reports.rendering import easy, open_document, word
from goldthread.readers.documents.reading import read

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
REPORT = Document(
    title="Wexcombe: <help> & care",
    authority="Wexcombe",
    framework="ILACS 2026",
    dates="From 1 to 12 June 2026",
    synthetic=True,
    kind="Mock inspection",
    parts=(
        Part("summary", "Summary", ("Most help comes early.  Two spaces stay.", "Children are heard.\nAnd believed.")),
        Part(
            "help", "Help and protection", points=("See every child in time", "Write the reasons down"),
            figure=Figure("Seen in time: 50.0%", "Seen in time 50.0%, likely between 35.2% and 64.8%",
                          (Bar("Seen in time", 50, 35.2, 64.8),)),
            grid=Grid("Help: the numbers", ("Measure", "Count"), (("Seen", "20 of 40"), ("Visited", "39 of 40"))),
        ),
        Part("judgements", "Judgements", grid=Grid("Grades", ("Area", "Grade"), (("Help", "Good"),))),
    ),
)  # fmt: skip


def part(file: bytes, name: str) -> Any:
    return lxml.etree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read(name))


def found(tree: Any, path: str) -> list[Any]:
    return list(tree.xpath(path, namespaces=NAMES))


def words(element: Any) -> str:
    """What a paragraph says, its spaces and line ends as they were put in."""
    told = element.text or ""
    for one in element:
        inner = {"s": " " * int(one.get(f"{{{NAMES['text']}}}c", "1")), "line-break": "\n"}
        told += inner.get(lxml.etree.QName(one).localname, words(one)) + (one.tail or "")
    return told


def open_texts(file: bytes) -> list[tuple[int, str]]:
    """Every paragraph outside the tables in order, with its level where it is a heading."""
    told = found(
        part(file, "content.xml"), "//text:h[not(ancestor::table:table)] | //text:p[not(ancestor::table:table)]"
    )
    level = f"{{{NAMES['text']}}}outline-level"
    return [(int(one.get(level, "0")), words(one)) for one in told if not found(one, "draw:frame")]


def word_texts(file: bytes) -> list[tuple[int, str]]:
    told = []
    for one in docx.Document(io.BytesIO(file)).paragraphs:
        name = str(one.style.name if one.style else "")
        if not one._p.findall(f".//{qn('w:drawing')}"):
            told.append((int(name.removeprefix("Heading ")) if name.startswith("Heading ") else 0, one.text))
    return told


def open_tables(file: bytes) -> list[list[list[str]]]:
    return [
        [["".join(map(words, found(cell, "text:p"))) for cell in found(row, "table:table-cell")]
         for row in found(table, ".//table:table-row")]
        for table in found(part(file, "content.xml"), "//table:table")
    ]  # fmt: skip


def word_tables(file: bytes) -> list[list[list[str]]]:
    held = docx.Document(io.BytesIO(file)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in held]


@pytest.mark.parametrize(("draft", "mark"), [(True, ""), (False, ""), (False, "Not for publication. Copy for R. Roe.")])
def test_headings_paragraphs_points_and_tables_are_those_of_the_word_file_in_its_order(draft: bool, mark: str) -> None:
    opened, held = (one.render(REPORT, draft=draft, mark=mark, imprint="Version 1.") for one in (open_document, word))
    assert open_texts(opened) == word_texts(held)
    assert open_tables(opened) == word_tables(held)
    levels = [level for level, _ in open_texts(opened) if level]
    assert levels == [1, 2, 2, 2]


def test_points_are_a_list_and_the_first_row_of_a_table_is_its_header() -> None:
    content = part(open_document.render(REPORT, draft=False), "content.xml")
    assert [words(one) for one in found(content, "//text:list/text:list-item/text:p")] == list(REPORT.parts[1].points)
    for table, grid in zip(found(content, "//table:table"), (REPORT.parts[1].grid, REPORT.parts[2].grid), strict=True):
        assert grid is not None
        (head,) = found(table, "table:table-header-rows/table:table-row")
        assert tuple(map(words, found(head, ".//text:p"))) == grid.headings


def test_a_chart_is_told_in_words_and_its_picture_is_in_the_file() -> None:
    held = open_document.render(REPORT, draft=False)
    (frame,) = found(part(held, "content.xml"), "//draw:frame")
    figure = REPORT.parts[1].figure
    assert figure is not None
    assert [one.text for one in found(frame, "svg:desc")] == [figure.says]
    assert [one.text for one in found(frame, "svg:title")] == [figure.title]
    (place,) = found(frame, "draw:image/@xlink:href")
    assert zipfile.ZipFile(io.BytesIO(held)).read(place).startswith(b"\x89PNG")
    named = found(part(held, "META-INF/manifest.xml"), f"//manifest:file-entry[@manifest:full-path='{place}']")
    assert [one.get(f"{{{NAMES['manifest']}}}media-type") for one in named] == ["image/png"]


def test_its_language_is_set_and_no_author_date_or_preview_of_anybody_elses_is_left() -> None:
    held = open_document.render(REPORT, draft=False)
    spoken = set(found(part(held, "styles.xml"), "//style:default-style//@fo:language"))
    assert spoken == {"en"}
    about = part(held, "meta.xml")
    assert [one.text for one in found(about, "//dc:title")] == [REPORT.title]
    assert [one.text for one in found(about, "//dc:language")] == ["en-GB"]
    assert {one.text for one in found(about, "//dc:creator | //meta:initial-creator | //meta:generator")} == {
        "Goldthread"
    }
    assert found(about, "//meta:creation-date | //meta:document-statistic") == []
    names = zipfile.ZipFile(io.BytesIO(held)).namelist()
    assert names[0] == "mimetype" and not [one for one in names if one.startswith(("Thumbnails", "Configurations2"))]
    entries = found(part(held, "META-INF/manifest.xml"), "//@manifest:full-path")
    assert {one for one in entries if not one.endswith("/")} == {*names} - {"mimetype", "META-INF/manifest.xml"}


def test_a_mark_stands_on_every_page_and_invented_data_is_called_so() -> None:
    styles = part(open_document.render(REPORT, draft=False, mark="Copy for R. Roe."), "styles.xml")
    header, footer = (
        [words(one) for one in found(styles, f"//style:master-page[@style:name='Standard']/style:{where}/text:p")]
        for where in ("header", "footer")
    )
    assert header == ["Synthetic data: no real child is in here", "Copy for R. Roe."]
    assert footer == ["Copy for R. Roe."]


def test_our_own_reader_of_documents_reads_it() -> None:
    told = "\n".join(page.text for page in read(open_document.render(REPORT, draft=False), "odt", 100).pages)
    assert "Most help comes early." in told and "20 of 40" in told and "Write the reasons down" in told


@pytest.mark.parametrize(("language", "direction"), [("en", "lr-tb"), ("ar", "rl-tb")])
def test_an_edition_says_what_its_word_file_says_in_its_own_direction(language: str, direction: str) -> None:
    edition = EditionDocument(
        title="How children are helped", authority="Wexcombe", form="easy-read", name="Easy read", language=language,
        synthetic=False, notes=("It is a translation.",), full_title="The full report", full="0" * 64,
        parts=(EditionPart("well", "What goes well", (Said(("Help comes early.", "You are heard."), "heart"),)),),
        left_out=(LeftOut("Too few are seen", "It is for grown-ups."),),
    )  # fmt: skip
    opened = easy.as_open_document(edition)
    assert open_texts(opened) == word_texts(easy.as_word(edition))
    styles = part(opened, "styles.xml")
    modes = set(found(styles, "//style:default-style[@style:family='paragraph']//@style:writing-mode"))
    assert modes == {direction}
    assert set(found(styles, "//style:default-style//@fo:language")) == {language}
    (frame,) = found(part(opened, "content.xml"), "//draw:frame")
    assert found(frame, "svg:desc") == [], "the sentences say it all"
