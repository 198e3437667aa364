"""Searching documents by meaning: the choice, what is said of it, and the way to the stretch that was found."""

import html
import re
from typing import Any

import pytest
from tests import documents_story as make
from tests.documents_story import Story, submitted
from tests.pages.test_documents import at, browser, words

from goldthread.apps.documents import learner

pytestmark = pytest.mark.django_db

QUESTION = "supervision cancelled because of sickness"
ANSWER = "When a manager is ill, one-to-one meetings with practitioners lapse, and nobody else holds them."


@pytest.fixture
def told() -> Story:
    return make.story()


def look(told: Story, **sent: str) -> Any:
    return browser(told, "inspector").post(at(told, "documents"), {"words": QUESTION, **sent}, follow=True)


def test_a_passage_found_by_meaning_is_marked_where_it_stands(told: Story) -> None:
    row = submitted(
        told, f"The car park is resurfaced in the spring.\n\n{ANSWER}\n\n{'Nothing of it. ' * 40}", "Rotas.txt"
    )
    assert "The meaning is known of 0 of 1 documents with text" in words(look(told))
    learner.learn_all()
    found = look(told)
    says = words(found)
    assert "1 passage in 1 document" in says and "1 was found by meaning" in says and "By meaning" in says
    assert "The meaning is known of" not in says and ANSWER in says
    hit = re.search(r'href="([^"]+/read/\?page=1&amp;search=[^"]+&amp;near=\d+-\d+)"', found.content.decode())
    assert hit is not None and "sickness" not in hit[1] and "supervision" not in hit[1]
    page = browser(told, "inspector").get(html.unescape(hit[1]))
    assert page.status_code == 200
    marked = re.search(r'<mark class="app-found">(.*?)</mark>', page.content.decode(), re.DOTALL)
    assert marked is not None and ANSWER in html.unescape(marked[1]) and "nearest in meaning" in words(page)
    for nonsense in ("x", "9-1", "-5", "1-", "999999-1000000", "1-2-3", "٣-٤"):
        answer = browser(told, "inspector").post(
            at(told, "document_read", document=row.pk), {"page": "1", "words": "lapse", "near": nonsense}
        )
        assert answer.status_code == 200 and b'<mark class="app-found">lapse</mark>' in answer.content, nonsense


def test_the_choice_is_kept_and_what_is_exact_is_explained(told: Story) -> None:
    submitted(told, ANSWER, "Rotas.txt")
    learner.learn_all()
    only = look(told, by="words")
    assert '<option value="words" selected>' in only.content.decode() and "Nothing was found" in words(only)
    assert "1 passage in 1 document" in words(look(told, by="meaning"))
    assert "are taken at their word" in words(look(told, words='"cancelled"'))
    assert "count for words only" in words(look(told, words='"cancelled"', by="meaning"))
    assert look(told, by="nonsense").status_code == 200
    kept = look(told, words="", by="meaning", kind="policy")
    assert kept.redirect_chain[-1][0].endswith("?kind=policy")
