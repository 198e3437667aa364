"""Embargo: a report is made at once and is nobody's but the team's until its moment; some read it before, by name."""

import hashlib
import io
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import AREA, approved
from tests.accuracy_story import wexcombe as wexcombe
from tests.apps import test_editions as editions
from tests.factories import client_for
from tests.findings_story import Story
from tests.two_checkers import passed

from goldthread.apps.access.policy import Refused
from goldthread.apps.improvement.queries.then_and_now import then_and_now
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import PrePublicationCopy, Publication, Report
from goldthread.domain.embargo import LONDON, EmbargoError, in_words, moment_of, told_in_days
from goldthread.kernel.working_days import bank_holidays
from goldthread.web.doors import every_door

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock of whoever asks."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def a_moment(days: int = 3) -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


def soon() -> datetime:
    """A moment so near that nobody is signed out before it."""
    return timezone.now().replace(microsecond=0) + timedelta(minutes=3)


def embargoed(told: Story, report: Report | None = None, **more: Any) -> Publication:
    words = {"because": "Agreed with the council.", "public_from": soon(), "by": told["lead"], **more}
    return actions.publish(report=report or approved(told), **words)


def given(told: Story, held: Publication, role: str = "director", **more: Any) -> PrePublicationCopy:
    words = {"email": told.person(role).email, "client_key": uuid4(), "by": told["lead"], **more}
    return actions.give_pre_copy(publication=held, **words)


def move(told: Story, held: Publication, to: datetime, **more: Any) -> Publication:
    words = {"because": "The council asked for a day more.", "by": told["lead"], **more}
    return actions.move_embargo(publication=held, to=to, **words)


def lift(told: Story, held: Publication, **more: Any) -> Publication:
    words = {"because": "It was told in a newspaper.", "by": told["lead"], **more}
    return actions.lift_embargo(publication=held, **words)


def browser(told: Story, role: str) -> Client:
    return client_for(told.person(role))


PUBLIC = sorted(one.name for one in every_door() if one.name.startswith("published_"))
"""Every door of a published report: one that is added is asked too."""
FORMS = ("pdf", "docx", "odt", "json")


BAR = {"title": "Seen in time", "value": 60.0, "low": 50.0, "high": 70.0}


def with_everything(told: Story) -> Publication:
    """A report under embargo, with a chart, and an edition for children beside it."""
    report = approved(told)
    held = embargoed(told, report)
    edition = editions.passed(told, editions.written(told, editions.begun(told, report)))
    actions.publish_edition(edition=edition, by=told["lead"])
    part = next(one for one in held.content["parts"] if one["slug"] == AREA)
    part["figure"] = {"title": "Most were seen in time", "says": "Of all, 60%.", "bars": [BAR]}
    held.save(update_fields=["content"])
    return held


def addresses(slug: str, edition: str, name: str) -> list[str]:
    """Every address of a door of one report."""
    if name == "published_edition_file":
        return [reverse(name, args=[slug, edition, form]) for form in FORMS]
    parts = {"published_edition": [edition], "published_figure": [AREA]}.get(name, [])
    return [reverse(name, args=[slug, *parts])]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_door_answers_as_an_unknown_address_before_the_moment_and_opens_at_it(
    wexcombe: Story, clock: Clock, name: str
) -> None:
    held = with_everything(wexcombe)
    edition, unknown = held.editions.get().slug, "nowhere-2026-01"
    for where in addresses(held.slug, edition, name):
        strange = where.replace(held.slug, unknown)
        for who in (Client(), browser(wexcombe, "director"), browser(wexcombe, "lead")):
            clock(held.published_at - SECOND)
            before, never = who.get(where), who.get(strange)
            assert before.status_code == never.status_code == 404
            assert _words(before) == _words(never).replace(unknown, held.slug)
        for at in (held.published_at, held.published_at + SECOND):
            clock(at)
            assert Client().get(where).status_code == 200, where


def _words(told: Any) -> str:
    return re.sub(r'nonce="[^"]+"|value="\w{64}"', "", told.content.decode())


def test_the_register_and_its_search_say_nothing_before_and_all_at_the_moment(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    for words, found in (("", held.slug), ("?q=Wexcombe", held.slug)):
        clock(held.published_at - SECOND)
        assert found not in Client().get(reverse("register") + words).content.decode()
        clock(held.published_at)
        assert found in Client().get(reverse("register") + words).content.decode()


def test_what_is_public_at_the_moment_are_the_bytes_that_were_made_when_it_was_published(
    wexcombe: Story, clock: Clock
) -> None:
    held = embargoed(wexcombe)
    made = {name: hashlib.sha256(bytes(getattr(held, name))).hexdigest() for name in ("pdf", "word", "odt")}
    assert {**made, "content": held.sha256["content"]} == held.sha256
    page = browser(wexcombe, "lead").get(reverse("report_embargo", args=[held.report.inspection_id, held.pk]))
    assert all(one in page.content.decode() for one in held.sha256.values())
    clock(held.published_at)
    told = Client().get(reverse("published_pdf", args=[held.slug]))
    assert hashlib.sha256(told.content).hexdigest() == made["pdf"]
    assert (
        Client().get(reverse("published_json", args=[held.slug])).json()["published"] == held.published_at.isoformat()
    )


def test_the_councils_pages_and_what_is_counted_from_publication_wait_for_the_moment(
    wexcombe: Story, clock: Clock
) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status="accuracy")
    held = embargoed(wexcombe)
    inspection = Inspection.objects.get(pk=wexcombe.inspection.pk)
    assert inspection.status == "accuracy", "its status is told to the council"
    clock(held.published_at - SECOND)
    assert queries.published_on(inspection) is None
    assert not queries.published_of([inspection]).exists()
    assert then_and_now(wexcombe["director"], inspection).after is None
    for role in ("director", "member", "nominated-officer", "improvement-lead"):
        home = browser(wexcombe, role).get(reverse("home"))
        assert held.slug not in home.content.decode()
    assert not Entry.objects.filter(event="report.embargoed").exclude(side="team").exists()
    clock(held.published_at)
    assert queries.published_on(inspection) == timezone.localdate(held.published_at)
    after = then_and_now(wexcombe["director"], inspection).after
    assert after is not None and after.pk == held.pk
    assert held.slug in browser(wexcombe, "member").get(reverse("home")).content.decode()
    assert "Record that the report is published" in browser(wexcombe, "lead").get(reverse("home")).content.decode()


def test_an_earlier_public_version_does_not_tell_of_the_one_under_embargo(wexcombe: Story, clock: Clock) -> None:
    first = embargoed(wexcombe, public_from=None)
    again = actions.compose(
        inspection=wexcombe.inspection, title="Wexcombe, again", client_key=uuid4(), based_on=first.report,
        by=wexcombe["lead"],
    )  # fmt: skip
    held = embargoed(wexcombe, passed(wexcombe, actions.submit(report=again, by=wexcombe["lead"])))
    where = reverse("published_json", args=[first.slug])
    assert Client().get(where).json()["corrected_by"] is None
    clock(held.published_at)
    assert held.slug in Client().get(where).json()["corrected_by"]
    assert first.slug in Client().get(reverse("published_json", args=[held.slug])).json()["corrects"]


def test_two_who_publish_are_told_of_each_other_and_another_moment_is_not_taken_in_silence(wexcombe: Story) -> None:
    report = approved(wexcombe)
    moment = a_moment()
    held = embargoed(wexcombe, report, public_from=moment)
    assert embargoed(wexcombe, report, public_from=moment).pk == held.pk, "the same press twice is once"
    with pytest.raises(Refused, match="already, under embargo until"):
        embargoed(wexcombe, report, public_from=moment + timedelta(days=1))
    with pytest.raises(Refused, match="already, under embargo until"):
        embargoed(wexcombe, report, public_from=None)
    second = wexcombe.person("inspector")
    Membership.objects.filter(person=second).update(role="lead")
    with pytest.raises(Refused, match="so you have not published it again"):
        embargoed(wexcombe, report, public_from=moment, by=wexcombe["inspector"])
    assert Publication.objects.count() == 1
    (entry,) = Entry.objects.filter(event="report.embargoed")
    assert entry.detail["until"] == moment.isoformat() and not Entry.objects.filter(event="report.published").exists()


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "is past"), (400, "more than a year ahead")], ids=["past", "a year typed wrong"]
)
def test_a_moment_that_cannot_be_is_refused_and_nothing_is_published(wexcombe: Story, days: int, says: str) -> None:
    report = approved(wexcombe)
    with pytest.raises(actions.WrongMoment, match=says):
        embargoed(wexcombe, report, public_from=a_moment(days))
    assert not Publication.objects.exists()
    held = embargoed(wexcombe, report)
    with pytest.raises(actions.WrongMoment, match=says):
        move(wexcombe, held, a_moment(days))


def test_a_moved_embargo_holds_to_its_new_moment_and_the_journal_says_why(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    was, to = held.published_at, a_moment(5)
    with pytest.raises(actions.NoteNeeded):
        move(wexcombe, held, to, because=" ")
    with pytest.raises(Refused, match="already"):
        move(wexcombe, held, was)
    move(wexcombe, held, to)
    clock(was)
    where = reverse("published_report", args=[held.slug])
    assert Client().get(where).status_code == 404
    clock(to)
    assert Client().get(where).status_code == 200
    (entry,) = Entry.objects.filter(event="embargo.moved")
    assert entry.detail == {
        "was": was.isoformat(), "until": to.isoformat(), "because": "The council asked for a day more."
    }  # fmt: skip


def test_a_lifted_embargo_is_over_at_once_and_the_inspection_moves_on(wexcombe: Story) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(status="accuracy")
    held = embargoed(wexcombe)
    with pytest.raises(actions.NoteNeeded):
        lift(wexcombe, held, because="")
    lift(wexcombe, held)
    assert Client().get(reverse("published_report", args=[held.slug])).status_code == 200
    assert Inspection.objects.get(pk=wexcombe.inspection.pk).status == "published"
    assert Entry.objects.get(event="embargo.lifted").detail["because"] == "It was told in a newspaper."


def test_what_everybody_has_read_cannot_be_taken_back(wexcombe: Story, clock: Clock) -> None:
    held = embargoed(wexcombe)
    later = a_moment(9)
    clock(held.published_at)
    for act in (
        lambda: move(wexcombe, held, later), lambda: lift(wexcombe, held), lambda: given(wexcombe, held),
    ):  # fmt: skip
        with pytest.raises(Refused, match="It cannot be taken back"):
            act()
    held.refresh_from_db()
    assert not queries.under_embargo(held)


def test_whoever_acts_on_an_embargo_that_changed_meanwhile_is_told(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    seen = held.version
    move(wexcombe, held, a_moment(4), version=seen)
    with pytest.raises(Overtaken):
        lift(wexcombe, held, version=seen)
    with pytest.raises(Overtaken):
        given(wexcombe, held, version=seen)


def test_nobody_but_the_lead_touches_an_embargo(wexcombe: Story) -> None:
    held = embargoed(wexcombe)
    for role in ("inspector", "quality-assurance", "director", "nominated-officer", "member"):
        for act in (move, given, lift):
            more = {"to": a_moment(4)} if act is move else {}
            with pytest.raises(Refused):
                act(wexcombe, held, by=wexcombe[role], **more)
    assert not PrePublicationCopy.objects.exists()


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


def test_the_lead_publishes_moves_gives_takes_back_and_lifts_on_the_pages(wexcombe: Story) -> None:
    report, lead = approved(wexcombe), browser(wexcombe, "lead")
    where = reverse("report_publish", args=[report.inspection_id, report.pk])
    typed = {
        "because": "A story told in one day.",
        "public_on": f"{a_moment():%d/%m/%Y}",
        "public_at": "",
        "version": report.version,
    }
    half = lead.post(where, typed)
    assert half.status_code == 422 and typed["public_on"] in half.content.decode()
    assert "Write the time on that day" in half.content.decode() and not Publication.objects.exists()
    past = lead.post(where, {**typed, "public_on": "01/02/2020", "public_at": "9:30am"})
    assert past.status_code == 422 and "That moment is past" in past.content.decode()
    assert lead.post(where, {**typed, "public_at": "9:30am"}).status_code == 302
    held = Publication.objects.get()
    assert held.published_at == moment_of(a_moment().astimezone(LONDON).date(), time(9, 30))
    where = reverse("report_embargo", args=[report.inspection_id, held.pk])

    def send(act: str, **words: Any) -> Any:
        held.refresh_from_db()
        return lead.post(where, {"act": act, "version": held.version, **words})

    assert send("give", email="nobody@example.org").status_code == 422
    assert send("give", email=wexcombe.person("director").email).status_code == 302
    assert "Robin director" in lead.get(where).content.decode()
    copy = PrePublicationCopy.objects.get()
    assert send("back", **{"back-copy": str(copy.pk), "back-because": ""}).status_code == 422
    assert send("back", **{"back-copy": str(copy.pk), "back-because": "Passed on."}).status_code == 302
    later = a_moment(6)
    words = {"move-public_on": f"{later:%d/%m/%Y}", "move-public_at": "14:00", "move-because": "Asked for."}
    assert send("move", **{**words, "move-public_on": "1/1/2020"}).status_code == 422
    assert send("move", **words).status_code == 302
    assert "2pm on" in lead.get(where).content.decode()
    assert (
        "Published under embargo"
        in lead.get(reverse("report_version", args=[report.inspection_id, report.pk])).content.decode()
    )
    assert send("lift", **{"lift-because": ""}).status_code == 422
    assert send("nothing").status_code == 422
    assert send("lift", **{"lift-because": "It is known."}).status_code == 302
    assert "There is no embargo" in lead.get(where).content.decode()
    assert send("lift", **{"lift-because": "Again."}).status_code == 422


def test_moments_are_told_in_words_and_in_the_time_of_england() -> None:
    assert in_words(moment_of(date(2026, 12, 3), time(9, 30))) == "9:30am on Thursday 3 December 2026"
    assert in_words(moment_of(date(2026, 7, 3), time(12, 0))) == "midday on Friday 3 July 2026"
    assert in_words(moment_of(date(2026, 7, 3), time(0, 0))) == "midnight at the start of the day on Friday 3 July 2026"
    assert moment_of(date(2026, 7, 3), time(9, 0)).utcoffset() == timedelta(hours=1)
    assert in_words(moment_of(date(2026, 7, 3), time(14, 0))) == "2pm on Friday 3 July 2026"


@pytest.mark.parametrize(
    ("day", "says"), [(date(2027, 3, 28), "go forward"), (date(2026, 10, 25), "go back")], ids=["spring", "autumn"]
)
def test_a_time_that_the_clocks_skip_or_tell_twice_is_no_moment(day: date, says: str) -> None:
    with pytest.raises(EmbargoError, match=says):
        moment_of(day, time(1, 30))
    assert moment_of(day, time(2, 0)) > moment_of(day, time(0, 59))


def test_how_far_off_a_moment_is_is_told_in_working_days_and_a_day_off_is_said() -> None:
    days = bank_holidays()
    assert (
        told_in_days(moment_of(date(2026, 12, 3), time(9)), date(2026, 11, 30), days)
        == "That is 3 working days after today."
    )
    assert "a Saturday, which is not a working day" in told_in_days(
        moment_of(date(2026, 12, 5), time(9)), date(2026, 11, 30), days
    )
    assert "a bank holiday" in told_in_days(moment_of(date(2026, 12, 25), time(9)), date(2026, 12, 1), days)
    assert told_in_days(moment_of(date(2026, 12, 3), time(9)), date(2026, 12, 3), days) == "That is today."
