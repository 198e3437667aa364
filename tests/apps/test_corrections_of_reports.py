"""Correction notices: a published report is never edited; what was wrong is told, and a later version says so too."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps import test_editions as editions
from tests.apps.test_reports import approved, compose, lines_of, publish
from tests.apps.test_reports import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story
from tests.two_checkers import passed as by_both

from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.document import Part, press_summary
from goldthread.apps.reports.models import CorrectionNotice, Publication, Report
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

PLACE, WRONG, RIGHT = "strengths.1", "Assessments are done in time.", "Most assessments are done in time."
WHY = "The report did not say that some were late."


def noticed(told: Story, held: Publication, **more: Any) -> CorrectionNotice:
    words = {
        "place": PLACE, "wrong": WRONG, "right": RIGHT, "why": WHY, "client_key": uuid4(), "by": told["lead"], **more,
    }  # fmt: skip
    return actions.write_notice(publication=held, **words)


def passed(told: Story, held: Publication, **more: Any) -> CorrectionNotice:
    return actions.publish_notice(notice=noticed(told, held, **more), note="Read.", by=told["quality-assurance"])


def corrected(told: Story, before: Report) -> Report:
    """The next version, in which every strength says what is right, approved."""
    report = compose(told, based_on=before)
    for part in queries.sections(report):
        lines = [{**line, "text": line["text"].replace(WRONG, RIGHT)} for line in lines_of(part)]
        if lines != lines_of(part):
            actions.change_section(section=part, lines=lines, version=part.version, by=told["lead"])
    report.refresh_from_db()
    actions.submit(report=report, by=told["lead"])
    return by_both(told, report)


def page_of(held: Publication, name: str = "published_report") -> str:
    return Client().get(reverse(name, args=[held.slug])).content.decode()


def test_a_notice_stands_on_the_page_and_in_the_data_once_somebody_else_passed_it(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    before = (held.content, bytes(held.pdf), held.sha256)
    notice = noticed(wexcombe, held)
    assert WHY not in page_of(held)
    assert json.loads(page_of(held, "published_json"))["corrections"] == []
    actions.publish_notice(notice=notice, note="", by=wexcombe["quality-assurance"])
    assert WHY in page_of(held) and RIGHT in page_of(held)
    (told,) = json.loads(page_of(held, "published_json"))["corrections"]
    assert (told["says"], told["right"], told["why"]) == (WRONG, RIGHT, WHY) and told["published"]
    held.refresh_from_db()
    assert (held.content, bytes(held.pdf), held.sha256) == before


def test_the_same_press_twice_is_one_notice(wexcombe: Story) -> None:
    held, key = publish(wexcombe, approved(wexcombe)), uuid4()
    first = noticed(wexcombe, held, client_key=key)
    assert noticed(wexcombe, held, client_key=key).pk == first.pk
    assert noticed(wexcombe, held).number == first.number + 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"wrong": "Assessments are late."}, "does not say these words"),
        ({"place": "strengths.9"}, "Choose the paragraph"),
        ({"right": " "}, "Say what is wrong, what is right, and why"),
        ({"right": WRONG}, "says the same"),
        ({"why": "It was so for A-7K2MN9."}, "names a child's pseudonym"),
    ],
)
def test_a_notice_that_does_not_fit_or_names_a_child_is_refused(
    wexcombe: Story, more: dict[str, Any], says: str
) -> None:
    held = publish(wexcombe, approved(wexcombe))
    with pytest.raises(Refused, match=says):
        noticed(wexcombe, held, **more)
    assert not CorrectionNotice.objects.exists()


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "director"])
def test_who_may_not_write_a_notice(wexcombe: Story, role: str) -> None:
    held = publish(wexcombe, approved(wexcombe))
    with pytest.raises(Refused):
        noticed(wexcombe, held, by=wexcombe[role])


def test_nobody_passes_their_own_and_what_is_dropped_needs_a_reason_and_is_never_shown(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    notice = noticed(wexcombe, held)
    with pytest.raises(Refused):
        actions.publish_notice(notice=notice, note="Mine.", by=wexcombe["lead"])
    with pytest.raises(actions.NoteNeeded):
        actions.drop_notice(notice=notice, note=" ", by=wexcombe["quality-assurance"])
    seen = notice.version
    actions.drop_notice(notice=notice, note="It was right.", by=wexcombe["quality-assurance"])
    assert WHY not in page_of(held)
    with pytest.raises(IllegalMove):
        actions.publish_notice(notice=notice, note="After all.", by=wexcombe["quality-assurance"])
    with pytest.raises(Overtaken):
        actions.publish_notice(notice=notice, note="", by=wexcombe["quality-assurance"], version=seen)


def test_a_notice_in_which_somebody_could_be_recognised_needs_a_word_of_the_checker(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    notice = noticed(wexcombe, held, why="It was so of two children.")
    with pytest.raises(actions.NoteNeeded, match="very few children"):
        actions.publish_notice(notice=notice, note="", by=wexcombe["quality-assurance"])
    assert actions.publish_notice(notice=notice, note="Known to all.", by=wexcombe["quality-assurance"]).published_at


def test_a_published_version_is_not_edited(wexcombe: Story) -> None:
    report = approved(wexcombe)
    publish(wexcombe, report)
    part = queries.section(report, "strengths")
    with pytest.raises(Refused, match="no longer a draft"):
        actions.change_section(section=part, lines=[], version=part.version, by=wexcombe["lead"])
    with pytest.raises(IllegalMove):
        actions.send_back(report=report, note="Again.", by=wexcombe["quality-assurance"])


def test_a_later_version_changes_nothing_in_silence(wexcombe: Story) -> None:
    report = approved(wexcombe)
    held = publish(wexcombe, report)
    later = corrected(wexcombe, report)
    with pytest.raises(Refused, match=r"no notice says so of: .*Write a correction notice"):
        publish(wexcombe, later)
    places = [str(one.place) for one in queries.published_places(held) if WRONG in one.words]
    assert len(places) > 1
    passed(wexcombe, held, place=places[0])
    noticed(wexcombe, held, place=places[1])
    with pytest.raises(Refused, match="no notice says so"):
        publish(wexcombe, later)
    for place in places[1:]:
        passed(wexcombe, held, place=place)
    after = publish(wexcombe, later)
    assert after.slug != held.slug and after.sha256["content"] != held.sha256["content"]
    assert "corrected version has been published" in page_of(held) and after.slug in page_of(held)
    assert held.slug in page_of(after)
    told = json.loads(page_of(held, "published_json"))
    assert told["corrected_by"].endswith(reverse("published_json", args=[after.slug]))
    assert json.loads(page_of(after, "published_json"))["corrects"].endswith(
        reverse("published_json", args=[held.slug])
    )


def test_a_later_version_that_says_the_same_needs_no_notice(wexcombe: Story) -> None:
    report = approved(wexcombe)
    publish(wexcombe, report)
    assert queries.changed_in_silence(compose(wexcombe, based_on=report)) == []


def test_the_press_summary_says_the_reports_own_words_and_that_it_was_corrected(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    told = press_summary(queries.published_document(held))
    assert told.grades is not None and told.grades.rows[0][1] == "Good" and told.begins == ()
    whole = json.dumps(held.content)
    points = [point for part in told.lists for point in part.points]
    assert len(points) == 2 and all(point in whole for point in points)
    page = page_of(held, "published_press")
    assert all(point in page for point in points) and "The report was corrected" not in page
    passed(wexcombe, held)
    assert "The report was corrected" in page_of(held, "published_press")
    letter = replace(queries.published_document(held), parts=(Part("one", "One", ("First.", "Second.", "Third.")),))
    assert press_summary(letter).begins == ("First.", "Second.")


def test_no_word_of_a_notice_stands_in_the_journal(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    passed(wexcombe, held)
    kept = json.dumps(list(Entry.objects.filter(event__startswith="correction.").values_list("detail", flat=True)))
    assert "strengths.1" in kept
    assert WRONG not in kept and RIGHT not in kept and WHY not in kept


def test_a_number_that_was_dropped_is_told_and_not_only_missing(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    dropped = noticed(wexcombe, held, right="Nothing of the kind.")
    actions.drop_notice(notice=dropped, note="It was right.", by=wexcombe["quality-assurance"])
    assert "There is no correction" not in page_of(held), "before a later number there is no gap"
    assert passed(wexcombe, held).number == 2
    page = page_of(held)
    assert "There is no correction 1 here" in page and "was dropped" in page
    assert "Nothing of the kind." not in page
    told = json.loads(page_of(held, "published_json"))
    assert ([one["number"] for one in told["corrections"]], told["corrections_dropped"]) == ([2], [1])


def test_where_else_the_wrong_words_stand_is_pointed_out_until_each_has_its_notice(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    places = [one for one in queries.published_places(held) if WRONG in one.words]
    assert len(places) > 1, "the sentence stands among the strengths and in its area"
    first = noticed(wexcombe, held)
    assert queries.says_it_too(first) == [one.label for one in places if str(one.place) != PLACE]
    where = reverse("report_notice", args=[wexcombe.inspection.pk, first.pk])
    for role in ("lead", "quality-assurance"):
        page = client_for(wexcombe.person(role)).get(where).content.decode()
        assert "The same words stand elsewhere too" in page
        assert all(one.label in page for one in places if str(one.place) != PLACE)
    for one in places:
        if str(one.place) != PLACE:
            passed(wexcombe, held, place=str(one.place))
    assert queries.says_it_too(first) == []
    assert "stand elsewhere too" not in client_for(wexcombe.person("lead")).get(where).content.decode()


def test_the_dates_in_the_head_are_a_place_of_a_notice_and_every_wrong_place_has_a_mark_beside_it(
    wexcombe: Story,
) -> None:
    held = publish(wexcombe, approved(wexcombe))
    dates = queries.published_document(held).dates
    head = passed(wexcombe, held, place="head.1", wrong=dates, right="One day later.")
    point = passed(wexcombe, held)
    page, press = page_of(held), page_of(held, "published_press")
    for one in (head, point):
        mark = f'#correction-{one.number}">Corrected: see correction {one.number}</a>'
        assert page.count(mark) == 1 and press.count(mark) == 1
        assert f'id="correction-{one.number}"' in page
    assert f"{dates}. <a" in page and f"{WRONG} <a" in page
    where = reverse("report_notices", args=[held.report.inspection_id, held.report_id])
    told = client_for(wexcombe.person("lead")).get(where).content.decode()
    assert "The dates in the head of the report and of the press summary" in told


def test_a_version_whose_head_has_other_dates_is_not_published_without_a_notice_of_that(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    inspection = wexcombe.inspection
    inspection.fieldwork_to = inspection.fieldwork_to + timedelta(days=1)
    inspection.save(update_fields=["fieldwork_to"])
    after = compose(wexcombe, based_on=held.report)
    says = "The dates in the head of the report and of the press summary"
    assert queries.changed_in_silence(after)[0] == says
    passed(wexcombe, held, place="head.1", wrong=queries.published_document(held).dates, right="One day later.")
    assert says not in queries.changed_in_silence(after)


def test_an_edition_beside_a_corrected_version_is_said_not_to_follow_it(wexcombe: Story) -> None:
    first = approved(wexcombe)
    held = publish(wexcombe, first)
    edition = editions.passed(wexcombe, editions.written(wexcombe, editions.begun(wexcombe, first)))
    told = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    where = reverse("published_edition", args=[held.slug, told.slug])
    assert "does not follow it" not in Client().get(where).content.decode()
    notices = reverse("report_notices", args=[held.report.inspection_id, held.report_id])
    assert "does not follow a corrected one" in client_for(wexcombe.person("lead")).get(notices).content.decode()
    for place in ("strengths.1", *(one for one in _silent_places(wexcombe, held) if one != "strengths.1")):
        passed(wexcombe, held, place=place)
    publish(wexcombe, corrected(wexcombe, held.report))
    assert "does not follow it" in Client().get(where).content.decode()


def test_an_edition_published_after_a_correction_says_that_the_full_report_was_corrected(wexcombe: Story) -> None:
    first = approved(wexcombe)
    held = publish(wexcombe, first)
    passed(wexcombe, held, place="strengths.1")
    edition = editions.passed(wexcombe, editions.written(wexcombe, editions.begun(wexcombe, first)))
    told = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    page = Client().get(reverse("published_edition", args=[held.slug, told.slug])).content.decode()
    assert "The full report was corrected. Read what is put right on its page." in page


def _silent_places(told: Story, held: Publication) -> list[str]:
    """Every place that says what is wrong."""
    return [str(one.place) for one in queries.published_places(held) if WRONG in one.words]
