"""The invented library: each question's passage stands once, in the document that is named for it."""

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
    first, again = ([one.name for one in make_corpus(6)] for _ in range(2))
    assert first == again and len(set(first)) == 6
    assert questions(6) == questions(6) and questions(6) != questions(6, seed=7)
