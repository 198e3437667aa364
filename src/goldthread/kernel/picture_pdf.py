"""A PDF made afresh of pictures, a page each: no text, no metadata, no link, and nothing of the file before it."""

from collections.abc import Sequence

A4_LONG = 842.0
"""Points of the longer side of every page."""
_FRAMES = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG in pixels. Raises ValueError where it is none, or is not in three colours."""
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if mark in _FRAMES:
            high, wide = (int.from_bytes(jpeg[at + one : at + one + 2], "big") for one in (5, 7))
            if not high or not wide or jpeg[at + 9] != 3:
                break
            return wide, high
        at += 2 + length
    raise ValueError("that is no JPEG in three colours")


def made_of(pages: Sequence[bytes]) -> bytes:
    """The PDF of which each page shows one of these JPEGs. Raises ValueError where one is none."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    things = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for number, jpeg in enumerate(pages):
        things += _page(3 + 3 * number, jpeg)
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + thing + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(things) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(things) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _page(number: int, jpeg: bytes) -> list[bytes]:
    wide, high = size_of(jpeg)
    scale = A4_LONG / max(wide, high)
    across, down = wide * scale, high * scale
    drawing = f"{across:.2f} 0 0 {down:.2f} 0 0 cm /P Do".encode()
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across:.2f} {down:.2f}] "
        f"/Resources << /XObject << /P {number + 2} 0 R >> >> /Contents {number + 1} 0 R >>"
    )
    image = (
        f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n"
    )
    content = f"<< /Length {len(drawing)} >>\nstream\n".encode() + drawing + b"\nendstream"
    return [page.encode(), content, image.encode() + jpeg + b"\nendstream"]
