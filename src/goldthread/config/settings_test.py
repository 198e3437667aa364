"""Settings for the tests: a throw-away database, fast password hashing, everything else as in use."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="goldthread-test-"))
_maker = os.getpid()


@atexit.register
def _leave_nothing() -> None:
    if os.getpid() == _maker:
        shutil.rmtree(_scratch, ignore_errors=True)


_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker != os.environ.get("GOLDTHREAD_TEST_WORKER", ""):
    # Workers side by side inherit the folders of the process that began them, and would share its store; what a worker
    # begins itself keeps the folders that it is given. The keys are the same for all, each in a file of its own: what
    # one worker has sealed can be copied to another (tests/kept_world.py).
    if Path(_given := os.environ.get("GOLDTHREAD_KEYS", "")).is_file():
        shutil.copy(_given, _scratch / "keys")
    os.environ.update(
        GOLDTHREAD_DATA=str(_scratch / "data"), GOLDTHREAD_KEYS=str(_scratch / "keys"), GOLDTHREAD_TEST_WORKER=_worker
    )
os.environ.setdefault("GOLDTHREAD_DATA", str(_scratch / "data"))
os.environ.setdefault("GOLDTHREAD_KEYS", str(_scratch / "keys"))
Path(os.environ["GOLDTHREAD_DATA"]).mkdir(parents=True, exist_ok=True)

from goldthread.config.settings import *  # noqa: E402, F403
from goldthread.config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["*"]
OPEN_DOCUMENTS_AT_START = False
ACCOUNT_RATE_LIMITS = {}
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir(exist_ok=True)
