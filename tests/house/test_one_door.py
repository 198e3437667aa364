"""Frameworks and instruments are looked up through one door, which knows the council's own besides the files."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "goldthread"
FILES = {"goldthread.domain.frameworks", "goldthread.domain.instruments"}
LOOKING_UP = {"load", "slugs", "current", "superseded_by"}


def _strays(text: str) -> list[str]:
    """What a module takes from the files themselves: by name, or by a module that it imports whole."""
    tree, found, whole = ast.parse(text), [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in FILES:
            found += [one.name for one in node.names if one.name in LOOKING_UP]
        if isinstance(node, ast.ImportFrom) and node.module == "goldthread.domain":
            whole |= {one.asname or one.name for one in node.names if f"goldthread.domain.{one.name}" in FILES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in whole:
            found += [node.attr] if node.attr in LOOKING_UP else []
    return found


def test_apps_and_pages_ask_the_one_door() -> None:
    rooms = [path for room in ("apps", "web") for path in sorted((SRC / room).rglob("*.py"))]
    asking = [path for path in rooms if "drafting" not in path.parts]
    assert len(asking) > 150
    assert {str(path.relative_to(SRC)): found for path in asking if (found := _strays(path.read_text()))} == {}


def test_the_check_can_fail() -> None:
    assert _strays("from goldthread.domain.frameworks import load, read") == ["load"]
    assert _strays("from goldthread.domain import instruments\ninstruments.load('a')") == ["load"]
    assert _strays("from goldthread.domain.frameworks import read_text") == []
