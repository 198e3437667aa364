"""A small whole world for the tests of confidentiality: two inspections, people of every role on either side, and
one of each thing in each state, all made by the actions that the pages use. Whatever somebody or a file can write
holds a canary (`tests.canaries`)."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from goldthread.apps.access import actions as access
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Finding
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.reports import actions as reports
from goldthread.apps.reports.models import Report, Sentence
from goldthread.apps.submissions.actions import keep_typed_text
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain.disclosure import WITHHELD, rate_shown
from tests import (
    accuracy_world,
    cases_world,
    data_world,
    editions_world,
    embargo_world,
    factories,
    improvement_world,
    programme_world,
    team_world,
)
from tests.canaries import Canaries
from tests.documents_world import documents
from tests.drafts_world import drafts
from tests.surveys_world import surveys
from tests.training_world import training
from tests.two_checkers import at_its_time, passed
from tests.voices_world import voices

ON_THE_TEAM = ("inspector", "inspector-2", "quality-assurance", "analyst", "disclosure-checker", "records-officer")
ON_THE_COUNCIL = ("nominated-officer", "uploader", "uploader-2", "director", "improvement-lead", "member")
AREA, SECOND_AREA = "help-and-protection", "care-leavers"


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
        data_world.handed_in(place)
        data_world.compared(place)
        data_world.watched(place)
        data_world.asked_about(place)
        data_world.corrected(place)
        data_world.ruled(place)
        programme_world.programme(place)
        cases_world.read_files(place)
        team_world.timetabled(place)
        team_world.asked_for(place)
        documents(place)
        team_world.met(place)
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
    judged = findings.agree_judgement(judgement=_judge(place, AREA, "public"), by=place["lead"])
    if place.name == "other":
        # Agreed twice, so that its second state is one that the own inspection has not.
        findings.reopen_judgement(judgement=judged, because=place.say("team", "why"), by=place["lead"])
        judged.refresh_from_db()
        judged = findings.agree_judgement(judgement=judged, by=place["lead"])
    _agreed(place, SECOND_AREA, "public", kind="improve")
    opened = findings.agree_judgement(judgement=_judge(place, SECOND_AREA, "team"), by=place["lead"])
    findings.reopen_judgement(judgement=opened, because=place.say("team", "why"), by=place["lead"])
    for state, one in (("standing", opened), ("taken back", judged)):
        said = findings.dissent(
            judgement=one, grade="inadequate", because=place.say("team", "why somebody dissents"), client_key=uuid4(),
            by=place["inspector" if state == "standing" else "inspector-2"],
        )  # fmt: skip
        if state == "taken back":
            findings.take_back_dissent(dissent=said, by=place["inspector-2"])
        place.note("judgement dissent", state, area=one.area, dissent=said.pk)
    place.note("judgement state", "kept", area=AREA, agreed=1 if place.name == "own" else 2)
    _moderated(place, opened)
    if place.inspection.framework == "sif-2013":
        _departed(place)
    for state, one in (("draft", draft), ("opened again", again), ("agreed", agreed), ("withdrawn", gone)):
        citation = one.citations.get(stance="against")
        place.note("finding", state, finding=one.pk, citation=citation.pk)
    for state in ("open", "resolved"):
        said = findings.comment_on(
            finding=draft, text=place.say("team", "a comment on a finding"), client_key=uuid4(), by=place["lead"]
        )
        if state == "resolved":
            findings.resolve_comment(comment=said, by=place["lead"])
        place.note("finding comment", state, finding=draft.pk, comment=said.pk)
    item = next(thing.parts["item"] for thing in place.things if thing.kind == "item")
    place.note("pair", "draft", finding=draft.pk, item=item)
    for state, area in (("agreed", AREA), ("proposed", SECOND_AREA), ("empty", "leadership")):
        place.note("judgement", state, area=area)


def _departed(place: Place) -> None:
    """A proposal against a rule that normally holds, which quality assurance let be."""
    for area, grade in (("adoption", "inadequate"), ("looked-after", "good")):
        held = findings.propose_judgement(
            inspection=place.inspection, area=area, grade=grade, reason=place.say("team", "reason of a judgement"),
            departs_because=place.say("team", "why a judgement departs"), version=0, by=place["inspector"],
        )  # fmt: skip
    findings.settle_departure(
        judgement=held, approve=True, reason=place.say("team", "why a departure is let"), by=place["quality-assurance"]
    )


def _moderated(place: Place, judgement: Any) -> None:
    """Challenges to a proposed judgement, and a meeting that discussed it."""
    for state in ("open", "answered"):
        asked = findings.challenge(
            judgement=judgement, question=place.say("team", "what quality assurance asks"), client_key=uuid4(),
            against=place.say("team", "evidence against a judgement"), by=place["quality-assurance"],
        )  # fmt: skip
        if state == "answered":
            findings.answer_challenge(
                challenge=asked, answer=place.say("team", "an answer to a challenge"), by=place["lead"]
            )
        place.note("challenge", state, area=judgement.area, challenge=asked.pk)
    asked = findings.challenge(
        judgement=judgement, question="Is it so?", against="F001.", client_key=uuid4(), by=place["quality-assurance"]
    )
    findings.close_challenge(
        challenge=asked, closing=place.say("team", "how a challenge was closed"), by=place["quality-assurance"]
    )
    place.note("challenge", "closed", area=judgement.area, challenge=asked.pk)
    held = findings.record_moderation(
        inspection=place.inspection, day=place.inspection.call_day, client_key=uuid4(), by=place["quality-assurance"],
        attended=[place.person("lead"), place.person("quality-assurance")],
    )  # fmt: skip
    findings.decide_of(
        meeting=held, area=judgement.area, decided=place.say("team", "what a moderation meeting decided"),
        by=place["quality-assurance"],
    )  # fmt: skip
    place.note("moderation meeting", "held", moderation=held.pk)


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
    reports.approve(report=published, note="Read.", by=place["disclosure-checker"])
    reports.send_back(report=published, note=back, by=place["quality-assurance"])
    reports.submit(report=published, by=place["lead"])
    note = place.say("draft-report", "note of a checker")
    passed(place, published, note)
    with at_its_time(place.inspection):
        held = reports.publish(report=published, because="A story told in one day.", by=place["lead"])
    editions_world.editions(place, published)
    editions_world.notices(place, held)
    shown = _compose(place, "shown-report")
    reports.submit(report=shown, by=place["lead"])
    accuracy_world.accuracy(place, passed(place, shown, note))
    _agreed(place, AREA, "draft-report", kind="good-practice")
    approved, submitted, draft = (_compose(place, "draft-report") for _ in range(3))
    reports.submit(report=approved, by=place["lead"])
    passed(place, approved, note)
    _add_sentence(place, draft, "draft-report")
    reports.submit(report=submitted, by=place["lead"])
    for state, report in (("published", published), ("submitted", submitted), ("draft", draft)):
        sentence = Sentence.objects.filter(section__report=report).exclude(finding=None).order_by("pk")[0]
        place.note("report", state, report=report.pk, section=AREA, sentence=sentence.pk)
    place.note("publication", "", slug=held.slug, section=AREA)
    embargo_world.embargo(place, published)


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
