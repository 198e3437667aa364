"""Documents in a zip: each taken out by itself, and each way in which a zip can lie refused in words."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from goldthread.kernel.refusal import Refused
from goldthread.readers.documents import packed
from goldthread.readers.documents.packed import taken_out

CAP = 3_000_000


def made(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def held(tmp_path: Path, data: bytes, most: int = 500) -> list[tuple[str, bytes | str]]:
    """Each entry's name, with its bytes or the code of why it was refused."""
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    told: list[tuple[str, bytes | str]] = []
    for one in taken_out(path, cap=CAP, most=most):
        if one.held is None:
            assert one.refused is not None and one.refused.mend and one.name not in one.refused.reason
            told.append((one.name, one.refused.code))
            continue
        with one.held:
            one.held.seek(0)
            told.append((one.name, one.held.read()))
    return told


def changed(data: bytes, name: bytes, at_directory: int, at_local: int, form: str, *values: int) -> bytes:
    """The zip with a field of one entry changed, in the list and before the entry itself."""
    whole, directory = bytearray(data), data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    local = struct.unpack("<L", data[directory + 42 : directory + 46])[0]
    for place in (directory + at_directory, local + at_local):
        whole[place : place + struct.calcsize(form)] = struct.pack(form, *values)
    return bytes(whole)


def test_documents_in_folders_are_taken_out_and_what_systems_leave_is_not(tmp_path: Path) -> None:
    data = made(
        ("minutes/May.txt", b"one"), ("June.txt", b"two"), ("empty/", b""), ("__MACOSX/._June.txt", b"x"),
        ("minutes/.DS_Store", b"x"), ("Thumbs.db", b"x"), ("~$June.docx", b"x"),
    )  # fmt: skip
    assert held(tmp_path, data) == [("minutes/May.txt", b"one"), ("June.txt", b"two")]


@pytest.mark.parametrize("name", ["[Content_Types].xml", "META-INF/manifest.xml"])
def test_a_workbook_that_is_named_as_a_zip_is_told_once_and_not_part_by_part(tmp_path: Path, name: str) -> None:
    data = made(("mimetype", b"application/vnd.oasis.opendocument.text"), (name, b"<x/>"), ("content.xml", b"<x/>"))
    with pytest.raises(Refused, match="is itself a document") as refusal:
        held(tmp_path, data)
    assert refusal.value.code == "mislabelled" and "save it under its own kind" in refusal.value.mend
    folder = made((f"Minutes/{name}", b"<x/>"), ("mimetype", b"x"))
    assert [one for one, _ in held(tmp_path, folder)] == [f"Minutes/{name}", "mimetype"], "only where it is the whole"


def test_a_bomb_keeps_no_other_back(tmp_path: Path) -> None:
    data = made(("a.txt", b"fine"), ("bomb.txt", b"0" * 2_900_000), ("large.txt", b""), ("z.txt", b"fine too"))
    found = held(tmp_path, data)
    assert found[0] == ("a.txt", b"fine") and found[1] == ("bomb.txt", "ratio") and found[3] == ("z.txt", b"fine too")


def test_what_is_larger_than_may_be_sent_is_refused(tmp_path: Path) -> None:
    assert held(tmp_path, made(("a.txt", b"x" * (CAP + 1)), method=zipfile.ZIP_STORED)) == [("a.txt", "file")]


def test_more_than_may_be_unpacked_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_WHOLE", 5)
    assert held(tmp_path, made(("a", b"123"), ("b", b"456"))) == [("a", b"123"), ("b", "total")]


def test_an_entry_that_lies_about_its_length_is_refused(tmp_path: Path) -> None:
    data = made(("a.txt", b"a long text that is not short " * 9), ("b.txt", b"fine"))
    lying = changed(data, b"a.txt", 24, 22, "<L", 5)
    assert held(tmp_path, lying) == [("a.txt", "damaged"), ("b.txt", b"fine")]


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/passwd.txt", "a/../../b.txt", "C:/b.txt"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    found = held(tmp_path, made((name, b"x"), ("good.txt", b"y")))
    assert [kind for _, kind in found] == ["name", b"y"]
    backwards = made(("a-b.txt", b"x")).replace(b"a-b.txt", b"a\\b.txt")
    assert [kind for _, kind in held(tmp_path, backwards)] == ["name"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert held(tmp_path, out.getvalue()) == [("link.txt", "link")]


def test_what_is_packed_twice_is_refused(tmp_path: Path) -> None:
    inner = made(("a.txt", b"x"))
    found = held(tmp_path, made(("inner.zip", inner), ("Inner.ZIP", inner), ("b.7z", b"x"), ("c.txt", b"y")))
    assert [kind for _, kind in found] == ["zip-in-zip", "zip-in-zip", "zip-in-zip", b"y"]


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    data = made(("locked.txt", b"x"), ("b.txt", b"y"))
    assert held(tmp_path, changed(data, b"locked.txt", 8, 6, "<H", 1)) == [("locked.txt", "password"), ("b.txt", b"y")]


def test_an_unusual_packing_is_refused(tmp_path: Path) -> None:
    assert held(tmp_path, made(("a.txt", b"x" * 99), method=zipfile.ZIP_LZMA)) == [("a.txt", "packing")]


def test_too_many_entries_are_refused_and_the_first_are_taken(tmp_path: Path) -> None:
    found = held(tmp_path, made(*((f"{n}.txt", b"%d" % n) for n in range(7))), most=5)
    assert found[:5] == [(f"{n}.txt", b"%d" % n) for n in range(5)]
    assert found[5:] == [("The last 2 documents of the zip file", "too-many")]
    whole = made(*((f"{n}", b"") for n in range(packed.MOST_TOLD + 1)))
    with pytest.raises(Refused) as caught:
        held(tmp_path, whole)
    assert caught.value.code == "too-many"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 hardly begun", b"words", made(("a.txt", b"x" * 500))[:-40]],
    ids=["nothing", "hardly begun", "words", "cut short"],  # its bytes hold the time: no name that two processes share
)
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        held(tmp_path, data)
    assert caught.value.code == "damaged"


def test_a_zip_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        held(tmp_path, made(("folder/", b""), (".DS_Store", b"x")))
    assert caught.value.code == "empty"


def test_control_characters_and_emoji_in_names_are_told_without_harm(tmp_path: Path) -> None:
    found = held(tmp_path, made(("a\x1b[31m\u202e😀 קול.txt", b"x")))
    assert found == [("a[31m😀 קול.txt", b"x")]


@pytest.mark.parametrize("way", [1, 9, 97, 98, 99])
def test_an_entry_packed_in_a_way_that_is_not_known_is_refused_and_keeps_no_other_back(
    tmp_path: Path, way: int
) -> None:
    """Ways that zip programs know and Python does not: shrunk, Deflate64, WavPack, PPMd and sealed by AES."""
    data = made(("a.txt", b"one"), ("b.txt", b"two"))
    assert held(tmp_path, changed(data, b"a.txt", 10, 8, "<H", way)) == [("a.txt", "packing"), ("b.txt", b"two")]
