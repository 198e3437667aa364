"""The invented library: each question's passage stands once, in the document that is named for it."""

import re
from pathlib import Path

from goldthread.engines.documents import read_document
from goldthread.readers.documents.kinds import kind_of
from goldthread.synthetic.corpus import make_corpus, questions
from goldthread.synthetic.corpus_questions import QUESTIONS
from goldthread.synthetic.documents import SAYS_SO


def test_each_passage_stands_in_the_one_document_that_is_named(tmp_path: Path) -> None:
    texts = {}
    for made in make_corpus(10):
        path = tmp_path / "held"
        path.write_bytes(made.data)
        pages = read_document(path, kind_of(made.name, path), most_pages=100).pages
        texts[made.name] = " ".join(" ".join(page.text for page in pages).split())
    assert len(texts) == 10 and all(SAYS_SO in text for text in texts.values())
    asked = questions(10)
    assert len(asked) == len(QUESTIONS) == len({one.passage for one in asked}) == 60
    for one in asked:
        assert [name for name, text in texts.items() if one.passage in text] == [one.document], one.words


def test_the_same_seed_gives_the_same_library() -> None:
    # Word, PDF and OpenDocument files hold the time at which they were made; the plain ones are the same byte for byte.
    first, again = (list(make_corpus(12)) for _ in range(2))
    assert [one.name for one in first] == [one.name for one in again] and len({one.name for one in first}) == 12
    plain = [pair for pair in zip(first, again, strict=True) if pair[0].name.endswith((".txt", ".csv", ".eml"))]
    assert len(plain) > 2 and [one.data for one, _ in plain] == [other.data for _, other in plain]
    assert questions(6) == questions(6) and questions(6) != questions(6, seed=7)


def test_what_is_asked_in_a_passages_own_words_stands_in_it() -> None:
    for one in questions(10):
        typed, there = (re.findall(r"\w+", text.casefold()) for text in (one.in_its_words, one.passage))
        assert 2 <= len(typed) <= 10 and set(typed) <= set(there), one.in_its_words
