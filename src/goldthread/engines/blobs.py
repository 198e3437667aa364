"""The store of files as they were handed in: every byte kept, named by its hash, before anyone is told it arrived."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from goldthread.engines.durable import StoreDamaged, make_folder, part_file, settle, sweep_leftovers
from goldthread.engines.store import Cover
from goldthread.kernel.reading import Refused

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a file arrived: the SHA-256 of its bytes as sent, how many there were, and its name in the store."""

    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class BlobStore:
    """Files in one folder. `seal` and `unseal` cover a file's bytes at rest; both None keeps them as they came.

    A file that is sealed is gathered in memory first, so its cap must fit there; an unsealed one streams to the disk.
    """

    folder: Path
    seal: Cover | None = None
    unseal: Cover | None = None

    def receive(self, chunks: Iterable[bytes], cap: int) -> Receipt:
        """Keep a file that arrives in chunks, at most `cap` bytes of it. When the receipt is given, it is on the disk.

        Raises Refused, in plain English, where the file is too large or the disk is full; then nothing is kept.
        """
        make_folder(self.folder)
        digest = hashlib.sha256()
        size = 0
        gathered: list[bytes] = []
        with part_file(self.folder) as (part, held):
            keep: Callable[[bytes], object] = held.write if self.seal is None else gathered.append
            for chunk in chunks:
                size += len(chunk)
                if size > cap:
                    raise _too_large(cap)
                digest.update(chunk)
                keep(bytes(chunk))
            if self.seal is not None:
                held.write(self.seal(b"".join(gathered)))
            name = digest.hexdigest()
            if not self.path(name).exists():
                make_folder(self.path(name).parent)
                settle(part, held, self.path(name))
        return Receipt(name, size, name)

    def path(self, name: str) -> Path:
        """Where the file of that name lies. Raises KeyError for what is not a name of this store."""
        if not _HASH.fullmatch(name):
            raise KeyError("that is not the name of a file kept here")
        return self.folder / name[:2] / name

    def read(self, name: str) -> bytes:
        """The bytes as they were sent. Raises KeyError where there is no such file, StoreDamaged where it is spoilt."""
        path = self.path(name)
        if not path.exists():
            raise KeyError("no file was kept under that name")
        try:
            data = path.read_bytes() if self.unseal is None else self.unseal(path.read_bytes())
        except Exception:
            raise StoreDamaged("a file that was handed in cannot be opened") from None
        if hashlib.sha256(data).hexdigest() != name:
            raise StoreDamaged("a file that was handed in is not what was sent")
        return data

    def sweep(self) -> int:
        """Remove what interrupted uploads left behind, and say how many. Call it at start, before any upload."""
        return sweep_leftovers(self.folder) if self.folder.is_dir() else 0


def _too_large(cap: int) -> Refused:
    size = f"{cap // 1_000_000} MB" if cap >= 1_000_000 else f"{cap:,} bytes"
    return Refused(
        f"This file is larger than {size}, so it was not kept.",
        "Leave out sheets and pictures that are not needed, save it as .xlsx, and send that file.",
        code="too-large",
    )
