"""Own instruments in use: published, drawn for, answered, superseded and withdrawn, page by page."""

from uuid import uuid4

import pytest
from django.test import Client
from tests import factories
from tests.cases_story import Story, story
from tests.drafts_story import CHECK, at_form, begun, filled, of, quality, words
from tests.factories import client_for
from tests.pages.test_cases import at, browser

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.cases.models import CaseReview, Draw
from goldthread.apps.drafting import actions, known
from goldthread.apps.drafting.models import Draft, OwnVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Client:
    return client_for(quality())


# Publishing, and in use


def publish(client: Client, draft: Draft, note: str = "The first.") -> OwnVersion:
    answer = at_form(client, of(draft, "publish"), note=note)
    assert answer.status_code == 302, words(answer)
    return OwnVersion.objects.latest("published_at")


def test_from_a_draft_to_a_review_and_on_to_the_next_version(writer: Client) -> None:
    wexcombe: Story = story()
    lead, inspector = browser(wexcombe, "lead"), browser(wexcombe, "inspector")
    plan = at("draw_new", wexcombe)
    draft = begun(writer)
    assert "Our check" not in words(lead.get(plan)), "a draft is not offered"
    own = publish(writer, draft)
    assert writer.get(of(draft)).url == "/instruments/our-check-1/"
    assert "Our check" in words(lead.get(plan))
    sent = {
        "submission": str(wexcombe.submission.pk) if wexcombe.submission else "", "population": "open-cases",
        "strata": ["service"], "size": "4", "seed": "own", "purpose": "Our check", "instrument": own.slug,
        "step": "draw", "client_key": str(uuid4()), "listed": "",
    }  # fmt: skip
    drawn = lead.post(plan, sent)
    assert drawn.status_code == 302, words(drawn)
    draw = Draw.objects.get()
    assert draw.instrument == "our-check-1"
    review = wexcombe.review(wexcombe.case(draw))
    sheet = inspector.get(at("case_review", wexcombe, review=review.pk))
    assert "Is there a plan in force" in words(sheet)

    started = writer.post(f"/drafts/versions/{own.pk}/next/", {"client_key": str(uuid4())})
    second = Draft.objects.get(status="writing")
    assert started.url == of(second)
    at_form(writer, of(second, "questions", "plan-now"), text="Could somebody act on the plan tomorrow?")
    at_form(writer, of(second, "questions", "seen-lately", "remove"))
    told = words(writer.get(of(second, "publish")))
    assert "What changed since version 1" in told and "Could somebody act" in told
    publish(writer, second, "One question fewer.")
    changes = words(client_for(factories.person("Anybody")).get("/instruments/our-check-2/changes/"))
    for part in (
        "Gone",
        "Was the child seen, and heard",
        "Could somebody act on the plan tomorrow?",
        "One question fewer.",
    ):
        assert part in changes
    assert "Superseded by" in words(writer.get("/instruments/our-check-1/"))

    page = at("case_review", wexcombe, review=review.pk)
    again = inspector.get(page)
    assert "Is there a plan in force" in words(again) and "has come out since" in words(again)
    answers = filled(again, instrument="our-check-2")
    refused = inspector.post(page, answers)
    assert refused.status_code == 403 and "given to other questions" in words(refused)
    assert CaseReview.objects.get().instrument == "our-check-1"
    offered = words(lead.get(plan))
    assert "Our check, version 2" in offered


def test_a_version_is_withdrawn_and_offered_again_with_the_reason(writer: Client) -> None:
    own = publish(writer, begun(writer))
    assert own.slug in known.current_instruments()
    path = f"/drafts/versions/{own.pk}/"
    assert at_form(writer, path + "withdraw/", because="").status_code == 422
    assert at_form(writer, path + "withdraw/", because="Two questions ask the same.").status_code == 302
    page = words(writer.get("/instruments/our-check-1/"))
    assert "Withdrawn" in page and "Two questions ask the same." in page
    assert own.slug not in known.current_instruments()
    assert "Our check" in words(writer.get("/instruments/"))
    assert at_form(writer, path + "offer/", because="They do not.").status_code == 302
    assert own.slug in known.current_instruments()
    assert "Published versions" in words(writer.get("/drafts/?kind=instrument"))


def test_what_is_published_is_downloaded_word_for_word(writer: Client) -> None:
    draft = begun(writer)
    draft = actions.put_text(draft=draft, text="# Ours.\n" + draft.text, version=1, by=PROGRAMME)
    own = publish(writer, draft)
    file = writer.get("/instruments/our-check-1/file/")
    assert b"".join(file) == own.text.encode()
    assert writer.get("/instruments/our-check-1/changes/").status_code == 200
    assert writer.get(f"/instruments/{CHECK}/changes/").status_code == 404


def test_a_draft_is_dropped_once_it_is_meant(writer: Client) -> None:
    draft = begun(writer)
    assert "Drop the draft?" in words(writer.get(of(draft, "drop")))
    assert at_form(writer, of(draft, "drop")).status_code == 302
    assert "This draft was dropped" in words(writer.get(of(draft)))
    assert writer.get(of(draft, "text")).status_code == 404
    assert "Our check" not in words(writer.get("/drafts/"))
