"""The index of words: what is found, what is marked, and that nothing beyond what may be seen is found or counted."""

from goldthread.domain.search_words import SYNONYMS, understood
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
    assert (hit.page, hit.heading) == (1, "Visits")
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
    for group in SYNONYMS:
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
