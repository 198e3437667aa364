"""Reports: composed from what was agreed, checked by somebody else, published once, exactly as approved."""

import hashlib
import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make
from tests.crawling import _parts, _pdf
from tests.findings_story import NOTHING_OF_A_CHILD, Story, story
from tests.two_checkers import passed, returned

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.composing import sources_in_words
from goldthread.apps.reports.models import Publication, Report, Section, Sentence
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

AREA = "help-and-protection"


@pytest.fixture
def wexcombe() -> Story:
    """Two agreed findings and a judgement; a draft and a proposal that must stay out."""
    told = story()
    told.agreed("data", "case-review", explanation="Seen in files. Heard from families.")
    told.agreed("survey", area="care-leavers", kind="improve", statement="Too few have a settled home")
    findings.agree_judgement(judgement=told.propose(AREA, "good", reason="Most help comes early."), by=told["lead"])
    told.cited("data", statement="Nobody agreed this yet.")
    told.propose("care-leavers", "good", reason="Nobody agreed this grade.")
    return told


def compose(told: Story, **more: Any) -> Report:
    words = {"title": "Wexcombe children’s services", "client_key": uuid4(), "by": told["lead"], **more}
    return actions.compose(inspection=told.inspection, **words)


def submitted(told: Story) -> Report:
    return actions.submit(report=compose(told), by=told["lead"])


def approved(told: Story) -> Report:
    return passed(told, submitted(told))


def publish(told: Story, report: Report) -> Publication:
    return actions.publish(report=report, because="Nobody checks facts in a story.", by=told["lead"])


def lines_of(section: Section) -> list[dict[str, Any]]:
    return [
        {"text": one.text, "paragraph": one.paragraph, "finding_id": one.finding_id, "judgement_id": one.judgement_id}
        for one in section.sentences.all()
    ]


def test_the_report_names_every_kind_of_source_and_counts_none_of_which_there_are_few(wexcombe: Story) -> None:
    for number in range(5):
        wexcombe.agreed("case-review", statement=f"Files hold plans, {number}.")
    about = Sentence.objects.filter(section__report=compose(wexcombe), section__kind="about")
    assert about.last().text == (  # type: ignore[union-attr]
        "The findings rest on 6 case reviews; and on measures and survey results, fewer than 5 of each kind."
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"document": 7, "case-review": 6, "data": 12}, "6 case reviews, 12 measures and 7 documents"),
        ({"case-review": 6, "conversation": 4}, "6 case reviews and fewer than 5 conversations"),
        ({"observation": 1}, "fewer than 5 observations"),
        ({"data": 2, "document": 1}, "measures and documents, fewer than 5 of each kind"),
        ({"data": 0}, ""),
    ],
)
def test_sources_in_words(counts: dict[str, int], said: str) -> None:
    assert sources_in_words(counts) == said


def test_the_files_and_the_page_say_which_version_it_is_and_since_when(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    day = f"{timezone.localdate():%-d %B %Y}"
    says = f"Version 1, approved {day}. Published {day}."
    for text in (*(_parts(bytes(one)) for one in (held.word, held.odt)), _pdf(bytes(held.pdf))):
        assert f"{says} What is corrected later does not change this file" in " ".join(" ".join(text).split())
    assert says in Client().get(reverse("published_report", args=[held.slug])).content.decode()
    assert Client().get(reverse("published_json", args=[held.slug])).json()["imprint"] == says


def test_the_files_of_a_report_under_embargo_tell_no_moment_that_may_move(wexcombe: Story) -> None:
    ahead = timezone.now().replace(microsecond=0) + timedelta(days=3)
    report = approved(wexcombe)
    held = actions.publish(report=report, because="Agreed with the council.", public_from=ahead, by=wexcombe["lead"])
    told = " ".join(" ".join(_pdf(bytes(held.pdf))).split())
    assert f"Version 1, approved {timezone.localdate():%-d %B %Y}." in told and "Published" not in told
    assert "The day on which it was published, and what is corrected later, are told on the page" in told


def test_every_sentence_comes_from_an_agreed_finding_or_judgement(wexcombe: Story) -> None:
    report = compose(wexcombe)
    told = Sentence.objects.filter(section__report=report).exclude(section__kind="about")
    assert told.count() > 5
    for line in told.select_related("finding", "judgement"):
        assert (line.finding is None) != (line.judgement is None), line.text
        top = line.finding or line.judgement
        assert top is not None and top.status == "agreed"
        assert line.text.strip(".") in _sources(line), f"“{line.text}” was invented"
    texts = " ".join(told.values_list("text", flat=True))
    assert "Nobody agreed" not in texts and "Too few have a settled home." in texts
    assert queries.loose(report) == []


def _sources(line: Sentence) -> str:
    if line.finding is not None:
        return f"{line.finding.statement} {line.finding.explanation}"
    assert line.judgement is not None
    return f"{line.judgement.reason} Children who need help and protection: good Help and protection: good"


def test_the_thread_of_a_judgement_leads_to_the_findings_under_it_and_not_to_its_own_words(wexcombe: Story) -> None:
    report = compose(wexcombe)
    lines = Sentence.objects.filter(section__report=report, judgement__area=AREA).select_related("judgement")
    line = lines.get(section__kind="area")
    standing = queries.thread(line, wexcombe["lead"])["standing"]
    assert [one.finding.area for one in standing.agreed] == [AREA]
    where = reverse("report_thread", args=[wexcombe.inspection.pk, report.pk, line.pk])
    browser = make.client_for(wexcombe.person("lead"))
    page = lxml.html.fromstring(browser.get(where).content)
    told = " ".join(page.text_content().split())
    finding = standing.agreed[0].finding
    assert f"{finding.mark} {finding.statement}" in told
    assert page.xpath(f'//a[@href="{reverse("finding", args=[wexcombe.inspection.pk, finding.pk])}"]')
    assert told.count(line.text) == 1, "the sentence stands once, as what is asked about"
    back = page.xpath('//a[contains(@class, "govuk-back-link")]/@href')
    assert back == [reverse("report_version", args=[wexcombe.inspection.pk, report.pk]) + f"#sentence-{line.pk}"]
    held = lxml.html.fromstring(browser.get(back[0].partition("#")[0]).content)
    assert held.xpath(f'//a[@id="sentence-{line.pk}"]'), "without scripts the way back ends at the sentence"


def test_a_letter_without_grades_is_composed_from_findings_and_misses_no_judgement() -> None:
    told = story("focused-visit")
    told.agreed(area="front-door", statement="Referrals are decided in time")
    report = compose(told)
    assert queries.unjudged(report) == []
    parts = {part.slug: part for part in queries.document(report).parts}
    assert "Referrals are decided in time." in parts["front-door"].paragraphs
    assert "care-leavers" not in parts
    assert not any(part.grid for part in parts.values())
    assert queries.unjudged(compose(_with_an_agreed_finding())) != []


def _with_an_agreed_finding() -> Story:
    told = story()
    told.agreed()
    return told


def test_nothing_agreed_is_nothing_to_compose() -> None:
    bare = story()
    bare.cited("data")
    with pytest.raises(Refused, match="nothing to compose yet"):
        compose(bare)


def test_composing_twice_with_one_key_is_one_version_and_another_key_is_the_next(wexcombe: Story) -> None:
    key = uuid4()
    first = compose(wexcombe, client_key=key)
    assert compose(wexcombe, client_key=key) == first
    assert compose(wexcombe).number == 2
    assert Entry.objects.filter(event="report.composed").count() == 2


@pytest.mark.parametrize(
    "role", ["analyst", "quality-assurance", "disclosure-checker", "director", "nominated-officer"]
)
def test_who_may_not_write_a_report(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        compose(wexcombe, by=wexcombe[role])


def test_a_changed_section_keeps_its_threads_and_a_second_editor_sees_both_texts(wexcombe: Story) -> None:
    section = compose(wexcombe).sections.get(slug=AREA)
    lines = lines_of(section)
    lines[0] = {**lines[0], "text": "Help comes early for most."}
    saved = actions.change_section(section=section, lines=[*lines, {"text": " "}], version=1, by=wexcombe["inspector"])
    assert [one["judgement_id"] or one["finding_id"] for one in lines_of(saved)] == [
        one["judgement_id"] or one["finding_id"] for one in lines
    ]
    with pytest.raises(Clash) as clash:
        actions.change_section(section=section, lines=[{"text": "Mine."}], version=1, by=wexcombe["lead"])
    assert "Help comes early for most." in clash.value.theirs["text"] and clash.value.yours == {"text": "Mine."}
    assert lines_of(saved)[0]["text"] == "Help comes early for most."


def test_a_sentence_rests_only_on_what_this_inspection_agreed(wexcombe: Story) -> None:
    section = compose(wexcombe).sections.get(slug=AREA)
    elsewhere = story()
    other = elsewhere.judge(help_and_protection="good")[AREA]
    draft = wexcombe.cited("data")
    for top in ({"finding_id": draft.pk}, {"judgement_id": other.pk}, {"finding_id": uuid4()}):
        with pytest.raises(Refused, match="may only rest on an agreed"):
            actions.change_section(section=section, lines=[{"text": "So.", **top}], version=1, by=wexcombe["lead"])
    assert section.sentences.count() > 1


def test_what_could_point_to_a_child_is_not_sent_to_be_checked(wexcombe: Story) -> None:
    report = compose(wexcombe)
    section = report.sections.get(slug=AREA)
    lines = [*lines_of(section), {"text": "Ring 01629 533190 about the family."}]
    actions.change_section(section=section, lines=lines, version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="could point to a child"):
        actions.submit(report=report, by=wexcombe["lead"])


def test_a_sentence_whose_finding_was_opened_again_holds_the_report_back(wexcombe: Story) -> None:
    report = compose(wexcombe)
    finding = Sentence.objects.filter(section__report=report).exclude(finding=None)[0].finding
    assert finding is not None
    findings.reopen(finding=finding, because="New evidence", by=wexcombe["lead"])
    with pytest.raises(Refused, match="must be checked again"):
        actions.submit(report=report, by=wexcombe["lead"])


@pytest.mark.parametrize("stage", ["sent", "approved", "published"])
def test_a_finding_that_lost_its_evidence_holds_the_report_back_at_every_stage(wexcombe: Story, stage: str) -> None:
    report = {"sent": compose, "approved": submitted, "published": approved}[stage](wexcombe)
    line = Sentence.objects.filter(section__report=report).exclude(finding=None)[0]
    assert line.finding is not None
    for citation in line.finding.citations.select_related("item"):
        evidence.withdraw(item=citation.item, because="The file was another child's.", by=wexcombe["lead"])
    with pytest.raises(Refused, match="on a finding or judgement that must be checked again"):
        if stage == "sent":
            actions.submit(report=report, by=wexcombe["lead"])
        elif stage == "approved":
            actions.approve(report=report, note="Read.", by=wexcombe["quality-assurance"])
        else:
            publish(wexcombe, report)
    assert not Publication.objects.exists()


def test_a_section_changed_meanwhile_is_seen_before_the_report_is_sent(wexcombe: Story) -> None:
    report = compose(wexcombe)
    section = report.sections.get(slug=AREA)
    lines = lines_of(section)[:-1]
    actions.change_section(section=section, lines=lines, version=1, by=wexcombe["inspector"])
    with pytest.raises(Overtaken) as told:
        actions.submit(report=report, version=report.version, by=wexcombe["lead"])
    assert "Robin inspector" in told.value.theirs["meanwhile"]
    assert actions.submit(report=report, version=told.value.current_version, by=wexcombe["lead"]).status == "submitted"


def test_a_version_that_was_sent_is_closed_until_it_comes_back(wexcombe: Story) -> None:
    report = submitted(wexcombe)
    section = report.sections.get(slug=AREA)
    with pytest.raises(Refused, match="no longer a draft"):
        actions.change_section(section=section, lines=[{"text": "Late."}], version=1, by=wexcombe["lead"])
    with pytest.raises(Refused, match="Say what must change"):
        actions.send_back(report=report, note=" ", by=wexcombe["quality-assurance"])
    back = returned(wexcombe, report, "Shorter, please.")
    assert (back.status, back.check_note, back.content_hash) == ("returned", "Shorter, please.", "")
    fresh = Section.objects.get(pk=section.pk)
    assert actions.change_section(section=fresh, lines=lines_of(fresh)[:-1], version=1, by=wexcombe["lead"])
    assert actions.submit(report=back, by=wexcombe["lead"]).status == "submitted"


def test_a_note_is_needed_to_approve_what_is_marked_and_not_otherwise(wexcombe: Story) -> None:
    report = submitted(wexcombe)
    assert queries.marked(report) == []
    done = passed(wexcombe, report, " ")
    assert (done.status, done.check_note) == ("approved", "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Early help comes quickly.", "rests on no finding"),
        ("The eleven-year-old boy in Wexcombe waited.", "somebody could be recognised"),
    ],
)
def test_whoever_approves_what_is_marked_says_why_it_may_stand(wexcombe: Story, text: str, says: str) -> None:
    report = compose(wexcombe)
    section = report.sections.get(slug=AREA)
    lines = [*lines_of(section), {"text": text, "paragraph": 9}]
    actions.change_section(section=section, lines=lines, version=section.version, by=wexcombe["lead"])
    report.refresh_from_db()
    report = actions.submit(report=report, by=wexcombe["lead"])
    with pytest.raises(actions.NoteNeeded, match=says):
        actions.approve(report=report, note="", by=wexcombe["quality-assurance"])
    done = passed(wexcombe, report, "It is in the public domain.")
    assert done.status == "approved"


def test_evidence_against_that_nobody_answered_is_marked(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", statement="Help comes early in most families.")
    findings.cite(finding=finding, item=wexcombe.item(), stance="against", why="Not here.", by=wexcombe["analyst"])
    findings.agree(finding=finding, by=wexcombe["lead"])
    report = submitted(wexcombe)
    assert queries.marked(report) == ["evidence against that nobody has answered"]
    with pytest.raises(actions.NoteNeeded, match="nobody has answered"):
        actions.approve(report=report, note="", by=wexcombe["quality-assurance"])


def test_nobody_checks_their_own_report(wexcombe: Story) -> None:
    report = submitted(wexcombe)
    lead = wexcombe.person("lead")
    wexcombe.inspection.memberships.create(
        person=lead, role="quality-assurance", valid_from=wexcombe.inspection.memberships.first().valid_from
    )
    for act in (actions.approve, actions.send_back):
        with pytest.raises(Refused, match="Nobody checks their own report"):
            act(report=report, note="Fine by me.", by=wexcombe["lead"])
    with pytest.raises(Refused):
        actions.approve(report=report, note="Fine.", by=wexcombe["inspector"])
    assert Report.objects.get().status == "submitted"


def test_only_what_was_approved_is_published_and_only_once(wexcombe: Story) -> None:
    with pytest.raises(IllegalMove):
        publish(wexcombe, submitted(wexcombe))
    report = approved(wexcombe)
    with pytest.raises(actions.NoteNeeded):
        actions.publish(report=report, by=wexcombe["lead"])
    with pytest.raises(Overtaken):
        actions.publish(report=report, because="Now.", version=report.version - 1, by=wexcombe["lead"])
    assert report.content_hash == queries.document(report).digest()
    first = publish(wexcombe, report)
    assert publish(wexcombe, report) == first
    assert Publication.objects.count() == Entry.objects.filter(event="report.published").count() == 1
    assert first.sha256["content"] == report.content_hash
    for name in ("pdf", "word"):
        assert first.sha256[name] == hashlib.sha256(bytes(getattr(first, name))).hexdigest()


def test_of_two_who_publish_at_once_the_second_is_told_who_did(wexcombe: Story) -> None:
    report = approved(wexcombe)
    first = publish(wexcombe, report)
    wexcombe.people["lead"], earlier = make.person("Ana Other"), wexcombe.person("lead")
    make.member(wexcombe.inspection, "lead", "Ana Other")
    with pytest.raises(Refused, match=f"{earlier.name} published version 1 on .* not published it again"):
        actions.publish(report=report, because="In haste.", by=wexcombe["lead"])
    assert list(Publication.objects.all()) == [first]


def test_what_changed_after_approval_is_not_published(wexcombe: Story) -> None:
    report = approved(wexcombe)
    judgement = Sentence.objects.filter(section__report=report).exclude(judgement=None)[0].judgement
    assert judgement is not None
    findings.reopen_judgement(judgement=judgement, because="New evidence", by=wexcombe["lead"])
    with pytest.raises(Refused, match=r"rests? on a finding or judgement that must be checked again"):
        publish(wexcombe, report)
    judgement.refresh_from_db()
    other = "good" if judgement.grade != "good" else "outstanding"
    judgement = findings.propose_judgement(
        inspection=wexcombe.inspection, area=judgement.area, grade=other, reason="New evidence", departs_because="",
        version=judgement.version, by=wexcombe["lead"],
    )  # fmt: skip
    findings.agree_judgement(judgement=judgement, by=wexcombe["lead"])
    with pytest.raises(Refused, match="changed after this version was approved"):
        publish(wexcombe, report)
    assert not Publication.objects.exists()
    Sentence.objects.filter(section__report=report).update(text="Slipped in by hand.")
    with pytest.raises(Refused, match="changed after this version was approved"):
        publish(wexcombe, report)


def test_no_thread_and_no_pseudonym_leaves_with_what_is_published(wexcombe: Story) -> None:
    held = publish(wexcombe, approved(wexcombe))
    told = [json.dumps(held.content), *_parts(bytes(held.word)), *_pdf(bytes(held.pdf))]
    told.append(bytes(held.pdf).decode("latin-1"))
    threads = {str(pk) for rows in (Sentence, Section, Report) for pk in rows.objects.values_list("pk", flat=True)
               if len(str(pk)) > 30}  # fmt: skip
    for line in Sentence.objects.exclude(finding=None).select_related("finding"):
        assert line.finding is not None
        threads |= {str(line.finding.pk), line.finding.mark}
        threads |= {one.item.mark for one in line.finding.citations.all()}
    threads |= {str(wexcombe.inspection.pk), NOTHING_OF_A_CHILD, *(one.name for one in wexcombe.people.values())}
    assert all("/inspections/" not in text for text in told)
    assert len(threads) > 8
    # Whole words only: a font's own numbers may hold what a shelf mark looks like.
    found = [(one, text[:80]) for one in threads for text in told if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)]
    assert found == []
    assert any("Too few have a settled home." in text for text in told)


def test_the_house_style_prompts_at_the_sentence_and_keeps_nothing_back(wexcombe: Story) -> None:
    report = compose(wexcombe)
    assert queries.style_of(report) == []
    section = queries.section(report, AREA)
    lines = lines_of(section)
    finding = next(one for one in lines if one["finding_id"])
    soft = "Plans appear to be made in order to help."
    lines += [{**finding, "text": soft}, {**finding, "text": soft, "finding_id": None}]
    lines.append({**finding, "text": " ".join(["word"] * 31) + "."})
    section = actions.change_section(section=section, lines=lines, version=section.version, by=wexcombe["lead"])
    told = [said for _, _, said in queries.style_of(report)]
    assert [len(one) for one in told] == [1, 2, 1]
    assert told[0] == ["“in order to”: write “to”."], "its finding carries the hedge"
    assert "“appear to” softens what no cited evidence carries." in told[1][1]
    assert "31 words" in told[2][0]
    browser = make.client_for(wexcombe.person("lead"))
    where = reverse("report_section", args=[wexcombe.inspection.pk, report.pk, AREA])
    for page in (where, reverse("report_version", args=[wexcombe.inspection.pk, report.pk])):
        shown = " ".join(lxml.html.fromstring(browser.get(page).content).text_content().split())
        assert "softens what no cited evidence carries" in shown and "It has 31 words." in shown
    assert actions.submit(report=report, by=wexcombe["lead"]).status == "submitted", "a prompt decides nothing"
