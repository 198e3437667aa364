"""Receiving an upload in memory, so that the clear bytes of children's data never touch the disk."""

import os
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from goldthread.apps.access.policy import NOBODY


class MemoryFile(UploadedFile):  # type: ignore[type-arg]
    """An upload held in an anonymous file of the kernel's memory, with a path that a child process can open."""

    too_large = False

    def memory_path(self) -> str:
        """A path to the bytes for as long as this object lives."""
        held: Any = self.file
        return f"/proc/{os.getpid()}/fd/{held.fileno()}"


class MemoryFileHandler(FileUploadHandler):
    """Writes chunks to a memory file; stops keeping them at the cap for all of a request, and says so."""

    whole = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Raises StopUpload for whoever has not signed in: what they send is not read at all.

        The body of a request is read before any door is asked (the token against forged requests stands in it),
        so this is the first place that can spare the memory.
        """
        actor = getattr(self.request, "actor", NOBODY)
        if not actor.signed_in or not actor.active:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        self.received: IO[bytes] = os.fdopen(os.memfd_create("upload", os.MFD_CLOEXEC), "w+b")
        self.count, self.over = 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk while the whole stays under the cap."""
        self.count += len(raw_data)
        self.whole += len(raw_data)
        if self.whole > settings.UPLOAD_CAP_BYTES:
            self.over = True
            self.received.truncate(0)
        else:
            self.received.write(raw_data)

    def file_complete(self, file_size: int) -> MemoryFile:
        """The file; `too_large` where it passed the cap, and then it is empty."""
        self.received.flush()
        self.received.seek(0)
        held = MemoryFile(self.received, self.file_name, self.content_type, 0 if self.over else file_size, self.charset)
        held.too_large = self.over
        return held
