"""Every door that makes something, who makes it, and how its form is filled in.

Sent twice it makes one thing: `tests/pages/test_two_editors.py` asks each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, CaseReview
from goldthread.apps.programme import queries as programme
from goldthread.apps.reports import actions as reports
from goldthread.apps.reports.models import Edition, Report
from goldthread.apps.surveys import queries as surveys
from goldthread.apps.surveys.models import Words as SurveyWords
from tests.two_checkers import passed
from tests.world import Place

WITHOUT_KEY = {
    "cite": "an item stands in a finding once",
    "members": "somebody holds a role once",
    "person_give_role": "somebody holds a role once",
    "case_review_start": "a reviewer has one live review of a case",
    "practice_case": "a reviewer has one attempt at a practice case at a time",
    "person_new": "an address has one account",
}
"""Doors that make something which can be there only once by its nature. Some send a key or a version all the same."""


@dataclass(frozen=True)
class Making:
    """A door that makes something: who does, where its form stands, and how it is filled in."""

    by: str
    fill: dict[str, Any]
    kind: str = ""
    state: str = ""
    host: str = ""
    before: Callable[[Place, dict[str, Any]], None] | None = None
    given: Callable[[Place], dict[str, Any]] | None = None


def an_owner(place: Place) -> dict[str, Any]:
    """Who is to do something."""
    return {"owner": str(place.person("inspector").pk)}


def a_council_owner(place: Place) -> dict[str, Any]:
    """Who of the council is to do something."""
    return {"owner": str(place.person("improvement-lead").pk)}


def an_own_case(place: Place) -> dict[str, Any]:
    """A case of the second inspector, whose earlier pack was withdrawn."""
    return {"case": [str(CaseReview.objects.get(pk=next(
        one.parts["review"] for one in place.things if (one.kind, one.state) == ("review", "draft, another's")
    )).case_id)]}  # fmt: skip


def give_it(place: Place, parts: dict[str, Any]) -> None:
    """The case is given to the inspector."""
    cases.allocate(cases=[Case.objects.get(pk=parts["case"])], to=place.person("inspector"), by=place["lead"])


def what_is_told(place: Place) -> dict[str, Any]:
    """How the programme stands, as its page shows it."""
    told = programme.foreseen(place.inspection, place["lead"], timezone.localdate())
    return {"seen": programme.name_of(told)}


def approve(place: Place, parts: dict[str, Any]) -> None:
    """The version is passed by both of its checkers."""
    passed(place, Report.objects.get(pk=parts["report"]), "Read.")


def approve_edition(place: Place, parts: dict[str, Any]) -> None:
    """The edition is approved by one of its checkers."""
    reports.approve_edition(
        edition=Edition.objects.get(pk=parts["edition"]), note="Read.", by=place["disclosure-checker"]
    )


def as_written(place: Place) -> dict[str, Any]:
    """Words of a survey that were released, as they stand there."""
    words = SurveyWords.objects.select_related("survey__inspection")
    return {
        "text": surveys.words_of(
            words.get(survey__inspection=place.inspection, survey__status="open", status="released")
        )
    }


def listening(place: Place) -> dict[str, Any]:
    """Who listens, on the day of the call."""
    return {"holder": str(place.person("inspector").pk), **on_the_call(place)}


def moderators(place: Place) -> dict[str, Any]:
    """Who moderates, on the day of the call."""
    there = [str(place.person(role).pk) for role in ("lead", "quality-assurance")]
    return {"attended": there, **on_the_call(place)}


def on_the_call(place: Place) -> dict[str, Any]:
    """The day of the call."""
    return {"day": f"{place.inspection.call_day:%d/%m/%Y}"}


ON_PAPER = {"kind-of-help": "early", "listened": "well", "plan": "yes", "better": "same", "use": "idea"}
MAKING = {
    "split_finding": Making("inspector", {}, kind="finding", state="draft"),
    "finding_comment": Making("inspector", {}, kind="finding", state="draft", host="finding"),
    "judgement_challenge": Making("quality-assurance", {}, kind="judgement", state="proposed"),
    "moderation_meeting_new": Making("lead", {}, given=moderators),
    "judgement_dissent": Making("inspector", {"grade": "inadequate"}, kind="judgement", state="agreed"),
    "inspection_new": Making("lead", {
        "title": "Twice", "authority": "Twiceham", "framework": "sif-2013", "kind": "inspection",
        "call_day": "01/02/2027", "fieldwork_from": "02/02/2027", "fieldwork_to": "03/02/2027",
    }),
    "person_new": Making("administrator", {"name": "Twila Twice", "email": "twila@example.org"}),
    "person_give_role": Making("administrator", {"role": "administrator"}, host="person"),
    "members": Making("lead", {
        "role": "inspector", "reason": "Second week", "email": "norma.no-role@example.org",
    }),
    "conflict": Making("inspector-2", {"interest": "authority", "says": "A cousin works there."}),
    "write_finding": Making("inspector", {
        "area": "help-and-protection", "kind": "strength", "statement": "Twice told.", "confidence": "middle",
    }),
    "cite": Making("inspector", {"stance": "for", "why": "It shows so."}, kind="pair", state="draft"),
    "submissions": Making("uploader", {}),
    "local_rules": Making("uploader", {}),
    "benchmarks": Making("analyst", {}),
    "site_benchmarks": Making("administrator", {}),
    "past_grades_from_table": Making("analyst", {}),
    "question_ask": Making(
        "lead", {"about": "G06:8", "question": "Twice asked."}, kind="submission", state="handed-over"
    ),
    "past_grades": Making("analyst", {
        "on": "04/09/2023", "framework": "ILACS", "area": "Overall", "source": "Report, page 2",
    }),
    "improvement_recurrence": Making("analyst", {
        "on": "04/09/2023", "theme": "plans", "source": "Report, page 2",
    }),
    "submission_watch_limits": Making(
        "lead", {"because": "Twice told.", "period": "2026-08"}, kind="submission", state="handed-over"
    ),
    "submission_read_again": Making("nominated-officer", {}, kind="submission", state="handed-over"),
    "draw_new": Making("lead", {
        "population": "open-cases", "strata": ["service"], "size": "2", "seed": "twice", "purpose": "Twice",
        "step": "draw", "listed": [""],
    }),
    "case_review_start": Making("inspector", {}, kind="case", state="nobody's", host="case", before=give_it),
    "case_concern": Making(
        "inspector", {"says": "A child may be unsafe.", "seriousness": "immediate", "told": "both"},
        kind="case", state="mine",
    ),
    "concern_refer": Making(
        "lead", {"says": "A child may be unsafe.", "seriousness": "drift"}, kind="concern", state="open"
    ),
    "training_inspection_new": Making("lead", {}),
    "training_new": Making("lead", {}),
    "practice_case": Making("inspector", {}, kind="practice case", state="not begun"),
    "report": Making("lead", {"title": "Twice"}),
    "report_notices": Making(
        "lead", {"place": "help-and-protection.0", "right": "It is otherwise."}, kind="report", state="published"
    ),
    "editions": Making(
        "lead", {"form": "children", "language": "cy", "title": "Twice"}, kind="report", state="published"
    ),
    "accuracy_comment_new": Making(
        "nominated-officer", {"place": "help-and-protection.1", "kind": "fact"}, kind="council copy", state="commented"
    ),
    "offline": Making("inspector-2", {}, given=an_own_case),
    "period_new": Making("lead", {"kind": "school-holiday", "starts": "21/12/2026", "ends": "01/01/2027"}),
    "meeting_new": Making("lead", {}),
    "meeting_look": Making("lead", {"due": "01/03/2030"}, kind="meeting", state="written"),
    "message_new": Making("inspector", {}),
    "documents_upload": Making("uploader", {"kind": "policy"}),
    "document_replace": Making("uploader", {}, kind="document", state="submitted"),
    "document_redact": Making("uploader", {"passages": "of a document about"}, kind="document", state="staged"),
    "document_note": Making("inspector", {}, kind="document", state="submitted"),
    "document_cite": Making(
        "inspector", {"quotation": "is the text of a document"}, kind="document", state="submitted",
    ),
    "survey_new": Making("lead", {"template": "carers"}),
    "survey_letters": Making("lead", {"group": "", "size": "3"}, kind="survey", state="open"),
    "survey_typed": Making("lead", ON_PAPER, kind="survey", state="open"),
    "survey_themes": Making("lead", {"name": ""}, kind="survey", state="open"),
    "survey_shelve": Making("lead", {}, kind="survey result", state="shown"),
    "survey_words_shelve": Making("lead", {}, kind="survey words", state="released", given=as_written),
    "hearing_target_new": Making("lead", {"group": "police", "wanted": "2"}),
    "conversation_new": Making("inspector", {"group": "police"}, given=listening),
    "conversation_passage": Making(
        "inspector", {"tier": "idea"}, kind="conversation", state="held, words, mine"
    ),
    "conversation_concern": Making("inspector", {}, kind="conversation", state="agreed, mine"),
    "observation_new": Making("inspector", {"kind": "visit"}, given=on_the_call),
    "care_council_new": Making("inspector", {"people": "4", "day": "02/11/2026"}),
    "promise_new": Making("inspector", {"by_whom": "Head", "due": "01/03/2030"}, kind="care council", state="written"),
    "request_new": Making("lead", {"title": "Twice told", "due": "01/03/2030"}),
    "fieldwork_task_new": Making("lead", {
        "title": "Twice", "kind": "visit", "minutes": "60", "seats": "1", "must": [],
    }),
    "fieldwork_ask": Making("lead", {"seconds": "1"}, host="fieldwork"),
    "audit_action_new": Making("lead", {"due": "01/03/2030"}, given=an_owner),
    "programme_statements": Making("lead", {}, given=what_is_told),
    "recommendation_new": Making("lead", {"due": "01/03/2030"}, given=a_council_owner),
    "planned_action_new": Making(
        "improvement-lead", {"due": "01/03/2030", "whom": "Head"}, kind="recommendation", state="open"
    ),
    "goal_new": Making(
        "lead", {"measure": "measure:AS-01", "target": "90"}, kind="recommendation", state="draft"
    ),
    "learning_new": Making("lead", {"theme": "Twice"}),
    "learning_share": Making("lead", {"with_whom": "North"}, kind="learning", state="written"),
    "draft_new": Making("lead", {"kind": "framework", "how": "blank", "title": "Twice"}),
    "draft_section_new": Making("lead", {"title": "Twice"}, kind="draft", state="with problems"),
    "draft_question_new": Making("lead", {}, kind="draft", state="with problems"),
    "draft_entry_new": Making(
        "lead", {"ref": "Z9", "title": "Twice", "due": "3"}, kind="list of a draft", state="requests"
    ),
}  # fmt: skip
"""Doors that make something; the others change what is there."""
