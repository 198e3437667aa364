"""Meaning as numbers: the model gives what its makers publish, and only what may be searched is found."""

import itertools

import numpy as np
import pytest

from goldthread.domain.fusing import fused
from goldthread.domain.stretches import sameness, says_something, stretches, unnumbered
from goldthread.engines import meaning
from goldthread.engines.meaning.vectors import CLEAR, LEAST_LIKENESS, LEAST_SHARE, OTHERWISE, VectorIndex, packed
from goldthread.engines.meaning.wordpieces import words

QUESTION = "supervision cancelled because of sickness"
ANSWER = "When a team manager is ill, supervision in that team is not moved to another day but lapses."
OTHER = "The car park of the town hall is being resurfaced in the spring."


def test_the_model_gives_the_published_numbers() -> None:
    """The first numbers of the example on the page of all-MiniLM-L6-v2."""
    found = meaning.the_model().vectors(["This is an example sentence", "Each sentence is converted"])
    assert np.allclose(found[0][:4], [0.0676569, 0.0634960, 0.0487131, 0.0793050], atol=1e-5)
    assert np.allclose(found[1][:3], [0.0864386, 0.1027627, 0.0053946], atol=1e-5)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_what_stands_beside_a_text_does_not_change_it() -> None:
    model = meaning.the_model()
    alone = model.vectors([QUESTION])[0]
    among = model.vectors([ANSWER * 9, QUESTION, "x"])[1]
    assert np.allclose(alone, among, atol=1e-4)
    strange = model.vectors(["", "\x00\ufffd", "קול", "👩‍👧" * 50, "a" * 200, "word " * 5_000])
    assert np.isfinite(strange).all()


def test_words_are_taken_apart_as_the_model_was_taught() -> None:
    assert words("Café, Mrs. O’Neil's\tplan\u200b!") == [
        "cafe", ",", "mrs", ".", "o", "’", "neil", "'", "s", "plan", "!"
    ]  # fmt: skip
    assert words("日本") == ["日", "本"]


def test_what_means_the_same_is_nearest_and_only_where_one_may_look() -> None:
    model, index = meaning.the_model(), VectorIndex()
    index.put("a", 1, packed([(1, 0, 50), (2, 5, 90)], model.vectors([OTHER, ANSWER])))
    index.put("b", 1, packed([(7, 0, 40)], model.vectors([QUESTION])))
    index.put("empty", 1, packed([], np.zeros((0, meaning.SIZE), np.float32)))
    asked = model.vectors([QUESTION])[0]
    assert [(one.document, one.page) for one in index.nearest(asked, {"a", "b"}, most=5)] == [("b", 7), ("a", 2)]
    assert [(one.page, one.start, one.end) for one in index.nearest(asked, {"a"}, most=5)] == [(2, 5, 90)]
    assert index.nearest(asked, set(), most=5) == [] and index.nearest(asked, {"c", "empty"}, most=5) == []
    index.put("a", 2, packed([(3, 0, 9)], model.vectors([QUESTION])))
    assert [one.page for one in index.nearest(asked, {"a"}, most=5)] == [3]
    index.drop("a")
    index.drop("a")
    assert index.nearest(asked, {"a"}, most=5) == []


def test_a_question_in_other_words_counts_for_a_little_less_than_the_question() -> None:
    first, second, third = np.eye(meaning.SIZE, dtype=np.float32)[:3]
    index = VectorIndex()
    index.put("a", 1, packed([(1, 0, 9), (2, 0, 9), (3, 0, 9)], np.stack([first, second, third])))
    found = index.nearest(np.stack([second, first]), {"a"}, most=5)
    assert [(one.page, round(one.likeness, 2)) for one in found] == [(2, 1.0), (1, round(1 - OTHERWISE, 2))]
    alone = index.nearest(second, {"a"}, most=5)
    assert [(one.page, round(one.likeness, 2)) for one in alone] == [(2, 1.0)]


def test_the_nearest_are_those_of_a_plain_computation() -> None:
    dice, index = np.random.default_rng(7), VectorIndex()
    whole = dice.normal(size=(60, meaning.SIZE)).astype(np.float32)
    asked = dice.normal(size=meaning.SIZE).astype(np.float32)
    # Half of them lean towards the question, each a little more than the one before.
    for at in range(30):
        whole[at] += asked * (at + 2) / 20
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    asked /= np.linalg.norm(asked)
    for at in range(20):
        index.put(str(at), 1, packed([(n, 0, 1) for n in range(1, 4)], whole[3 * at : 3 * at + 3]))
    plain = {(str(at // 3), at % 3 + 1): float(sum(a * b for a, b in zip(row, asked, strict=True)))
             for at, row in enumerate(whole)}  # fmt: skip
    found = index.nearest(asked, {str(at) for at in range(20)}, most=99)
    least = max(LEAST_LIKENESS, LEAST_SHARE * min(CLEAR, max(plain.values())))
    clear = {place for place, near in plain.items() if near > least + 0.01}
    assert 10 < len(clear) < 30 and {place for place, near in plain.items() if near < least - 0.01}.isdisjoint(
        {(one.document, one.page) for one in found}
    )
    assert clear <= {(one.document, one.page) for one in found}
    assert all(abs(plain[one.document, one.page] - one.likeness) < 0.01 for one in found)
    assert len(found) == len({(one.document, one.page) for one in found})
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)


def test_stretches_are_sentences_in_order() -> None:
    text = "One sentence of some words. " * 40 + "\n\n12\n\n" + "W" * 900 + " end."
    spans = stretches(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)) and len(spans) == 41
    assert {text[slice(*span)].strip() for span in spans[:-1]} == {"One sentence of some words."}
    assert text[slice(*spans[-1])].endswith("end.")
    assert stretches("") == [] and stretches("  \n 12 \n") == []
    row = "Purpose of it | Every child is seen alone by a worker | 12"
    assert [row[slice(*span)] for span in stretches(row)] == ["Purpose of it", "Every child is seen alone by a worker"]
    assert stretches("North team | 12 | 14 visits") == [(0, 27)]


def test_what_differs_in_amounts_alone_says_the_same() -> None:
    assert sameness("Of 40 files 3 were  late.") == sameness("of 9 files 1,204 were\nlate.")
    assert sameness("Of 40 files 3 were late.") != sameness("Of 40 visits 3 were late.")
    assert unnumbered("Section 47 took 16 days in stage 2") == "Section 47 took 7 days in stage 2"


def test_a_stock_sentence_does_not_come_first() -> None:
    """What every document says is nearer to the question; the one passage that answers it is found all the same."""
    model, index = meaning.the_model(), VectorIndex()
    stock = "Supervision takes place at least once a month."
    for at in range(60):
        index.put(str(at), 1, packed([(1, 0, 40)], model.vectors([stock]), [sameness(stock)]))
    one, usual = model.vectors([ANSWER, stock])
    index.put("one", 1, packed([(1, 0, 50)], one[None], [sameness(ANSWER)]))
    asked = model.vectors(["supervision"])[0]
    assert usual @ asked > one @ asked
    everywhere = {"one", *map(str, range(60))}
    assert index.nearest(asked, everywhere, most=50)[0].document == "one"
    # Whoever sees one of those documents only is not told that it is a stock sentence elsewhere.
    assert [near.document for near in index.nearest(asked, {"one", "7"}, most=5)] == ["7", "one"]
    # It stands in sixty documents, and is one answer that says so.
    assert [near.documents for near in index.nearest(asked, everywhere, most=50)] == [1, 60]


def test_a_stock_sentence_that_was_misread_is_still_one() -> None:
    """A picture of a page is read with a slip here and there; that does not make its sentences rare."""
    model, index = meaning.the_model(), VectorIndex()
    stock = "Supervision takes place at least once a month, and is written down within 7 days."
    slip = "Supervision takes place at least once a month, and:is written down within 7 days."
    for at in range(60):
        index.put(str(at), 1, packed([(1, 0, 40)], model.vectors([stock]), [sameness(stock)]))
    index.put("scan", 1, packed([(3, 0, 40)], model.vectors([slip]), [sameness(slip)]))
    index.put("one", 1, packed([(1, 0, 50)], model.vectors([ANSWER]), [sameness(ANSWER)]))
    asked = model.vectors(["supervision"])[0]
    everywhere = {"one", "scan", *map(str, range(60))}
    found = index.nearest(asked, everywhere, most=50)
    assert found[0].document == "one" and [near.documents for near in found] == [1, 60]
    # To whom no other document is in sight it is no stock sentence.
    assert [(near.document, near.documents) for near in index.nearest(asked, {"one", "scan"}, most=5)] == [
        ("scan", 1), ("one", 1)
    ]  # fmt: skip


def test_what_is_not_worthy_is_passed_over() -> None:
    model, index = meaning.the_model(), VectorIndex()
    index.put("a", 1, packed([(1, 0, 11), (2, 5, 90)], model.vectors(["Supervision", ANSWER])))
    asked = model.vectors([QUESTION])[0]
    assert {near.page for near in index.nearest(asked, {"a"}, most=5)} == {1, 2}
    found = index.nearest(asked, {"a"}, most=5, worthy=lambda _, __, start, end: end - start > 20)
    assert [(near.page, near.start) for near in found] == [(2, 5)]


def test_what_says_something_is_more_than_a_heading() -> None:
    assert says_something("Every child is seen alone.") and says_something("keep what was said up to date for them")
    assert not says_something("What children said") and not says_something("What comes next, 11")
    assert not says_something("The drug and") and not says_something("12 | 14 | 19.")
    # What a page or a document is called is no answer, nor is the head of a message.
    titled = "Strategy meetings and section 47 enquiries November 2024"
    assert says_something(titled) and not says_something(titled, [f"{titled}, 876"])
    assert not says_something(f"{titled}, 876\nFrom: officer@example.org", [f"{titled}, 876"])


@pytest.mark.parametrize("k", [0, 60])
def test_orders_are_brought_together_by_reciprocal_rank(k: int) -> None:
    orders = (["a", "b", "c"], ["c", "d"], ["d", "c", "d"])
    plain = {
        thing: sum(1 / (k + list(dict.fromkeys(one)).index(thing) + 1) for one in orders if thing in one)
        for thing in "abcd"
    }
    assert fused(*orders, k=k) == sorted("abcd", key=lambda thing: -plain[thing])
    assert fused() == [] and fused([], ["x"]) == ["x"] and fused(["a"], ["b"]) == ["a", "b"]
