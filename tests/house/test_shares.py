"""A share is written in one way wherever it is shown: 52.1%, without a space before the sign."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "goldthread"
APART = re.compile(r"(?<=\d) %(?![-a-zA-Z(}])")
IN_TEMPLATE = re.compile(r"(?:\}\}|\d) %(?!\})")
FOLLOWS = re.compile(r"\A %(?![-a-zA-Z(])")


def shown(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string that may be shown with its line: a number that is put in stands as 0; docstrings are left out."""
    told = {
        id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }  # fmt: skip
    inside = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in ast.walk(one)} - {
        id(one) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr)
    }
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "0" for part in one.values]
            yield one.lineno, "".join(str(part) for part in parts)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told | inside:
            yield one.lineno, one.value


def apart(source: str) -> list[int]:
    """The lines of a module that show a share with a space before its sign."""
    return [line for line, text in shown(ast.parse(source)) if APART.search(text) or FOLLOWS.search(text)]


def test_no_module_writes_a_share_with_a_space() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}" for path in sorted(SOURCE.rglob("*.py"))
        if "synthetic" not in path.parts for line in apart(path.read_text("utf-8"))
    ]  # fmt: skip
    assert not found, f"Write a share as 52.1%, without a space: {found}"


def test_no_template_writes_a_share_with_a_space() -> None:
    pages = [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.typ")]
    found = [str(path.relative_to(SOURCE)) for path in pages if IN_TEMPLATE.search(path.read_text("utf-8"))]
    assert len(pages) > 100 and not found, f"Write a share as 52.1%, without a space: {sorted(found)}"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('x = f"{a} % of files"', [1]), ('x = "95 % sure"', [1]), ('y = " %" if a else ""', [1]),
        ('x = f"{a}% of files"', []), ('x = f"{a:%d %B} 5 %B"', []), ("x = 5 % 2", []), ('"""95 % of it."""', []),
        ('x = "share in %"', []),
    ],
)  # fmt: skip
def test_the_check_sees_what_is_shown_and_nothing_else(source: str, lines: list[int]) -> None:
    assert apart(source) == lines
