"""Passages taken out of documents: gone from the made version, which is verified; the whole is held back."""

from uuid import uuid4

import pytest
from tests import documents_story as make
from tests.documents_story import Story, fresh, send, submitted

from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import actions, holdings, queries, redactor, seer
from goldthread.apps.documents.models import Document, Redaction
from goldthread.apps.documents.queries import Choice
from goldthread.apps.journal.models import Entry
from goldthread.domain.redacting import TAKEN_OUT, Box

pytestmark = pytest.mark.django_db

SAYS = "On 3 May the child moved to 27 Larch Close, and Ms Okonkwo agreed. It was an annual plan."


@pytest.fixture
def told() -> Story:
    return make.story()


def chosen(told: Story, row: Document, *passages: str, areas: tuple[Box, ...] = ()) -> Redaction:
    return actions.choose(
        document=row, passages=list(passages), areas=list(areas), client_key=uuid4(), by=told["uploader"]
    )


def made(told: Story, row: Document, *passages: str, areas: tuple[Box, ...] = ()) -> Redaction:
    asked = actions.ask(redaction=chosen(told, row, *passages, areas=areas), by=told["uploader"])
    assert redactor.make_all() == 1
    return Redaction.objects.select_related("made", "document").get(pk=asked.pk)


def found(told: Story, role: str, words: str) -> list[str]:
    result = queries.search(told[role], told.inspection, Choice(words=words, by="words"))
    return [hit.document.mark for hit in result.hits]


def finished(told: Story) -> None:
    from goldthread.apps.documents import worker

    worker.read_all()
    seer.see_all()


def test_of_a_pdf_the_words_and_the_pixels_are_gone_and_the_rest_is_searched_and_handed_on(told: Story) -> None:
    row = send(told, make.pdf(SAYS), "Larch Close plan.pdf")
    done = made(told, row, "Larch Close", "Ms Okonkwo")
    assert (done.status, done.refusal) == ("made", "")
    finished(told)
    new = fresh(done.made)
    assert (new.edition, new.status, new.ending, new.replaces) == (2, "staged", "pdf", row)
    assert new.title == "[taken out] plan" and new.label == "redacted-1.pdf"
    data = holdings.whole_file(new)
    assert b"Larch" not in data and b"Okonkwo" not in data
    text = queries.texts_of(new)[0].text if hasattr(queries, "texts_of") else queries.page_of(new, 1).text
    assert "Okonkwo" not in text and "Larch" not in text and "the child moved to 27" in text
    officer = told["nominated-officer"]
    assert queries.awaiting_submission(officer, told.inspection) == [new]
    actions.submit(inspection=told.inspection, documents=[(new, new.version)], by=officer)
    assert found(told, "inspector", "annual plan") == ["L1, version 2"]
    assert found(told, "inspector", "okonkwo") == []
    assert not queries.visible_to(told["inspector"]).filter(pk=row.pk).exists()


def test_of_a_text_the_words_are_gone_and_it_says_so(told: Story) -> None:
    row = send(told, make.word(SAYS, "Another line."), "plan.docx")
    done = made(told, row, "larch close", "okonkwo")
    finished(told)
    new = fresh(done.made)
    text = holdings.whole_file(new).decode()
    assert new.ending == "txt" and text.count("[taken out]") == 2
    assert "Larch" not in text and "Okonkwo" not in text and "Another line." in text
    assert done.document.sha256 == row.sha256 and b"Okonkwo" not in holdings.whole_file(new)


def test_of_a_scan_words_are_taken_out_by_what_was_read_and_areas_by_where_they_lie(told: Story) -> None:
    row = send(told, make.scanned(make.scan(SAYS), make.scan("A signature.")), "plan.pdf")
    with pytest.raises(Refused, match="still being read"):
        chosen(told, row, "Okonkwo")
    seer.see_all()
    done = made(told, fresh(row), "Okonkwo", areas=(Box(2, 0, 0, 10_000, 10_000),))
    assert (done.status, done.refusal) == ("made", "")
    finished(told)
    first, second = (queries.page_of(fresh(done.made), number) for number in (1, 2))
    assert first is not None and "Okonkwo" not in first.text and "Larch Close" in first.text
    assert second is not None and second.text == ""


def test_what_is_left_in_a_picture_on_a_page_of_text_is_found_and_nothing_is_kept(told: Story) -> None:
    row = send(told, mixed(), "plan.pdf")
    assert fresh(row).picture_pages == 0
    done = made(told, row, "Okonkwo")
    assert done.status == "refused" and done.made is None
    assert "line 1 of the passages on page 1" in done.refusal and "Okonkwo" not in done.refusal
    assert Document.objects.count() == 1
    again = made(told, row, "Okonkwo", areas=(Box(1, 0, 5_000, 10_000, 10_000),))
    assert (again.status, again.refusal) == ("made", "")


def mixed() -> bytes:
    """A page with words as text above, and the same words in a picture below."""
    import io

    import pypdfium2

    with pypdfium2.PdfDocument(make.pdf(f"{SAYS} {SAYS}")) as whole:
        page = whole[0]
        image = pypdfium2.PdfImage.new(whole)
        image.load_jpeg(io.BytesIO(make.scan(SAYS)))
        image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842).translate(0, -421))
        page.insert_obj(image)
        page.gen_content()
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def test_what_stands_nowhere_or_is_nothing_is_refused_without_a_word_of_it(told: Story) -> None:
    row = send(told, make.pdf(SAYS), "plan.pdf")
    with pytest.raises(Refused, match="line 2 stands nowhere") as caught:
        chosen(told, row, "Larch Close", "Zqxwv")
    assert "Zqxwv" not in str(caught.value.reason)
    for passages, areas, says in (
        ((), (), "at least one passage"), (("x",), (), "2 to 300 characters"), ((), (Box(9, 0, 0, 1, 1),), "1 pages"),
        (tuple(f"word {at}" for at in range(61)), (), "At most 60"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            chosen(told, row, *passages, areas=areas)
    text = send(told, SAYS, "plan.txt")
    with pytest.raises(Refused, match="no look of their own"):
        chosen(told, text, areas=(Box(1, 0, 0, 9, 9),))
    slides = send(told, make.zipped({"[Content_Types].xml": "x", "ppt/a.xml": "x"}), "a.pptx")
    with pytest.raises(Refused, match="upload that, and redact it"):
        chosen(told, slides, "Larch")
    assert not Redaction.objects.exists()


def test_the_whole_is_held_back_until_the_version_without_is_taken_back(told: Story) -> None:
    row = send(told, SAYS, "plan.txt")
    done = made(told, row, "Okonkwo")
    officer, row = told["nominated-officer"], fresh(row)
    with pytest.raises(Refused, match="Passages were taken out of L1"):
        actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=officer)
    actions.withdraw(document=done.made, because="", version=done.made.version, by=told["uploader"])
    actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=officer)
    assert fresh(row).status == "submitted"


def test_choosing_twice_is_once_and_asking_twice_makes_one(told: Story) -> None:
    row, key = send(told, SAYS, "plan.txt"), uuid4()
    first, second = (
        actions.choose(document=row, passages=["Okonkwo"], areas=[], client_key=key, by=told["uploader"])
        for _ in range(2)
    )
    assert first == second
    for _ in range(2):
        actions.ask(redaction=first, by=told["uploader"])
    assert redactor.make_all() == 1
    actions.ask(redaction=first, by=told["uploader"])
    assert redactor.make_all() == 0 and Document.objects.count() == 2
    events = list(Entry.objects.filter(event__startswith="redaction.").values_list("event", flat=True))
    assert sorted(events) == ["redaction.asked", "redaction.chosen", "redaction.made"]
    assert "Okonkwo" not in str(list(Entry.objects.values()))
    assert b"Okonkwo" not in bytes(first.sealed)


def test_only_who_may_upload_it_may_take_something_out_and_the_team_never(told: Story) -> None:
    row = submitted(told, SAYS, "plan.txt")
    for role in ("inspector", "lead", "uploader-2", "director"):
        with pytest.raises(Refused):
            actions.choose(document=row, passages=["Okonkwo"], areas=[], client_key=uuid4(), by=told[role])
    held = chosen(told, row, "Okonkwo")
    for role in ("inspector", "uploader-2"):
        with pytest.raises(Refused):
            actions.ask(redaction=held, by=told[role])


def test_a_version_that_was_overtaken_is_not_redacted_and_one_that_cannot_be_made_says_why(told: Story) -> None:
    row = send(told, SAYS, "plan.txt")
    held = chosen(told, row, "Okonkwo")
    send(told, f"{SAYS} Newer.", "plan.txt", replaces=row)
    with pytest.raises(Refused, match="newer version"):
        actions.ask(redaction=held, by=told["uploader"])
    other = actions.ask(redaction=chosen(told, send(told, f"{SAYS} 2", "b.txt"), "Okonkwo"), by=told["uploader"])
    Redaction.objects.filter(pk=other.pk).update(attempts=3)
    assert redactor.make_next() is False
    other.refresh_from_db()
    assert (other.status, other.refusal) == ("refused", "It was tried three times and could not be made.")


def test_each_standing_counts_once_however_many_boxes_it_has(told: Story) -> None:
    long = "The manager of the home at Larch Close wrote down why each decision of the year was made and by whom."
    row = send(told, make.pdf(f"{long} {long}"), "plan.pdf")
    held = queries.preview(chosen(told, row, long, "Larch Close", areas=(Box(1, 0, 0, 900, 900),)), 1)
    assert held.passages == ((long, 2), ("Larch Close", 2))
    assert (held.areas, held.pages, held.spans) == ((Box(1, 0, 0, 900, 900),), (1,), ())
    scan = send(told, make.scan(long), "scan.jpg")
    seer.see_all()
    assert queries.preview(chosen(told, fresh(scan), "the home at Larch Close"), 1).passages[0][1] == 1


def test_black_bars_are_read_as_what_was_taken_out_and_not_as_words(told: Story) -> None:
    row = send(told, make.scanned(make.scan(SAYS)), "minutes.pdf")
    finished(told)
    done = made(told, fresh(row), "Larch Close", "Ms Okonkwo")
    finished(told)
    page = queries.page_of(fresh(done.made), 1)
    assert page is not None and page.text.count(TAKEN_OUT) == len(page.text.split(TAKEN_OUT)) - 1 >= 1
    left = page.text.replace(TAKEN_OUT, " ").split()
    # What is left are words of the page itself, none that the reader made of a bar.
    assert set(left) <= set(SAYS.split()) and left
