"""Pages: cases. Whose they are, how far they have come, what the lists say of the child, urgent concerns."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused, decide
from goldthread.apps.cases import actions, queries
from goldthread.apps.drafting import known
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.offline import queries as offline
from goldthread.apps.referred_back import actions as referred_back
from goldthread.apps.submissions import actions as submissions
from goldthread.domain import lifecycle
from goldthread.domain.sampling import in_order
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.pages import case_journeys, content_notices
from goldthread.web.pages.referred_back import SeriousnessMixin
from goldthread.web.presenters import surveys
from goldthread.web.presenters.moderation import own_audit_rows
from goldthread.web.presenters.review_sheet import answer_words

PAGE = 25
STATUSES = [(one.value, one.value.replace("-", " ").capitalize()) for one in lifecycle.Case]
SORTS = [
    ("due", "What is to be done"),
    ("number", "Number"),
    ("stratum", "Part"),
    ("status", "Status"),
    ("reviewer", "Inspector"),
]
FOR_A_CASE = ("ask-for-file", "case-review", "safeguarding")


def cases(request: HttpRequest, own: Any) -> HttpResponse:
    """My cases first; everybody's where asked by whoever sees them; how far they have come."""
    inspection = own.inspection
    actor = request.actor  # type: ignore[attr-defined]
    has_own = queries.cases_of_inspection(inspection, actor, mine=True).exists()
    sees_all = queries.sees_every_case(actor, inspection)
    whose = (request.GET.get("whose") or ("mine" if has_own else "all")) if sees_all else "mine"
    chosen = {name: request.GET.get(name, "") for name in ("stratum", "status", "reviewer", "sort")}
    rows = queries.cases_of_inspection(
        inspection, actor, mine=whose == "mine", **{**chosen, "sort": chosen["sort"] or "due"}
    )
    every = queries.cases_of_inspection(inspection, actor)
    page, again = Paginator(rows, PAGE).get_page(request.GET.get("page")), queries.to_read_again(actor, inspection)
    context = {
        "inspection": inspection,
        "page": page,
        "noticed": queries.with_notices([*page, *(one.case for one in again)], actor),
        "whose": whose,
        "has_own": has_own,
        "sees_all": sees_all,
        "chosen": chosen,
        "strata": in_order(set(every.order_by().values_list("stratum", flat=True))),
        "statuses": STATUSES,
        "sorts": SORTS,
        "reviewers": queries.reviewers(inspection),
        "progress": queries.progress(inspection, actor),
        "concerns": queries.open_concerns(actor, inspection),
        "again": again,
        "parts": queries.setting_of_parts(inspection),
        "leave": offline.setting_of(inspection),
        "may_take": offline.may_take(actor, inspection),
        "may_require": queries.may_require_parts(actor, inspection),
        "filtered": any(value for name, value in chosen.items() if name != "sort"),
    }
    return render(request, "cases/cases.html", context)


def case_answers(request: HttpRequest, inspection: Any) -> HttpResponse:
    """What the reviewed files of one draw say together, each share with how precise it is."""
    actor = request.actor  # type: ignore[attr-defined]
    draws = list(queries.draws(inspection, actor))
    wanted = request.GET.get("draw", "")
    draw = next((one for one in draws if str(one.pk) == wanted), None)
    context = {
        "inspection": inspection, "draws": draws, "words": answer_words(known.framework(inspection.framework)),
        "summary": queries.answers_summary(inspection, actor, draw, request.GET.get("instrument", "")),
    }  # fmt: skip
    return render(request, "cases/answers.html", context)


def case(request: HttpRequest, case: Any) -> HttpResponse:
    """One case: why it was drawn, what the lists say, its reviews."""
    actor = request.actor  # type: ignore[attr-defined]
    reviews = queries.reviews_of_case(case, actor)
    mine = next((one for one in reviews if str(one.reviewer_id) == actor.id and one.draft), None)
    context = {
        "inspection": case.inspection,
        "case": case,
        "reviews": reviews,
        "mine": mine if mine and not mine.closed_because() else None,
        "hidden": _hidden(actor, case) if not reviews else "",
        "may_begin": (case.status == lifecycle.Case.ALLOCATED or _reads_again(actor, case))
        and queries.may(actor, Permission.CASE_REVIEW_WRITE, case),
        "audits": own_audit_rows(case, actor),
        "pair": _pair(actor, case),
        "may_set_aside": case.status in (lifecycle.Case.DRAWN, lifecycle.Case.ALLOCATED, lifecycle.Case.IN_REVIEW)
        and queries.may(actor, Permission.CASE_ALLOCATE, case),
        "may_look": decide(actor, Permission.VAULT_READ, case.target(), timezone.now()).allowed,
        "may_journey": queries.may_open_journey(actor, case),
        "story": queries.story(case, actor),
        "concerns": list(queries.concerns(actor).filter(case=case)),
        "instrument": queries.title_of(queries.instrument_of(case)),
        "instead": case.replaced_by.first(),
        "in_conflict": queries.conflict_over(case),
        "notice": queries.content_notice(case, actor),
        **surveys.family_of_case(case),
    }
    return render(request, "cases/case.html", context)


def _hidden(actor: Any, case: Any) -> str:
    """Why no review is shown of a case whose review is begun; empty where nobody has begun."""
    if case.status in (lifecycle.Case.DRAWN, lifecycle.Case.ALLOCATED):
        return ""
    if _reads_again(actor, case):
        return "You have not begun to read this file. The first reading is shown once both are signed off."
    return "It is being reviewed. You cannot read the review yet."


def _reads_again(actor: Any, case: Any) -> bool:
    """Whether the actor is to read the case a second time and has not begun."""
    pair = case.read_again
    if pair is None or not pair.waits or str(pair.reader_id) != actor.id:
        return False
    return not any(str(one.reviewer_id) == actor.id for one in queries.reviews_of_case(case, actor))


def _pair(actor: Any, case: Any) -> Any:
    """The second reading of a case, where the actor may follow it."""
    return queries.second_readings_visible_to(actor).filter(case=case).first() if case.read_again else None


class AsideForm(KeyForm, GovukForm):
    """Why a case is set aside."""

    because = forms.CharField(
        label="Why this file should not be reviewed", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example, the file is with a court. Leave names out.",
    )  # fmt: skip


def case_set_aside(request: HttpRequest, case: Any) -> HttpResponse:
    """Leave a case out, with a reason; the next in reserve comes in."""
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _, came = actions.set_aside(
                case=case, because=form.cleaned_data["because"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            says = f"Case {came.number} came in from the reserve." if came else "There was none left in reserve."
            messages.success(request, f"Case {case.number} is set aside. {says}")
            return redirect("draw", inspection=case.inspection_id, draw=case.draw_id)
    context = {"inspection": case.inspection, "case": case, "form": form}
    return render(request, "cases/set_aside.html", context, status=422 if form.errors else 200)


def case_review_start(request: HttpRequest, case: Any) -> HttpResponse:
    """Begin a review, or go on with it."""
    review = actions.start_review(case=case, by=request.actor)  # type: ignore[attr-defined]
    return redirect("case_review", inspection=case.inspection_id, review=review.pk)


class WhoForm(GovukForm):
    """Why somebody needs to know who a child is."""

    reason = forms.ChoiceField(
        label="Why do you need to know who this is?", widget=forms.RadioSelect,
        choices=[(code, submissions.LOOK_REASONS[code].capitalize()) for code in FOR_A_CASE],
        help_text="The journal records that you looked, and why, before the answer is shown.",
    )  # fmt: skip


def case_who(request: HttpRequest, case: Any) -> HttpResponse:
    """The identity behind the pseudonym, after a reason, which the journal keeps. Shown once, stored nowhere."""
    form = WhoForm(request.POST or None)
    known = None
    if request.method == "POST" and form.is_valid():
        found = submissions.look_up(
            pseudonyms=[case.pseudonym], inspection=case.inspection, reason=form.cleaned_data["reason"], work=case,
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        known = found.get(case.pseudonym)
        if known is None:
            form.add_error(None, "The vault holds nobody under this pseudonym.")
    context = {"inspection": case.inspection, "case": case, "form": form, "known": known}
    return render(request, "cases/who.html", context, status=422 if form.errors else 200)


BOTH, LEAD_ONLY = "both", "lead"


class ConcernForm(KeyForm, SeriousnessMixin, GovukForm):
    """What the concern is, and who is told."""

    says = forms.CharField(
        label="What is the concern?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text="What you saw, and why it cannot wait. Do not name the child: whoever is told reads this at once.",
    )  # fmt: skip
    told = forms.ChoiceField(
        label="Who is told?", widget=forms.RadioSelect, initial=BOTH,
        choices=[
            (BOTH, "The lead inspector and the council: its nominated officer and its director"),
            (LEAD_ONLY, "The lead inspector alone, because the council's own people are part of the concern"),
        ],
    )  # fmt: skip

    field_order = ["says", "seriousness", "told", "within"]


def case_concern(request: HttpRequest, case: Any) -> HttpResponse:
    """Raise an urgent concern about a child."""
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held, actor = form.cleaned_data, request.actor  # type: ignore[attr-defined]
        if held["told"] == BOTH:
            referral = referred_back.raise_and_refer(
                case=case, says=held["says"], seriousness=held["seriousness"], within=held["within"],
                client_key=held["client_key"], by=actor,
            )  # fmt: skip
            says = f"The lead inspector and the council are told: {referral.mark}. Call both as well."
        else:
            actions.raise_urgent_concern(case=case, says=held["says"], client_key=held["client_key"], by=actor)
            says = "The concern is before the lead inspector. Speak to them as well."
        messages.success(request, says)
        return redirect("case", inspection=case.inspection_id, case=case.pk)
    context = {"inspection": case.inspection, "case": case, "form": form}
    return render(request, "cases/concern.html", context, status=422 if form.errors else 200)


class AnswerConcernForm(KeyForm, GovukForm):
    """What is being done about a concern."""

    done = forms.CharField(
        label="What is being done, and by whom?", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example, the director of children's services was told by telephone at 16:40.",
    )  # fmt: skip


def concern_acknowledge(request: HttpRequest, concern: Any) -> HttpResponse:
    """Answer an urgent concern: what is being done about it."""
    form = AnswerConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.acknowledge_concern(
                concern=concern, done=form.cleaned_data["done"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "What is being done is recorded.")
            return redirect("case", inspection=concern.inspection_id, case=concern.case_id)
    context = {"inspection": concern.inspection, "concern": concern, "form": form}
    return render(request, "cases/concern_acknowledge.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/cases/"
_CASE = _AT + "<uuid:case>/"
READ, ALLOCATE, WRITE = Permission.CASE_READ, Permission.CASE_ALLOCATE, Permission.CASE_REVIEW_WRITE
DOORS = [
    door(_AT, cases, "cases", needs=READ, about=inspections.own_part),
    door(_AT + "answers/", case_answers, "case_answers", needs=Permission.CASE_REVIEW_READ, about=inspections.get),
    door(_CASE, case, "case", needs=READ, about=queries.case),
    door(
        _CASE + "set-aside/", case_set_aside, "case_set_aside", needs=ALLOCATE, to_change=ALLOCATE, about=queries.case
    ),
    door(
        _CASE + "begin/",
        case_review_start,
        "case_review_start",
        needs=WRITE,
        to_change=WRITE,
        about=queries.case,
        reads=False,
    ),
    door(
        _CASE + "who/",
        case_who,
        "case_who",
        needs=Permission.VAULT_READ,
        to_change=Permission.VAULT_READ,
        about=queries.case,
        step_up=True,
    ),
    *case_journeys.DOORS,
    *content_notices.DOORS,
    door(_CASE + "concern/", case_concern, "case_concern", needs=READ, to_change=READ, about=queries.case),
    door(
        _AT + "concerns/<uuid:concern>/",
        concern_acknowledge,
        "concern_acknowledge",
        needs=Permission.CONCERN_ACKNOWLEDGE,
        to_change=Permission.CONCERN_ACKNOWLEDGE,
        about=queries.concern,
    ),
]
