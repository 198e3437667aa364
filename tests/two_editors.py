"""Every door that changes something, sorted by what a second sending or a second editor means for it.

Doors that make something stand in `tests/makings.py`. A new door stands in none of these, and
`tests/pages/test_two_editors.py` goes red until it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.apps.cases.models import Case, PartRequired, PractitionersPart
from goldthread.apps.drafting.models import Draft, OwnVersion
from goldthread.apps.fieldwork.building import days_of, fieldwork_of, plan_of
from goldthread.apps.fieldwork.models import Timetable
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Challenge, Judgement
from goldthread.apps.improvement.models import Goal
from goldthread.apps.inspections.models import Conflict
from goldthread.apps.programme import queries as programme
from goldthread.apps.programme.models import Round
from goldthread.apps.reports.models import CouncilCopy
from goldthread.apps.submissions import corrections
from goldthread.apps.submissions.models import Submission
from tests.makings import approve, approve_edition
from tests.world import Place


@dataclass(frozen=True)
class Editing:
    """A door that changes something that is there.

    `move` says that there are no two texts to lay side by side: the second editor is told what happened meanwhile.
    `host` is the page on which its form stands, where it has none of its own. `first` is the door by which the first
    editor goes, where going by the same would be the same act done twice.
    """

    by: str
    kind: str = ""
    state: str = ""
    move: bool = True
    fill: dict[str, Any] = field(default_factory=dict)
    host: str = ""
    first: str = ""
    given: Callable[[Place, str], dict[str, Any]] | None = None
    before: Callable[[Place, dict[str, Any]], None] | None = None


FIRST, SECOND = "Ana wrote this.", "Ben wrote that."
"""What the two editors type."""


def closing(place: Place, typed: str) -> dict[str, Any]:
    """An answer that will do."""
    return {"to": "closed", "because": typed}


def some_case(place: Place, typed: str) -> dict[str, Any]:
    """A case that nobody has; the first editor gives it to one inspector, the second to another."""
    to = "inspector" if typed == FIRST else "inspector-2"
    case = Case.objects.get(pk=next(t.parts["case"] for t in place.things if t.state == "nobody's"))
    return {"cases": [str(case.pk)], "to": str(place.person(to).pk), "how": "chosen"}


def a_goal(place: Place, typed: str) -> dict[str, Any]:
    """The goal of the recommendation that is open."""
    held = Goal.objects.get(
        recommendation__inspection=place.inspection, recommendation__status="open", recommendation__theme=None
    )
    return {"goal": str(held.pk)}


def a_conflict(place: Place, typed: str) -> dict[str, Any]:
    """The conflict that nobody has waived."""
    held = Conflict.objects.get(inspection=place.inspection, waived_at=None, interest="authority")
    return {"conflict": str(held.pk), "because": ""}


def a_meaning(place: Place, typed: str) -> dict[str, Any]:
    """What the odd gender of the lists means: the first editor says one thing, the second another."""
    handed = next(t.parts["submission"] for t in place.things if (t.kind, t.state) == ("submission", "handed-over"))
    values = corrections.values(Submission.objects.get(pk=handed))
    value = next(one for one in values if one.field == "gender")
    return {f"code-{value.key}": "M" if typed == FIRST else "U"}


def an_authority(place: Place, typed: str) -> dict[str, Any]:
    """As which authority to compare: the first editor chooses one, the second another."""
    return {"authority": "831" if typed == FIRST else "855"}


def what_is_seen(place: Place, typed: str) -> dict[str, Any]:
    """The draw of the planned round, as its page shows it to the lead."""
    round_, rule = Round.objects.get(inspection=place.inspection, status="planned"), programme.rule_of(place.inspection)
    assert rule is not None
    return {"step": "draw", "seen": programme.propose(round_, rule, place["lead"]).seen}


def a_day(place: Place, typed: str) -> dict[str, Any]:
    """Where a task is put: the first editor chooses the day on which the lead has least to do, the second the next."""
    who, fieldwork = str(place.person("lead").pk), fieldwork_of(place.inspection)
    plan = plan_of(Timetable.objects.get(inspection=place.inspection), fieldwork)
    mine = [(one.day, one.start, fieldwork.task[one.task].minutes) for one in plan.bookings if who in one.people]
    days = sorted(days_of(place.inspection), key=lambda day: sum(minutes for on, _, minutes in mine if on == day))
    day = days[0 if typed == FIRST else 1]
    start = next(
        hour * 60 for hour in range(9, 16)
        if all(on != day or hour * 60 + 60 <= at or at + minutes <= hour * 60 for on, at, minutes in mine)
    )  # fmt: skip
    return {"day": day.isoformat(), "start": f"{start // 60}:00", "people": [who]}


def other_days(place: Place, typed: str) -> dict[str, Any]:
    """The days of a phase: the first editor chooses some, the second others."""
    return {"starts": "04/01/2027", "ends": "15/01/2027" if typed == FIRST else "18/01/2027"}


def a_practitioner(place: Place, typed: str) -> dict[str, Any]:
    """To whom a review is shown."""
    return {"to": str(place.person("improvement-lead").pk)}


def another_reviewer(place: Place, typed: str) -> dict[str, Any]:
    """To whom a review is handed over."""
    return {"to": str(place.person("lead").pk)}


def another_finding(place: Place, typed: str) -> dict[str, Any]:
    """Into which finding another is merged: the draft that was opened again."""
    again = next(t.parts["finding"] for t in place.things if (t.kind, t.state) == ("finding", "opened again"))
    return {"into": str(again)}


def an_owner(place: Place, typed: str) -> dict[str, Any]:
    """To whom a finding is given: the first editor chooses the lead, the second the analyst."""
    return {"to": str(place.person("lead" if typed == FIRST else "analyst").pk)}


def part_needed(place: Place, parts: dict[str, Any]) -> None:
    """Every review needs its practitioner's part."""
    PartRequired.objects.filter(inspection=place.inspection).update(required=True)


def departing(place: Place, parts: dict[str, Any]) -> None:
    """A judgement that goes against a rule which normally holds, for another reason than the one that was let."""
    held = Judgement.objects.get(inspection=place.inspection, area="looked-after")
    findings.propose_judgement(
        inspection=place.inspection, area=held.area, grade=held.grade, reason=held.reason, version=held.version,
        departs_because="Of three hundred children four.", by=place["inspector"],
    )  # fmt: skip
    parts["area"] = held.area


def unchallenged(place: Place, parts: dict[str, Any]) -> None:
    """Every challenge is closed, and the judgement can be agreed."""
    for one in Challenge.objects.filter(judgement__inspection=place.inspection).exclude(status="closed"):
        findings.close_challenge(challenge=one, closing="It was met.", by=place["quality-assurance"])


def overdue(place: Place, parts: dict[str, Any]) -> None:
    """The practitioner's day is over."""
    PractitionersPart.objects.filter(pk=parts["part"]).update(due=date(2026, 1, 5))


def a_text(place: Place, typed: str) -> dict[str, Any]:
    """The text of a draft under another title."""
    draft = Draft.objects.get(series=OwnVersion.objects.filter(kind="instrument")[0].series, status="writing")
    return {"text": draft.text.replace(f'title = "{draft.title}"', f'title = "{typed}"')}


def approve_alone(place: Place, parts: dict[str, Any]) -> None:
    """The version is approved, and no other is with the council."""
    CouncilCopy.objects.filter(inspection=place.inspection).update(status="taken-back")
    approve(place, parts)


TEXT = {"move": False}
DECLINED = {"verdict": "not-accepted", "changed": []}
CONSENT = {"tier": "words", "adult": "grown-up", "agreed": "themselves"}
WRITTEN, JUDGED, READY = ("draft", "with problems"), ("draft", "of a framework"), ("draft", "ready")
EDITING = {
    "fieldwork_person": Editing("lead", "member of fieldwork", "lead", **TEXT, fill={"languages": ""}),
    "fieldwork_sites": Editing("lead", **TEXT, fill={"written": ""}),
    "fieldwork_task": Editing("lead", "task of fieldwork", "open", **TEXT, fill={"title": ""}),
    "fieldwork_booking": Editing("lead", "booking of fieldwork", "ready", given=a_day),
    "fieldwork_give_out": Editing("lead", "timetable", "ready"),
    "phase_move": Editing("lead", "phase", "moderation", **TEXT, given=other_days),
    "period": Editing("lead", "period", "marked", **TEXT, fill={"says": ""}),
    "period_out": Editing("lead", "period", "marked", host="period", first="period"),
    "hearing_target": Editing("lead", "hearing target", "set", fill={"wanted": "7"}),
    "hearing_target_out": Editing("lead", "hearing target", "set", first="hearing_target"),
    "survey_move": Editing("lead", "survey", "open"),
    "survey_theme": Editing("lead", "survey theme", "in use", **TEXT, fill={"do": "rename", "name": "", "means": ""}),
    "survey_code": Editing("lead", "survey words", "released"),
    "survey_words_one": Editing("lead", "survey words", "waiting", fill={"to": "concern"}),
    "conversation_change": Editing("inspector", "conversation", "planned, mine", **TEXT, fill={"team": ""}),
    "conversation_consent": Editing("inspector", "conversation", "planned, mine", fill=CONSENT),
    "conversation_not_held": Editing(
        "inspector", "conversation", "planned, mine", fill={"because": "not-needed"}, first="conversation_consent"
    ),
    "conversation_again": Editing("inspector", "conversation", "not held, mine"),
    "conversation_notes": Editing("inspector", "conversation", "agreed, mine", **TEXT),
    "conversation_finish": Editing("inspector", "conversation", "agreed, mine", first="conversation_notes"),
    "conversation_open": Editing("inspector", "conversation", "held, words, mine"),
    "conversation_narrow": Editing("inspector", "conversation", "held, words, mine", fill={"tier": "idea"}),
    "conversation_withdraw": Editing("inspector", "conversation", "held, words, mine", fill={"because": "slip"}),
    "voiced_concern": Editing("lead", "voiced concern", "open"),
    "observation_change": Editing("inspector", "observation", "draft", **TEXT),
    "observation_shelve": Editing("inspector", "observation", "draft", first="observation_change"),
    "observation_open": Editing("inspector", "observation", "on the shelf"),
    "care_council_change": Editing("inspector", "care council", "written", **TEXT),
    "promise_settle": Editing("inspector", "promise", "open", fill={"to": "kept"}),
    "meeting_change": Editing("lead", "meeting", "written", **TEXT),
    "message_change": Editing("inspector", "message", "draft", **TEXT),
    "message_release": Editing("lead", "message", "draft", first="message_change"),
    "message_discard": Editing("inspector", "message", "draft"),
    "request_change": Editing("lead", "request", "asked", **TEXT, fill={"title": ""}),
    "request_take_on": Editing("nominated-officer", "request", "asked"),
    "request_answer": Editing("nominated-officer", "request", "asked"),
    "request_settle": Editing("lead", "request", "answered", fill={"to": "sent-back"}),
    "person": Editing("administrator", **TEXT, fill={"name": ""}),
    "inspection_edit": Editing("lead", **TEXT, fill={"title": ""}),
    "change_finding": Editing("inspector", "finding", "draft", **TEXT),
    "compare_as": Editing("lead", given=an_authority),
    "submission_watch_target": Editing("lead", "submission", "handed-over", **TEXT, fill={"target": "80"}),
    "answer_contrary": Editing("inspector", "finding", "draft", **TEXT),
    "judgement": Editing("inspector", "judgement", "proposed", **TEXT, fill={"grade": "good"}),
    "report_section": Editing("lead", "report", "draft", **TEXT),
    "merge_finding": Editing("inspector", "finding", "draft", given=another_finding),
    "finding_owner": Editing("inspector", "finding", "draft", given=an_owner),
    "finding_comment_resolve": Editing("inspector", "finding comment", "open", host="finding"),
    "finding_comment_reopen": Editing("inspector", "finding comment", "resolved", host="finding"),
    "agree_finding": Editing("lead", "finding", "draft"),
    "reopen_finding": Editing("lead", "finding", "agreed"),
    "withdraw_finding": Editing("lead", "finding", "draft"),
    "remove_citation": Editing("inspector", "finding", "draft", first="answer_contrary"),
    "judgement_dissent_back": Editing("inspector", "judgement dissent", "standing", host="judgement"),
    "judgement_departure": Editing(
        "quality-assurance", "judgement", "proposed", fill={"decision": "approve"}, before=departing
    ),
    "capacity": Editing("lead", **TEXT, fill={"confidence": "middle"}),
    "challenge_answer": Editing("lead", "challenge", "open"),
    "challenge_close": Editing("quality-assurance", "challenge", "answered", fill={"decision": "close"}),
    "moderation_meeting_decide": Editing("lead", "moderation meeting", "held", fill={"area": "care-leavers"}),
    "agree_judgement": Editing("lead", "judgement", "proposed", before=unchallenged),
    "reopen_judgement": Editing("lead", "judgement", "agreed"),
    "inspection_move": Editing("lead", fill={"to": "moderation"}),
    "withdraw_item": Editing("lead", "item", "current"),
    "case_set_aside": Editing("lead", "case", "nobody's"),
    "content_notice": Editing("lead", "case", "nobody's", given=lambda place, typed: {"kinds": ["death"]}),
    "case_review_give_back": Editing("quality-assurance", "review", "signed, mine"),
    "case_review_hand_over": Editing("lead", "review", "finished, not yet", given=another_reviewer),
    "parts_required": Editing("lead", **TEXT, fill={"required": "yes"}),
    "offline_leave": Editing("lead", **TEXT, fill={"allowed": "yes"}),
    "offline_withdraw": Editing("lead", "offline pack", "out"),
    "offline_give_up": Editing("inspector", "offline pack", "out"),
    "part_waive": Editing("lead", "review", "finished, not yet", first="practitioner_show", before=part_needed),
    "practitioner_show": Editing("inspector", "review", "finished, not yet", fill={"days": "3"}, given=a_practitioner),
    "practitioner_take_back": Editing("lead", "part", "released"),
    "practitioner_go_on": Editing("inspector", "part", "released", host="practitioners_part", before=overdue),
    "practitioner_weigh": Editing("inspector", "correction", "sent", fill={"decision": "decline"}),
    "my_part_send": Editing("improvement-lead", "part", "released"),
    "second_readings": Editing("lead", "draw", "live", fill={"share": "50"}),
    "second_reading_change": Editing("lead", "second reading", "waits", fill={"to": "call-off"}),
    "second_reading_reopen": Editing("lead", "second reading", "settled"),
    "own_audit": Editing("analyst", "own audit", "waits", **TEXT, fill={"grade": "good"}),
    "training_level": Editing("lead", "training", "open"),
    "practice_reflect": Editing("inspector", "attempt", "signed, mine", **TEXT, host="practice_review"),
    "concern_acknowledge": Editing("lead", "concern", "open"),
    "referral_back_answer": Editing("nominated-officer", "referral", "told, by inspector"),
    "referral_back_settle": Editing("lead", "referral", "answered, by inspector", given=closing),
    "draw_allocate": Editing("lead", "draw", "live", host="draw", given=some_case),
    "draw_release": Editing("lead", "draw", "live", first="draw_supersede"),
    "draw_supersede": Editing("lead", "draw", "live"),
    "submission_values": Editing("nominated-officer", "submission", "handed-over", given=a_meaning),
    "question_answer": Editing("nominated-officer", "question", "asked"),
    "question_close": Editing("lead", "question", "answered"),
    "question_again": Editing("lead", "question", "answered"),
    "submission_hand_over": Editing("nominated-officer", "submission", "staged"),
    "document_describe": Editing("uploader", "document", "staged", **TEXT, fill={"title": ""}),
    "document_withdraw": Editing("nominated-officer", "document", "staged"),
    "local_rules_withdraw": Editing("uploader", "local rules", "authority"),
    "submission_withdraw": Editing("nominated-officer", "submission", "staged"),
    "report_submit": Editing("lead", "report", "draft", host="report_version"),
    "report_take_back": Editing("lead", "report", "submitted", host="report_version"),
    "report_council_copy": Editing("lead", "report", "submitted", before=approve_alone, first="report_check"),
    "council_copy": Editing("director", "council copy", "commented", fill={"sure": "on"}),
    "accuracy_comment_change": Editing("director", "accuracy comment", "draft", **TEXT, fill={"kind": "wording"}),
    "accuracy_comment": Editing("quality-assurance", "accuracy comment", "waits", **TEXT, fill=DECLINED),
    "report_check": Editing("quality-assurance", "report", "submitted", before=approve, fill={"decision": "send-back"}),
    "edition_write": Editing("lead", "edition", "draft", **TEXT),
    "edition_submit": Editing("lead", "edition", "draft", host="edition"),
    "edition_check": Editing("quality-assurance", "edition", "submitted", fill={"decision": "send-back"}),
    "report_notice": Editing("quality-assurance", "notice", "waits", fill={"decision": "drop"}),
    "edition_publish": Editing(
        "lead", "edition", "submitted", before=approve_edition, first="edition_check", host="edition"
    ),
    "report_embargo": Editing("lead", "embargo", "lies ahead"),
    "report_publish": Editing("lead", "report", "submitted", before=approve, first="report_check"),
    "conflict_waive": Editing("quality-assurance", host="members", given=a_conflict),
    "programme_rule": Editing("lead", **TEXT),
    "programme_auditor": Editing("lead", "auditor", "takes part", **TEXT, fill={"other": ""}),
    "programme_round_draw": Editing("lead", "round", "planned", given=what_is_seen),
    "programme_round_move": Editing("lead", "round", "drawn", fill={"to": "closed"}),
    "audit_action_change": Editing("lead", "audit action", "open", **TEXT),
    "audit_action_prove": Editing("inspector", "audit action", "open"),
    "audit_action_settle": Editing("lead", "audit action", "proof-given", fill={"to": "returned"}),
    "recommendation_change": Editing("lead", "recommendation", "draft", **TEXT),
    "recommendation_done": Editing("improvement-lead", "recommendation", "open"),
    "planned_action_say": Editing("improvement-lead", "planned action", "planned", fill={"to": "under-way"}),
    "planned_action_day": Editing("improvement-lead", "planned action", "planned", fill={"due": "01/03/2030"}),
    "planned_action_settle": Editing("lead", "planned action", "said-done", fill={"to": "returned"}),
    "you_said_write": Editing("lead", "recommendation", "open", **TEXT),
    "you_said_yes": Editing("improvement-lead", "promise to families", "asked", fill={"to": "no"}),
    "goal_withdraw": Editing("lead", "recommendation", "open", given=a_goal),
    "recommendation_settle": Editing("lead", "recommendation", "open", fill={"to": "closed"}),
    "learning_change": Editing("lead", "learning", "written", **TEXT),
    "draft_text": Editing("lead", *READY, **TEXT, given=a_text),
    "draft_about": Editing("lead", *READY, **TEXT, fill={"title": ""}),
    "draft_checks": Editing("lead", *READY, **TEXT, fill={"W02": "on", "W02-says": ""}),
    "draft_take_back": Editing("lead", *READY, host="draft_history"),
    "draft_closing": Editing("lead", *READY, **TEXT, fill={"record_text": ""}),
    "draft_publish": Editing("lead", *READY, first="draft_about"),
    "draft_drop": Editing("lead", *READY, first="draft_about"),
    "draft_move": Editing("lead", *WRITTEN, host="draft", fill={"way": "up"}),
    "draft_section": Editing("lead", "section of a draft", "empty", **TEXT, fill={"title": ""}),
    "draft_section_when": Editing("lead", "section of a draft", "empty", fill={"take_out": "know-child"}),
    "draft_section_remove": Editing("lead", "section of a draft", "empty", first="draft_section"),
    "draft_question": Editing("lead", "question of a draft", **TEXT),
    "draft_question_when": Editing("lead", "question of a draft", fill={"take_out": "know-child"}),
    "draft_question_remove": Editing("lead", "question of a draft", first="draft_question"),
    "draft_framework_about": Editing("lead", *JUDGED, **TEXT, fill={"title": ""}),
    "draft_entry": Editing("lead", "entry of a draft", "a request", **TEXT, fill={"title": ""}),
    "draft_entry_move": Editing("lead", "list of a draft", "requests", host="draft", fill={"way": "up"}),
    "draft_entry_remove": Editing("lead", "entry of a draft", "a request", first="draft_entry"),
    "own_version_withdraw": Editing("lead", "own version", "offered"),
    "own_version_offer": Editing("lead", "own version", "withdrawn"),
}
"""Doors that change what is there: two people open each, and the second must not write over the first unawares."""
