"""Print the notebook of docs/guide/checking-from-python.md as a Jupyter notebook, with the answers that the page gives.

`.venv/bin/python tools/print_notebook.py > docs/guide/checking-from-python.ipynb` writes it anew when the page has
changed; a test holds the two to each other and runs the cells from top to bottom.
"""

import ast
import doctest
import json
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guide" / "checking-from-python.md"


def notebook(page: str) -> dict[str, object]:
    """The page as a notebook: its text as cells of text, each statement as a cell with the answer beneath it."""
    cells: list[dict[str, object]] = []
    for at, part in enumerate(re.split(r"```(?:python)?\n", page)):
        if at % 2 == 0:
            if part.strip():
                cells.append(
                    {"cell_type": "markdown", "id": f"c{len(cells)}", "metadata": {}, "source": _lines(part.strip())}
                )
            continue
        for example in doctest.DocTestParser().get_examples(part):
            cells.append(_code(example.source.strip(), example.want.strip(), len(cells)))
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _code(source: str, answer: str, number: int) -> dict[str, object]:
    outputs: list[dict[str, object]] = []
    if answer and not isinstance(ast.parse(source).body[-1], ast.Expr):
        outputs = [{"output_type": "stream", "name": "stdout", "text": _lines(answer + "\n")}]
    elif answer:
        data = {"text/plain": _lines(answer)}
        outputs = [{"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}]
    return {
        "cell_type": "code", "execution_count": None, "id": f"c{number}", "metadata": {}, "source": _lines(source),
        "outputs": outputs,
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    print(json.dumps(notebook(PAGE.read_text(encoding="utf-8")), ensure_ascii=False, indent=1))
