"""Taking passages out of pages: where words stand on a page, pixels made black, and what was made looked at again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from ctypes import byref, c_int
from typing import Any

import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from goldthread.domain.redacting import WHOLE, Box, every_place
from goldthread.readers.documents.pdf import opened
from goldthread.readers.documents.pictures import MOST_SIDE, drawn

SIDE = 2_400
"""Pixels of the longer side of a page of which something is taken out: 200 an inch of A4, which reads and prints."""
MARGIN = 12
"""Around each word, in ten-thousandths of the page: what a letter reaches beyond its own box."""
BLACK = 40
"""A pixel of no colour brighter than this is black, after its picture was packed."""
_COUNTED = 1_200


def places(data: bytes, said: bytes) -> bytes:
    """Where passages stand on the pages of a PDF: of each standing the number of its passage, from 0, and its boxes."""
    passages = [str(one) for one in json.loads(said)]
    document = opened(data)
    found: list[Any] = []
    for number in range(len(document)):
        page = document[number]
        held = page.get_textpage()
        text = _letters(held)
        for which, passage in enumerate(passages):
            for start, end in every_place(passage, text):
                boxes = _boxes(page, held, number + 1, start, end)
                found.append([which, [[one.page, one.left, one.top, one.right, one.bottom] for one in boxes]])
        held.close()
        page.close()
    return json.dumps(found).encode()


def burnt(data: bytes, kind: str, number: int, said: bytes, ruler: bool) -> Image.Image:
    """A page with what lies in the boxes black; with `ruler`, every tenth of its width and height is numbered."""
    image = drawn(data, kind, number, min(SIDE, MOST_SIDE))
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in json.loads(said):
        draw.rectangle(
            (left * wide // WHOLE, top * high // WHOLE, -(-right * wide // WHOLE), -(-bottom * high // WHOLE)),
            fill="black",
        )
    if ruler:
        _rule(draw, wide, high)
    return image


def looked_at(data: bytes, said: bytes) -> bytes:
    """What is wrong with a PDF that was made of pictures alone: faults in words of ours, none where it is sound.

    `said` has the number of its pages and every box, each with its page, left, top, right and bottom.
    """
    asked = json.loads(said)
    document = opened(data)
    faults: list[str] = []
    if len(document) != asked["pages"]:
        faults.append("pages are missing")
    if any(document.get_metadata_dict(skip_empty=True).values()) or b"/Info" in data or b"/Metadata" in data:
        faults.append("it says something of its making")
    if raw.FPDFDoc_GetAttachmentCount(document) or next(iter(document.get_toc()), None) is not None:
        faults.append("something is attached to it, or it has an outline")
    boxes: dict[int, list[Sequence[int]]] = {}
    for page, *edges in asked["boxes"]:
        boxes.setdefault(page, []).append(edges)
    for number in range(len(document)):
        faults += _faults(document[number], number + 1, boxes.get(number + 1, []))
    return json.dumps(faults).encode()


def _faults(page: Any, number: int, boxes: list[Sequence[int]]) -> list[str]:
    found = []
    held = page.get_textpage()
    if held.count_chars():
        found.append(f"page {number} has text beneath its picture")
    kinds = [one.type for one in page.get_objects(max_depth=5)]
    if kinds != [raw.FPDF_PAGEOBJ_IMAGE] or raw.FPDFPage_GetAnnotCount(page):
        found.append(f"page {number} holds more than its picture")
    scale = _COUNTED / max(page.get_width(), page.get_height(), 1.0)
    image = page.render(scale=scale).to_pil().convert("L")
    wide, high = image.size
    for left, top, right, bottom in boxes:
        # The edge itself is mixed with what lies beside it when the page is drawn smaller.
        inner = (
            left * wide // WHOLE + 2,
            top * high // WHOLE + 2,
            right * wide // WHOLE - 2,
            bottom * high // WHOLE - 2,
        )
        if inner[0] < inner[2] and inner[1] < inner[3] and image.crop(inner).getextrema()[1] > BLACK:
            found.append(f"page {number} shows something where it should be black")
    return found


def _letters(held: Any) -> str:
    """The letters of a page, each at its number: what stands in no font has a place all the same."""
    codes = (raw.FPDFText_GetUnicode(held, at) for at in range(held.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\x00" for code in codes)


def _boxes(page: Any, held: Any, number: int, start: int, end: int) -> list[Box]:
    """The boxes of the letters from one to another, those of one line as one; on a page that is turned, lines stand."""
    lines: list[Box] = []
    stands = bool(page.get_rotation() % 180)
    for at in range(start, end):
        left, bottom, right, top = held.get_charbox(at, loose=True)
        if right <= left or top <= bottom:
            continue
        box = _on_page(page, number, left, bottom, right, top)
        last = lines[-1] if lines else None
        if last is not None and _in_line(last, box, stands):
            lines[-1] = Box(
                number, min(last.left, box.left), min(last.top, box.top), max(last.right, box.right),
                max(last.bottom, box.bottom),
            )  # fmt: skip
        else:
            lines.append(box)
    return [line.wider(MARGIN) for line in lines]


def _in_line(last: Box, box: Box, stands: bool) -> bool:
    if stands:
        return min(last.right, box.right) - max(last.left, box.left) > (box.right - box.left) // 2
    return min(last.bottom, box.bottom) - max(last.top, box.top) > (box.bottom - box.top) // 2


def _on_page(page: Any, number: int, left: float, bottom: float, right: float, top: float) -> Box:
    """A box of the page's own measures as it lies on the picture of the page, turned as the page is."""
    across, down = [], []
    for x, y in ((left, bottom), (right, top)):
        wide, high = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, WHOLE, WHOLE, 0, x, y, byref(wide), byref(high))
        across.append(min(WHOLE, max(0, wide.value)))
        down.append(min(WHOLE, max(0, high.value)))
    return Box(number, min(across), min(down), max(across), max(down))


def _rule(draw: ImageDraw.ImageDraw, wide: int, high: int) -> None:
    for tenth in range(1, 10):
        x, y = tenth * wide // 10, tenth * high // 10
        draw.line((x, 0, x, high), fill=(29, 112, 184), width=1)
        draw.line((0, y, wide, y), fill=(29, 112, 184), width=1)
        for at in ((x + 4, 4), (4, y + 4)):
            draw.rectangle((*at, at[0] + 44, at[1] + 34), fill="white")
            draw.text((at[0] + 4, at[1]), str(10 * tenth), fill=(29, 112, 184), font_size=32)
