"""Editions of a report: made from the same points, checked against the full one, published beside it."""

import hashlib
import io
import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import docx
import lxml.html
import page as validator
import pytest
from django.test import Client
from django.urls import reverse
from tests import factories as make
from tests.apps.test_reports import approved, publish
from tests.apps.test_reports import wexcombe as wexcombe
from tests.crawling import _pdf
from tests.factories import client_for
from tests.findings_story import NOTHING_OF_A_CHILD, Story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Edition, PublishedEdition, Report
from goldthread.apps.reports.points import Written, sentences
from goldthread.apps.reports.rendering import easy
from goldthread.domain.easy import PARTS

pytestmark = pytest.mark.django_db

PLAIN = {
    "about": "Some people looked at how Wexcombe helps children.",
    "decided": "Help for children is good.",
    "well": "Workers come on time.",
    "better": "Too few young people have a settled home.",
}


def begun(told: Story, report: Report, **more: Any) -> Edition:
    words = {
        "form": "children", "language": "en", "title": "How Wexcombe helps you", "client_key": uuid4(),
        "by": told["lead"], **more,
    }  # fmt: skip
    return actions.make_edition(report=report, **words)


def plainly(edition: Edition, symbol: str = "") -> dict[str, Written]:
    """Every point in plain words."""
    return {one.key: Written(one.key, PLAIN[one.part], symbol) for one in queries.points(edition.report)}


def written(told: Story, edition: Edition, points: dict[str, Written] | None = None, **more: Any) -> Edition:
    words = {
        "title": edition.title, "headings": {}, "native_reader": "", "version": edition.version, "by": told["lead"],
        "points": plainly(edition) if points is None else points, **more,
    }  # fmt: skip
    return actions.change_edition(edition=edition, **words)


def key_of(edition: Edition, part: str) -> str:
    return next(one.key for one in queries.points(edition.report) if one.part == part)


def passed(told: Story, edition: Edition) -> Edition:
    edition = actions.submit_edition(edition=edition, by=told["lead"])
    return actions.approve_edition(edition=edition, note="Read against it.", by=told["quality-assurance"])


def test_every_point_of_the_full_report_is_there_to_be_told_with_its_thread(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    held = queries.beside(edition)
    assert [one.point.part for one in held] == ["about", "decided", "well", "better"]
    assert all(one.written.text for one in held)
    rests = [(row.finding_id is not None, row.judgement_id is not None) for row in edition.points.all()]
    assert rests == [(False, False), (False, True), (True, False), (True, False)]


def test_an_edition_is_made_of_an_approved_version_once_for_each_form_and_language(wexcombe: Story) -> None:
    from tests.apps.test_reports import compose

    with pytest.raises(Refused, match="Have this version approved first"):
        begun(wexcombe, compose(wexcombe))
    report, key = approved(wexcombe), uuid4()
    first = begun(wexcombe, report, client_key=key)
    assert begun(wexcombe, report, client_key=key).pk == first.pk
    with pytest.raises(Refused, match="such an edition"):
        begun(wexcombe, report)
    assert begun(wexcombe, report, form="easy-read").name == "Easy read"
    assert begun(wexcombe, report, language="pl").name == "For children and young people, in Polish"


@pytest.mark.parametrize("role", ["quality-assurance", "nominated-officer", "director"])
def test_who_may_not_write_an_edition(wexcombe: Story, role: str) -> None:
    report = approved(wexcombe)
    with pytest.raises(Refused):
        begun(wexcombe, report, by=wexcombe[role])


def test_an_edition_left_in_the_full_reports_words_is_marked_and_passed_only_with_a_reason(wexcombe: Story) -> None:
    none = "No point was put into plainer words: each still says the full report's own sentence."
    edition = begun(wexcombe, approved(wexcombe))
    assert none in queries.to_be_said(edition)
    points = plainly(edition)
    as_begun = key_of(edition, "better")
    points[as_begun] = Written(as_begun, next(one.text for one in queries.written(edition) if one.key == as_begun))
    edition = written(wexcombe, edition, points)
    assert "1 of 2 points still says the full report's own sentence." in queries.to_be_said(edition)
    edition = actions.submit_edition(edition=edition, by=wexcombe["lead"])
    with pytest.raises(actions.NoteNeeded):
        actions.approve_edition(edition=edition, note="", by=wexcombe["quality-assurance"])
    plain = written(wexcombe, begun(wexcombe, edition.report, form="easy-read"))
    assert not [says for says in queries.to_be_said(plain) if "own sentence" in says]


def test_what_is_neither_said_nor_left_out_with_a_reason_keeps_it_back(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    points = plainly(edition)
    gone = key_of(edition, "better")
    points[gone] = Written(gone)
    edition = written(wexcombe, edition, points)
    with pytest.raises(Refused, match="neither says this nor gives a reason"):
        actions.submit_edition(edition=edition, by=wexcombe["lead"])
    points[gone] = Written(gone, because="It is about grown-ups only.")
    edition = written(wexcombe, edition, points)
    edition = actions.submit_edition(edition=edition, by=wexcombe["lead"])
    with pytest.raises(actions.NoteNeeded):
        actions.approve_edition(edition=edition, note=" ", by=wexcombe["quality-assurance"])
    edition = actions.approve_edition(edition=edition, note="It is.", by=wexcombe["quality-assurance"])
    (left,) = queries.edition_document(edition).left_out
    assert left.says == "Too few have a settled home." and left.because == "It is about grown-ups only."


def test_a_point_is_either_told_or_left_out(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    points = plainly(edition)
    one = key_of(edition, "well")
    points[one] = replace(points[one], because="Both.")
    with pytest.raises(Refused, match="either told or left out"):
        written(wexcombe, edition, points)


def test_nothing_is_said_that_the_full_report_does_not_say(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    other = wexcombe.agreed("data", statement="Agreed after the version was made.")
    stranger = f"finding:{other.pk}"
    with pytest.raises(Refused, match="not in it"):
        written(wexcombe, edition, {**plainly(edition), stranger: Written(stranger, "And this.")})


@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        ("well", "Workers come on time to 9 of 10 children.", "says “9 of 10”, which the full report does not say"),
        ("better", "Half of young people have no home.", "says “Half”"),
        ("about", "People came for 3 weeks.", "says “3”"),
        ("decided", "Help for children is outstanding.", "does not say the grade “Good”"),
        ("decided", "Help is good, and in parts outstanding.", "says “Outstanding” where the full report says “Good”"),
        ("decided", "Help requires improvement to be good.", "where the full report says “Good”"),
        ("well", "A child of A-7K2MN9 was helped.", "names a child's pseudonym"),
    ],
)
def test_a_figure_or_grade_that_differs_or_a_child_that_is_named_is_refused(
    wexcombe: Story, part: str, text: str, says: str
) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    points, one = plainly(edition), key_of(edition, part)
    edition = written(wexcombe, edition, {**points, one: Written(one, text)})
    with pytest.raises(Refused, match=says):
        actions.submit_edition(edition=edition, by=wexcombe["lead"])


def test_a_figure_that_the_full_report_says_may_be_told_as_children_hear_it(wexcombe: Story) -> None:
    wexcombe.agreed("data", kind="good-practice", statement="Workers see 91% of children alone")
    edition = begun(wexcombe, approved(wexcombe))
    seen = next(one.key for one in queries.points(edition.report) if "91%" in one.says)
    known = {one.key: Written(one.key, one.says) for one in queries.points(edition.report)}
    edition = written(wexcombe, edition, {**known, seen: Written(seen, "Workers see about 9 in 10 children alone.")})
    assert not [one for one in queries.problems(edition) if one.key == seen]


def test_easy_read_needs_a_symbol_for_every_point(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe), form="easy-read")
    edition = written(wexcombe, edition)
    with pytest.raises(Refused, match="It has no symbol"):
        actions.submit_edition(edition=edition, by=wexcombe["lead"])
    with pytest.raises(Refused, match="symbols offered"):
        written(wexcombe, edition, plainly(edition, "no-such-thing"))
    edition = written(wexcombe, edition, plainly(edition, "star"))
    assert actions.submit_edition(edition=edition, by=wexcombe["lead"]).status == "submitted"


def test_plainer_words_are_prompted_for_and_block_nothing(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    points, one = plainly(edition), key_of(edition, "well")
    edition = written(wexcombe, edition, {**points, one: Written(one, "Assessments are timely.")})
    told = next(held for held in queries.beside(edition) if held.point.key == one)
    assert "“timely”: try “on time”." in told.plainer
    assert actions.submit_edition(edition=edition, by=wexcombe["lead"]).status == "submitted"


def test_two_who_write_at_once_see_both_texts_and_what_was_sent_is_closed(wexcombe: Story) -> None:
    edition = begun(wexcombe, approved(wexcombe))
    seen = edition.version
    written(wexcombe, edition)
    with pytest.raises(Clash):
        written(wexcombe, edition, version=seen)
    edition.refresh_from_db()
    actions.submit_edition(edition=edition, by=wexcombe["lead"])
    edition.refresh_from_db()
    with pytest.raises(Refused, match="no longer a draft"):
        written(wexcombe, edition)


def test_nobody_checks_their_own_and_a_change_needs_another_check(wexcombe: Story) -> None:
    edition = written(wexcombe, begun(wexcombe, approved(wexcombe)))
    edition = actions.submit_edition(edition=edition, by=wexcombe["lead"])
    with pytest.raises(Refused):
        actions.approve_edition(edition=edition, note="Mine.", by=wexcombe["lead"])
    assert queries.editions_awaiting_check(wexcombe["quality-assurance"]) == [edition]
    with pytest.raises(actions.NoteNeeded):
        actions.send_edition_back(edition=edition, note="", by=wexcombe["quality-assurance"])
    back = actions.send_edition_back(edition=edition, note="Too long.", by=wexcombe["quality-assurance"])
    assert (back.status, back.content_hash) == ("returned", "")
    assert actions.submit_edition(edition=back, by=wexcombe["lead"]).status == "submitted"


def test_it_is_published_beside_the_full_report_exactly_as_approved_and_once(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    with pytest.raises(Refused, match="Publish the full report first"):
        actions.publish_edition(edition=edition, by=wexcombe["lead"])
    publish(wexcombe, report)
    held = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    assert actions.publish_edition(edition=edition, by=wexcombe["lead"]).pk == held.pk
    told = queries.document_of_edition(held)
    assert told.digest() == edition.content_hash == held.sha256["content"]
    assert told.full == report.content_hash
    assert [one for one, _ in queries.editions_published(held.publication)] == ["children"]
    file = "\n".join(one.text for one in docx.Document(io.BytesIO(bytes(held.word))).paragraphs)
    for sentence in PLAIN.values():
        assert sentence in file
        assert sentence in " ".join(" ".join(_pdf(bytes(held.pdf))).split())


def test_of_two_who_publish_an_edition_at_once_the_second_is_told_who_did(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    publish(wexcombe, report)
    first = wexcombe["lead"]
    other = make.member(wexcombe.inspection, "lead", "Ana Other")
    held = actions.publish_edition(edition=edition, by=first)
    with pytest.raises(Refused, match=f"{first.name} published this edition on .* not published it again"):
        actions.publish_edition(edition=edition, by=other)
    assert list(PublishedEdition.objects.all()) == [held]


def test_what_changed_after_approval_is_not_published(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    publish(wexcombe, report)
    edition.title = "Another title"
    edition.save()
    with pytest.raises(Refused, match="changed after this edition was approved"):
        actions.publish_edition(edition=edition, by=wexcombe["lead"])


def test_an_edition_waits_while_its_full_report_is_not_as_it_was_approved(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = written(wexcombe, begun(wexcombe, report))
    actions.send_back(report=report, note="Once more.", by=wexcombe["quality-assurance"])
    edition.refresh_from_db()
    with pytest.raises(Refused, match="no longer as it was approved"):
        actions.submit_edition(edition=edition, by=wexcombe["lead"])


def test_a_translation_says_that_it_is_one_and_who_has_read_it(wexcombe: Story) -> None:
    report = approved(wexcombe)
    english = written(wexcombe, begun(wexcombe, report))
    polish = begun(wexcombe, report, language="pl", based_on=english)
    assert [one.text for one in polish.points.all()] == [one.text for one in english.points.all()]
    unread = queries.edition_document(polish)
    assert unread.notes == (
        "This is a translation into Polish: no native reader has checked it yet. Where it differs, the English report "
        "counts.",
    )
    assert any("native reader" in says for says in queries.to_be_said(polish))
    polish = written(
        wexcombe, polish, native_reader="Ola Nowak", headings={"well": "Co idzie dobrze"}, title="Pomoc dzieciom"
    )
    told = queries.edition_document(polish)
    assert "read by Ola Nowak" in told.notes[0]
    bare = [one for one in PARTS.values() if one != "What is going well"]
    headings = [says for says in queries.to_be_said(polish) if says.startswith("The heading")]
    assert headings == [f"The heading “{one}” is not put into Polish." for one in bare]
    assert "Co idzie dobrze" in [part.title for part in told.parts]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Workers help you. They listen\nThey come on time.", 3),
        ("ar", "المساعدة جيدة. هل يستمعون؟ نعم.", 3),
        ("ur", "مدد اچھی ہے۔ وہ سنتے ہیں۔", 2),
        ("pl", "Pomoc jest dobra. Świetnie!", 2),
    ],
)
def test_every_sentence_stands_on_its_own_in_each_language(language: str, text: str, count: int) -> None:
    assert len(sentences(text, language)) == count


def test_an_arabic_edition_runs_from_right_to_left_in_both_files(wexcombe: Story) -> None:
    report = approved(wexcombe)
    arabic = begun(wexcombe, report, form="easy-read", language="ar")
    points = {key: replace(one, text="المساعدة جيدة.") for key, one in plainly(arabic, "heart").items()}
    arabic = passed(wexcombe, written(wexcombe, arabic, points))
    publish(wexcombe, report)
    held = actions.publish_edition(edition=arabic, by=wexcombe["lead"])
    assert queries.document_of_edition(held).direction == "rtl"
    file = docx.Document(io.BytesIO(bytes(held.word)))
    assert "w:bidi" in file.styles["Normal"].element.xml
    assert len(file.inline_shapes) == 4


def test_the_pdf_of_easy_read_breaks_no_rule_of_pdf_ua_in_either_direction(wexcombe: Story) -> None:
    report = approved(wexcombe)
    for language in ("en", "ur"):
        edition = begun(wexcombe, report, form="easy-read", language=language)
        points = plainly(edition, "star")
        left = key_of(edition, "better")
        edition = written(wexcombe, edition, {**points, left: Written(left, because="It is for grown-ups.")})
        found = validator.validate_pdf_bytes(easy.as_pdf(queries.edition_document(edition)), profile="ua1")
        assert [(one.rule_id, one.message) for one in found.failures] == []
        assert found.is_compliant and found.rules.total >= 100


def test_no_thread_leaves_with_an_edition_and_no_word_stands_in_the_journal(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    publish(wexcombe, report)
    held = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    told = json.dumps(held.content) + " ".join(_pdf(bytes(held.pdf)))
    for point in edition.points.all():
        for thread in (point.finding_id, point.judgement_id):
            assert thread is None or str(thread) not in told
    assert NOTHING_OF_A_CHILD not in told
    kept = json.dumps(
        list(Entry.objects.filter(event__startswith="edition.").values_list("detail", flat=True)), default=str
    )
    assert PLAIN["well"] not in kept and "Read against it." not in kept


def test_the_next_versions_edition_begins_with_what_the_last_one_said(wexcombe: Story) -> None:
    first = written(wexcombe, begun(wexcombe, approved(wexcombe)))
    wexcombe.agreed("data", statement="Something new is agreed.")
    second = begun(wexcombe, approved(wexcombe), based_on=first)
    told = {one.key: one.text for one in queries.written(second)}
    assert all(told[one.key] == one.text for one in queries.written(first))
    assert "Something new is agreed." in told.values()


def test_a_correction_of_the_full_report_is_told_in_the_editions_data_and_to_the_team(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    full = publish(wexcombe, report)
    held = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    where = reverse("published_edition_file", args=[full.slug, held.slug, "json"])
    teams = reverse("edition", args=[edition.inspection_id, edition.pk])
    before = Client().get(where).json()
    assert (before["corrections"], before["corrected_since"]) == ([], False)
    assert "Agrees with what was corrected" not in text(client_for(wexcombe.person("lead")).get(teams))
    place = next(one for one in queries.published_places(full) if one.words)
    notice = actions.write_notice(
        publication=full, place=str(place.place), wrong=place.words, right="It says something else.", why="A slip.",
        client_key=uuid4(), by=wexcombe["lead"],
    )  # fmt: skip
    actions.publish_notice(notice=notice, note="Read.", by=wexcombe["quality-assurance"])
    after = Client().get(where).json()
    assert [(one["number"], one["right"]) for one in after["corrections"]] == [(1, "It says something else.")]
    assert after["corrected_since"] is True and after["full_report"].endswith(f"/reports/{full.slug}/report.json")
    assert after["title"] == before["title"] and after["sha256"] == before["sha256"], "what was published stays"
    told = text(client_for(wexcombe.person("lead")).get(teams))
    assert "The full report was corrected after this edition was published" in told
    assert "Agrees with what was corrected" in told and "without the correction" in told


def test_an_edition_has_an_open_document_file_of_its_own(wexcombe: Story) -> None:
    report = approved(wexcombe)
    edition = passed(wexcombe, written(wexcombe, begun(wexcombe, report)))
    full = publish(wexcombe, report)
    held = actions.publish_edition(edition=edition, by=wexcombe["lead"])
    file = Client().get(reverse("published_edition_file", args=[full.slug, held.slug, "odt"]))
    assert file.status_code == 200 and file.content == bytes(held.odt or b"")
    assert hashlib.sha256(file.content).hexdigest() == held.sha256["odt"]
    page = Client().get(reverse("published_edition", args=[full.slug, held.slug])).content.decode()
    assert "Download as OpenDocument" in page
    PublishedEdition.objects.filter(pk=held.pk).update(odt=None, sha256={"content": held.sha256["content"]})
    assert Client().get(reverse("published_edition_file", args=[full.slug, held.slug, "odt"])).status_code == 404
    page = Client().get(reverse("published_edition", args=[full.slug, held.slug])).content.decode()
    assert "Download as OpenDocument" not in page, "of what was published before there is none"


def text(answer: Any) -> str:
    return " ".join(lxml.html.fromstring(answer.content).text_content().split())
