"""Where sealed things lie: the files as they were sent, and for each submission its tables, issues and vault.

Everything is under the inspection's key before it touches the disk, and flushed before anybody is told of it. A
submission's frames have a folder of their own, so that what an interrupted reading left behind goes as one.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from goldthread.apps.access.remembering import once, remembering_more
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import packing, sealing
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle
from goldthread.engines.durable import StoreDamaged

if TYPE_CHECKING:
    import polars as pl

    from goldthread.engines.blobs import BlobStore, Receipt
    from goldthread.engines.store import FrameStore

CHUNK = 1 << 20
YOUNG_SECONDS = 3600
"""A file younger than this may belong to an upload whose row is about to be written; the sweeper leaves it."""


def keep_file(inspection: Inspection, path: Path, *, cap: int) -> Receipt:
    """Keep the file at a path, sealed, and give its receipt. Raises kernel.reading.Refused: too large, or no room."""
    with path.open("rb") as clear:
        return _blobs(inspection).receive(iter(lambda: clear.read(CHUNK), b""), cap)


@contextmanager
def clear_file(submission: Submission, when: str = packing.NOW) -> Iterator[str]:
    """A path to what was sent, held in memory only and gone afterwards: clear bytes never touch the disk.

    Of several files it is a zip; `when` says whether those of the return itself are wanted, or of the year before.
    """
    data = _blobs(submission.inspection).read(submission.blob_key)
    if submission.parts:
        with packing.unpacked(data, submission.parts, when) as path:
            del data
            yield path
        return
    handle = os.memfd_create("submission", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(handle), "wb") as held:
            held.write(data)
        del data
        yield f"/proc/{os.getpid()}/fd/{handle}"
    finally:
        os.close(handle)


def has_year_before(submission: Submission) -> bool:
    """Whether the return of the year before was handed in with it."""
    return any(part["when"] == packing.BEFORE for part in submission.parts)


def keep_frames(submission: Submission, purpose: str, frames: dict[str, pl.DataFrame]) -> str:
    """Keep frames of a submission, sealed; the key to fetch them by. Raises kernel.reading.Refused on a full disk."""
    return _frames(submission, purpose).put(frames)


def frame_names(submission: Submission, purpose: str, key: str) -> tuple[str, ...]:
    """Names of the frames kept under a key.

    Raises KeyError without a key, engines.durable.StoreDamaged where what was kept is gone or spoilt.
    """
    try:
        return _frames(submission, purpose).tables(key)
    except KeyError:
        raise _lost(key) from None


def fetch_frame(submission: Submission, purpose: str, key: str, name: str) -> pl.DataFrame:
    """One frame. Raises KeyError where there is none, engines.durable.StoreDamaged where it is not what was kept."""
    if name not in once(("frames of", submission.pk, purpose, key), lambda: frame_names(submission, purpose, key)):
        raise KeyError(name)
    return _frames(submission, purpose).get(key, name)


def fetch_frames(submission: Submission, purpose: str, key: str) -> dict[str, pl.DataFrame]:
    """Every frame under a key, by name; the inspection's key is asked for once. Raises as `frame_names` does."""
    with remembering_more():
        try:
            return _frames(submission, purpose).all(key)
        except KeyError:
            raise _lost(key) from None


def _lost(key: str) -> Exception:
    # A key is only ever written after what it names was flushed: where nothing lies under it, it has been lost since.
    return StoreDamaged("what was kept of a submission is gone from the store") if key else KeyError("no key")


def discard_frames(submission: Submission) -> None:
    """Remove whatever frames a reading that failed has left."""
    shutil.rmtree(_folder(submission), ignore_errors=True)


def sweep(*, now: float | None = None) -> int:
    """Remove what belongs to nobody: frames of submissions that were not read, files without a row. How many."""
    now = time.time() if now is None else now
    return _sweep_frames() + _sweep_files(now)


def _sweep_frames() -> int:
    count = 0
    keep = (lifecycle.Submission.READ, lifecycle.Submission.READING)
    for folder in _store_folder().glob("*/*"):
        submission = _submission(folder.name)
        if submission is None or submission.status not in keep:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count


def _sweep_files(now: float) -> int:
    count = 0
    for folder in _blob_folder().glob("*"):
        wanted = _blob_keys(folder.name)
        for path in [*folder.glob(".part-*"), *folder.glob("??/*")]:
            if path.name not in wanted and now - path.stat().st_mtime > YOUNG_SECONDS:
                path.unlink(missing_ok=True)
                count += 1
    return count


def _submission(name: str) -> Submission | None:
    try:
        return Submission.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return None


def _blob_keys(inspection: str) -> Iterable[str]:
    try:
        return set(Submission.objects.filter(inspection_id=UUID(inspection)).values_list("blob_key", flat=True))
    except ValueError:
        return set()


def _blob_folder() -> Path:
    return Path(settings.DATA) / "blobs"


def _store_folder() -> Path:
    return Path(settings.DATA) / "store"


def _folder(submission: Submission) -> Path:
    return _store_folder() / str(submission.inspection_id) / str(submission.pk)


def _blobs(inspection: Inspection) -> BlobStore:
    from goldthread.engines.blobs import BlobStore

    # A folder for each inspection: the same file handed in to two is sealed under two keys.
    return BlobStore(
        _blob_folder() / str(inspection.pk),
        seal=lambda data: sealing.seal(inspection, data, purpose="upload"),
        unseal=lambda data: sealing.unseal(inspection, data, purpose="upload"),
    )


def _frames(submission: Submission, purpose: str) -> FrameStore:
    from goldthread.engines.store import FrameStore

    about = f"{purpose}:{submission.pk}"
    return FrameStore(
        _folder(submission),
        seal=lambda data: sealing.seal(submission.inspection, data, purpose=about),
        unseal=lambda data: sealing.unseal(submission.inspection, data, purpose=about),
    )
