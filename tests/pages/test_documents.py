"""Pages of documents: many files at once, what became of each, submitting, searching, reading and citing."""

import json
import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import documents_story as make
from tests import factories
from tests.documents_story import POLICY, Story, send, submitted

from goldthread.apps.documents import worker
from goldthread.apps.documents.models import Document, Passage
from goldthread.domain import surveys

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return make.story()


def at(told: Story, name: str, **parts: Any) -> str:
    return reverse(name, kwargs={"inspection": told.inspection.pk, **parts})


def browser(told: Story, role: str) -> Client:
    return factories.client_for(told.person(role))


def words(answer: Any) -> str:
    shown = unescape(answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown))


def upload(told: Story, *files: tuple[str, bytes | str], role: str = "uploader", script: bool = False) -> Any:
    held = [SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    sent = {"file": held, "kind": "policy", "areas": ["leadership"], "client_key": str(uuid4())}
    headers = {"x-requested-with": "XMLHttpRequest"} if script else {}
    return browser(told, role).post(at(told, "documents_upload"), sent, headers=headers)


def test_of_many_files_each_has_an_outcome_and_a_bad_one_keeps_none_back(told: Story) -> None:
    answer = upload(told, ("a.txt", POLICY), ("b.pdf", b"words"), ("c.docx", make.word("Seen alone.")))
    page = words(answer)
    assert answer.status_code == 200
    assert "b.pdf: not kept. This file is named as PDF (.pdf), but holds plain text." in page
    assert "L1: sent. It is being read now" in page and "L2: sent. It is being read now" in page
    worker.read_all()
    again = upload(told, ("a.txt", POLICY))
    assert again.status_code == 302 and again.headers["Location"].endswith(f"{Document.objects.get(number=1).pk}/")
    assert upload(told, ("b.pdf", b"words")).status_code == 422
    assert upload(told).status_code == 422 and Document.objects.count() == 2


def test_the_pages_script_is_told_of_each_file_and_of_what_is_here(told: Story) -> None:
    got = json.loads(upload(told, ("a.txt", POLICY), script=True).content)["outcomes"]
    assert got[0]["state"] == "received" and got[0]["address"]
    sha = Document.objects.get().sha256
    have = browser(told, "uploader").post(at(told, "documents_have"), {"sha256": [sha, "f" * 64]})
    assert json.loads(have.content) == {"have": {sha: {
        "state": "again", "address": got[0]["address"],
        "says": "It is the same, byte for byte, as L1, “a”. It was not sent again.",
    }}, "read": {}}  # fmt: skip
    refused = json.loads(upload(told, ("a.pdf", b""), script=True).content)["outcomes"]
    assert refused[0]["state"] == "refused" and "empty" in refused[0]["says"]
    assert browser(told, "inspector").post(at(told, "documents_have"), {"sha256": [sha]}).status_code == 404


def test_the_language_of_a_text_is_noted_and_said_to_be_a_guess(told: Story) -> None:
    polish = submitted(told, " ".join(surveys.language("pl").words.values()), "Ankieta.txt")
    short = submitted(told, "Rotas, 12.", "Rotas.txt")
    assert (make.fresh(polish).language, make.fresh(short).language) == ("pl", "")
    inspector = browser(told, "inspector")
    page = words(inspector.get(at(told, "document", document=polish.pk)))
    assert "Polish, by its words. A search by meaning knows English only" in page
    assert "LanguageNot clear" in words(inspector.get(at(told, "document", document=short.pk))).replace(" Not", "Not")


def test_the_pages_script_is_told_what_came_of_reading(told: Story) -> None:
    """Nothing while it waits; then how many pages were read, or why it cannot be read. Nobody is told of others'."""
    sent = [("a.txt", POLICY), ("Minutes.pdf", b"%PDF-1.7\nhardly begun")]
    for one in sent:
        upload(told, one, script=True)
    ids = {one.title: str(one.pk) for one in Document.objects.all()}
    asked = {"document": [*ids.values(), "no id"]}
    uploader = browser(told, "uploader")
    assert json.loads(uploader.post(at(told, "documents_have"), asked).content) == {"have": {}, "read": {}}
    assert 'hx-trigger="every 3s"' in uploader.get(at(told, "documents_upload")).content.decode()
    worker.read_all()
    read = json.loads(uploader.post(at(told, "documents_have"), asked).content)["read"]
    assert read.keys() == set(ids.values())
    whole, damaged = read[ids["a"]], read[ids["Minutes"]]
    assert whole["state"] == "received" and "read in, 1 part" in whole["says"]
    assert damaged["state"] == "refused" and "damaged" in damaged["says"]
    # The note that it is being read asks again, and is told that the whole page has changed.
    one = f"{at(told, 'documents')}{ids['Minutes']}/"
    assert uploader.get(one, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in uploader.get(one).headers
    assert "every 3s" not in uploader.get(at(told, "documents_upload")).content.decode()


def test_what_a_sender_may_have_overlooked_is_pointed_out_before_it_crosses(told: Story) -> None:
    row = send(told, make.workbook(hidden=True), "plan.xlsx")
    scan = send(told, make.pdf("Text.", pictures=2), "scan.pdf")
    officer = browser(told, "nominated-officer")
    for path in (at(told, "document", document=row.pk), at(told, "documents_submit")):
        assert "1 hidden sheet" in words(officer.get(path)), path
    assert "Before it crosses" in words(officer.get(at(told, "document", document=row.pk)))
    crossed = submitted(told, make.open_text("Text.", comment="Why?"), "crossed.odt")
    shown = words(officer.get(at(told, "document", document=crossed.pk)))
    assert "What else is in the file" in shown and "1 comment" in shown and "Before it crosses" not in shown
    assert "2 of 3 pages are pictures. The text of 2 pages is still to be read from the image." in words(
        officer.get(at(told, "document", document=scan.pk))
    )


def test_the_officer_submits_what_was_shown_and_is_told_of_what_changed(told: Story) -> None:
    row, other = send(told, POLICY), send(told, "Another.", "Another.txt")
    officer, path = browser(told, "nominated-officer"), at(told, "documents_submit")
    page = words(officer.get(path))
    assert "L1: Supervision policy" in page and "L2: Another" in page
    assert officer.post(path, {}).status_code == 422
    changed = officer.post(path, {"documents": [f"{row.pk}@{row.version - 1}"]})
    assert changed.status_code == 422 and "changed while this page was open" in words(changed)
    assert make.fresh(row).status == "staged"
    done = officer.post(path, {"documents": [f"{row.pk}@{row.version}"]})
    assert done.status_code == 302
    assert (make.fresh(row).status, make.fresh(other).status) == ("submitted", "staged")
    assert browser(told, "uploader").get(path).status_code == 403


def test_a_library_as_large_as_is_taken_is_submitted_in_one_sending(told: Story) -> None:
    row = send(told, POLICY)
    officer, path = browser(told, "nominated-officer"), at(told, "documents_submit")
    page = officer.get(path).content.decode()
    assert len(re.findall(rf'(?:name|value)="[^"]*{row.pk}', page)) == 1, "one field a document"
    whole = [f"{uuid4()}@1" for _ in range(settings.DOCUMENT_MOST_FILES - 1)]
    assert officer.post(path, {"documents": [*whole, f"{row.pk}@{row.version}"]}).status_code == 302
    assert make.fresh(row).status == "submitted"


def test_more_files_than_one_sending_takes_are_told_with_what_to_do(told: Story, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    sent = [SimpleUploadedFile(f"{number}.txt", b"Some words.") for number in range(4)]
    answer = browser(told, "uploader").post(
        at(told, "documents_upload"), {"file": sent, "kind": "policy", "client_key": uuid4()}
    )
    assert answer.status_code == 400 and "You sent more than 3 files at once" in words(answer)
    assert "choose 3 files or fewer, and send the others after them" in words(answer)
    assert not Document.objects.exists()


def test_words_are_sought_in_titles_or_in_headings_alone_and_documents_without_an_area_are_a_choice(
    told: Story,
) -> None:
    submitted(told, make.word("Panels meet weekly.", heading="Neglect"), "Visits.docx")
    submitted(told, "Neglect is spoken of here. Visits are made.", "Minutes.txt")
    inspector, path = browser(told, "inspector"), at(told, "documents")

    def found(**more: str) -> str:
        return words(inspector.post(path, more, follow=True))

    anywhere = found(words="neglect")
    assert "2 passages in 2 documents" in anywhere and "Looked for in" not in anywhere
    headings = found(words="neglect", place="heading")
    assert "1 passage in 1 document" in headings and "Under “Neglect”" in headings
    assert "Looked for in headings of pages alone" in headings
    titles = found(words="visits", place="title")
    assert "1 passage in 1 document" in titles and "L1. In its title" in titles
    assert "Nothing was found" in found(words="neglect", place="title")
    assert "Nothing was found" in found(words="neglect -neglect", place="heading")
    assert "1 passage in 1 document" in found(words="visit", place="title", by="meaning"), "in every form, by words"
    assert "2 passages" in found(words="neglect", place="elsewhere"), "a field that is none is not asked for"
    Document.objects.filter(number=2).update(area_slugs="")
    queue = words(inspector.get(at(told, "documents_queue")))
    assert "1 of No area named read by nobody" in queue
    unnamed = words(inspector.get(f"{path}?area=-&marked=nobody"))
    assert "L2" in unnamed and "L1" not in unnamed


def test_search_words_stand_in_no_address_and_only_what_may_be_seen_is_counted(told: Story) -> None:
    submitted(told)
    send(told, "Supervision was staged.", "Kept apart.txt")
    inspector, path = browser(told, "inspector"), at(told, "documents")
    page = inspector.post(path, {"words": "supervision"}, follow=True)
    text = words(page)
    assert "2 passages in 1 document" in text and "Kept apart" not in text and "Also looked for: oversight." in text
    assert b'<mark class="app-found">supervision</mark>' in page.content
    assert "supervision" not in page.content.decode().split("<main")[0]
    assert "3 passages in 2 documents" in words(
        browser(told, "director").post(path, {"words": "supervision"}, follow=True)
    )
    nothing = words(inspector.post(path, {"words": "zebra", "kind": "policy"}, follow=True))
    assert "Nothing was found in 1 document" in nothing
    kept = inspector.post(path, {"words": "", "kind": "policy", "marked": "me"})
    assert kept.status_code == 302 and kept.headers["Location"] == f"{path}?kind=policy&marked=me"
    assert "No document fits" in words(inspector.get(kept.headers["Location"]))
    assert "passages in" not in words(inspector.get(path + "?words=supervision"))


def test_long_results_are_paged_without_the_words_in_an_address(told: Story) -> None:
    submitted(told, "\n".join(f"Supervision was held on day {n}. " + "Other words. " * 300 for n in range(50)))
    inspector, path = browser(told, "inspector"), at(told, "documents")
    first = inspector.post(path, {"words": "supervision"}, follow=True)
    addresses = re.findall(r'(?:href|action)="([^"]*)"', first.content.decode())
    assert "Page 1 of 2" in words(first) and not any("upervision" in one for one in addresses)
    assert "Page 2 of 2" in words(inspector.post(path, {"words": "supervision", "page": "2"}, follow=True))


def test_a_page_is_read_marked_and_cited_with_scripts_off(told: Story) -> None:
    row = submitted(told, make.pdf("Children were heard. They said so. Nobody was late.", "A second page."), "m.pdf")
    inspector = browser(told, "inspector")
    path = at(told, "document_read", document=row.pk)
    assert "Page 1 of 2" in words(inspector.get(path)) and "A second page." in words(inspector.get(path + "?page=2"))
    assert b'<mark class="app-found">Children</mark>' in inspector.post(path, {"words": "child"}, follow=True).content
    cite = at(told, "document_cite", document=row.pk)
    chosen = inspector.get(cite + "?page=1&from=3&to=4").content.decode()
    box = re.search(r'<textarea name="quotation".*?>\s*(.*?)</textarea>', chosen, re.DOTALL)
    assert box is not None and "They said so." in unescape(box.group(1))
    wrong = inspector.post(cite + "?page=1", {"quotation": "Never written", "client_key": str(uuid4())})
    assert wrong.status_code == 422 and "do not stand on page 1" in words(wrong)
    key = str(uuid4())
    done = inspector.post(cite + "?page=1", {"quotation": "They  said so.", "why": "Heard.", "client_key": key})
    passage = Passage.objects.get()
    assert done.headers["Location"] == at(told, "shelf_item", item=passage.evidence_item_id)
    shelf = inspector.get(done.headers["Location"])
    assert "“They said so.”" in words(shelf) and "L1, page 1" in words(shelf)
    assert f"{path}?page=1".encode() in shelf.content
    assert "They said so." in words(inspector.get(at(told, "document", document=row.pk)))
    assert inspector.get(cite + "?page=1&start=0&end=8").status_code == 200


def test_of_words_that_stand_twice_the_chosen_ones_are_cited(told: Story) -> None:
    text = "It was agreed. Nobody spoke. It was agreed. The end."
    row = submitted(told, text)
    inspector, cite = browser(told, "inspector"), at(told, "document_cite", document=row.pk)
    for asked in (f"?page=1&start={text.rindex('It')}&end={text.rindex('It') + 14}", "?page=1&from=3", "?page=1"):
        inspector.post(cite + asked, {"quotation": "It was agreed.", "client_key": str(uuid4())})
    starts = list(Passage.objects.order_by("created_at").values_list("start", flat=True))
    assert starts == [text.rindex("It"), text.rindex("It"), 0]


def test_the_original_leaves_only_as_a_download_that_can_do_nothing(told: Story) -> None:
    row = submitted(told, "<b>not a page</b> but words", "page.txt")
    answer = browser(told, "inspector").post(at(told, "document_original", document=row.pk))
    assert answer.content == b"<b>not a page</b> but words"
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="synthetic-document-1-version-1.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert browser(told, "inspector").get(at(told, "document_original", document=row.pk)).status_code == 405


def test_notes_tags_and_who_has_read_are_the_teams(told: Story) -> None:
    row = submitted(told)
    inspector, here = browser(told, "inspector"), {"document": row.pk}
    inspector.post(at(told, "document_note", **here), {"says": "Ask why.", "client_key": str(uuid4())})
    inspector.post(at(told, "document_tags", **here), {"tag": "Key one"})
    inspector.post(at(told, "document_mark", **here), {"read": "yes"})
    page = words(browser(told, "lead").get(at(told, "document", **here)))
    assert "Ask why." in page and "key one" in page and "Robin inspector" in page
    council = words(browser(told, "nominated-officer").get(at(told, "document", **here)))
    assert "Ask why." not in council and "key one" not in council and "Who has read it" not in council
    queue = words(inspector.get(at(told, "documents_queue")))
    assert "You have read every one." in queue
    for role, status in (("nominated-officer", 404), ("quality-assurance", 403), ("lead", 200)):
        assert browser(told, role).get(at(told, "documents_queue")).status_code == status, role
    inspector.post(at(told, "document_tags", **here), {"off": "key one"})
    assert "key one" not in words(inspector.get(at(told, "document", **here)))


def test_a_taken_back_document_is_read_no_more(told: Story) -> None:
    row = submitted(told)
    officer = browser(told, "nominated-officer")
    path = at(told, "document_withdraw", document=row.pk)
    bare = officer.post(path, {"because": "", "version": str(row.version)})
    assert bare.status_code == 422 and "Say why" in words(bare)
    officer.post(path, {"because": "The wrong file", "version": str(row.version)})
    lead = browser(told, "lead")
    assert "The wrong file" in words(lead.get(at(told, "document", document=row.pk)))
    assert lead.get(at(told, "document_read", document=row.pk)).status_code == 403
    assert lead.post(at(told, "document_original", document=row.pk)).status_code == 403


def test_a_new_version_and_the_old_say_so(told: Story) -> None:
    row = submitted(told)
    uploader = browser(told, "uploader")
    sent = {"file": SimpleUploadedFile("new.txt", b"Entirely new."), "client_key": str(uuid4())}
    done = uploader.post(at(told, "document_replace", document=row.pk), sent)
    assert done.status_code == 302
    page = words(uploader.get(done.headers["Location"]))
    assert "Document L1, version 2" in page and "Version 1" in page
    described = uploader.post(at(told, "document_describe", document=row.pk), {"title": "x", "kind": "policy"})
    assert described.status_code in (409, 422)


def test_the_way_back_leads_to_what_was_found_and_its_address_tells_nobody_what_it_was(told: Story) -> None:
    row = submitted(told, "\n".join(f"Supervision was held on day {n}. " + "Other words. " * 300 for n in range(50)))
    inspector, path = browser(told, "inspector"), at(told, "documents")
    sent = inspector.post(path, {"words": "supervision", "kind": "", "page": "2"})
    where = sent.headers["Location"]
    assert sent.status_code == 302 and "upervision" not in where and where.endswith("&page=2")
    found = inspector.get(where)
    assert "Page 2 of 2" in words(found) and b'<mark class="app-found">Supervision</mark>' in found.content
    search = re.search(r"search=([^&]+)", where)
    assert search is not None
    read = at(told, "document_read", document=row.pk)
    opened = inspector.post(read, {"page": "1", "words": "supervision", "search": search[1], "of": "2"})
    assert f"{path}?search={search[1]}&amp;page=2" in opened.content.decode()
    # It is of no use to anybody else, and what is no search is none.
    assert "passages in" not in words(browser(told, "director").get(where))
    for bad in ("x", "é", search[1][:-4] + "AAAA", "A" * 9000):
        assert "passages in" not in words(inspector.get(path, {"search": bad}))
        assert "Back to what was found" not in words(inspector.post(read, {"page": "1", "search": bad}))


def test_a_hit_is_an_address_that_browsers_go_back_to_and_only_its_asker_can_read(told: Story) -> None:
    row = submitted(told, POLICY, "Supervision.txt")
    found = browser(told, "inspector").post(at(told, "documents"), {"words": "decision"}, follow=True)
    hit = re.search(r'href="([^"]+/read/\?[^"]+)"', found.content.decode())
    assert hit is not None and "decision" not in hit[1] and str(row.pk) in hit[1]
    where = unescape(hit[1])
    page = browser(told, "inspector").get(where)
    assert page.status_code == 200 and b'<mark class="app-found">decision</mark>' in page.content
    assert "Back to what was found" in words(page)
    # Somebody else who is given the address may read the document, and is not told what was sought.
    other = browser(told, "director").get(where)
    assert other.status_code == 200 and b"<mark" not in other.content and "Back to what" not in words(other)


def test_a_damaged_file_is_not_called_sound_before_it_was_opened(told: Story) -> None:
    client = browser(told, "uploader")
    first = client.get(upload(told, ("Minutes.pdf", b"%PDF-1.7\nhardly begun")).headers["Location"])
    assert "It is being read." in words(first) and "whether it can be opened is not known yet" in words(first)
    worker.read_all()
    row = Document.objects.get()
    then = words(client.get(at(told, "document", document=row.pk)))
    assert row.refusal and row.refusal in then and row.mend in then and "being read" not in then
    assert "Cannot be read" in words(client.get(at(told, "documents_upload")))


def test_a_head_has_no_body(told: Story) -> None:
    client = browser(told, "inspector")
    whole, head = (getattr(client, how)(at(told, "documents")) for how in ("get", "head"))
    assert head.status_code == 200 and head.content == b""
    # The pages hold a token of another length of time, but none of another length.
    assert int(head.headers["Content-Length"]) == len(whole.content)


def test_five_hundred_files_dropped_at_once_each_have_an_outcome(told: Story) -> None:
    files = [(f"Minutes {at}.txt", f"Minutes of meeting {at}.") for at in range(500)]
    files[250] = ("Broken.pdf", "not a PDF")
    page = words(upload(told, *files))
    assert Document.objects.count() == 499 and "499 received" in page and "1 not kept" in page
    assert "Broken.pdf: not kept. This file is named as PDF" in page
    assert upload(told, *files, ("One too many.txt", "More.")).status_code == 400 and Document.objects.count() == 499
