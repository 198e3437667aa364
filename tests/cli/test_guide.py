"""The notebook in the guide, run line by line."""

import ast
import contextlib
import doctest
import io
import json
import runpy
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "checking-from-python.md"


def test_every_line_of_the_notebook_gives_what_it_says() -> None:
    told = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert told.attempted > 20
    assert told.failed == 0


def test_the_notebook_is_the_page_and_runs_from_top_to_bottom() -> None:
    """Its cells are run one after the other, as a notebook runs them: the last expression of a cell is its answer."""
    made = json.loads((PAGE.parent / "checking-from-python.ipynb").read_text(encoding="utf-8"))
    printer = runpy.run_path(str(PAGE.parents[2] / "tools" / "print_notebook.py"))
    assert made == printer["notebook"](PAGE.read_text(encoding="utf-8")), "tools/print_notebook.py prints it anew"
    names: dict[str, object] = {}
    answered = 0
    for cell in made["cells"]:
        if cell["cell_type"] != "code":
            continue
        *before, last = ast.parse("".join(cell["source"])).body
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(ast.Module(before, []), "cell", "exec"), names)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
                print("" if value is None else repr(value))
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), names)
        for output in cell["outputs"]:
            wanted = "".join(output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"])
            assert said.getvalue().split() == wanted.split()
            answered += 1
    assert answered > 10
