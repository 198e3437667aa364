"""Where in the bytes of a return's XML the text of every cell stands, and every element that is a row.

What `xml_events` takes apart a column at a time to read it, this walks element by element, for a mend has to know the
very bytes: it changes a cell and leaves all else as it was. Rows are numbered as `return_xml` numbers them.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from goldthread.readers.sound_xml import sound_xml
from goldthread.readers.xml_shape import Rows, Shape

_OPENING = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")


@dataclass(slots=True)
class Element:
    """One element of the document: what it is called, where it begins and ends, and the known element around it.

    `start` and `end` are those of the whole element; from `inner` to `close` is its content. `plain` says that it holds
    text alone, written without comments or marked sections.
    """

    name: str
    written: str
    start: int
    holder: "Element | None"
    inner: int = 0
    close: int = 0
    end: int = 0
    plain: bool = True
    children: list["Element"] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """The parser's way through the document: what is open, and every holder and cell that was passed."""

    shape: Shape
    data: bytes
    parser: expat.XMLParserType
    open: list[Element] = field(default_factory=list)
    holders: dict[str, list[Element]] = field(default_factory=dict)
    cells: dict[tuple[str, str], list[Element]] = field(default_factory=dict)

    def opens(self, tag: str, _: object) -> None:
        written = tag.rpartition(":")[2]
        name = self.shape.also.get(written.casefold(), written.casefold())
        around = next((one for one in reversed(self.open) if one.name in self.shape.holders), None)
        if self.open:
            self.open[-1].plain = False
        element = Element(name, written, self.parser.CurrentByteIndex, around)
        opening = _OPENING.match(self.data, element.start)
        element.inner = opening.end() if opening else element.start
        self.open.append(element)

    def closes(self, _: str) -> None:
        element = self.open.pop()
        at = self.parser.CurrentByteIndex
        # An element that closes itself has no content: its closing is told where it opens.
        itself = self.data[element.inner - 2 : element.inner] == b"/>"
        element.close = element.inner if itself else at
        element.end = element.inner if itself else self.data.index(b">", at) + 1
        if element.name in self.shape.holders:
            held = self.holders.setdefault(element.name, [])
            held.append(element)
        elif element.holder is not None and (element.holder.name, element.name) in self.shape.pairs:
            self.cells.setdefault((element.holder.name, element.name), []).append(element)
        if element.holder is not None:
            element.holder.children.append(element)

    def marked(self, *_: object) -> None:
        if self.open:
            self.open[-1].plain = False


@dataclass(frozen=True, slots=True)
class Places:
    """The document's bytes, its elements that hold others by name, and its cells by the element around and their own.

    Each in the order of the file.
    """

    data: bytes
    holders: dict[str, list[Element]]
    cells: dict[tuple[str, str], list[Element]]

    def text(self, cell: Element) -> str:
        """The text of a cell as it is written, references to letters and all."""
        return self.data[cell.inner : cell.close].decode()

    def rows(self, rows: Rows) -> dict[int, int]:
        """The row, as people count it, of every element that is a row of the table, by where the element starts."""
        elements = self.cells.get((rows.row, rows.leaf), []) if rows.leaf else self.holders.get(rows.row, [])
        if rows.where:
            wanted = [place for column, place in rows.cells.items() if column in rows.where]
            told = {
                cell.holder.start
                for place in wanted
                for cell in self.cells.get(place, ())
                if cell.holder is not None and self.text(cell).strip()
            }
            elements = [element for element in elements if element.start in told]
        return {element.start: at for at, element in enumerate(elements, start=2)}


def places(data: bytes, shape: Shape) -> Places:
    """Every cell and row of the document in these bytes of UTF-8. Raises Refused where it is unsafe or broken."""
    sound_xml(data)
    before = len(data) - len(data.lstrip())
    data = data[before:]
    parser = expat.ParserCreate("utf-8")
    walk = _Walk(shape, data, parser)
    parser.StartElementHandler = walk.opens
    parser.EndElementHandler = walk.closes
    parser.CommentHandler = parser.ProcessingInstructionHandler = parser.StartCdataSectionHandler = walk.marked
    parser.Parse(data, True)
    for of_name in (*walk.holders.values(), *walk.cells.values()):
        of_name.sort(key=lambda one: one.start)
    return Places(data, walk.holders, walk.cells)
