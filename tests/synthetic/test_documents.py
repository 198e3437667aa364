"""Invented documents are real files of their kinds, each unlike the others, and the same for the same seed."""

from pathlib import Path

from goldthread.engines.documents import read_document
from goldthread.readers.documents.kinds import kind_of
from goldthread.synthetic.documents import FORMATS, SAYS_SO, make_documents


def test_each_is_a_file_of_its_kind_that_says_what_it_is(tmp_path: Path) -> None:
    made = list(make_documents(len(FORMATS), sections=2))
    for one in made:
        path = tmp_path / "held"
        path.write_bytes(one.data)
        kind = kind_of(one.name, path)
        assert one.name.endswith(f".{kind}") and one.about_from < one.about_to
        text = " ".join(" ".join(page.text for page in read_document(path, kind, most_pages=50).pages).split())
        assert SAYS_SO in text, one.name


def test_the_same_seed_gives_the_same_words_and_none_are_alike() -> None:
    first, again = (list(make_documents(30, sections=1)) for _ in range(2))
    assert [one.name for one in first] == [one.name for one in again]
    texts = [one.data for one in first if one.name.endswith(".txt")]
    assert texts == [one.data for one in again if one.name.endswith(".txt")]
    assert len({one.name for one in first}) == len({one.data for one in first}) == 30
