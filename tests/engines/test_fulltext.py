"""The index of words: what is found, what is marked, and that nothing beyond what may be seen is found or counted."""

import pytest

from goldthread.domain import search_terms
from goldthread.domain.search_words import partly, understood
from goldthread.engines.fulltext import TITLE, Found, TextIndex, expression, pieces


def index() -> TextIndex:
    made = TextIndex()
    made.put("a", "1", "Supervision policy", [("Visits", "Every child is seen alone."), ("", "The IRO was told.")])
    made.put("b", "1", "Minutes", [("", "Children were seen. A second child was not."), ("", "Nothing.")])
    return made


def found(made: TextIndex, typed: str, *within: str) -> Found:
    return made.search(understood(typed), within)


def test_only_what_may_be_seen_is_found_and_counted() -> None:
    made = index()
    assert (found(made, "child", "a", "b").pages, found(made, "child", "a", "b").documents) == (2, 2)
    only = found(made, "child", "a")
    assert (only.pages, only.documents, [one.document for one in only.hits]) == (1, 1, ["a"])
    assert found(made, "child") == Found() and found(made, "child", "c") == Found()


def test_what_is_found_is_marked_and_names_its_page() -> None:
    hit = found(index(), "children", "a").hits[0]
    assert (hit.page, hit.heading) == (1, (("Visits", False),))
    assert [piece for piece, marked in hit.pieces if marked] == ["child"]
    assert "".join(piece for piece, _ in hit.pieces) == "Every child is seen alone."
    whole = index().found_on(understood("seen"), "b", 1)
    assert "".join(piece for piece, _ in whole) == "Children were seen. A second child was not."
    assert index().found_on(understood("seen"), "b", 2) == ()


def test_titles_phrases_and_words_left_out() -> None:
    made = index()
    assert [one.page for one in found(made, "supervision policy", "a", "b").hits] == [TITLE]
    assert found(made, '"seen alone"', "a", "b").pages == 1 and found(made, '"alone seen"', "a", "b").pages == 0
    assert [one.document for one in found(made, "child -second", "a", "b").hits] == ["a"]
    assert found(made, "independent reviewing officer", "a", "b").pages == 1


def test_a_document_taken_out_or_in_anew_is_found_as_it_now_is() -> None:
    made = index()
    made.put("a", "2", "Other", [("", "Entirely new words.")])
    assert found(made, "supervision", "a").pages == 0 and found(made, "entirely", "a").pages == 1
    made.drop("a")
    made.drop("a")
    assert found(made, "entirely", "a").pages == 0 and "a" not in made.held


def test_what_is_typed_is_never_a_command_of_the_engine() -> None:
    made = index()
    for typed in ('"', "a OR b", "NEAR(a b)", "text:child", "child*", "'; DROP TABLE page; --", "(", "^child", "😀"):
        found(made, typed, "a", "b")
    assert found(made, "child", "a", "b").pages == 2
    for group in (*search_terms.ours().same, *search_terms.ours().near):
        for one in group:
            assert expression(understood(one))
    assert pieces("a\x02b\x03c") == (("a", False), ("b", True), ("c", False)) and pieces("plain") == (("plain", False),)


def test_a_naive_count_agrees() -> None:
    texts = {str(n): f"word{n % 7} and word{n % 3} of {n}" for n in range(60)}
    made = TextIndex()
    for key, text in texts.items():
        made.put(key, "1", "t", [("", text)])
    for number in range(7):
        naive = {key for key, text in texts.items() if f"word{number}" in text.split()}
        hits = made.search(understood(f"word{number}"), texts.keys(), count=100)
        assert {one.document for one in hits.hits} == naive and hits.pages == len(naive)


def mended(made: TextIndex, typed: str, *within: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    got = made.mended(understood(typed), within)
    return got.words, got.nowhere


@pytest.mark.parametrize(("typed", "put"), [
    ("superviison", "supervision"), ("suprvisoin", "supervision"), ("polcy", "policy"), ("CHILDRN", "children"),
    ("minuets", "minutes"),
])  # fmt: skip
def test_a_slip_of_spelling_is_put_right_and_told(typed: str, put: str) -> None:
    made = index()
    got = made.mended(understood(typed), ["a", "b"])
    assert got.words == ((typed.casefold(), put),) and got.nowhere == ()
    assert made.search(got.search, ["a", "b"]) == found(made, put, "a", "b") != Found()


def test_nothing_is_offered_that_stands_only_in_documents_out_of_sight() -> None:
    made = index()
    assert mended(made, "minutse", "a") == ((), ("minutse",)) and mended(made, "minutse") == ((), ("minutse",))
    assert mended(made, "childern", "a") == ((), ("childern",))
    made.drop("b")
    assert mended(made, "minutse", "a", "b") == ((), ("minutse",))


def test_phrases_numbers_and_short_words_are_taken_at_their_word() -> None:
    made = index()
    for typed in ('"seen alnoe"', "2o26", "vis", "😀"):
        assert mended(made, typed, "a", "b")[0] == ()
    assert mended(made, "child polcy -secnd", "a", "b")[0] == (("polcy", "policy"),)


def test_pages_with_some_of_the_words_are_found_the_fullest_first() -> None:
    made = index()
    made.put("c", "1", "Plan", [("", "Every visit was late, and the manager was told.")])
    whole = understood("manager told of late visit and zebra")
    fewer = partly(whole)
    assert made.search(whole, ["a", "b", "c"]) == Found() and fewer is not None
    assert [one.document for one in made.search(fewer, ["a", "b", "c"]).hits] == ["c", "a", "a"]
    assert made.search(fewer, ["a"]).documents == 1
    exact = partly(understood('"seen alone" zebra manager'))
    assert exact is not None and [one.document for one in made.search(exact, ["a", "b", "c"]).hits] == []


def test_a_sentence_is_not_mended() -> None:
    made = index()
    assert mended(made, "polcy minuets other words which stand nowhere here", "a", "b") == ((), ())
