"""What leaves is looked through for whom the lists know: a report, an edition, a notice. Nobody is told whom."""

from typing import Any
from uuid import uuid4

import polars as pl
import pytest
from tests import cases_story
from tests.apps.test_reports import AREA, compose, lines_of, publish
from tests.apps.test_reports import wexcombe as wexcombe
from tests.findings_story import Story
from tests.two_checkers import passed

from goldthread.apps.access.policy import Refused
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Edition, Report
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.known_people import known_people
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db

FORENAME, SURNAME, NUMBER, HOME = "Oluwaseun", "Featherstonehaugh", "00410377", "SC400123"
VAULT = [
    ("C-AAAAAAA", "id", NUMBER),
    ("C-AAAAAAA", "name", FORENAME),
    ("C-AAAAAAA", "name", SURNAME),
    ("C-AAAAAAA", "born_on", "2014-03-09"),
    ("C-AAAAAAA", "postcode", "ZZ1 9QJ"),
    ("C-AAAAAAA", "urn", HOME),
    ("C-AAAAAAA", "address", '{"line1": "14 Ropewalk Yard", "town": "Wrenford"}'),
]


def lists(told: Story) -> Submission:
    """A submission of the story's authority whose vault holds one child's names."""
    row = cases_story.submission(told)
    vault = pl.DataFrame(VAULT, schema=["pseudonym", "column", "value"], orient="row")
    row.vault_key = holdings.keep_frames(row, "vault", {"vault": vault})
    row.save()
    return row


def saying(told: Story, text: str) -> Report:
    """A draft with one more sentence."""
    report = compose(told)
    section = report.sections.get(slug=AREA)
    lines = [*lines_of(section), {"text": text, "paragraph": 9}]
    actions.change_section(section=section, lines=lines, version=section.version, by=told["lead"])
    report.refresh_from_db()
    return report


def marked(report: Report) -> set[str]:
    report.refresh_from_db()
    return {one.name for _, held in queries.doubts_in(report) for one in held}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (f"Workers helped {FORENAME} {SURNAME} early.", "known name"),
        (f"Workers helped the {SURNAME.upper()} family.", "known name"),
        ("The child with the number 410377 was helped early.", "known number"),
        (f"The home {HOME} was good.", "known number"),
        ("Visits to 14 Ropewalk Yard were regular.", "known address"),
        ("Help near ZZ19QJ came early.", "known postcode"),
    ],
)
def test_a_sentence_that_the_lists_know_somebody_by_keeps_a_report_back(wexcombe: Story, text: str, mark: str) -> None:
    lists(wexcombe)
    report = saying(wexcombe, text)
    with pytest.raises(Refused, match="could point to a child") as told:
        actions.submit(report=report, by=wexcombe["lead"])
    assert mark in marked(report), "what was marked is kept though the sending was refused"
    assert report.status == "draft"
    spoken = told.value.reason + repr(report.recognised) + repr(list(Entry.objects.values_list("detail", flat=True)))
    for word in (FORENAME, SURNAME, NUMBER, "410377", "Ropewalk", "9QJ"):
        assert word not in spoken


def test_a_word_like_a_name_is_shown_to_the_checker_who_says_why_it_may_stand(wexcombe: Story) -> None:
    lists(wexcombe)
    report = actions.submit(report=saying(wexcombe, "Work at Featherstonhaugh is good."), by=wexcombe["lead"])
    assert "like a name" in marked(report)
    with pytest.raises(actions.NoteNeeded, match="somebody could be recognised"):
        actions.approve(report=report, note="", by=wexcombe["disclosure-checker"])
    assert passed(wexcombe, report, "It is a village.").status == "approved"


def test_a_mark_goes_with_the_sentence_that_had_it(wexcombe: Story) -> None:
    lists(wexcombe)
    report = saying(wexcombe, f"Workers helped {FORENAME} early.")
    assert actions.look_through(report=report, by=wexcombe["lead"]) == 1
    assert "known name" in marked(report)
    section = report.sections.get(slug=AREA)
    kept = [line for line in lines_of(section) if FORENAME not in line["text"]]
    actions.change_section(section=section, lines=kept, version=section.version, by=wexcombe["lead"])
    assert "known name" not in marked(report)
    assert report.scanned_version != report.version, "the page says that it was changed since"
    assert actions.submit(report=report, by=wexcombe["lead"]).status == "submitted"


def test_lists_that_come_after_a_report_was_sent_count_at_its_check(wexcombe: Story) -> None:
    report = actions.submit(report=saying(wexcombe, f"Workers helped {SURNAME} early."), by=wexcombe["lead"])
    lists(wexcombe)
    with pytest.raises(Refused, match="could point to a child"):
        actions.approve(report=report, note="Fine.", by=wexcombe["quality-assurance"])


def test_every_scan_is_in_the_journal_and_only_with_numbers(wexcombe: Story) -> None:
    lists(wexcombe)
    actions.look_through(report=saying(wexcombe, f"Workers helped {FORENAME} early."), by=wexcombe["lead"])
    entry = Entry.objects.get(event="vault.scanned")
    assert entry.detail["marked"] == 1 and entry.detail["blocked"] == 1 and entry.detail["texts"] > 5
    with pytest.raises(Refused):
        actions.look_through(report=Report.objects.get(), by=wexcombe["analyst"])
    with pytest.raises(Refused):
        actions.look_through(report=Report.objects.get(), by=wexcombe["director"])


def test_a_title_is_looked_through_too(wexcombe: Story) -> None:
    lists(wexcombe)
    report = compose(wexcombe, title=f"The care of {FORENAME} {SURNAME}")
    with pytest.raises(Refused, match="The title holds the name"):
        actions.submit(report=report, by=wexcombe["lead"])


def edition_saying(told: Story, text: str) -> Edition:
    """An edition whose every point is told, one of them with these words."""
    report = passed(told, actions.submit(report=compose(told), by=told["lead"]))
    edition = actions.make_edition(
        report=report, form="easy-read", language="en", title="Easy read", client_key=uuid4(), by=told["lead"]
    )
    points = {one.key: one for one in queries.written(edition)}
    key = next(one for one in points if one.startswith("finding:"))
    from dataclasses import replace

    points[key] = replace(points[key], text=f"{points[key].text}\n{text}")
    return actions.change_edition(
        edition=edition, title="Easy read", points=points, headings={}, native_reader="", version=edition.version,
        by=told["lead"],
    )  # fmt: skip


def test_an_edition_is_looked_through_as_the_report_is(wexcombe: Story) -> None:
    lists(wexcombe)
    edition = edition_saying(wexcombe, f"{FORENAME} {SURNAME} was helped.")
    with pytest.raises(Refused, match=r"A sentence holds the name of somebody in the lists|And \d+ more"):
        actions.submit_edition(edition=edition, by=wexcombe["lead"])
    edition.refresh_from_db()
    assert any("name of somebody" in one.says for one in queries.problems(edition))
    assert edition.status == "draft"


def test_a_notice_is_looked_through_as_the_report_is(wexcombe: Story) -> None:
    lists(wexcombe)
    report = passed(wexcombe, actions.submit(report=compose(wexcombe), by=wexcombe["lead"]))
    held = publish(wexcombe, report)
    place = next(one for one in queries.published_places(held) if one.words)
    words: dict[str, Any] = {
        "publication": held, "place": str(place.place), "wrong": place.words.split(".")[0], "client_key": uuid4(),
        "why": "It was put wrongly.",
    }  # fmt: skip
    with pytest.raises(Refused, match="this one holds the name of somebody in the lists"):
        actions.write_notice(right=f"Not so of {FORENAME} {SURNAME}.", by=wexcombe["lead"], **words)


def test_known_people_has_what_the_vaults_hold_and_staff_by_name(wexcombe: Story) -> None:
    lists(wexcombe)
    known = known_people(wexcombe.inspection, ["Robin Lead"])
    assert set(known.names) == {FORENAME, SURNAME}
    assert {NUMBER, HOME} <= set(known.numbers)
    assert any("Ropewalk" in one for one in known.addresses)
    assert [str(one) for one in known.births] == ["2014-03-09"]
    assert list(known.people) == ["Robin Lead"]
