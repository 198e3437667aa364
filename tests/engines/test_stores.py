"""The stores: what is said to be kept is on the disk, whole, under the hash of what it holds, and never changes."""

import errno
import hashlib
import io
import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldthread.engines import durable
from goldthread.engines.blobs import BlobStore
from goldthread.engines.durable import StoreDamaged
from goldthread.engines.store import FrameStore
from goldthread.kernel.reading import Refused

FRAMES = {
    "contacts": pl.DataFrame({"row": [3, 4], "child": ["a", None], "born_on": [date(2014, 5, 6), None]}),
    "adopters": pl.DataFrame(schema={"row": pl.Int64, "adopter": pl.String}),
}


def scramble(data: bytes) -> bytes:
    return b"sealed" + bytes(byte ^ 0x5A for byte in data)


def unscramble(data: bytes) -> bytes:
    if not data.startswith(b"sealed"):
        raise ValueError("not sealed")
    return bytes(byte ^ 0x5A for byte in data[6:])


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("cover", [{}, {"seal": scramble, "unseal": unscramble}])
def test_what_is_put_is_got_back(tmp_path, cover):
    store = FrameStore(tmp_path / "frames", **cover)
    digest = store.put(FRAMES)
    assert store.tables(digest) == ("adopters", "contacts")
    for name, frame in FRAMES.items():
        assert store.get(digest, name).equals(frame)
        assert store.get(digest, name).schema == frame.schema


def test_the_same_content_is_the_same_hash_and_is_written_once(tmp_path):
    store = FrameStore(tmp_path)
    first = store.put(FRAMES)
    written = {path: path.stat().st_mtime_ns for path in files(tmp_path)}
    again = {
        name: pl.concat([frame.head(1), frame.tail(1)]) if frame.height else frame for name, frame in FRAMES.items()
    }
    assert store.put(dict(reversed(again.items()))) == first
    assert {path: path.stat().st_mtime_ns for path in files(tmp_path)} == written
    assert FrameStore(tmp_path / "other", seal=scramble, unseal=unscramble).put(FRAMES) == first


@pytest.mark.parametrize("change", [
    lambda frame: frame.with_columns(child=pl.lit("b")),
    lambda frame: frame.reverse(),
    lambda frame: frame.rename({"child": "adopter"}),
    lambda frame: frame.with_columns(pl.col("row").cast(pl.Int32)),
    lambda frame: frame.head(1),
    lambda frame: frame.with_columns(child=pl.col("child").fill_null("")),
])  # fmt: skip
def test_any_difference_is_another_hash(tmp_path, change):
    store = FrameStore(tmp_path)
    assert store.put({"contacts": change(FRAMES["contacts"])}) != store.put({"contacts": FRAMES["contacts"]})


def test_what_was_changed_on_the_disk_is_never_handed_out(tmp_path):
    store = FrameStore(tmp_path)
    digest = store.put(FRAMES)
    held = io.BytesIO()
    FRAMES["contacts"].with_columns(child=pl.lit("forged")).write_parquet(held)
    for path in files(tmp_path):
        if path.suffix == ".parquet":
            path.write_bytes(held.getvalue())
    with pytest.raises(StoreDamaged, match="contacts"):
        store.get(digest, "contacts")


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"", lambda data: data[:20] + b"?" + data[21:]])
def test_a_damaged_store_says_so(tmp_path, harm):
    store = FrameStore(tmp_path, scramble, unscramble)
    digest = store.put(FRAMES)
    for path in files(tmp_path):
        path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(StoreDamaged):
        store.get(digest, "contacts")


def test_a_hash_never_put_is_no_submission(tmp_path):
    store = FrameStore(tmp_path)
    digest = store.put(FRAMES)
    for strange in ("0" * 64, "../../etc/passwd", "", digest.upper()):
        with pytest.raises(KeyError):
            store.get(strange, "contacts")
    with pytest.raises(KeyError):
        store.get(digest, "referrals")


def test_sealed_files_hold_nothing_in_clear(tmp_path):
    FrameStore(tmp_path, scramble, unscramble).put({"contacts": pl.DataFrame({"child": ["Zebra77"] * 3})})
    BlobStore(tmp_path, scramble, unscramble).receive([b"Zebra77"], 100)
    assert not [path for path in files(tmp_path) if b"Zebra77" in path.read_bytes()]


def test_a_file_is_kept_under_the_hash_of_its_bytes(tmp_path):
    store = BlobStore(tmp_path)
    receipt = store.receive([b"one ", b"two"], cap=100)
    assert receipt.sha256 == hashlib.sha256(b"one two").hexdigest()
    assert receipt.size == 7
    assert store.read(receipt.name) == b"one two"
    assert store.receive(iter([b"one two"]), cap=7) == receipt
    assert len(files(tmp_path)) == 1


def test_a_file_too_large_is_refused_and_nothing_is_kept(tmp_path):
    with pytest.raises(Refused, match="larger than 6 bytes"):
        BlobStore(tmp_path).receive([b"one ", b"two"], cap=6)
    assert files(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    def broken():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        BlobStore(tmp_path).receive(broken(), cap=100)
    assert files(tmp_path) == []


@pytest.mark.parametrize("when", ["write", "fsync"])
def test_a_full_disk_is_told_in_plain_english_and_leaves_nothing(tmp_path, monkeypatch, when):
    full = OSError(errno.ENOSPC, "No space left on device")

    def fail(*_: object) -> None:
        raise full

    def chunks():
        yield b"half"
        raise full

    if when == "fsync":
        monkeypatch.setattr(durable.os, "fsync", fail)
    with pytest.raises(Refused, match="no room left"):
        BlobStore(tmp_path).receive(chunks() if when == "write" else [b"x"], cap=100)
    monkeypatch.undo()
    assert files(tmp_path) == []


def test_a_truly_full_disk(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    with pytest.raises(Refused, match="no room left"), durable.part_file(tmp_path) as (_, held):
        os.dup2(os.open("/dev/full", os.O_WRONLY), held.fileno())
        held.write(b"x" * 100_000)
        held.flush()
    assert files(tmp_path) == []


def test_the_disk_has_the_bytes_before_the_name_and_the_name_before_the_answer(tmp_path, monkeypatch):
    done: list[str] = []
    true_fsync, true_rename = os.fsync, Path.rename

    def fsync(descriptor: int) -> None:
        folder = Path(f"/proc/self/fd/{descriptor}").is_dir()
        done.append("flush folder" if folder else "flush file")
        true_fsync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        done.append("rename")
        return true_rename(path, target)

    BlobStore(tmp_path).receive([b"make the folders"], 100)
    monkeypatch.setattr(durable.os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    BlobStore(tmp_path).receive([b"x"], cap=100)
    assert done[-3:] == ["flush file", "rename", "flush folder"]
    FrameStore(tmp_path).put(FRAMES)
    assert done.index("rename") > done.index("flush file")
    assert done[-1] == "flush folder"


@pytest.mark.parametrize("kind", [BlobStore, FrameStore])
def test_leftovers_of_a_crash_are_swept_and_nothing_else(tmp_path, kind):
    receipt = BlobStore(tmp_path).receive([b"x"], cap=9)
    (tmp_path / ".part-0123").write_bytes(b"half")
    assert kind(tmp_path).sweep() == 1
    assert kind(tmp_path).sweep() == 0
    assert BlobStore(tmp_path).read(receipt.name) == b"x"


def test_sweeping_where_nothing_was_ever_kept(tmp_path):
    assert BlobStore(tmp_path / "none").sweep() == 0


@pytest.mark.parametrize("name", ["../x", "", "0" * 64])
def test_names_that_are_none_of_ours(tmp_path, name):
    with pytest.raises(KeyError):
        BlobStore(tmp_path).read(name)


def test_a_spoilt_file_is_never_handed_out(tmp_path):
    store = BlobStore(tmp_path)
    receipt = store.receive([b"x"], cap=9)
    store.path(receipt.name).write_bytes(b"y")
    with pytest.raises(StoreDamaged):
        store.read(receipt.name)
