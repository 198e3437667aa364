"""A small whole world for the tests of confidentiality: two inspections, people of every role on either side, and
one of each thing in each state, all made by the actions that the pages use. Whatever somebody or a file can write
holds a canary (`tests.canaries`)."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from goldthread.apps.access import actions as access
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.drawing import Particulars
from goldthread.apps.cases.models import Case, CaseReview, Draw, SecondReading, UrgentConcern
from goldthread.apps.cases.shelving import NOTES
from goldthread.apps.comparison import actions as comparison
from goldthread.apps.comparison import watching
from goldthread.apps.comparison.models import Rebased
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.fieldwork import actions as fieldwork
from goldthread.apps.fieldwork import worker as timetables
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Finding
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.meetings import actions as meetings
from goldthread.apps.referred_back import actions as referred_back
from goldthread.apps.reports import actions as reports
from goldthread.apps.reports.models import Report, Sentence
from goldthread.apps.requests import actions as requests
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import corrections as submission_corrections
from goldthread.apps.submissions import queries as submission_queries
from goldthread.apps.submissions import worker
from goldthread.apps.submissions.actions import keep_typed_text
from goldthread.apps.submissions.models import Correction, Identity, MeasureValue, Submission
from goldthread.domain import instruments
from goldthread.domain.disclosure import WITHHELD, rate_shown
from tests import (
    accuracy_world,
    canary_returns,
    editions_world,
    factories,
    improvement_world,
    offline_world,
    programme_world,
    world_parts,
)
from tests.canaries import Canaries
from tests.canary_lists import lists
from tests.documents_world import documents
from tests.drafts_world import drafts
from tests.kernel.benchmark_file import lait_csv, neighbours_csv
from tests.submissions_story import Held
from tests.surveys_world import surveys
from tests.training_world import training
from tests.voices_world import voices

ON_THE_TEAM = ("inspector", "inspector-2", "quality-assurance", "analyst", "disclosure-checker", "records-officer")
ON_THE_COUNCIL = ("nominated-officer", "uploader", "uploader-2", "director", "improvement-lead", "member")
AREA, SECOND_AREA = "help-and-protection", "care-leavers"
AS_AT = date(2026, 9, 30)
INSTRUMENT = "case-review-short-1"


@dataclass(frozen=True)
class Thing:
    """Something that an address can be about: the parts of the address that name it, and its state in a word."""

    kind: str
    state: str
    parts: dict[str, Any]


@dataclass
class Place:
    """One inspection and all that is in it. `say` gives a text with a canary of a class."""

    name: str
    inspection: Inspection
    canaries: Canaries
    actors: dict[str, Actor] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)

    def __getitem__(self, role: str) -> Actor:
        return self.actors[role]

    def person(self, role: str) -> Person:
        return Person.objects.get(pk=self.actors[role].id)

    def say(self, klass: str, what: str) -> str:
        return f"{self.canaries.plant(klass, what, self.name)} is {what}"

    def note(self, kind: str, state: str, **parts: Any) -> None:
        self.things.append(Thing(kind, state, parts))


@dataclass
class World:
    """The two inspections, whatever belongs to neither, and everybody who may come to a door."""

    canaries: Canaries
    own: Place
    other: Place
    site: list[Thing]
    people: dict[str, Person]


def build() -> World:
    """Make the world. Every row is written by an action."""
    canaries = Canaries()
    administrator = factories.administrator()
    own = _place(canaries, "own", "sif-2013", "Ownshire")
    other = _place(canaries, "other", "ilacs-2026", "Otherton")
    for place in (own, other):
        _data(place)
        _compared(place)
        _watched(place)
        _questions(place)
        _corrections(place)
        programme_world.programme(place)
        _cases(place)
        _fieldwork(place)
        _requests(place)
        documents(place)
        _meetings(place)
        voices(place)
        surveys(place)
        training(place)
        _shelf(place)
        _findings(place)
        improvement_world.improvement(place)
        _reports(place)
        _journal(place)
    people = {role: own.person(role) for role in own.actors}
    people |= {"administrator": Person.objects.get(pk=administrator.id), **_outsiders(own)}
    return World(canaries, own, other, _site(canaries, people), people)


def _place(canaries: Canaries, name: str, framework: str, authority: str) -> Place:
    lead = factories.site_lead(f"Lee Lead of {authority}")
    title = f"{canaries.plant('set-up', 'title of an inspection', name)} autumn"
    made = factories.inspection(
        lead=lead, title=title, framework=framework,
        authority=f"{authority} {canaries.plant('public', 'authority', name)}",
    )  # fmt: skip
    place = Place(name, made, canaries, {"lead": lead})
    for role in (*ON_THE_TEAM, *ON_THE_COUNCIL):
        slug = role.removesuffix("-2")
        who = factories.person(f"{role.replace('-', ' ').title()} of {authority}")
        reason = place.say("takes-part", f"why a role as {role} was given")
        inspections.add_member(inspection=made, person=who, role=slug, by=PROGRAMME, reason=reason)
        place.actors[role] = factories.actor(who)
    for row in Membership.objects.filter(inspection=made, role__in=("inspector", "uploader")):
        side = "team" if row.role == "inspector" else "authority"
        place.note("membership", side, membership=row.pk)
    return place


def _outsiders(own: Place) -> dict[str, Person]:
    """People who once had, or never had, or may not use a role in the own inspection."""
    factories.member(own.inspection, "lead", "Evan Ended", ended=True)
    conflicted = factories.person("Connie Conflicted")
    inspections.add_member(inspection=own.inspection, person=conflicted, role="inspector", by=PROGRAMME)
    inspections.declare_conflict(
        inspection=own.inspection, person=conflicted, says=own.say("conflict", "a conflict"), by=own["lead"]
    )
    waived = inspections.declare_conflict(
        inspection=own.inspection, person=own.person("inspector-2"), by=own["lead"],
        says=own.say("conflict", "a conflict that was waived"), interest="team",
        subject=own.say("conflict", "a team with which somebody has a conflict"),
    )  # fmt: skip
    inspections.waive_conflict(conflict=waived, because=own.say("conflict", "why"), by=own["quality-assurance"])
    factories.member(own.inspection, "lead", "Clovis Closed")
    access.close_person(person=factories.person("Clovis Closed"), by=PROGRAMME)
    factories.member(own.inspection, "lead", "Fay No-Factor")
    return {
        "ended": factories.person("Evan Ended"),
        "conflicted": conflicted,
        "closed": factories.person("Clovis Closed"),
        "no-role": factories.person("Norma No-Role"),
        "no-second-factor": factories.person("Fay No-Factor"),
    }


def _site(canaries: Canaries, people: dict[str, Person]) -> list[Thing]:
    name, email = (canaries.plant("site", what, "site") for what in ("name of an account", "address of an account"))
    access.add_person(email=f"{email}@example.org", name=name, by=PROGRAMME)
    lonely = factories.person(name, email=f"{email}@example.org")
    grant = access.grant_site_role(person=lonely, role="lead", by=PROGRAMME)
    session = access.begin_session(person=people["lead"], device="Firefox on Windows", by=PROGRAMME)
    return [
        Thing("person", "", {"person": lonely.pk, "grant": grant.pk}),
        Thing("session", "the lead's", {"session": session.pk}),
        Thing("link", "wrong", {"person": lonely.pk, "token": "abc-def"}),
        Thing("framework", "", {"framework": "sif-2013"}),
        Thing("instrument", "", {"instrument": "strategy-meetings-1"}),
        *(Thing(*one) for one in drafts(canaries)),
    ]


def _send(place: Place, by: str, klass: str) -> Submission:
    label = f"{place.canaries.plant(klass, 'name of a file', place.name)}.xlsx"
    with Held(lists(place.canaries, klass, place.name)) as upload:
        sent = submissions.receive(
            inspection=place.inspection, upload=upload, label=label, client_key=uuid4(), as_at=AS_AT, by=place[by]
        )
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=sent.pk)


def _send_return(place: Place, by: str, klass: str) -> Submission:
    """The SSDA903 return as its files, each named by a canary."""
    held = canary_returns.files(place.canaries, "ssda903", klass, place.name, children=12)
    names = [f"{place.canaries.plant(klass, 'name of a file', place.name)}.csv" for _ in held]
    with ExitStack() as stack:
        files = [stack.enter_context(Held(data)) for data in held.values()]
        also = [submissions.Sent(one, name) for one, name in zip(files[1:], names[1:], strict=True)]
        sent = submissions.receive(
            inspection=place.inspection, upload=files[0], label=names[0], also=also, client_key=uuid4(), by=place[by]
        )
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=sent.pk)


def _data(place: Place) -> None:
    handed = _send(place, "uploader", "handed-over")
    handed = submissions.hand_over(submission=handed, version=handed.version, by=place["nominated-officer"])
    _name_pseudonyms(place, "handed-over")
    gone = _send(place, "uploader", "handed-over")
    gone = submissions.hand_over(submission=gone, version=gone.version, by=place["nominated-officer"])
    because = place.say("handed-over", "why a submission was withdrawn")
    submissions.withdraw(submission=gone, because=because, version=gone.version, by=place["nominated-officer"])
    _name_pseudonyms(place, "handed-over")
    states = {"handed-over": handed, "withdrawn": gone, "staged": _send(place, "uploader", "staged")}
    _name_pseudonyms(place, "staged")
    states["staged-by-another"] = _send(place, "uploader-2", "staged-by-another")
    _name_pseudonyms(place, "staged-by-another")
    states["team"] = _send(place, "analyst", "team-data")
    _name_pseudonyms(place, "team-data")
    of_files = _send_return(place, "uploader", "handed-over")
    states["return"] = submissions.hand_over(
        submission=of_files, version=of_files.version, by=place["nominated-officer"]
    )
    _name_pseudonyms(place, "handed-over")
    for state, row in states.items():
        assert row.readable, (state, row.refusal)
        code = "AS-01" if row.of_lists else "CLA-04"
        place.note("submission", state, submission=row.pk, code=code)
        place.note(
            "picture", state, submission=row.pk, code=code, service="assessment",
            place="children_in_need-2" if row.of_lists else "cla_episodes-2", picture="assessment-days", mark="5-0",
        )  # fmt: skip
        place.note("compared", state, submission=row.pk, code=code, chart="strip")
        place.note("curve", state, submission=row.pk, curve="re-referral")
        measure = row.measures.filter(of_record=True).order_by("pk")[0].code
        place.note("measure of the record", state, submission=row.pk, measure=measure)
        amount = row.counts["amounts"][0]["code"]
        place.note("amount", state, submission=row.pk, amount=amount)
    pairs = (("handed-over", "withdrawn"), ("staged", "handed-over"), ("staged-by-another", "staged"))
    for one, other in (*pairs, ("team", "handed-over")):
        # The third part keeps these from standing in for one submission alone.
        place.note("two submissions", one, submission=states[one].pk, other=states[other].pk, both=True)


def _compared(place: Place) -> None:
    """Published figures and neighbours of the place's own, and the authority as which it is compared."""
    name = f"{place.canaries.plant('set-up', 'name of a file of figures', place.name)}.csv"
    model = place.canaries.plant("set-up", "version of a neighbour model", place.name)
    for text in (lait_csv(), neighbours_csv().replace("\n2025,", f"\n{model},")):
        with Held(text.encode()) as upload:
            comparison.load(
                inspection=place.inspection, upload=upload, label=name, client_key=uuid4(), by=place["analyst"]
            )
    for grade in ("good", ""):
        noted = comparison.note_grade(
            inspection=place.inspection, on=date(2023, 9, 4), framework=place.say("set-up", "framework of a grade"),
            area=place.say("set-up", "area of a grade"), grade=grade, source=place.say("set-up", "source of a grade"),
            client_key=uuid4(), by=place["analyst"],
        )  # fmt: skip
        place.note("past grade", grade or "none given", grade=noted.pk)
    comparison.compare_as(inspection=place.inspection, authority="830", model=model, version=1, by=place["analyst"])


def _watched(place: Place) -> None:
    """On each side, a target of one series and new limits of it, some of them taken back."""
    handed = Submission.objects.get(
        inspection=place.inspection, side="authority", hand_over="submitted", form="annex_a"
    )
    for side, by, klass in (("team", "analyst", "team-data"), ("authority", "nominated-officer", "series-of-council")):
        found = watching.one(place[by], place.inspection.pk, handed.pk, "AS-01")
        held = comparison.set_target(
            found=found, target=85.0, source=place.say(klass, "source of a target"), version=1, by=place[by]
        )
        for version, period in enumerate(("2026-07", "2026-08"), held.version):
            made = comparison.rebase(
                found=found, period=period, because=place.say(klass, "why limits are drawn anew"),
                client_key=uuid4(), version=version, by=place[by],
            )  # fmt: skip
        comparison.take_back_limits(rebased=made, by=place[by])
        for one in Rebased.objects.filter(series__inspection=place.inspection, series__side=side):
            state = f"{side}, taken back" if one.taken_back_at else side
            place.note("limits", state, submission=handed.pk, code="AS-01", rebased=one.pk)


def _questions(place: Place) -> None:
    """A question in each state about what the uploader sent, one of them about a single row."""
    handed = Submission.objects.get(
        inspection=place.inspection, side="authority", hand_over="submitted", form="annex_a"
    )
    row = next(one.row for one in submission_queries.issues(handed, list=8, rule="G06"))
    asked = {}
    for state, about, by in (("asked", row, "lead"), ("answered", None, "inspector"), ("closed", None, "analyst"),
                             ("again", None, "lead")):  # fmt: skip
        query = submissions.ask(
            submission=handed, rule="G06", list=8, row=about, question=place.say("data-query", "a question"),
            client_key=uuid4(), by=place[by],
        )  # fmt: skip
        if state != "asked":
            query = submissions.answer(
                query=query, says=place.say("data-query", "an answer"), version=query.version,
                by=place["nominated-officer"],
            )  # fmt: skip
        if state in ("closed", "again"):
            settle = submissions.close if state == "closed" else submissions.reopen
            because = place.say("data-query", "why a question is settled")
            query = settle(query=query, because=because, version=query.version, by=place[by])
        asked[state] = query
    for state, query in asked.items():
        place.note("question", state, question=query.pk)


def _corrections(place: Place) -> None:
    """On each side, one value that somebody said the meaning of, and one that was taken back."""
    sent = Submission.objects.filter(inspection=place.inspection, hand_over="submitted", form="annex_a")
    for side, by in (("authority", "uploader"), ("team", "analyst")):
        row = sent.filter(side=side).latest("created_at")
        value = next(one for one in submission_corrections.values(row) if one.field == "gender")
        for code in ("M", "F"):
            submissions.say_meanings(
                submission=row, meanings={("gender", value.written): code}, version=None, by=place[by]
            )
    for row in Correction.objects.filter(inspection=place.inspection):
        state = f"{row.side}, taken back" if row.taken_back_at else str(row.side)
        place.note("correction", state, correction=row.pk)


def _name_pseudonyms(place: Place, klass: str) -> None:
    for word in Identity.objects.filter(inspection=place.inspection).values_list("pseudonym", flat=True):
        if word not in place.canaries.pseudonyms:
            place.canaries.pseudonym(word, klass, place.name)


def _draw(place: Place, size: int, klass: str) -> Draw:
    handed = Submission.objects.get(
        inspection=place.inspection, side="authority", hand_over="submitted", form="annex_a"
    )
    return cases.make_draw(
        inspection=place.inspection, submission=handed, purpose=place.say(klass, "what a sample is for"),
        population="open-cases", strata_by=("service", "team"), size=size, instrument=INSTRUMENT,
        seed=place.canaries.plant(klass, "seed", place.name), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip


def _picked_by_hand(place: Place) -> None:
    """Two children picked by hand for reasons that somebody wrote, in a draw that was superseded at once."""
    drawn = _draw(place, 2, "draw")
    picked = tuple((case.pseudonym, place.say("draw", "why a child was picked")) for case in drawn.cases.all()[:2])
    by_hand = cases.make_draw(
        inspection=place.inspection, submission=drawn.submission, purpose=place.say("draw", "what a sample is for"),
        population="open-cases", strata_by=(), size=len(picked), instrument=INSTRUMENT, client_key=uuid4(),
        seed=place.canaries.plant("draw", "seed", place.name), design="hand-picked", more=Particulars(picked=picked),
        by=place["lead"],
    )  # fmt: skip
    for draw in (drawn, by_hand):
        cases.supersede_draw(draw=draw, because=place.say("draw", "why"), version=draw.version, by=place["lead"])


def _answers(place: Place, klass: str, urgent: str = "no") -> dict[str, Typed]:
    chosen = {"practice": "good", "record": "partly", "flag": urgent}
    asked = instruments.load(INSTRUMENT).all_questions
    answers = {q.id: Typed(chosen[q.kind], place.say(klass, f"reason of {q.id}")) for q in asked}
    return answers | {note: Typed("", place.say(klass, f"note on {note}")) for note in NOTES}


def _review(place: Place, case: Case, by: str, urgent: str = "no", klass: str = "case") -> CaseReview:
    cases.allocate(cases=[case], to=place.person(by), by=place["lead"])
    review = cases.start_review(case=case, by=place[by])
    return cases.save_answers(review=review, answers=_answers(place, klass, urgent), by=place[by]).review


def _sign(place: Place, review: CaseReview, by: str) -> CaseReview:
    return cases.sign_off(review=review, version=review.version, by=place[by])


def _on_another_instrument(place: Place, case: Case) -> CaseReview:
    """A draft on an instrument that asks where an answer was seen."""
    cases.allocate(
        cases=[case], to=place.person("inspector"), instrument="management-decisions-1", by=place["lead"]
    )  # fmt: skip
    review = cases.start_review(case=case, by=place["inspector"])
    klass = "draft-of-inspector"
    seen = {"kind": "decision", "place": place.say(klass, "where it was seen")}
    answer = Typed("evidenced", place.say(klass, "what was seen"), more=seen)
    return cases.save_answers(review=review, answers={"decision-latest": answer}, by=place["inspector"]).review


def _cases(place: Place) -> None:
    _picked_by_hand(place)
    gone = _draw(place, 2, "draw")
    cases.supersede_draw(draw=gone, because=place.say("draw", "why"), version=gone.version, by=place["lead"])
    released = _draw(place, 2, "released-draw")
    cases.release_draw(draw=released, version=released.version, by=place["lead"])
    _read_twice(place)
    draw = _draw(place, 7, "draw")
    first, second, third, fourth, fifth, sixth, seventh = draw.cases.filter(reserve=False).order_by("number")
    signed = _sign(place, _review(place, first, "inspector"), "inspector")
    draft = _review(place, second, "inspector", urgent="yes", klass="draft-of-inspector")
    others = _review(place, third, "inspector-2", urgent="yes", klass="draft-of-inspector-2")
    answered = UrgentConcern.objects.get(review=others)
    cases.acknowledge_concern(
        concern=answered, done=place.say("case", "what is done"), version=answered.version, by=place["lead"]
    )
    given = _sign(place, _review(place, fourth, "inspector-2"), "inspector-2")
    back = cases.give_back(
        review=given, because=place.say("case", "why a review was given back"), version=given.version,
        by=place["quality-assurance"],
    )  # fmt: skip
    cases.set_aside(case=fifth, because=place.say("case", "why"), version=fifth.version, by=place["lead"])
    for state, one in (("live", draw), ("released", released), ("superseded", gone)):
        place.note("draw", state, draw=one.pk)
    for state, case in (("mine", first), ("another's", third), ("nobody's", sixth), ("set aside", fifth)):
        place.note("case", state, draw=draw.pk, case=case.pk)
    for state, review in (("signed, mine", signed), ("draft, mine", draft), ("draft, another's", others),
                          ("given back", given), ("again", back)):  # fmt: skip
        place.note("review", state, draw=draw.pk, case=review.case_id, review=review.pk)
    _referred_back(place, [first, second, third, sixth])
    shown = _draw(place, 6, "draw").cases.filter(reserve=False).order_by("number")
    world_parts.reviews_shown(place, list(shown)[:5], _answers)
    world_parts.tagged(place, signed)
    world_parts.handed_over(place, list(shown)[5], _answers)
    world_parts.not_required(place)
    offline_world.packs(place, draft, others)
    other = _on_another_instrument(place, seventh)
    place.note("review", "on another instrument", draw=draw.pk, case=seventh.pk, review=other.pk)
    place.note("concern", "open", concern=UrgentConcern.objects.get(review=draft).pk)
    place.note("concern", "answered", concern=answered.pk)


def _referred_back(place: Place, children: list[Case]) -> None:
    """A child referred back in each state; the council sees what was said of it, and not where it was seen."""
    officer, lead = place["nominated-officer"], place["lead"]
    children = [Case.objects.get(pk=one.pk) for one in children]
    for state, case, by in zip(("told", "answered", "closed", "escalated"), children,
                               ("inspector", "inspector", "inspector-2", "lead"), strict=True):  # fmt: skip
        klass = f"referred-back-by-{by}"
        row = referred_back.raise_and_refer(
            case=case, says=place.say(klass, "what the council is told"), seriousness="drift",
            client_key=uuid4(), by=place[by],
        )  # fmt: skip
        if state != "told":
            says = place.say(klass, "what was done for a child")
            row = referred_back.answer(referral=row, says=says, version=row.version, by=officer)
        if state in ("closed", "escalated"):
            because = place.say(klass, "why a referral is settled")
            row = referred_back.settle(referral=row, to=state, because=because, version=row.version, by=lead)
        place.note("referral", f"{state}, by {by}", referral=row.pk)


def _read_twice(place: Place) -> None:
    """A file in each state of a second reading: the inspector reads it first, the second inspector after."""
    draw = _draw(place, 4, "draw")
    cases.allocate(cases=draw.cases.filter(reserve=False), to=place.person("inspector"), by=place["lead"])
    given = cases.give_second_readings(
        draw=draw, share=100, seed=place.canaries.plant("draw", "seed of second readings", place.name),
        readers=[place.person("inspector-2")], version=0, by=place["lead"],
    )  # fmt: skip
    for state, reading in zip(("waits", "compared", "settled", "called off"), given, strict=True):
        waits = state == "waits"
        klass = "draft-of-inspector" if waits else "case"
        first = cases.start_review(case=reading.case, by=place["inspector"])
        first = cases.save_answers(review=first, answers=_answers(place, klass), by=place["inspector"]).review
        _sign(place, first, "inspector")
        _own_audit(place, reading.case, "own-audit-kept" if waits else "case")
        if state == "called off":
            because = place.say("settled", "why a second reading was called off")
            cases.call_off_second_reading(reading=reading, because=because, version=1, by=place["lead"])
        else:
            _second_of(place, reading, state)
        place.note("second reading", state, reading=reading.pk)
        place.note("own audit", state, draw=draw.pk, case=reading.case_id, closing="overall-practice")
        if waits:
            place.note("case", "mine to read again", draw=draw.pk, case=reading.case_id)
            for name, review in zip(("first", "second"), reading.case.reviews.order_by("created_at"), strict=True):
                place.note("review", f"{name} of two, kept back", draw=draw.pk, case=first.case_id, review=review.pk)


def _own_audit(place: Place, case: Case, klass: str) -> None:
    source = place.say(klass, "source of the council's own audit")
    cases.write_own_audit(
        case=case, question="overall-practice", grade="good", source=source, version=0, by=place["analyst"]
    )


def _second_of(place: Place, reading: SecondReading, state: str) -> None:
    """The second reader's review, and what is settled where it differs."""
    second = cases.start_review(case=reading.case, by=place["inspector-2"])
    answers = _answers(place, "draft-of-inspector-2" if state == "waits" else "case")
    answers["plan"] = Typed("inadequate", answers["plan"].why)
    second = cases.save_answers(review=second, answers=answers, by=place["inspector-2"]).review
    if state == "waits":
        return
    _sign(place, second, "inspector-2")
    why = place.say("settled", "why an answer stands")
    cases.settle(reading=reading, settled={"plan": Typed("inadequate", why)}, by=place["inspector"])
    fresh = SecondReading.objects.get(pk=reading.pk)
    fresh = cases.close_second_reading(reading=fresh, version=fresh.version, by=place["lead"])
    if state == "compared":
        because = place.say("settled", "why a second reading is opened again")
        cases.reopen_second_reading(reading=fresh, because=because, version=fresh.version, by=place["lead"])


def _fieldwork(place: Place) -> None:
    """A timetable that was worked out, of tasks, sites and people that each hold a canary, and one task taken out."""
    lead, site = place["lead"], place.canaries.plant("team", "name of a site", place.name)
    fieldwork.write_sites(inspection=place.inspection, written=f"{site}\n", version=0, by=lead)
    fieldwork.set_availability(
        inspection=place.inspection, person=place.person("lead"), version=0, by=lead, hours_from=540, hours_to=1020,
        weekdays=["monday", "tuesday", "wednesday", "thursday", "friday"], away=[], home=site, balanced=True,
        specialisms=[place.say("team", "a specialism")], languages=[place.say("team", "a language")],
    )  # fmt: skip
    tasks = [
        fieldwork.add_task(
            inspection=place.inspection, client_key=uuid4(), by=lead, title=place.say("team", "title of a task"),
            kind="visit", minutes=60, first=None, last=None, seats=1, must=[], site=site, at=None,
            specialism=wants and place.say("team", "a specialism wanted"),
            language=wants and place.say("team", "a language wanted"),
            about=[("team", place.say("team", "a team that a task concerns"))],
        )
        for wants in ("", "whom nobody can be")
    ]  # fmt: skip
    fieldwork.take_out(task=tasks[1], version=1, by=lead)
    cases.take_cases_in(inspection=place.inspection, minutes=30, every=0, by=lead)
    timetable = fieldwork.ask(
        inspection=place.inspection, seconds=1, client_key=uuid4(), by=lead, from_day=place.inspection.fieldwork_from
    )
    timetables.work_all()
    fieldwork.move_phase(
        inspection=place.inspection, phase="moderation", starts=date(2027, 1, 5), ends=date(2027, 1, 20), follow=True,
        because=place.say("set-up", "why a phase is moved"), version=0, by=lead,
    )  # fmt: skip
    period = fieldwork.mark_period(
        inspection=place.inspection, kind="school-holiday", says=place.say("set-up", "name of a period"),
        starts=date(2026, 12, 21), ends=date(2027, 1, 8), client_key=uuid4(), by=lead,
    )  # fmt: skip
    given = fieldwork.record_applied(timetable=timetable, changes=[], client_key=uuid4(), by=lead)
    place.note("given out", "stands", applied=given.pk)
    place.note("phase", "moderation", phase="moderation")
    place.note("period", "marked", period=period.pk)
    place.note("member of fieldwork", "lead", member=place.person("lead").pk)
    place.note("task of fieldwork", "open", task=tasks[0].pk)
    place.note("task of fieldwork", "taken out", task=tasks[1].pk)
    place.note("timetable", "ready", timetable=timetable.pk)
    place.note("booking of fieldwork", "ready", timetable=timetable.pk, task=tasks[0].pk)


def _requests(place: Place) -> None:
    """A request in each state: some from the framework's list, some that the uploader answers."""
    officer, lead = place["nominated-officer"], place["lead"]
    requests.ask_from_template(inspection=place.inspection, refs=["1.02"], by=lead)
    for state in ("asked", "seen", "answered", "sent-back", "settled", "withdrawn"):
        klass = "request-of-uploader" if state in ("seen", "answered") else "request"
        row = requests.ask(
            inspection=place.inspection, client_key=uuid4(), by=lead, title=place.say(klass, "title of a request"),
            says=place.say(klass, "what is asked for"), why=place.say(klass, "why it is asked for"),
            due=date(2030, 3, 1), owner=place.person("uploader") if klass == "request-of-uploader" else None,
        )  # fmt: skip
        if state == "seen":
            row = requests.take_on(request=row, owner=row.owner, version=1, by=place["uploader"])
        if state in ("answered", "sent-back", "settled"):
            says = place.say(klass, "answer to a request")
            row = requests.answer(request=row, says=says, submission=None, version=1, by=officer)
        if state in ("sent-back", "settled", "withdrawn"):
            why = place.say(klass, "why a request moved on")
            row = requests.settle(request=row, to=state, because=why, version=row.version, by=lead)
        place.note("request", state, asked=row.pk)


def _meetings(place: Place) -> None:
    """A meeting with what to look at, and a message in each state; the released one is corrected by a draft."""
    lead, inspector = place["lead"], place["inspector"]
    meeting = meetings.record(
        inspection=place.inspection, day=place.inspection.call_day, attended=[place.person("inspector")],
        lines=place.say("team", "what emerges"), decisions=place.say("team", "what was decided"), client_key=uuid4(),
        by=lead,
    )  # fmt: skip
    place.note("meeting", "written", meeting=meeting.pk)
    for state in ("open", "done"):
        look = meetings.look_at(
            meeting=meeting, says=place.say("team", "what to look at"), owner=place.person("inspector"),
            due=date(2030, 3, 1), client_key=uuid4(), by=lead,
        )  # fmt: skip
        meetings.tick(look=look, done=state == "done", by=inspector)
        place.note("look", state, look=look.pk)
    told = None
    for state in ("released", "draft", "discarded"):
        klass = "told-council" if state == "released" else "team"
        message = meetings.draft(
            inspection=place.inspection, says=place.say(klass, "message to the council"), client_key=uuid4(),
            by=inspector, meeting=meeting, corrects=told,
        )  # fmt: skip
        if state == "released":
            told = meetings.release(message=message, version=1, by=lead)
        elif state == "discarded":
            meetings.discard(message=message, version=1, by=inspector)
        place.note("message", state, message=message.pk)


def _item(place: Place) -> EvidenceItem:
    return evidence.shelve(
        inspection=place.inspection, kind="document", title=place.say("team", "title of an item"), by=PROGRAMME,
        summary=place.say("team", "summary of an item"), areas=[AREA],
    )  # fmt: skip


def _shelf(place: Place) -> None:
    item, fallen = _item(place), _item(place)
    evidence.withdraw(item=fallen, because=place.say("team", "why an item was withdrawn"), by=place["lead"])
    place.note("item", "current", item=item.pk)
    place.note("item", "withdrawn", item=fallen.pk)


def _finding(place: Place, area: str, klass: str, kind: str = "strength") -> Finding:
    finding = findings.write_finding(
        inspection=place.inspection, kind=kind, area=area, criteria=[], confidence="middle",
        statement=place.say(klass, "a statement"), explanation=place.say(klass, "an explanation"),
        client_key=uuid4(), by=place["inspector"],
    )  # fmt: skip
    for stance in ("for", "against"):
        made = findings.cite(
            finding=finding, item=_item(place), stance=stance, why=place.say("team", f"why {stance}"),
            by=place["inspector"],
        )  # fmt: skip
    findings.answer_contrary(citation=made, answer=place.say("team", "an answer"), by=place["inspector"])
    return finding


def _agreed(place: Place, area: str, klass: str, kind: str = "strength") -> Finding:
    return findings.agree(finding=_finding(place, area, klass, kind), by=place["lead"])


def _cite_a_number(place: Place) -> None:
    """An agreed finding that leans on a measure which may be shown, so that the report has a chart."""
    able = MeasureValue.objects.filter(submission__inspection=place.inspection, evidence_item__status="current")
    shown = next(one for one in able if rate_shown(one.numerator, one.denominator) != WITHHELD)
    finding = _finding(place, AREA, "public")
    findings.cite(finding=finding, item=shown.evidence_item, stance="for", why="It says so.", by=place["inspector"])
    findings.agree(finding=finding, by=place["lead"])


def _judge(place: Place, area: str, klass: str, version: int = 0) -> Any:
    return findings.propose_judgement(
        inspection=place.inspection, area=area, grade="good", reason=place.say(klass, "reason of a judgement"),
        departs_because=place.say("team", "why a judgement departs"), version=version, by=place["inspector"],
    )  # fmt: skip


def _findings(place: Place) -> None:
    draft = _finding(place, AREA, "team")
    again = findings.reopen(
        finding=_agreed(place, AREA, "team"), because=place.say("team", "why a finding is opened"), by=place["lead"]
    )
    gone = findings.withdraw(
        finding=_finding(place, AREA, "team"), because=place.say("team", "why a finding goes"), by=place["lead"]
    )
    agreed = _agreed(place, AREA, "public")
    _cite_a_number(place)
    findings.agree_judgement(judgement=_judge(place, AREA, "public"), by=place["lead"])
    _agreed(place, SECOND_AREA, "public", kind="improve")
    opened = findings.agree_judgement(judgement=_judge(place, SECOND_AREA, "team"), by=place["lead"])
    findings.reopen_judgement(judgement=opened, because=place.say("team", "why"), by=place["lead"])
    for state, one in (("draft", draft), ("opened again", again), ("agreed", agreed), ("withdrawn", gone)):
        citation = one.citations.get(stance="against")
        place.note("finding", state, finding=one.pk, citation=citation.pk)
    item = next(thing.parts["item"] for thing in place.things if thing.kind == "item")
    place.note("pair", "draft", finding=draft.pk, item=item)
    for state, area in (("agreed", AREA), ("proposed", SECOND_AREA), ("empty", "leadership")):
        place.note("judgement", state, area=area)


def _compose(place: Place, klass: str) -> Report:
    title = place.canaries.plant(klass, "title of a report", place.name)
    return reports.compose(inspection=place.inspection, title=title, client_key=uuid4(), by=place["lead"])


def _add_sentence(place: Place, report: Report, klass: str) -> None:
    section = report.sections.get(slug="about")
    lines = [{"text": one.text, "paragraph": one.paragraph} for one in section.sentences.all()]
    lines.append({"text": place.say(klass, "a sentence of the report") + ".", "paragraph": 2})
    reports.change_section(section=section, lines=lines, version=section.version, by=place["lead"])


def _reports(place: Place) -> None:
    published = _compose(place, "public")
    _add_sentence(place, published, "public")
    reports.submit(report=published, by=place["lead"])
    back = place.say("draft-report", "what a checker asks for")
    reports.send_back(report=published, note=back, by=place["quality-assurance"])
    reports.submit(report=published, by=place["lead"])
    note = place.say("draft-report", "note of a checker")
    reports.approve(report=published, note=note, by=place["disclosure-checker"])
    held = reports.publish(report=published, because="A story told in one day.", by=place["lead"])
    editions_world.editions(place, published)
    editions_world.notices(place, held)
    shown = _compose(place, "shown-report")
    reports.submit(report=shown, by=place["lead"])
    accuracy_world.accuracy(place, reports.approve(report=shown, note=note, by=place["disclosure-checker"]))
    _agreed(place, AREA, "draft-report", kind="good-practice")
    approved, submitted, draft = (_compose(place, "draft-report") for _ in range(3))
    reports.submit(report=approved, by=place["lead"])
    reports.approve(report=approved, note=note, by=place["disclosure-checker"])
    _add_sentence(place, draft, "draft-report")
    reports.submit(report=submitted, by=place["lead"])
    for state, report in (("published", published), ("submitted", submitted), ("draft", draft)):
        sentence = Sentence.objects.filter(section__report=report).exclude(finding=None).order_by("pk")[0]
        place.note("report", state, report=report.pk, section=AREA, sentence=sentence.pk)
    place.note("publication", "", slug=held.slug, section=AREA)


def _journal(place: Place) -> None:
    lead, because = place["lead"], place.say("journal", "why an inspection was moved")
    for to, why in (("notified", ""), ("set-up", because), ("notified", ""), ("fieldwork", "")):
        inspections.move(inspection=place.inspection, to=to, because=why, by=lead)
    for role in ("lead", "inspector", "nominated-officer"):
        for form in ("finding-new", "inspection-new", "draw-new"):
            keep_typed_text(
                form=form, fields={"statement": place.say(f"own:{role}", "typed text")},
                inspection=place.inspection, by=place[role],
            )  # fmt: skip
