"""What families are told is looked through for whom the lists know before everybody reads it, as a report is."""

import polars as pl
import pytest
from django.utils import timezone
from tests import cases_story
from tests.apps.test_names_in_reports import FORENAME, NUMBER, SURNAME, VAULT
from tests.apps.test_you_said import SAID, URDU, answering, told
from tests.apps.test_you_said import wexcombe as wexcombe
from tests.cases_story import Story
from tests.improvement_story import moved, promised
from tests.pages.test_cases import at, browser, text

from goldthread.apps.access.policy import Refused
from goldthread.apps.improvement import actions, worker
from goldthread.apps.improvement.actions.you_said import ReasonNeeded
from goldthread.apps.improvement.models import Recommendation, YouSaid
from goldthread.apps.improvement.queries import you_said as queries
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import holdings

pytestmark = pytest.mark.django_db


def given(made: Story, *, changed: str, in_urdu: str = "") -> Recommendation:
    """A recommendation that was given, with what families are told of it; the vault of its lists holds a child."""
    row = cases_story.submission(made)
    vault = pl.DataFrame(VAULT, schema=["pseudonym", "column", "value"], orient="row")
    row.vault_key = holdings.keep_frames(row, "vault", {"vault": vault})
    row.save()
    held = moved(made, answering(made), "open")
    held.refresh_from_db()
    others = {"ur": (URDU[0], in_urdu)} if in_urdu else {}
    actions.write_you_said(
        held=held, said=SAID, changed=changed, version=held.version, by=made["lead"], in_languages=others
    )
    held.refresh_from_db()
    promised(made, held)
    return held


def shows(made: Story, held: Recommendation, note: str = "") -> YouSaid:
    return actions.move_you_said(held=held, to="shown", version=held.version, by=made["lead"], note=note)


@pytest.mark.parametrize(
    ("words", "in_urdu", "says"),
    [
        (f"We helped {FORENAME} {SURNAME} early.", "", "holds the name of somebody in the lists"),
        (f"The file {NUMBER} is kept now.", "", "holds a number that somebody in the lists is known by"),
        ("Every call is answered.", f"{URDU[1]} {FORENAME} {SURNAME}", "holds the name of somebody in the lists"),
        ("Ring us on 01632 960 123.", "", "holds a telephone number"),
    ],
)
def test_what_names_somebody_is_not_shown_in_any_language_and_the_journal_keeps_that_it_was_looked_through(
    wexcombe: Story, words: str, in_urdu: str, says: str
) -> None:
    held = given(wexcombe, changed=words, in_urdu=in_urdu)
    with pytest.raises(Refused, match=says) as refused:
        shows(wexcombe, held, note="It may stand.")
    assert YouSaid.objects.get().status == "draft"
    entry = Entry.objects.get(event="vault.scanned")
    assert entry.detail["texts"] == (4 if in_urdu else 2) and entry.detail["marked"] == ("telephone" not in says)
    spoken = refused.value.reason + repr(list(Entry.objects.values_list("detail", flat=True)))
    assert not any(one in spoken for one in (FORENAME, SURNAME, NUMBER))


def test_what_is_like_a_name_is_shown_only_with_why_it_may_stand(wexcombe: Story) -> None:
    held = given(wexcombe, changed="Workers of Featherstonhaugh ring back.")
    with pytest.raises(ReasonNeeded, match="Say why it may stand"):
        shows(wexcombe, held)
    row = shows(wexcombe, held, note="It is a village.")
    assert row.shown and row.may_stand == "It is a village."
    assert Entry.objects.filter(event="vault.scanned").count() == 2
    held.refresh_from_db()
    actions.move_you_said(held=held, to="taken-back", version=held.version, by=wexcombe["lead"])
    told(wexcombe, held)
    assert YouSaid.objects.get().may_stand == "", "other words need a reason of their own"


def test_everything_that_is_marked_is_said_at_once_and_by_its_kind_alone(wexcombe: Story) -> None:
    held = given(wexcombe, changed=f"{FORENAME} and {SURNAME}, {NUMBER}, of Featherstonhaugh, are helped.")
    with pytest.raises(Refused) as refused:
        shows(wexcombe, held)
    told_now = refused.value.reason
    assert "holds the name of somebody in the lists; it holds a number that somebody" in told_now
    assert told_now.count("holds the name") == 1


def test_nothing_marked_needs_no_reason_and_keeps_none(wexcombe: Story) -> None:
    row = shows(wexcombe, given(wexcombe, changed="Every call is answered."), note="Nothing.")
    assert row.shown and row.may_stand == ""


def later_lists(made: Story) -> None:
    """Other lists, whose vault holds a child that the earlier ones did not."""
    row = cases_story.submission(made)
    known = [("C2", "name", "Every Call")]
    vault = pl.DataFrame(known, schema=["pseudonym", "column", "value"], orient="row")
    row.vault_key = holdings.keep_frames(row, "vault", {"vault": vault})
    row.save()


def test_what_families_read_is_looked_through_again_by_later_lists_and_its_lead_is_told(wexcombe: Story) -> None:
    held = given(wexcombe, changed="Every Call is answered.")
    shows(wexcombe, held)
    assert worker.look_all() == 0 and queries.marked_since(wexcombe["lead"]) == []
    later_lists(wexcombe)
    assert worker.look_all() == 1 and worker.look_all() == 0
    row = YouSaid.objects.get()
    assert row.shown and row.marked_since == ["holds the name of somebody in the lists"]
    assert row.marked_on == timezone.localdate()
    entry = Entry.objects.get(event="you-said.marked")
    assert entry.detail["kinds"] == 1 and "Call" not in repr(entry.detail)
    page, says = at("you_said_write", wexcombe, recommendation=held.pk), "See whether somebody can be recognised"
    lead = browser(wexcombe, "lead")
    assert says in text(lead.get("/home/"))
    assert "mark something in it" in text(lead.get(page)) and "it holds the name of somebody" in text(lead.get(page))
    for role in ("inspector", "director", "improvement-lead"):
        assert says not in text(browser(wexcombe, role).get("/home/"))
    held.refresh_from_db()
    actions.move_you_said(held=held, to="taken-back", version=held.version, by=wexcombe["lead"])
    assert says not in text(lead.get("/home/")) and worker.look_all() == 0


def test_what_was_marked_and_may_stand_is_no_news_when_other_lists_come(wexcombe: Story) -> None:
    shows(wexcombe, given(wexcombe, changed="Workers of Featherstonhaugh ring back."), note="It is a village.")
    later_lists(wexcombe)
    assert worker.look_all() == 1
    row = YouSaid.objects.get()
    assert (row.marked_since, row.marked_on, row.may_stand) == ([], None, "It is a village.")
    assert not Entry.objects.filter(event="you-said.marked").exists()


def test_one_who_may_not_take_it_back_does_not_have_it_looked_through(wexcombe: Story) -> None:
    row = shows(wexcombe, given(wexcombe, changed="Every call is answered."))
    later_lists(wexcombe)
    with pytest.raises(Refused):
        actions.look_again(row=row, by=wexcombe["director"])


def test_the_page_asks_for_the_reason_and_nothing_typed_is_lost(wexcombe: Story) -> None:
    held = given(wexcombe, changed="Workers of Featherstonhaugh ring back.")
    lead, page = browser(wexcombe, "lead"), at("you_said_write", wexcombe, recommendation=held.pk)
    assert "Why may it stand?" not in text(lead.get(page))
    asked = lead.post(page, {"do": "shown", "version": held.version})
    assert asked.status_code == 422 and "Why may it stand?" in text(asked)
    assert "like the name of somebody in the lists" in text(asked) and SAID in text(asked)
    stale = lead.post(page, {"do": "shown", "version": held.version - 1, "note": "It is a village."})
    assert stale.status_code == 409 and "It is a village." in stale.content.decode()
    assert YouSaid.objects.get().status == "draft"
    done = lead.post(page, {"do": "shown", "version": held.version, "note": "It is a village."}, follow=True)
    assert "Everybody who has the address can read it now." in text(done)
    assert "it may stand because: It is a village." in text(done)
    assert browser(wexcombe, "director").get(page).status_code == 403
