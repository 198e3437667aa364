"""Pages of offline packs: when it is not available, taking, the key, coming home, choosing, what may be in clear."""

import json
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.cases_story import Story, story
from tests.offline_story import Device, allow, cases_of
from tests.pages.test_cases import at, browser, text

from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer
from goldthread.apps.offline import actions
from goldthread.apps.offline.models import KeptAnswer, OfflineLeave, OfflinePack

pytestmark = pytest.mark.django_db
WORDS = "Q-WRITTEN-WITHOUT-A-CONNECTION"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def wexcombe() -> Story:
    return story()


def fresh(held: Story, role: str) -> Client:
    """A browser whose owner gave their password just now."""
    client = browser(held, role)
    session = client.session
    session["proved_at"] = timezone.now().timestamp()
    session.save()
    return client


def taken(held: Story, client: Client, *files: Any) -> OfflinePack:
    sent = {"case": [str(one.pk) for one in files], "client_key": str(uuid4())}
    answer = client.post(at("offline", held), sent)
    assert answer.status_code == 302, text(answer)
    return OfflinePack.objects.get()


def test_where_it_is_off_the_page_says_so_and_nothing_leads_there(wexcombe: Story) -> None:
    files, inspector = cases_of(wexcombe), browser(wexcombe, "inspector")
    page = text(inspector.get(at("offline", wexcombe)))
    assert "not available in this inspection: they are turned off" in page
    assert "Take these cases" not in page
    assert "Take cases offline" not in text(inspector.get(at("cases", wexcombe)))
    refused = fresh(wexcombe, "inspector").post(at("offline", wexcombe), {"case": [str(files[0].pk)]})
    assert refused.status_code == 422 and "turned off" in text(refused)
    allow(wexcombe)
    assert "Take cases offline" in text(inspector.get(at("cases", wexcombe)))
    page = inspector.get(at("offline", wexcombe)).content.decode()
    assert "<noscript>" in page and "it needs scripts" in page


def test_the_lead_changes_the_setting_and_nobody_else_may(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("offline_leave", wexcombe)
    told = {"allowed": "yes", "most_cases": "13", "hours": "25", "because": "", "version": "0"}
    refused = lead.post(address, told)
    assert refused.status_code == 422
    assert "from 1 to 12" in text(refused) and "from 1 to 24" in text(refused) and "Fill in “Why”" in text(refused)
    told |= {"most_cases": "2", "hours": "8", "because": "No signal in their offices."}
    assert lead.post(address, told).status_code == 302
    assert OfflineLeave.objects.get().hours == 8
    page = text(lead.get(address))
    assert "2 cases for 8 hours" in page and "No signal in their offices." in page
    clash = lead.post(address, told | {"hours": "4"})
    assert clash.status_code == 409 and OfflineLeave.objects.get().hours == 8
    for role in ("inspector", "quality-assurance", "analyst"):
        assert browser(wexcombe, role).get(address).status_code == 403


def test_a_pack_is_taken_put_on_a_device_and_comes_home(wexcombe: Story) -> None:
    allow(wexcombe)
    files, inspector = cases_of(wexcombe), fresh(wexcombe, "inspector")
    assert text(inspector.post(at("offline", wexcombe), {})).count("Choose at least one case.") == 2
    pack = taken(wexcombe, inspector, *files)
    page = inspector.get(at("offline_pack", wexcombe, pack=pack.pk)).content.decode()
    assert f'data-offline-pack="{pack.pk}"' in page and 'data-usable="yes"' in page
    assert files[0].pseudonym not in page
    box = page[page.index("data-offline-pack") :]
    assert "hidden>" in box[: box.index("\n")], "before the scripts know what this device holds, nothing is offered"
    assert all("hidden>" in one.split("</button>")[0] for one in box.split("data-act=")[1:4])
    given = inspector.post(at("offline_open", wexcombe, pack=pack.pk), {"place": "yes"}).json()
    assert [one["pseudonym"] for one in given["cases"]] == [one.pseudonym for one in files]
    assert files[0].pseudonym not in json.dumps(given["pack"]), "this part rests on the device in clear"
    questions = [item for group in given["cases"][0]["groups"] for item in group["items"]]
    assert {"plan", "urgent-concern"} <= {one["question"] for one in questions}
    again = inspector.post(at("offline_open", wexcombe, pack=pack.pk), {"place": "yes"})
    assert again.status_code == 403 and "put on a device already" in again.json()["says"]
    only_key = inspector.post(at("offline_open", wexcombe, pack=pack.pk), {}).json()
    assert only_key["key"] == given["key"] and only_key["cases"] == []

    device = Device(wexcombe, pack, key=b64decode(given["key"]))
    sent = device.sealed(files[0], "plan", "good", WORDS)
    told = [{"case": sent.case, "question": sent.question, "version": 0, "iv": sent.iv, "data": sent.data, "at": 0}]
    home = at("offline_home", wexcombe, pack=pack.pk)
    said = inspector.post(home, {"answers": json.dumps(told)}).json()
    assert [one["outcome"] for one in said["came"]] == ["merged"] and said["state"] == "out"
    assert Answer.objects.get(question="plan").why == WORDS
    assert set(said["cases"]) == {str(one.pk) for one in files}
    done = inspector.post(home, {"ended": "sent-home", "purged_at": "1764220000000"}).json()
    assert done["state"] == "ended"
    assert "Sent home and ended by its reviewer" in text(browser(wexcombe, "lead").get(at("offline_packs", wexcombe)))


@pytest.mark.parametrize("sent", ["{", "[1]", '[{"case": "x"}]', "[" * 2000, '{"a": 1}', "[" + "0," * 1001 + "0]"])
def test_what_is_no_answer_is_refused_whole(wexcombe: Story, sent: str) -> None:
    allow(wexcombe)
    device = Device.with_pack(wexcombe, cases_of(wexcombe))
    home = at("offline_home", wexcombe, pack=device.pack.pk)
    answer = browser(wexcombe, "inspector").post(home, {"answers": sent})
    assert answer.status_code == 400 and "cannot be read" in answer.json()["says"]
    assert browser(wexcombe, "inspector").post(home, {"ended": "lost"}).status_code == 400


def test_the_key_is_asked_for_with_a_password_given_lately_and_by_nobody_else(wexcombe: Story) -> None:
    allow(wexcombe)
    files = cases_of(wexcombe)
    pack = taken(wexcombe, fresh(wexcombe, "inspector"), *files)
    address = at("offline_open", wexcombe, pack=pack.pk)
    old = browser(wexcombe, "inspector")
    session = old.session
    session["proved_at"] = timezone.now().timestamp() - 301
    session.save()
    asked = old.post(address, {"place": "yes"})
    assert asked.status_code == 403 and "Confirm that it is you" in text(asked)
    assert OfflinePack.objects.get().placed_at is None
    for role, status in (("lead", 403), ("inspector-2", 404), ("director", 404), ("nominated-officer", 404)):
        for name in ("offline_open", "offline_home", "offline_give_up"):
            answer = fresh(wexcombe, role).post(at(name, wexcombe, pack=pack.pk), {"place": "yes"})
            assert answer.status_code == status, (role, name)
    OfflinePack.objects.update(over_at=timezone.now() - timedelta(seconds=1))
    late = fresh(wexcombe, "inspector").post(address, {"place": "yes"})
    assert late.status_code == 403 and "time of this pack is over" in late.json()["says"]
    assert files[0].pseudonym not in late.content.decode()


def test_both_texts_are_shown_and_the_reviewer_chooses(wexcombe: Story) -> None:
    allow(wexcombe)
    device = Device.with_pack(wexcombe, cases_of(wexcombe))
    case, by, inspector = device.pack.packed.all()[0].case, wexcombe["inspector"], browser(wexcombe, "inspector")
    review = cases.start_review(case=case, by=by)
    cases.save_answers(review=review, answers={"plan": Typed("good", "At the office")}, by=by)
    device.home(device.sealed(case, "plan", "inadequate", WORDS))
    page = text(inspector.get(at("offline_pack", wexcombe, pack=device.pack.pk)))
    assert "At the office" in page and WORDS in page and "How good is the plan?" in page
    assert "Choose between answers made offline" in text(inspector.get(reverse("home")))
    assert "1 to choose between" in text(browser(wexcombe, "lead").get(at("offline_packs", wexcombe)))
    address = at("offline_settle", wexcombe, pack=device.pack.pk, kept=KeptAnswer.objects.get().pk)
    stale = inspector.post(address, {"keep": "mine", "version": "0"})
    assert stale.status_code == 409
    assert browser(wexcombe, "lead").post(address, {"keep": "mine", "version": "1"}).status_code in (403, 404)
    assert inspector.post(address, {"keep": "mine", "version": "1"}).status_code == 302
    assert Answer.objects.get(question="plan").why == WORDS
    page = text(inspector.get(at("offline_pack", wexcombe, pack=device.pack.pk)))
    assert "At the office" in page and WORDS in page and "As it stood in the review" in page


def test_the_lead_withdraws_a_pack_and_its_device_is_told(wexcombe: Story) -> None:
    allow(wexcombe)
    device, lead = Device.with_pack(wexcombe, cases_of(wexcombe)), browser(wexcombe, "lead")
    address = at("offline_withdraw", wexcombe, pack=device.pack.pk)
    assert lead.post(address, {"because": "", "version": "1"}).status_code == 422
    assert lead.post(address, {"because": "Left in a taxi.", "version": "1"}).status_code == 302
    assert browser(wexcombe, "inspector").post(address, {"because": "No.", "version": "2"}).status_code == 403
    said = browser(wexcombe, "inspector").post(at("offline_home", wexcombe, pack=device.pack.pk), {}).json()
    assert (said["state"], said["because"]) == ("withdrawn", "Left in a taxi.")
    page = text(browser(wexcombe, "inspector").get(at("offline_pack", wexcombe, pack=device.pack.pk)))
    assert "Left in a taxi." in page


def test_a_lost_device_is_given_up(wexcombe: Story) -> None:
    allow(wexcombe)
    device, inspector = Device.with_pack(wexcombe, cases_of(wexcombe)), browser(wexcombe, "inspector")
    address = at("offline_give_up", wexcombe, pack=device.pack.pk)
    assert "can never be read again" in text(inspector.get(address))
    assert inspector.post(address, {"version": "1"}).status_code == 302
    assert OfflinePack.objects.get().key is None
    assert actions.take(
        inspection=wexcombe.inspection, cases=[str(device.pack.packed.all()[0].case_id)], client_key=uuid4(),
        by=wexcombe["inspector"],
    )  # fmt: skip


def test_what_rests_in_the_cache_is_the_same_for_everybody_and_keeps_the_content_policy(wexcombe: Story) -> None:
    pages = [browser(wexcombe, role).get(reverse("offline_shell")) for role in ("inspector", "lead", "director")]
    assert len({one.content for one in pages}) == 1
    held = pages[0].content.decode()
    assert "csrf" not in held and "Robin" not in held and wexcombe.inspection.title not in held
    policy = pages[0]["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    worker = Client().get(reverse("offline_worker"))
    assert worker["Content-Type"].startswith("text/javascript") and "Service-Worker-Allowed" not in worker
    assert worker.content and b"indexedDB" not in worker.content


def test_what_is_hidden_stays_hidden_whatever_class_it_has() -> None:
    path = finders.find("app.css")
    assert path is not None
    assert '[hidden]:not([hidden="until-found"]) { display: none !important; }' in Path(path).read_text()


def test_a_page_that_locks_itself_leaves_what_waits_to_be_sent_home(wexcombe: Story) -> None:
    locked = browser(wexcombe, "inspector").post(reverse("sign_out"), {"locked": "yes"})
    assert "storage" not in locked["Clear-Site-Data"]
    assert '"storage"' in browser(wexcombe, "inspector").post(reverse("sign_out"))["Clear-Site-Data"]
