"""A framework written as a file is read as the same framework, to the last word."""

from dataclasses import replace
from pathlib import Path

import pytest

from goldthread.domain.framework import Criterion, Framework
from goldthread.domain.frameworks import FrameworkError, load, read, slugs
from goldthread.domain.frameworks.writing import as_toml, copied

ALL = [load(slug) for slug in slugs()]


def through_a_file(framework: Framework, folder: Path) -> Framework:
    path = folder / f"{framework.slug}.toml"
    path.write_text(as_toml(framework), "utf-8")
    return read(path)


@pytest.mark.parametrize("framework", ALL, ids=lambda f: f.slug)
def test_what_is_written_is_read_as_the_same(framework: Framework, tmp_path: Path) -> None:
    again = through_a_file(framework, tmp_path)
    assert again == framework
    assert as_toml(again) == as_toml(framework)


@pytest.mark.parametrize("framework", ALL, ids=lambda f: f.slug)
def test_a_copy_differs_in_its_name_alone(framework: Framework, tmp_path: Path) -> None:
    copy = through_a_file(copied(framework, "wexcombe-own", "What Wexcombe asks of itself"), tmp_path)
    assert (copy.slug, copy.title, copy.short_title) == ("wexcombe-own", *["What Wexcombe asks of itself"] * 2)
    named = replace(copy, slug=framework.slug, title=framework.title, short_title=framework.short_title)
    assert named == framework
    assert copied(framework, "wexcombe-own").title == framework.title


@pytest.mark.parametrize("words", ['“Curly” and "straight" and \\ back', "# no comment [[areas]]", "é \x7f '''", "= x"])
def test_any_words_survive(words: str, tmp_path: Path) -> None:
    first, *rest = load("sif-2013").areas
    criteria = (Criterion("hp-01", words), *first.criteria[1:])
    odd = replace(load("sif-2013"), says=words, areas=(replace(first, criteria=criteria), *rest))
    again = through_a_file(odd, tmp_path)
    assert again.says == again.criterion("hp-01").text == words


@pytest.mark.parametrize("slug", ["Wexcombe", "", "a b", "../x"])
def test_a_copy_needs_a_slug(slug: str) -> None:
    with pytest.raises(FrameworkError, match="is not a slug"):
        copied(load("sif-2013"), slug)


def test_a_copy_needs_a_name_of_its_own() -> None:
    with pytest.raises(FrameworkError, match="the copy cannot be called “sif-2013” too"):
        copied(load("sif-2013"), "sif-2013")
