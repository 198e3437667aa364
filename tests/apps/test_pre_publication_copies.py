"""Pre-publication copies: one named person of the authority reads a report before its moment, on the record."""

import io
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from tests.accuracy_story import wexcombe as wexcombe
from tests.embargo_story import SECOND, Clock, browser, embargoed, given
from tests.embargo_story import clock as clock
from tests.findings_story import Story

from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.models import Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.domain.embargo import in_words

pytestmark = pytest.mark.django_db


def test_a_copy_is_for_one_named_person_of_the_authority_who_may_read_the_councils_copy(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    for role in ("member", "uploader", "inspector"):
        with pytest.raises(Refused, match="Nobody of the authority"):
            given(wexcombe, held, role)
    with pytest.raises(Refused, match="Nobody of the authority"):
        given(wexcombe, held, email="nobody@example.org")
    key = uuid4()
    copy = given(wexcombe, held, client_key=key)
    assert given(wexcombe, held, client_key=key).pk == copy.pk
    with pytest.raises(Refused, match="has a copy already"):
        given(wexcombe, held)
    where = reverse("pre_copy", args=[copy.inspection_id, copy.pk])
    assert browser(wexcombe, "director").get(where).status_code == 200
    for role in ("nominated-officer", "member", "lead", "inspector", "quality-assurance", "disclosure-checker"):
        assert browser(wexcombe, role).get(where).status_code == 404
        assert browser(wexcombe, role).post(where).status_code == 404
        assert browser(wexcombe, role).post(where + "file/", {"format": "pdf"}).status_code == 404


def test_a_copy_is_opened_on_the_record_under_its_readers_mark_and_the_words_of_the_embargo(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    where = reverse("pre_copy", args=[copy.inspection_id, copy.pk])
    reader = browser(wexcombe, "director")
    assert "Read your pre-publication copy" in reader.get(reverse("home")).content.decode()
    shut = reader.get(where).content.decode()
    assert "Most help comes early." not in shut and in_words(held.published_at) in shut
    assert not Entry.objects.filter(event="pre-copy.opened").exists(), "to look at its terms is no opening"
    for times in (1, 2):
        opened = reader.post(where).content.decode()
        assert "Most help comes early." in opened
        assert f"Not to be shared before {in_words(held.published_at)}. Copy for Robin director" in opened
        assert Entry.objects.filter(event="pre-copy.opened", side="team").count() == times
    (seen,) = queries.pre_copies(held)
    assert seen.looks == 2 and seen.last is not None


@pytest.mark.parametrize("form", ["pdf", "docx", "odt"])
def test_a_file_of_a_copy_carries_the_mark_on_every_page(wexcombe: Story, form: str) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    where = reverse("pre_copy_file", args=[copy.inspection_id, copy.pk])
    told = browser(wexcombe, "director").post(where, {"format": form})
    assert told.status_code == 200 and "under-embargo" in told["Content-Disposition"]
    assert told.content != bytes(held.pdf)
    if form == "pdf":
        mark = f"Not to be shared before {in_words(held.published_at)}. Copy for Robin director"
        pages = list(pypdfium2.PdfDocument(io.BytesIO(told.content)))
        assert pages
        for page in pages:
            assert mark in " ".join(page.get_textpage().get_text_range().split())
    assert Entry.objects.get(event="pre-copy.file").detail == {"form": form}


def test_a_copy_that_is_taken_back_opens_no_more_and_can_be_given_anew(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    words = {"publication": held, "copy": copy.pk, "by": wexcombe["lead"]}
    with pytest.raises(actions.NoteNeeded):
        actions.take_pre_copy_back(because="", **words)
    actions.take_pre_copy_back(because="It was passed on.", **words)
    where = reverse("pre_copy", args=[copy.inspection_id, copy.pk])
    reader = browser(wexcombe, "director")
    assert "has taken this copy back" in reader.get(where).content.decode()
    told = reader.post(where, follow=True).content.decode()
    assert "has taken this copy back" in told and "Most help comes early." not in told
    assert reader.post(where + "file/", {"format": "pdf"}).status_code == 403
    assert "pre-publication copy" not in reader.get(reverse("home")).content.decode()
    assert not Entry.objects.filter(event__in=("pre-copy.opened", "pre-copy.file")).exists()
    assert Entry.objects.get(event="pre-copy.taken-back").detail == {"because": "It was passed on."}
    assert given(wexcombe, held).pk != copy.pk


def test_a_copy_ends_by_itself_at_the_moment_and_leads_to_the_published_report(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    where = reverse("pre_copy", args=[copy.inspection_id, copy.pk])
    reader = browser(wexcombe, "director")
    clock(held.published_at - SECOND)
    assert reader.post(where).status_code == 200
    clock(held.published_at)
    assert reader.post(where).status_code == 302
    told = reader.get(where).content.decode()
    assert "this copy has ended" in told and reverse("published_report", args=[held.slug]) in told
    assert "pre-publication copy" not in reader.get(reverse("home")).content.decode()


def test_whoever_loses_the_role_loses_the_copy(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    copy = given(wexcombe, held)
    Membership.objects.filter(person=wexcombe.person("director")).update(role="member")
    reader = browser(wexcombe, "director")
    assert reader.get(reverse("pre_copy", args=[copy.inspection_id, copy.pk])).status_code == 404
    assert "pre-publication copy" not in reader.get(reverse("home")).content.decode()
