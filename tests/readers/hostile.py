"""Files that are broken or meant to do harm, made in the test: none of them is kept, none does anything here.

Each function gives the bytes of one file. `SECRET` stands in the cells of many, so that a test can see that no
refusal ever repeats one.
"""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import xlsxwriter
from tests.readers.books import all_lists, headings, list_rows, ods, ods_table, ods_with, unzipped, xlsx, zipped

from goldthread.kernel.tables import TABLES

SECRET = "Zebra77Secret"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def good() -> bytes:
    """A small workbook with nothing wrong, a secret in its cells."""
    sheets = {name: [list(row) for row in rows] for name, rows in all_lists(2).items()}
    sheets["List_1"][2][0] = SECRET
    return xlsx(sheets)


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """A workbook with parts put in or left out; in the keywords, `__` stands for a slash and `_dot_` for a dot."""
    held = unzipped(data)
    for key, part in parts.items():
        name = key.replace("__", "/").replace("_dot_", ".")
        if part is None:
            del held[name]
        else:
            held[name] = part
    return zipped(held)


def sheet_of(cells: str, before: str = "", after: str = "") -> bytes:
    """A small workbook whose first sheet holds this XML for its rows."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}">{after}'
    xml = f"{head}<sheetData>{cells}</sheetData></worksheet>"
    return changed(good(), xl__worksheets__sheet1_dot_xml=xml.encode())


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    held = unzipped(good())
    if old not in held[part]:
        raise ValueError(f"{part} does not hold what was to be replaced")
    held[part] = held[part].replace(old, new, 1)
    return zipped(held)


def entry(name: bytes, data: bytes, *, size: int | None = None, flags: int = 0, method: int = 8, mode: int = 0) -> dict:
    """A zip entry, its own header and its line in the directory, with whatever lies are wanted."""
    packed = data
    if method == 8:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
    said = len(data) if size is None else size
    tail = struct.pack("<HHHLLLHH", method, 0, 0, zlib.crc32(data), len(packed), said, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HH", 20, flags) + tail + name + packed
    return {"name": name, "local": local, "tail": tail, "flags": flags, "mode": mode}


def container(entries: list[dict], *, offsets: list[int] | None = None, count: int | None = None) -> bytes:
    """A zip container of such entries; `offsets` may point anywhere."""
    body, places = b"", []
    for one in entries:
        places.append(len(body))
        body += one["local"]
    directory = b""
    for one, place in zip(entries, offsets or places, strict=True):
        directory += (
            b"PK\x01\x02" + struct.pack("<HHH", 0x031E, 20, one["flags"]) + one["tail"]
            + struct.pack("<HHHLL", 0, 0, 0, one["mode"] << 16, place) + one["name"]
        )  # fmt: skip
    said = len(entries) if count is None else count
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, said, said, len(directory), len(body), 0)
    return body + directory + end


def with_entries(*more: dict) -> bytes:
    """A good workbook's parts, and these entries after them."""
    return container([entry(name.encode(), data) for name, data in unzipped(good()).items()] + list(more))


def zip_bomb() -> bytes:
    return with_entries(entry(b"xl/media/a.xml", b"\x00" * 40_000_000))


def total_bomb() -> bytes:
    data = bytes(range(256)) * 16
    return with_entries(*(entry(b"xl/media/%d.xml" % at, data, size=240_000_000) for at in range(3)))


def overlapping() -> bytes:
    parts = [entry(name.encode(), data) for name, data in unzipped(good()).items()]
    kernel = entry(b"xl/media/0.xml", b"a" * 50_000)
    same = [dict(kernel) for _ in range(40)]
    places, at = [], 0
    for one in parts:
        places.append(at)
        at += len(one["local"])
    body = b"".join(one["local"] for one in parts)
    directory = b""
    for one, place in zip([*parts, *same], [*places, *[at] * 40], strict=True):
        directory += (
            b"PK\x01\x02" + struct.pack("<HHH", 0x031E, 20, 0) + one["tail"]
            + struct.pack("<HHHLL", 0, 0, 0, 0, place) + one["name"]
        )  # fmt: skip
    body += kernel["local"]
    count = len(parts) + 40
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)


def overlapping_names() -> bytes:
    first, second = entry(b"xl/media/0.xml", b"a" * 5_000), entry(b"xl/media/1.xml", b"b" * 5_000)
    parts = [entry(name.encode(), data) for name, data in unzipped(good()).items()]
    size = sum(len(one["local"]) for one in parts)
    places, at = [], 0
    for one in parts:
        places.append(at)
        at += len(one["local"])
    return container([*parts, first, second], offsets=[*places, size, size + 10])


def longer_than_declared() -> bytes:
    return with_entries(entry(b"xl/media/a.bin", b"abc" * 100_000, size=10))


def nested() -> bytes:
    inner = zipped({"bomb.xml": b"\x00" * 3_000_000})
    return zipped({f"{at}.zip": inner for at in range(20)})


def far_corner() -> bytes:
    return sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_corner_one_quote() -> bytes:
    return sheet_of("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")


def far_column() -> bytes:
    last = '<row r="9000"><c r="A9000"><v>1</v></c></row>'
    return sheet_of(f'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>{last}')


def lying_row() -> bytes:
    return sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="ABC90000"><v>1</v></c></row>')


def beyond_the_grid() -> bytes:
    return sheet_of('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')


def huge_place() -> bytes:
    return sheet_of('<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>')


def far_corner_elsewhere() -> bytes:
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{_MAIN}"><sheetData>{row}</sheetData></worksheet>'
    held = unzipped(good())
    del held["xl/worksheets/sheet1.xml"]
    held["xl/media/picture.dat"] = xml.encode()
    relations = held["xl/_rels/workbook.xml.rels"]
    held["xl/_rels/workbook.xml.rels"] = relations.replace(b"worksheets/sheet1.xml", b"media/picture.dat")
    return zipped(held)


def lying_dimension() -> bytes:
    return replaced("xl/worksheets/sheet1.xml", b'<dimension ref="A1:G4"/>', b'<dimension ref="A1:XFD1048576"/>')


def too_many_rows() -> bytes:
    return sheet_of("".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 300_100)))


def rows_without_places() -> bytes:
    return sheet_of("".join(f"<row><c><v>{at * 7919}</v></c></row>" for at in range(300_100)))


def doctype() -> bytes:
    return sheet_of("", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">')


def entities() -> bytes:
    laughs = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 4}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    before = f'<!DOCTYPE x [<!ENTITY a "lol">{laughs}]>'
    return sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>', before=before)


def outside_entity() -> bytes:
    before = '<!doctype x [<!entity e SYSTEM "file:///etc/hostname">]>'
    return changed(good(), xl__sharedStrings_dot_xml=f'<?xml version="1.0"?>{before}<sst xmlns="{_MAIN}"/>'.encode())


def in_utf_16() -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    return changed(good(), xl__worksheets__sheet1_dot_xml=xml.encode("utf-16"))


def climbing_name() -> bytes:
    return with_entries(entry(b"../../etc/cron.d/x", b"x"))


def absolute_name() -> bytes:
    return with_entries(entry(b"/etc/x", b"x"))


def windows_name() -> bytes:
    return with_entries(entry(b"xl\\..\\..\\x", b"x"))


def drive_name() -> bytes:
    return with_entries(entry(b"C:/x", b"x"))


def name_with_nul() -> bytes:
    return with_entries(entry(b"xl/a\x00.xml", b"x"))


def name_twice() -> bytes:
    return with_entries(entry(b"xl/workbook.xml", b"<x/>"))


def name_twice_in_other_case() -> bytes:
    return with_entries(entry(b"XL/Workbook.xml", b"<x/>"))


def link() -> bytes:
    return with_entries(entry(b"xl/link", b"/etc/passwd", mode=0o120777))


def encrypted_flag() -> bytes:
    return with_entries(entry(b"xl/a.xml", b"x", flags=1))


def strange_packing() -> bytes:
    return with_entries(entry(b"xl/a.xml", b"x" * 100, method=97))


def two_names_for_one() -> bytes:
    one = entry(b"xl/a.xml", b"x")
    one["name"] = b"xl/b.xml"
    return with_entries(one)


def too_many_parts() -> bytes:
    return with_entries(*(entry(b"xl/%d.xml" % at, b"") for at in range(4_100)))


def counted_wrong() -> bytes:
    return container([entry(b"xl/workbook.xml", b"x")], count=9)


def ole(*marks: str) -> bytes:
    return OLE + bytes(1_000) + b"".join(mark.encode("utf-16-le") for mark in marks) + bytes(3_000)


def with_macros() -> bytes:
    return changed(good(), xl__vbaProject_dot_bin=ole("Macros"))


def macro_type() -> bytes:
    return replaced("[Content_Types].xml", b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")


def binary_workbook() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\x00\x01"})


def word_document() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


def slides() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})


def flipped(at: float) -> bytes:
    data = bytearray(good())
    data[int(len(data) * at)] ^= 0x55
    return bytes(data)


def noise_inside() -> bytes:
    data = bytearray(good())
    chance = random.Random(7)
    for _ in range(40):
        data[chance.randrange(30, len(data) - 30)] = chance.randrange(256)
    return bytes(data)


def bytes_before() -> bytes:
    return b"PK\x03\x04" + bytes(60) + good()


def bytes_after() -> bytes:
    return good() + b"x" * 50


def two_in_one() -> bytes:
    return good() + good()


def broken_strings() -> bytes:
    return changed(good(), xl__sharedStrings_dot_xml=b"<sst><si><t>unclosed")


def no_strings() -> bytes:
    return changed(good(), xl__sharedStrings_dot_xml=None)


def string_beyond() -> bytes:
    return sheet_of('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>')


def string_below() -> bytes:
    return sheet_of('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')


def strings_counted_wrong() -> bytes:
    held = unzipped(good())["xl/sharedStrings.xml"]
    start = held.index(b"<sst")
    end = held.index(b">", start)
    head = f'<sst xmlns="{_MAIN}" count="4294967295" uniqueCount="4294967295"'.encode()
    return changed(good(), xl__sharedStrings_dot_xml=held[:start] + head + held[end:])


def too_many_sheets() -> bytes:
    return replaced(
        "xl/workbook.xml", b"</sheets>", b'<sheet name="x" sheetId="9" r:id="rId1"/>' * 20_000 + b"</sheets>"
    )


def sheets_without_end() -> bytes:
    return replaced(
        "xl/workbook.xml", b"</sheets>", b'<sheet name="x" sheetId="9" r:id="rId1"/>' * 300_000 + b"</sheets>"
    )


def deep() -> bytes:
    return sheet_of("<a>" * 200_000 + "</a>" * 200_000)


def deep_strings() -> bytes:
    inner = b"<r>" * 100_000 + b"</r>" * 100_000
    return changed(good(), xl__sharedStrings_dot_xml=b"<sst><si>" + inner + b"</si></sst>")


def giant_cell() -> bytes:
    text = random.Random(5).randbytes(6_000_000).hex()
    return sheet_of(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')


def giant_number() -> bytes:
    return sheet_of(f'<row r="1"><c r="A1"><v>{"9" * 5_000}</v></c></row>')


def not_utf_8() -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("List_1")
    for at, row in enumerate(list_rows(TABLES["contacts"], 2)):
        sheet.write_row(at, 0, [str(cell) for cell in row])
    book.close()
    parts = unzipped(held.getvalue())
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"child 0", b"ch\xff\xfe\x80d")
    return zipped(parts)


def missing_sheet() -> bytes:
    return changed(good(), xl__worksheets__sheet3_dot_xml=None)


def cut_sheet() -> bytes:
    held = unzipped(good())["xl/worksheets/sheet1.xml"]
    return changed(good(), xl__worksheets__sheet1_dot_xml=held[: len(held) // 2])


def sheets_in_a_ring() -> bytes:
    return changed(good(), xl___rels__workbook_dot_xml_dot_rels=b"<Relationships/>")


def ods_repeated(rows: int, columns: int) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1">'
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">{cell}'
        "<text:p>1</text:p></table:table-cell></table:table-row>"
    )


def ods_rows_bomb() -> bytes:
    return ods_with(ods_table("x", list_rows(TABLES["contacts"]), ods_repeated(1_048_576, 1)))


def ods_columns_bomb() -> bytes:
    return ods_with(ods_table("x", [["a"]], ods_repeated(1, 2_000_000_000)))


def ods_grid_bomb() -> bytes:
    return ods_with(ods_table("x", [["a"]], ods_repeated(200_000, 16_000)))


def ods_gap_bomb() -> bytes:
    gap = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return ods_with(ods_table("x", [["a"]], gap + ods_repeated(1, 1)))


def ods_deep() -> bytes:
    return ods_with(ods_table("x", [["a"]], "<text:span>" * 200_000))


def ods_locked() -> bytes:
    more = {"META-INF/manifest.xml": b'<m><file-entry><encryption-data checksum="x"/></file-entry></m>'}
    parts = unzipped(ods({"x": list_rows(TABLES["contacts"])}))
    return zipped({**parts, **more})


def ods_other_kind() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


def ods_empty() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})


def csv() -> bytes:
    return (",".join(headings("contacts")) + f"\r\n{SECRET},M,WBRI\r\n").encode()


def zip_of_workbooks() -> bytes:
    return zipped({"annex_a.xlsx": good()})


def many_slips() -> bytes:
    """A column of codes with as many different words as rows: slow to forgive, so it is not forgiven."""
    held = list_rows(TABLES["contacts"], 0)
    rows = [
        [f"c{at}", f"Femael {at}", f"Whiet Britsih {at * 7919}", None, "x" * 190, "31/31/2024", "polis"]
        for at in range(3_000)
    ]
    return xlsx({"List_1": [*held, *rows]})


def only_headings() -> bytes:
    return xlsx({"List_1": list_rows(TABLES["contacts"], 0)})


def headings_everywhere() -> bytes:
    return xlsx({"List_1": [headings("contacts")] * 400})


def nothing_but_sheets() -> bytes:
    return xlsx({"a": [], "b": []})


def apple_numbers() -> bytes:
    return zipped({"Index/Document.iwa": b"x"})


def stored_entry_lies() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, data in unzipped(good()).items():
            archive.writestr(name, data)
    data = bytearray(held.getvalue())
    data[data.index(b"<sheetData>") + 3] ^= 1
    return bytes(data)


HTML = f"<html><body><table><tr><td>{SECRET}</td></tr></table></body></html>".encode()

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "empty"),
    "zero bytes": (lambda: bytes(5_000), "empty"),
    "text renamed": (lambda: SECRET.encode() * 20, "text"),
    "html as xls": (lambda: HTML, "html"),
    "html with a mark": (lambda: b"\xef\xbb\xbf\r\n <HTML>" + HTML, "html"),
    "xml": (lambda: b"<?xml version='1.0'?><Workbook/>", "xml"),
    "pdf": (lambda: b"%PDF-1.7\n" + SECRET.encode(), "pdf"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(50), "packed"),
    "noise": (lambda: random.Random(3).randbytes(4_000), "strange"),
    "xls": (lambda: ole("Workbook"), "xls"),
    "locked xlsx": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "password"),
    "xlsm": (with_macros, "macros"),
    "xlsm by type": (macro_type, "macros"),
    "xlsb": (binary_workbook, "xlsb"),
    "docx as xlsx": (word_document, "document"),
    "slides": (slides, "slides"),
    "numbers": (apple_numbers, "numbers"),
    "zip of workbooks": (zip_of_workbooks, "zip"),
    "nested bombs": (nested, "zip"),
    "zip bomb": (zip_bomb, "ratio"),
    "bomb of declared totals": (total_bomb, "total"),
    "overlapping entries": (overlapping, "twice"),
    "overlapping entries of two names": (overlapping_names, "overlap"),
    "longer than declared": (longer_than_declared, "longer-than-declared"),
    "climbing name": (climbing_name, "name"),
    "absolute name": (absolute_name, "name"),
    "windows name": (windows_name, "name"),
    "drive name": (drive_name, "name"),
    "name with nul": (name_with_nul, "name"),
    "name twice": (name_twice, "twice"),
    "name twice in other case": (name_twice_in_other_case, "twice"),
    "link": (link, "link"),
    "encrypted flag": (encrypted_flag, "password"),
    "strange packing": (strange_packing, "packing"),
    "two names for one part": (two_names_for_one, "header-name"),
    "too many parts": (too_many_parts, "too-many-parts"),
    "parts counted wrong": (counted_wrong, "directory"),
    "bytes before": (bytes_before, "directory"),
    "bytes after": (bytes_after, "end"),
    "two in one": (two_in_one, "directory"),
    "cut at a quarter": (lambda: good()[: len(good()) // 4], "no-end"),
    "cut at a half": (lambda: good()[: len(good()) // 2], "no-end"),
    "cut near the end": (lambda: good()[:-9], "no-end"),
    "cut to its mark": (lambda: good()[:4], "no-end"),
    "a bit flipped": (lambda: flipped(0.3), ""),
    "another bit flipped": (lambda: flipped(0.6), ""),
    "noise inside": (noise_inside, ""),
    "stored part changed": (stored_entry_lies, "check-sum"),
    "far corner": (far_corner, "far-row"),
    "far corner in single quotes": (far_corner_one_quote, "far-row"),
    "far corner under another name": (far_corner_elsewhere, "far-row"),
    "far column": (far_column, "grid"),
    "lying row": (lying_row, "grid"),
    "beyond the grid": (beyond_the_grid, "far-column"),
    "huge place": (huge_place, "far-row"),
    "too many rows": (too_many_rows, ""),
    "rows without places": (rows_without_places, "cells"),
    "doctype": (doctype, "definitions"),
    "entities": (entities, "definitions"),
    "outside entity": (outside_entity, "definitions"),
    "utf-16": (in_utf_16, "encoding"),
    "missing workbook": (lambda: changed(good(), xl__workbook_dot_xml=None), "no-workbook"),
    "missing sheet": (missing_sheet, "damaged"),
    "cut sheet": (cut_sheet, ""),
    "broken strings": (broken_strings, ""),
    "too many sheets": (too_many_sheets, "sheets"),
    "sheets without end": (sheets_without_end, ""),
    "giant cell": (giant_cell, "one-tag"),
    "ods rows bomb": (ods_rows_bomb, "repeats"),
    "ods columns bomb": (ods_columns_bomb, "repeats"),
    "ods grid bomb": (ods_grid_bomb, "grid"),
    "ods gap bomb": (ods_gap_bomb, "repeats"),
    "ods deep nesting": (ods_deep, ""),
    "ods locked": (ods_locked, "password"),
    "ods of another kind": (ods_other_kind, "document"),
    "ods without content": (ods_empty, "no-content"),
    "no lists": (lambda: xlsx({"a": [[SECRET, 1], [2, 3]]}), "no-lists"),
    "no cells": (nothing_but_sheets, "no-lists"),
}
"""A name, how to make the file, and the code of the refusal ('' where any will do)."""

READ_OR_REFUSED: dict[str, Callable[[], bytes]] = {
    "strings missing": no_strings,
    "string beyond the last": string_beyond,
    "string below the first": string_below,
    "strings counted wrong": strings_counted_wrong,
    "lying dimension": lying_dimension,
    "deep nesting": deep,
    "deep strings": deep_strings,
    "giant number": giant_number,
    "not utf-8": not_utf_8,
    "relations missing": sheets_in_a_ring,
    "many slips": many_slips,
    "csv renamed": csv,
    "only headings": only_headings,
    "headings on every row": headings_everywhere,
}
"""Files that may be read, so long as what comes of them is sound."""
