"""Messages of Outlook made on the spot: a compound file with the few properties that a message needs.

[MS-CFB 2.2 to 2.6 and MS-OXMSG 2.1 to 2.4]
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, SMALL, CUT = 512, 64, 4_096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class Folder:
    """A storage: its streams and its folders by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)


def message(
    subject: str = "Visits", body: str = "They were seen.", *, html: str = "", attached: tuple[str, ...] = (),
    sender: str = "Ada",
) -> bytes:  # fmt: skip
    """A message, from somebody, with those names attached."""
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: sender, 0x0C1F: f"{sender.lower()}@council.example"}
    texts |= {0x1000: body} if body else {}
    root = _properties(texts, {0x1013: html.encode()} if html else {}, {0x3FDE: 65001}, head=32)
    root.streams["__properties_version1.0"] = (
        struct.pack("<8x4I8x", 1, len(attached), 1, len(attached)) + root.streams["__properties_version1.0"][32:]
    )
    root.folders["__recip_version1.0_#00000000"] = _properties(
        {0x3001: "Bo", 0x3003: "bo@council.example", 0x39FE: "bo@council.example"}, {}, {0x0C15: 1}, head=8
    )
    for number, name in enumerate(attached):
        root.folders[f"__attach_version1.0_#{number:08X}"] = _properties(
            {0x3707: name}, {0x3701: b"%PDF-1.7"}, {0x3705: 1}, head=8
        )
    return compound(root)


def _properties(texts: dict[int, str], binaries: dict[int, bytes], numbers: dict[int, int], *, head: int) -> Folder:
    made, listed = Folder(), b"\x00" * head
    for pid, text in texts.items():
        data = text.encode("utf-16-le")
        made.streams[f"__substg1.0_{pid:04X}001F"] = data
        listed += struct.pack("<HHIII", 0x001F, pid, 6, len(data) + 2, 0)
    for pid, data in binaries.items():
        made.streams[f"__substg1.0_{pid:04X}0102"] = data
        listed += struct.pack("<HHIII", 0x0102, pid, 6, len(data), 0)
    for pid, number in numbers.items():
        listed += struct.pack("<HHIII", 0x0003, pid, 6, number, 0)
    made.streams["__properties_version1.0"] = listed
    return made


def compound(root: Folder) -> bytes:
    """The folder as a compound file."""
    entries: list[list[object]] = []
    small, small_fat, large = bytearray(), [], []

    def kept(data: bytes) -> tuple[int, bytes]:
        """Where a stream begins: among the small ones, or as the number of a large one that is laid down later."""
        if len(data) >= CUT:
            large.append(data)
            return -len(large), data
        count = -(-len(data) // SMALL)
        first = len(small_fat) if count else END
        small_fat.extend([*range(len(small_fat) + 1, len(small_fat) + count), END] if count else [])
        small.extend(data.ljust(count * SMALL, b"\x00"))
        return first, data

    def add(name: str, kind: int, first: int = END, size: int = 0) -> int:
        entries.append([name, kind, FREE, FREE, first, size])
        return len(entries) - 1

    def fill(at: int, folder: Folder) -> None:
        held = [(name, data) for name, data in [*folder.streams.items(), *folder.folders.items()]]
        before = None
        for name, what in held:
            if isinstance(what, bytes):
                first, data = kept(what)
                here = add(name, 2, first, len(data))
            else:
                here = add(name, 1)
                fill(here, what)
            # The tree leans to the right: each entry is beside the one before it.
            entries[at if before is None else before][3 if before is None else 2] = here
            before = here

    fill(add("Root Entry", 5), root)
    return _laid(entries, bytes(small), small_fat, large)


def _laid(entries: list[list[object]], small: bytes, small_fat: list[int], large: list[bytes]) -> bytes:
    pieces: list[bytes] = []
    fat: list[int] = []

    def lay(data: bytes, fill: bytes = b"\x00") -> int:
        count = max(1, -(-len(data) // SECTOR))
        first = len(fat)
        fat.extend([*range(first + 1, first + count), END])
        pieces.append(data.ljust(count * SECTOR, fill))
        return first

    firsts = [lay(data) for data in large]
    root_first = lay(small) if small else END
    small_list = b"".join(struct.pack("<L", one) for one in small_fat)
    small_first, small_count = lay(small_list, b"\xff"), -(-len(small_list) // SECTOR) or 1
    told = b""
    for number, (name, kind, right, child, first, size) in enumerate(entries):
        start = firsts[-int(str(first)) - 1] if isinstance(first, int) and first < 0 else first
        if number == 0:
            start, size = root_first, len(small)
        written = str(name).encode("utf-16-le") + b"\x00\x00"
        told += struct.pack("<64sHBBLLL16xL8x8xLQ", written, len(written), kind, 1, FREE, right, child, 0, start, size)
    told += (struct.pack("<64sHBBLLL16xL8x8xLQ", b"", 0, 0, 0, FREE, FREE, FREE, 0, 0, 0)) * (-len(entries) % 4)
    directory = lay(told)
    count = 1
    while len(fat) + count > count * SECTOR // 4:
        count += 1
    at = len(fat)
    fat.extend([FAT] * count)
    whole = b"".join(struct.pack("<L", one) for one in fat).ljust(count * SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0,
        CUT, small_first, small_count, END, 0,
    )  # fmt: skip
    places = [at + n if n < count else FREE for n in range(109)]
    return head + struct.pack("<109L", *places) + b"".join(pieces) + whole
