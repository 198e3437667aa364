"""Other words of the field: those that ship are sound, an installation's own are used, what is wrong names its line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from goldthread.config import other_words
from goldthread.config.refusal import CannotStart
from goldthread.domain import search_terms
from goldthread.domain.search_words import MOST_OTHERWISE, otherwise, understood

OWN = """[[same]]
words = ["dcs", "director of children's services"]

[[near]]
words = ["mould", "damp homes", "poor housing"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "terms.toml"
    path.write_text(OWN)
    yield path
    search_terms.use(None)


def test_the_terms_that_ship_are_written_as_they_are_looked_for() -> None:
    terms = search_terms.ours()
    assert len(terms.same) >= 25 and len(terms.near) >= 15 and not terms.own
    for group in (*terms.same, *terms.near):
        assert all(one == one.lower().strip() for one in group), group


def test_terms_in_a_question_are_put_in_the_field_s_other_words_one_by_one() -> None:
    assert otherwise("The car park of the town hall") == ()
    told = otherwise("Missing children, and their IRO")
    assert "return home interviews and their iro" in told
    assert "missing children and their independent reviewing officer" in told, "each term by itself"
    assert len(told) == MOST_OTHERWISE and "missing children and their iro" not in told
    assert "looked after" in otherwise("LAC") and "lac" in otherwise("looked after")


def test_an_installation_looks_for_its_own_words_and_for_no_others(own: Path) -> None:
    assert otherwise("mould") == () and understood("dcs").also == ()
    assert other_words.load(str(own)) == str(own)
    assert otherwise("mould") == ("damp homes", "poor housing")
    assert "director of childrens services" in understood("dcs").also
    assert understood("lac").also == () and search_terms.in_use().own
    other_words.load("")
    assert understood("dcs").also == () and "looked after" in understood("lac").also


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[same]]\nwords = ["one"]', "line 2: a group has from 2"),
        ("[[same]]\nwords = []", "a group has from 2"),
        ('[[near]]\nword = ["a", "b"]', "“words” is missing"),
        ('[[other]]\nwords = ["a", "b"]', "other"),
        ("not a list", "not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_starts(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(text)
    with pytest.raises(CannotStart, match="GOLDTHREAD_SEARCH_TERMS") as refusal:
        other_words.load(str(path))
    assert says in str(refusal.value) and "terms.toml" in str(refusal.value)
    with pytest.raises(CannotStart, match="cannot be opened"):
        other_words.load(str(tmp_path / "none.toml"))
    assert not search_terms.in_use().own
