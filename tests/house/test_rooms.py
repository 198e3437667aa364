"""Small rooms, with names that say what they are for."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "goldthread"
# Longer on purpose, each with its reason.
MAY_BE_LONG = {
    "kernel/tables.py": "169 columns, one declaration each",
    "kernel/codes.py": "26 code lists, one line a code",
}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
NO_ROOM_CALLED = {"utils", "util", "helpers", "helper", "common", "core", "misc"}


def _files() -> list[Path]:
    return [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]


def test_no_file_is_longer_than_a_room_should_be() -> None:
    long = {
        str(path.relative_to(SRC)): count
        for path in _files()
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
        and str(path.relative_to(SRC)) not in MAY_BE_LONG
    }
    assert long == {}


def test_no_function_is_too_long_to_read() -> None:
    long = []
    for path in _files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(SRC)}:{node.name} {length}")
    assert long == []


def test_no_room_is_called_after_nothing() -> None:
    assert [str(path) for path in _files() if path.stem in NO_ROOM_CALLED or set(path.parts) & NO_ROOM_CALLED] == []


def test_every_public_function_and_class_says_what_it_means() -> None:
    silent = []
    for path in _files():
        tree = ast.parse(path.read_text())
        if path.name not in {"__init__.py", "apps.py"} and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(SRC)))
        for node in tree.body:
            if (
                isinstance(node, (ast.FunctionDef, ast.ClassDef))
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                if path.name == "apps.py":
                    continue
                silent.append(f"{path.relative_to(SRC)}:{node.name}")
    assert silent == []
