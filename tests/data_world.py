"""What each side of the world handed in, and what was said, compared and asked of it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.comparison import actions as comparison
from goldthread.apps.comparison import watching
from goldthread.apps.comparison.models import Rebased
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions import corrections as submission_corrections
from goldthread.apps.submissions import queries as submission_queries
from goldthread.apps.submissions import worker
from goldthread.apps.submissions.models import Correction, Identity, Submission
from tests import canary_returns
from tests.canary_lists import lists
from tests.kernel.benchmark_file import lait_csv, neighbours_csv
from tests.submissions_story import Held

if TYPE_CHECKING:
    from tests.world import Place

AS_AT = date(2026, 9, 30)


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


def handed_in(place: Place) -> None:
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
    _accepted(place, of_files)
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


def _accepted(place: Place, row: Submission) -> None:
    """Two queries of a return accepted with a reason, one of them taken back: that reason nobody reads any more."""
    queries = [one for one in submission_queries.issues(row, severity="query") if one.row and one.child and one.cells]
    for one, klass in zip(queries[:2], ("handed-over", "vault"), strict=True):
        made = submissions.accept(
            submission=row, rule=one.rule, table=one.table or "", row=one.row or 0, client_key=uuid4(),
            reason=place.say(klass, "why a query was accepted"), by=place["uploader"],
        )  # fmt: skip
        if klass == "vault":
            submissions.reopen_accepted(submission=row, acceptance=made.pk, by=place["uploader"])


def compared(place: Place) -> None:
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


def watched(place: Place) -> None:
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


def asked_about(place: Place) -> None:
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


def corrected(place: Place) -> None:
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


A_LOCAL_RULE = """
[[rule]]
code = "L01"
says = "The sex is told."
mend = "Look at it."
severity = "query"
form = "ssda903"
table = "Header"
fields = ["SEX"]
fails = "SEX is not blank"
"""


def ruled(place: Place) -> None:
    """On each side, a version of local rules in force, and one that was withdrawn with a reason."""
    for side, by, klass in (("authority", "uploader", "staged"), ("team", "analyst", "team-data")):
        for gone in (True, False):
            name = f"{place.say(klass, 'name of a file of local rules')}.toml"
            row = submissions.upload_local_rules(
                inspection=place.inspection, data=A_LOCAL_RULE.encode(), name=name, client_key=uuid4(), by=place[by]
            )
            row = submissions.put_in_force(rules=row, by=place[by])
            if gone:
                because = place.say(klass, "why local rules are withdrawn")
                submissions.withdraw_local_rules(rules=row, because=because, version=row.version, by=place[by])
            place.note("local rules", f"{side}, withdrawn" if gone else side, local_rules=row.pk)


def _name_pseudonyms(place: Place, klass: str) -> None:
    for word in Identity.objects.filter(inspection=place.inspection).values_list("pseudonym", flat=True):
        if word not in place.canaries.pseudonyms:
            place.canaries.pseudonym(word, klass, place.name)
