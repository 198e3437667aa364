"""The notebook in the guide, run line by line."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "checking-from-python.md"


def test_every_line_of_the_notebook_gives_what_it_says() -> None:
    told = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert told.attempted > 20
    assert told.failed == 0
