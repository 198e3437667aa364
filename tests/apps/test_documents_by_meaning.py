"""Documents found by what they mean: by nobody who may not see them, sealed, and told while it is not known of all."""

import threading

import pytest
from django.db import connection
from tests import documents_story as make
from tests.documents_story import Story, send, submitted

from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.documents import actions, holdings, learner, queries
from goldthread.apps.documents.actions.learning import keep_meaning
from goldthread.apps.documents.models import Document, DocumentMeaning
from goldthread.apps.documents.queries import Choice, Result, opening, searching
from goldthread.apps.submissions.models import InspectionKey
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.engines import meaning

pytestmark = pytest.mark.django_db

QUESTION = "supervision cancelled because of sickness"
ANSWER = "When a manager is ill, one-to-one meetings with practitioners lapse, and nobody else holds them."
OTHER = "The car park of the town hall is being resurfaced in the spring."


@pytest.fixture
def told() -> Story:
    return make.story()


def asked(told: Story, role: str, words: str = QUESTION, **more: str) -> Result:
    return queries.search(told[role], told.inspection, Choice(words=words, **more))


def titles(result: Result) -> list[str]:
    return [hit.document.title for hit in result.hits]


def test_a_passage_in_other_words_is_found_and_shown(told: Story) -> None:
    submitted(told, f"{OTHER}\n\n{ANSWER}", "Standards.txt")
    submitted(told, OTHER, "Parking.txt")
    before = asked(told, "inspector")
    assert (titles(before), before.way, before.known.documents, before.known.of) == ([], "words", 0, 2)
    assert learner.learn_all() == 2 and learner.learn_all() == 0
    found = asked(told, "inspector")
    assert (titles(found), found.way, found.near, found.pages) == (["Standards"], "", 1, 1) and found.known.whole
    hit = found.hits[0]
    start, end = map(int, hit.near.split("-"))
    assert ANSWER in holdings.pages_of(hit.document)[0].text[start:end] and ANSWER in hit.pieces[0][0]
    assert titles(asked(told, "inspector", by="words")) == []
    assert titles(asked(told, "inspector", by="meaning")) == ["Standards"]


def test_nobody_finds_or_counts_what_they_may_not_see(told: Story) -> None:
    row = send(told, ANSWER, "Standards.txt")
    other = submitted(told, f"Rotas.\n\n{ANSWER}", "Rotas.txt")
    learner.learn_all()
    for role, seen in (("inspector", ["Rotas"]), ("uploader-2", []), ("disclosure-checker", [])):
        found = asked(told, role)
        assert (titles(found), found.pages, found.known.of) == (seen, len(seen), len(seen)), role
    assert sorted(titles(asked(told, "director"))) == ["Rotas", "Standards"]
    now = make.fresh(other)
    actions.withdraw(document=now, because="Wrong file", version=now.version, by=told["nominated-officer"])
    assert titles(asked(told, "inspector")) == [] and titles(asked(told, "director")) == [row.title]
    assert titles(asked(told, "director", kind="training", by="meaning")) == []


def test_words_and_meaning_are_fused_and_each_page_stands_once(told: Story) -> None:
    submitted(told, f"{QUESTION}. {ANSWER}", "Both.txt")
    submitted(told, ANSWER, "Meaning.txt")
    submitted(
        told, "Sickness of the bus driver: the supervision of the outing was cancelled because of it.", "Words.txt"
    )
    learner.learn_all()
    found = asked(told, "inspector")
    assert sorted(titles(found)) == ["Both", "Meaning", "Words"] and titles(found)[-1] == "Meaning"
    assert (found.pages, found.documents, found.near) == (3, 3, 1)
    assert [bool(hit.near) for hit in found.hits if hit.document.title == "Meaning"] == [True]


def test_missing_children_are_found_by_what_is_said_of_interviews_after_their_return(told: Story) -> None:
    said = "Return interviews after an episode are held by somebody whom the young person does not know."
    submitted(told, f"{OTHER} {said}", "Quarter.txt")
    submitted(told, "Children told us that the library opens too late. Their bus is never there.", "Bus.txt")
    learner.learn_all()
    found = asked(told, "inspector", "missing children", by="meaning")
    assert titles(found)[0] == "Quarter" and said in found.hits[0].pieces[0][0]
    assert "return home interviews" in found.otherwise and "missing children" not in found.otherwise
    assert asked(told, "inspector", '"missing children"').otherwise == ()
    assert asked(told, "inspector", "missing children", by="words").otherwise == ()


def test_a_title_that_runs_into_a_stock_sentence_is_no_hit_and_one_with_something_to_say_is(told: Story) -> None:
    title, stock = "Return interviews after missing episodes", "Made for staff of the county and nobody else."
    for number in range(5):
        submitted(
            told, f"{title}\n{stock}\nThe car park {number} of the town hall is being resurfaced.", f"{title}.txt"
        )
    submitted(told, f"{title}\nMissing children are asked within three days what happened to them.", f"{title}.txt")
    learner.learn_all()
    found = asked(told, "inspector", "missing children", by="meaning")
    told_of = [hit.pieces[0][0] for hit in found.hits]
    assert told_of and not any(stock in one for one in told_of), told_of
    assert any("asked within three days" in one for one in told_of)


def test_what_is_exact_is_taken_at_its_word(told: Story) -> None:
    submitted(told, ANSWER, "Standards.txt")
    learner.learn_all()
    for words in ('"supervision cancelled"', "supervision -cancelled"):
        found = asked(told, "inspector", words)
        assert (titles(found), found.way, found.at_its_word) == ([], "words", True), words
    assert titles(asked(told, "inspector", "-supervision")) == []
    # A slip of spelling is put right before the meaning is asked for.
    assert titles(asked(told, "inspector", "Maneger ill")) == ["Standards"]


def test_the_meaning_is_told_of_as_many_as_it_is_known_of(told: Story) -> None:
    submitted(told, ANSWER, "First.txt")
    learner.learn_all()
    submitted(told, f"Again. {ANSWER}", "Second.txt")
    part = asked(told, "inspector")
    assert (titles(part), part.known.documents, part.known.of, part.known.whole) == (["First"], 1, 2, False)
    DocumentMeaning.objects.update(model="an older model")
    assert asked(told, "inspector").way == "words"
    assert learner.learn_all() == 2 and sorted(titles(asked(told, "inspector"))) == ["First", "Second"]
    assert set(DocumentMeaning.objects.values_list("model", flat=True)) == {meaning.NAME}


def test_vectors_lie_sealed_and_go_with_the_key(told: Story) -> None:
    row = submitted(told, ANSWER, "Standards.txt")
    count, packed = learner.worked_out(Document.objects.get(pk=row.pk))
    learner.learn_all()
    with connection.cursor() as asking:
        asking.execute("SELECT sealed FROM documents_documentmeaning")
        kept = bytes(asking.fetchall()[0][0])
    assert count == 1 and packed[-64:] not in kept and len(kept) > len(packed)
    with pytest.raises(Refused):
        keep_meaning(document=row, model="x", stretches=1, packed=packed, by=told["inspector"])
    InspectionKey.objects.all().delete()
    fresh = Document.objects.select_related("inspection").get(pk=row.pk)
    with pytest.raises(CannotUnseal):
        holdings.meaning_of(DocumentMeaning.objects.get(), fresh.inspection)


def test_a_document_that_fails_or_was_taken_back_keeps_no_other_back(
    told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    bad, good = submitted(told, "A broken one.", "Bad.txt"), submitted(told, ANSWER, "Good.txt")
    true = learner.worked_out

    def worked_out(document: Document) -> tuple[int, bytes]:
        if document.pk == bad.pk:
            raise MemoryError
        return true(document)

    monkeypatch.setattr(learner, "worked_out", worked_out)
    assert learner.learn_all() == 2 and titles(asked(told, "inspector")) == [good.title]
    assert learner.learn_all() == 0
    actions.withdraw(
        document=make.fresh(good), because="Wrong", version=make.fresh(good).version, by=told["nominated-officer"]
    )
    assert not keep_meaning(document=good, model="x", stretches=0, packed=b"", by=PROGRAMME)


def test_without_the_package_words_are_searched(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted(told, ANSWER, "Standards.txt")
    learner.learn_all()
    monkeypatch.setattr(meaning, "folder", lambda: None)
    found = asked(told, "inspector", "manager lapse", by="meaning")
    assert (titles(found), found.way, found.known.of) == (["Standards"], "words", 0)
    assert learner.learn_next() is False and not queries.meaning_at_hand()


def test_a_word_that_nearly_every_page_has_is_left_away_where_others_are_sought(told: Story) -> None:
    """Both ways, what means the same is shown instead of every page; by words only they are shown all the same."""
    for number in range(24):
        submitted(told, f"The school of district {number} has {number} places.", f"Plain {number}.txt")
    submitted(told, "Pupils who are tormented by others can tell a teacher at any time.", "Answer.txt")
    learner.learn_all()
    found = asked(told, "inspector", words="bullying at school")
    assert found.common == ("school",) and (found.worded, found.some) == (0, False)
    assert "Answer" in titles(found) and found.pages < 10
    plain = asked(told, "inspector", words="bullying at school", by="words")
    assert (plain.pages, plain.common, plain.some) == (24, (), True)
    # What is sought alone is never left away.
    alone = asked(told, "inspector", words="school")
    assert alone.common == () and alone.worded == 24


def test_a_hit_by_its_heading_shows_where_the_word_stands(told: Story) -> None:
    submitted(told, ANSWER, "Zebra crossing policy.txt")
    hits = asked(told, "inspector", words="zebra", by="words").hits
    assert [[piece for piece, found in hit.pieces if found] for hit in hits if not hit.page] == [["Zebra"]]


def test_what_searches_need_is_opened_before_anybody_asks(told: Story) -> None:
    submitted(told, ANSWER, "Standards.txt")
    learner.learn_all()
    assert opening.latest() == [told.inspection.pk]
    searching._HELD.clear()
    opening._OPENING[told.inspection.pk] = threading.Event()
    assert opening.still_opening(told.inspection, wait=0)
    opening._open_all(opening.latest())
    assert not opening.still_opening(told.inspection) and not opening._OPENING
    assert len(searching._HELD[told.inspection.pk].held) == 1


def test_without_documents_nothing_is_opened(told: Story) -> None:
    assert opening.latest() == [] and opening.begin() is None and not opening.still_opening(told.inspection)
