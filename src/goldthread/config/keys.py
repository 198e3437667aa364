"""The two keys of an installation, kept in a file of their own outside the data folder.

Who steals the data folder or a backup of it without this file has sealed files and a sealed vault (security
reference P-29). A key file inside the data folder would make that promise empty, so it is refused.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from goldthread.config.refusal import CannotStart


@dataclass(frozen=True, slots=True)
class Keys:
    """`django` signs cookies; `wrapping` (32 bytes) wraps the key of each inspection."""

    django: str
    wrapping: bytes


def default_path(data: Path) -> Path:
    """Where the keys of this data folder are kept unless GOLDTHREAD_KEYS says otherwise."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    name = base64.b32encode(str(data).encode()).decode().strip("=").lower()[-40:]
    return home / "goldthread" / f"{name}.keys"


def load(path: Path, *, data: Path) -> Keys:
    """Read the key file, making it (owner-only) the first time. Raises CannotStart with a plain sentence."""
    path = path.resolve()
    if path.is_relative_to(data):
        raise CannotStart(f"The key file {path} lies inside the data folder. Put it elsewhere with GOLDTHREAD_KEYS.")
    try:
        if not path.exists():
            _make(path)
        held = json.loads(path.read_text())
        return Keys(django=held["django"], wrapping=base64.b64decode(held["wrapping"]))
    except (OSError, ValueError, KeyError) as error:
        raise CannotStart(f"The key file {path} could not be read or made: {type(error).__name__}.") from None


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = {
        "django": secrets.token_urlsafe(50),
        "wrapping": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process of the same start made it first
    with os.fdopen(handle, "w") as file:
        json.dump(held, file)
        file.flush()
        os.fsync(file.fileno())
