"""The canary crawl: a word that stands nowhere else is planted in every field that a person or a file can fill, then
everything that each role can reach is read, down to the parts of the files, and none may hold a word not meant for it.

Where a field is new, plant a canary in it (`tests/world.py`) or say below why nobody can write in it.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import CharField, JSONField, TextField
from django.urls import reverse
from tests.asking import ACTORS, Asker
from tests.canaries import Canary
from tests.crawling import STARTS, Crawl, Trail
from tests.pages.conftest import Logged
from tests.world import World

from goldthread.apps.findings import queries as findings
from goldthread.apps.journal.models import Entry
from goldthread.web.doors import every_door
from goldthread.web.logs import NoContent

pytestmark = pytest.mark.django_db

FEWEST = {
    # Pages and files that each must reach by links alone; a crawl that reaches fewer has proved nothing.
    "lead": 300, "inspector": 250, "inspector-2": 250, "quality-assurance": 230, "analyst": 250,
    "disclosure-checker": 45, "records-officer": 40, "nominated-officer": 120, "director": 110, "uploader": 75,
    "uploader-2": 50, "improvement-lead": 35, "member": 30, "administrator": 60,
}  # fmt: skip
SHOWN = {
    # How many canaries meant for them each must have been shown, so that an empty world cannot pass either.
    "lead": 220, "inspector": 170, "quality-assurance": 200, "analyst": 180, "disclosure-checker": 20,
    "nominated-officer": 80, "director": 80, "uploader": 50, "nobody": 12,
}  # fmt: skip

NOT_WRITTEN_IN = {
    "Case.content_kinds": "chosen from a list",
    "Finding.themes": "chosen from a list", "Report.recognised": "kinds of doubts",
    "ReportCheck.content_hash": "a hash", "Edition.recognised": "kinds of doubts",
    # Text fields in which neither a person nor a file can put words of their own, and why.
    "AskedFamily.status": "a status", "AskedFamily.left_out": "chosen from a list", "Theme.status": "a status",
    "Survey.template": "chosen from a list", "Survey.link": "a chance number", "Survey.status": "a status",
    "Code.digest": "a keyed hash", "Answer.way": "chosen from a list", "Answer.language": "chosen from a list",
    "Answer.chosen": "answers chosen from a list", "Words.question": "chosen from a list",
    "Words.language": "chosen from a list", "Words.tier": "chosen from a list", "Words.alike": "a keyed hash",
    "YouSaid.status": "a status", "YouSaid.share": "worked out", "YouSaid.outcome": "worked out",
    "Agreement.answer": "chosen from a list",
    "YouSaid.looked_with": "a hash", "YouSaid.marked": "kinds of doubt, words of the programme",
    "YouSaid.marked_since": "kinds of doubt, words of the programme",
    "YouSaid.councils_yes": "a status", "PlannedAction.status": "a status", "PlannedTurn.kind": "a kind of turn",
    "Words.status": "a status", "Shelved.question": "chosen from a list",
    "Person.password": "a hash", "OpenSession.device": "a browser in our own words",
    "SiteGrant.role": "chosen from a list", "Inspection.framework": "chosen from a list",
    "Inspection.kind": "chosen from a list", "Inspection.status": "moved by the table of moves",
    "Membership.role": "chosen from a list", "TypedText.form": "the form's own name",
    "Entry.chain": "an id", "Entry.event": "a code", "Entry.by_id": "an id",
    "Entry.about_kind": "a kind of thing", "Entry.about_id": "an id", "Entry.previous": "a hash",
    "Entry.digest": "a hash", "EvidenceItem.kind": "chosen from a list", "EvidenceItem.area_slugs": "slugs",
    "EvidenceItem.themes": "slugs of an instrument", "EvidenceItem.source_hash": "a hash",
    "EvidenceItem.detail": "words of a measure, and answers chosen from a list",
    "EvidenceItem.status": "a status", "Submission.sha256": "a hash", "Submission.blob_key": "a key",
    "Submission.form": "the name of a form",
    "Submission.status": "a status", "Submission.hand_over": "a status", "Submission.step": "words of the programme",
    "Submission.claimed_by": "a machine and a process", "Submission.refusal": "words of the programme",
    "Submission.mend": "words of the programme", "Submission.store_key": "a key", "Submission.issues_key": "a key",
    "Submission.vault_key": "a key", "MeasureValue.code": "a code",
    "MeasureValue.breakdown": "a column", "MeasureValue.detail": "words of the measure",
    "Correction.field": "chosen from a list", "Correction.code": "chosen from a list",
    "LocalRules.sha256": "a hash", "LocalRules.status": "a status",
    "LocalRules.origin": "the title of the inspection that it was carried from",
    "Acceptance.rule": "a code", "Acceptance.table": "a table's own name", "Acceptance.child": "a canary of its own",
    "Acceptance.cells": "a keyed hash", "Acceptance.role": "chosen from a list",
    "DataQuery.rule": "a code", "DataQuery.severity": "a code", "DataQuery.says": "words of the programme",
    "DataQuery.list_title": "a list's own title", "DataQuery.child": "a canary of its own",
    "DataQuery.status": "a status", "Turn.kind": "a kind of thing",
    "Identity.pseudonym": "a canary of its own", "Identity.fingerprint": "a keyed hash",
    "PublishedFile.kind": "told by the columns", "PublishedFile.sha256": "a hash", "PublishedFile.store_key": "a key",
    "ComparedAs.authority": "chosen from a list", "Series.code": "a code",
    "PastGrade.grade": "chosen from a list", "PastTheme.theme": "chosen from a list",
    "Rebased.period": "chosen from a list",
    "Draw.population": "chosen from a list", "Draw.says": "words of the programme", "Draw.strata_by": "columns",
    "Draw.design": "chosen from a list",
    "Draw.algorithm": "a name", "Draw.frame_hash": "a hash", "Draw.excluded": "reasons of the programme",
    "Draw.instrument": "chosen from a list", "Draw.status": "a status", "Case.pseudonym": "a canary of its own",
    "Case.status": "a status", "Case.instrument": "chosen from a list",
    "CaseReview.instrument": "chosen from a list", "CaseReview.status": "a status",
    "CaseReview.practice_grade": "a grade", "CaseReview.record_grade": "a grade",
    "Conflict.interest": "chosen from a list", "Availability.weekdays": "chosen from a list",
    "Availability.away": "days", "Task.kind": "chosen from a list", "Task.must": "ids", "Timetable.status": "a status",
    "Timetable.bookings": "ids and times", "Timetable.says": "words of the programme",
    "Timetable.why_left_out": "ids and names of rules", "Timetable.note": "words of the programme",
    "SecondReadings.algorithm": "a name", "SecondReading.status": "a status",
    "Settlement.question": "the instrument's own", "Settlement.value": "chosen from a list",
    "PractitionersPart.status": "a status", "PractitionersWord.question": "the instrument's own",
    "PractitionersWord.proposed": "chosen from a list", "PractitionersWord.decision": "a status",
    "PractitionersWord.original": "chosen from a list", "ReasonTag.question": "the instrument's own",
    "OwnAudit.question": "the instrument's own", "OwnAudit.grade": "chosen from a list",
    "ReferralBack.seriousness": "chosen from a list", "ReferralBack.within": "chosen from a list",
    "ReferralBack.status": "a status", "ReferralTurn.kind": "a kind of thing",
    "PrePublicationCopy.status": "a status",
    "CouncilCopy.status": "a status", "CouncilCopy.content_hash": "a hash", "CouncilCopy.next_hash": "a hash",
    "AccuracyComment.section": "a section's own slug", "AccuracyComment.kind": "chosen from a list",
    "AccuracyProof.exception": "a kind of thing",
    "AccuracyComment.status": "a status", "AccuracyComment.exception": "a kind of thing",
    "AccuracyAnswer.verdict": "chosen from a list", "AccuracyAnswer.changed": "chosen from a list",
    "HearingTarget.group": "chosen from a list", "HearingTarget.age": "chosen from a list",
    "HearingTarget.area": "chosen from a list", "Conversation.group": "chosen from a list",
    "Conversation.age": "chosen from a list", "Conversation.area_slugs": "slugs", "Conversation.how": "chosen",
    "Conversation.status": "a status", "Conversation.tier": "chosen from a list",
    "Conversation.adult": "chosen from a list", "Conversation.agreed": "chosen from a list",
    "Conversation.ended_because": "chosen from a list", "SaidPassage.tier": "chosen from a list",
    "Observation.kind": "chosen from a list",
    "Observation.area_slugs": "slugs", "Observation.status": "a status", "Promise.status": "a status",
    "TeamMeeting.attended": "ids", "CouncilMessage.status": "a status",
    "MovedPhase.phase": "the framework's own", "MarkedPeriod.kind": "chosen from a list",
    "AppliedTimetable.changes": "ids", "InformationRequest.ref": "the framework's own",
    "InformationRequest.status": "a status",
    "RequestTurn.kind": "a kind of thing",
    "ProgrammeRule.instrument": "chosen from a list", "ProgrammeRule.design": "chosen from a list",
    "ProgrammeRule.population": "chosen from a list", "ProgrammeRule.strata_by": "columns",
    "Round.seed": "made by dice", "Round.status": "a status", "Round.rule": "numbers, and chosen from lists",
    "Round.unplaced": "numbers, and words of the programme with names", "Round.algorithm": "a name",
    "Recommendation.series": "a slug", "Recommendation.status": "a status", "Recommendation.owners_word": "a status",
    "RecommendationTurn.kind": "a kind of thing", "Goal.measured": "a code", "Goal.title": "words of the programme",
    "Goal.better": "chosen from a list", "Reading.source": "ids", "Reading.definition": "words of the programme",
    "AuditAction.status": "a status", "ActionTurn.kind": "a kind of thing",
    "Answer.question": "the instrument's own", "Answer.value": "chosen from a list",
    "Finding.kind": "chosen from a list", "Finding.area": "chosen from a list", "Finding.criteria": "chosen",
    "Finding.confidence": "chosen from a list", "Finding.status": "a status", "Citation.stance": "chosen",
    "Judgement.area": "chosen from a list", "Judgement.grade": "chosen from a list",
    "Judgement.departure": "a status", "Dissent.grade": "chosen from a list", "Dissent.of_grade": "chosen from a list",
    "JudgementState.sha256": "a hash", "Challenge.status": "a status", "ModerationMeeting.attended": "ids of people",
    "Discussed.of_grade": "chosen from a list", "CapacityJudgement.confidence": "chosen from a list",
    "CapacityJudgement.evidence": "words of the programme",
    "Judgement.departs_from": "names of rules", "Judgement.status": "a status", "Report.status": "a status",
    "Report.content_hash": "a hash", "Section.slug": "the framework's own", "Section.title": "the framework's own",
    "Section.kind": "the framework's own", "Section.area": "the framework's own",
    "Draft.kind": "chosen from a list", "Draft.status": "a status",
    "OwnVersion.kind": "chosen from a list", "OwnVersion.status": "a status", "OwnVersion.sha256": "a hash",
    "Document.kind": "chosen from a list", "Document.area_slugs": "slugs", "Document.sha256": "a hash",
    "Document.ending": "told by the bytes", "Document.blob_key": "a key", "Document.reading": "a status",
    "Document.claimed_by": "a machine and a process", "Document.refusal": "words of the programme",
    "Document.mend": "words of the programme", "Document.unit": "chosen from a list", "Document.pointed": "counts",
    "Document.language": "told by its words",
    "DocumentMeaning.model": "a name",
    "Redaction.status": "a status", "Redaction.refusal": "words of the programme",
    "PagePicture.blob_key": "a key", "PageFromImage.reading": "a status",
    "PageFromImage.refusal": "words of the programme", "PageFromImage.languages": "names of models",
    "Document.status": "a status", "Passage.status": "a status",
    "Training.cases": "slugs of cases that come with Goldthread", "Training.status": "a status",
    "PracticeReview.case": "a slug", "PracticeReview.instrument": "a slug", "PracticeReview.status": "a status",
    "PracticeAnswer.question": "the instrument's own", "PracticeAnswer.value": "chosen from a list",
    "OfflinePack.status": "a status", "OfflinePack.ended_how": "chosen from a list",
    "KeptAnswer.question": "the instrument's own", "KeptAnswer.why": "clash or refused",
    "KeptAnswer.says": "words of the programme", "KeptAnswer.chosen": "chosen from a list",
    "Edition.form": "chosen from a list", "Edition.language": "chosen from a list", "Edition.status": "a status",
    "Edition.content_hash": "a hash", "EditionPoint.symbol": "chosen from a list",
    "PublishedEdition.slug": "a form and a language", "PublishedEdition.sha256": "hashes",
    "CorrectionNotice.place": "chosen from a list", "CorrectionNotice.label": "a section's own title, and a number",
    "CorrectionNotice.status": "a status",
    "Publication.framework": "chosen from a list", "Publication.sha256": "hashes",
    "Publication.held_because": "words of the programme",
}  # fmt: skip
"""Every side is a side of the wall wherever it stands."""


@pytest.fixture(scope="module")
def crawl(world: World, asker: Asker) -> Crawl:
    return Crawl(world, asker)


@pytest.fixture(scope="module")
def trails(crawl: Crawl) -> dict[str, Trail]:
    """Everybody, wherever links and forms lead from the front page and from their own."""
    return {actor: crawl.follow(actor, *STARTS) for actor in ACTORS}


def text_fields() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        if model.__module__.startswith("goldthread.apps."):
            for one in model._meta.get_fields():
                if isinstance(one, (CharField, TextField, JSONField)) and one.name != "side":
                    yield f"{model.__name__}.{one.name}", one


def values(one: Any) -> Iterator[str]:
    for (value,) in one.model._default_manager.values_list(one.name).iterator():
        yield str(value)


def test_a_canary_sits_in_every_field_that_anybody_can_write_in(world: World) -> None:
    bare, excused_in_vain = [], []
    for name, one in text_fields():
        holds = any(world.canaries.found_in(value) for value in values(one))
        if not holds and name not in NOT_WRITTEN_IN:
            bare.append(name)
        if holds and name in NOT_WRITTEN_IN and "canary of its own" not in NOT_WRITTEN_IN[name]:
            excused_in_vain.append(name)
    assert bare == []
    assert excused_in_vain == []
    gone = set(NOT_WRITTEN_IN) - {name for name, _ in text_fields()}
    assert gone == set()


def test_there_are_canaries_of_every_class_on_both_inspections(world: World) -> None:
    counted = Counter((one.klass.split(":")[0], one.place) for one in world.canaries.planted.values())
    for klass in ("vault", "staged", "handed-over", "team-data", "case", "team", "draft-report", "public", "own"):
        assert counted[klass, "own"] > 2, klass
        assert counted[klass, "other"] > 2, klass
    assert len(world.canaries.planted) > 700
    assert len(world.canaries.births) > 100
    assert len(world.canaries.pseudonyms) > 100


def test_nobody_is_shown_a_word_that_is_not_for_them(trails: dict[str, Trail]) -> None:
    assert [leak for trail in trails.values() for leak in trail.leaks] == []


def test_the_crawl_went_everywhere_that_each_may_go(trails: dict[str, Trail]) -> None:
    went = {actor: len(trail.pages) + len(trail.files) for actor, trail in trails.items()}
    assert {actor: went[actor] for actor, fewest in FEWEST.items() if went[actor] < fewest} == {}
    seen = {actor: len(trail.seen) for actor, trail in trails.items()}
    assert {actor: seen[actor] for actor, fewest in SHOWN.items() if seen[actor] < fewest} == {}
    for actor in ("ended", "conflicted", "no-role", "closed", "no-second-factor"):
        theirs = {one for one in trails[actor].seen if one.klass in (f"own:{actor}", "own-design", "own-design-name")}
        assert trails[actor].seen <= trails["nobody"].seen | theirs


def test_links_lead_to_every_door_that_is_opened_by_looking(trails: dict[str, Trail]) -> None:
    """What no link leads to, the crawl has not read; those doors are known and asked directly in the matrix."""
    reached = set().union(*(trail.doors for trail in trails.values()))
    looked_at = {door.name for door in every_door() if door.reads}
    unlinked = {
        "choose_password", "sign_in_code", "recovery_codes", "submission_progress", "fieldwork_progress",
        "case_review_sign_off", "my_part_send", "practice_sign_off",
        "part_waive",  # linked where a part is required, which it is not here: tests/pages/test_required_parts.py
        "document_ruler", "document_redaction_picture",  # pictures: tests/pages/test_document_redacting.py
        "document_picture",  # shown beside a page that was drawn: tests/pages/test_document_pictures.py
        "still_here", "sign_in", "confirm", "unlock",
        "voiced_concern_to_case",  # a form leads there, and it leads on: to the form that refers a child back
        "offline_shell", "offline_worker",  # asked for by scripts: tests/pages/test_offline.py
        "improvement_then_and_now",  # linked where two inspections can be compared: tests/apps/test_then_and_now.py
        "any_calculator",  # a link leads there, and it leads on: to the calculator of one framework
    }  # fmt: skip
    assert looked_at - reached - unlinked == set()


def test_files_of_every_sort_were_opened(trails: dict[str, Trail]) -> None:
    ends = {path.split("?")[0].rsplit("/", 1)[-1].rsplit(".", 1)[-1] for path in trails["lead"].files}
    assert {"pdf", "docx", "json", "svg"} <= ends
    assert {"draw_export", "submission_issues_export"} <= trails["lead"].doors | trails["nominated-officer"].doors


def test_a_clash_shows_each_only_what_they_may_read_anyway(world: World, asker: Asker) -> None:
    finding = thing(world, "finding", "draft")
    path = reverse("change_finding", kwargs={"inspection": world.own.inspection.pk, "finding": finding["finding"]})
    sent = {
        "area": "help-and-protection", "kind": "strength", "statement": "Mine.", "confidence": "middle",
        "version": "77",
    }  # fmt: skip
    told = asker.ask("analyst", "POST", path, sent)
    assert told.status == 409
    assert world.canaries.found_in(told.answer.content.decode())
    for actor in ACTORS:
        text = asker.ask(actor, "POST", path, sent).answer.content.decode()
        assert world.canaries.forbidden(text, actor) == set()


def thing(world: World, kind: str, state: str) -> dict[str, Any]:
    return next(one.parts for one in world.own.things if (one.kind, one.state) == (kind, state))


def test_an_identity_is_shown_only_for_a_look_that_is_in_the_journal(world: World, asker: Asker) -> None:
    case = thing(world, "case", "mine")["case"]
    path = reverse("case_who", kwargs={"inspection": world.own.inspection.pk, "case": case})
    before = asker.ask("inspector", "GET", path)
    assert vault_words(world, before.answer) == set()
    unexplained = asker.ask("inspector", "POST", path, {})
    assert vault_words(world, unexplained.answer) == set()
    told = asker.ask("inspector", "POST", path, {"reason": "case-review"})
    shown = vault_words(world, told.answer)
    assert {"id of a child", "date of birth"} <= {one.what for one in shown}
    assert told.changed == 1
    assert vault_words(world, asker.ask("inspector", "GET", path).answer) == set()
    for actor in ("inspector-2", "analyst", "disclosure-checker", "administrator", "uploader"):
        refused = asker.ask(actor, "POST", path, {"reason": "case-review"})
        assert (vault_words(world, refused.answer), refused.changed) == (set(), 0)


def vault_words(world: World, answer: Any) -> set[Canary]:
    return {one for one in world.canaries.found_in(answer.content.decode()) if one.klass == "vault"}


def test_a_look_leaves_its_mark_and_no_identity_in_the_journal(world: World) -> None:
    from goldthread.apps.cases.models import Case
    from goldthread.apps.submissions.actions import look_up

    case = Case.objects.get(pk=thing(world, "case", "mine")["case"])
    known = look_up(
        pseudonyms=[case.pseudonym], inspection=case.inspection, by=world.own["inspector"], reason="case-review",
        work=case,
    )  # fmt: skip
    assert known[case.pseudonym].ids
    entry = Entry.objects.order_by("-pk").first()
    assert entry is not None
    assert (entry.event, entry.by_id) == ("vault.looked", world.own["inspector"].id)
    written = f"{entry.about_label} {entry.about_id} {entry.detail}"
    assert {one.klass for one in world.canaries.found_in(written)} == set()


def test_no_identity_is_in_the_database_in_clear(world: World) -> None:
    """Nor a word of a child's case in the journal."""
    leaks, read = [], 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    read += 1
                    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    dates = name not in ("last_login",)
                    found = {one for one in world.canaries.found_in(text) if dates or one.what != "date of birth"}
                    wrong = ("vault", "case") if table == "journal_entry" else ("vault",)
                    leaks += [f"{table}.{name}: {one.what}" for one in found if one.klass in wrong]
    assert read > 10_000
    assert sorted(set(leaks)) == []


def test_nothing_is_in_the_data_folder_in_clear(world: World) -> None:
    files = [
        path
        for place in (world.own, world.other)
        for folder in ("blobs", "store")
        for path in (Path(settings.DATA) / folder / str(place.inspection.pk)).rglob("*")
        if path.is_file()
    ]
    assert len(files) > 20
    for path in files:
        assert world.canaries.found_in(f"{path.name} {path.read_bytes().decode('latin-1')}") == set(), path.name


def test_nothing_of_a_child_is_logged(world: World, trails: dict[str, Trail], logged: Logged) -> None:
    """Not even before the logs are stripped of what could hold content."""
    told = "\n".join(logged.lines)
    assert {one.what for one in world.canaries.found_in(told) if one.klass in ("vault", "case", "staged")} == set()


def test_a_page_that_breaks_tells_nothing(
    world: World, asker: Asker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    word = next(one.word for one in world.canaries.of("vault"))

    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError(f"could not make sense of {word}")

    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(NoContent())
    logging.getLogger("django.request").addHandler(handler)
    monkeypatch.setattr(findings, "findings", broken)
    path = reverse("findings", kwargs={"inspection": world.own.inspection.pk})
    told = asker.ask("lead", "GET", f"{path}?words={word}")
    logging.getLogger("django.request").removeHandler(handler)
    assert told.status == 500
    assert word not in told.answer.content.decode()
    assert "ValueError" in stream.getvalue()
    assert word not in stream.getvalue()
