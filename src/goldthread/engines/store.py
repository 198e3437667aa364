"""The store of frames: Parquet files named by what they hold, written once and never changed.

A submission is its tables, and its hash is made of theirs: the same tables give the same hash, whenever and wherever
they are put. A finding that names the hash can always be checked against the very rows it was made from.
"""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldthread.engines.durable import StoreDamaged, make_folder, part_file, settle, sweep_leftovers

Cover = Callable[[bytes], bytes]
"""Bytes in, bytes out: how the store seals what it writes to disk, and opens what it reads back."""

_FORM = b"goldthread-frame-1\n"


def _plainly(data: bytes) -> bytes:
    return data


def hash_of_frame(frame: pl.DataFrame) -> str:
    """The SHA-256 of a frame's columns, types, rows and values in order; how it is packed makes no difference.

    The values are hashed as comma-separated text, in which an empty text is quoted and a null is not there: Arrow and
    Parquet write the same values in more than one way, so their bytes cannot name what they hold.
    """
    digest = hashlib.sha256(_FORM)
    digest.update(json.dumps([[name, str(dtype)] for name, dtype in frame.schema.items()]).encode())
    digest.update(frame.height.to_bytes(8, "big"))
    digest.update(frame.write_csv(include_header=False, quote_style="necessary").encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class FrameStore:
    """A store of frames in one folder. `seal` and `unseal` cover the bytes at rest; both default to none."""

    folder: Path
    seal: Cover = _plainly
    unseal: Cover = _plainly

    def put(self, frames: dict[str, pl.DataFrame]) -> str:
        """Keep the frames and give the hash that names them together. The same frames again do no harm.

        When it comes back, they are on the disk. Raises Refused, in plain English, where the disk is full.
        """
        hashes = {name: hash_of_frame(frame) for name, frame in sorted(frames.items())}
        for name, digest in hashes.items():
            self._keep(f"{digest}.parquet", lambda frame=frames[name]: _parquet(frame))  # type: ignore[misc]
        index = json.dumps(hashes, sort_keys=True).encode()
        together = hashlib.sha256(index).hexdigest()
        self._keep(f"{together}.json", lambda: index)
        return together

    def tables(self, digest: str) -> tuple[str, ...]:
        """The names of the frames put under this hash. Raises KeyError for a hash never put, StoreDamaged if spoilt."""
        return tuple(self._index(digest))

    def get(self, digest: str, table: str) -> pl.DataFrame:
        """One frame put under this hash.

        Raises KeyError for a hash or table never put, StoreDamaged where what is there is not what was put.
        """
        return self._get(table, self._index(digest)[table])

    def all(self, digest: str) -> dict[str, pl.DataFrame]:
        """Every frame put under this hash, by name. Raises as `get` does."""
        return {table: self._get(table, wanted) for table, wanted in self._index(digest).items()}

    def _get(self, table: str, wanted: str) -> pl.DataFrame:
        path = self._path(f"{wanted}.parquet")
        try:
            frame = pl.read_parquet(io.BytesIO(self.unseal(path.read_bytes())))
        except Exception:
            raise StoreDamaged(f"the table {table} of a submission cannot be read back from the store") from None
        if hash_of_frame(frame) != wanted:
            raise StoreDamaged(f"the table {table} of a submission is not the one that was put")
        return frame

    def sweep(self) -> int:
        """Remove what interrupted writes left behind, and say how many. Call it at start, before anything is put."""
        return sweep_leftovers(self.folder) if self.folder.is_dir() else 0

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _keep(self, name: str, make: Callable[[], bytes]) -> None:
        path = self._path(name)
        if path.exists():
            return
        data = self.seal(make())
        make_folder(self.folder)
        make_folder(path.parent)
        with part_file(self.folder) as (part, held):
            held.write(data)
            settle(part, held, path)

    def _index(self, digest: str) -> dict[str, str]:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise KeyError("that is not the hash of a submission")
        path = self._path(f"{digest}.json")
        if not path.exists():
            raise KeyError("no submission was put under that hash")
        try:
            index = self.unseal(path.read_bytes())
        except Exception:
            raise StoreDamaged("the list of a submission's tables cannot be opened") from None
        if hashlib.sha256(index).hexdigest() != digest:
            raise StoreDamaged("the list of a submission's tables is not the one that was put")
        hashes: dict[str, str] = json.loads(index)
        return hashes


def _parquet(frame: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    frame.write_parquet(held, compression="zstd")
    return held.getvalue()
