"""Which version of Goldthread this is, as every footer says."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tomllib import loads


def _find() -> str:
    try:
        return version("goldthread")
    except PackageNotFoundError:
        # Used where it lies: the project file says it.
        project = Path(__file__).resolve().parents[3] / "pyproject.toml"
        return str(loads(project.read_text(encoding="utf-8"))["project"]["version"]) if project.exists() else "unknown"


VERSION = _find()
