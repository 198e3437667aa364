"""Pages: the practitioner's part. Showing a finished review, and weighing what the practitioner sends back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.practitioners_part import MOST_DAYS, USUAL_DAYS, WHOLE
from goldthread.apps.drafting import known
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, WholeNumberField, sent_version
from goldthread.web.overtaken import overtaken_page
from goldthread.web.presenters import practitioners_part as presenter
from goldthread.web.presenters.review_sheet import answer_words, sheet

CROSSES = "The practitioner reads this. Leave names of others out."


class ShowForm(KeyForm, GovukForm):
    """To whom of the council a review is shown, and for how long."""

    to = forms.ChoiceField(label="Who is the practitioner?", widget=forms.RadioSelect)
    days = WholeNumberField(
        label="Working days to answer in", min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS,
        help_text=f"{USUAL_DAYS} unless you say otherwise. Bank holidays and weekends are not counted.",
    )  # fmt: skip

    def __init__(self, sent: Any, review: Any) -> None:
        """Offer whoever has a role on the council's side and none in the team."""
        super().__init__(sent)
        self.people = {str(one.pk): one for one in queries.choices_of_practitioners(review.inspection)}
        self.fields["to"].choices = [(pk, one.name) for pk, one in self.people.items()]  # type: ignore[attr-defined]


def practitioner_show(request: HttpRequest, review: Any) -> HttpResponse:
    """Let a practitioner see a finished review, after saying what they see and what not."""
    form = ShowForm(request.POST or None, review)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            part = actions.show_to_practitioner(
                review=review, to=form.people[held["to"]], working_days=held["days"], client_key=held["client_key"],
                version=held["version"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Overtaken:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"{part.practitioner.name} has until the end of {part.due:%-d %B %Y}.")
            return redirect("case_review", inspection=review.inspection_id, review=review.pk)
    whole = sheet(review)
    context = {
        "inspection": review.inspection, "review": review, "case": review.case, "form": form,
        "missing": whole.missing, "closed": "" if form.is_bound else review.closed_because(),
        "second": review.second,
    }  # fmt: skip
    return render(request, "practitioners/show.html", context, status=422 if form.errors else 200)


def practitioners_part(request: HttpRequest, held: Any) -> HttpResponse:
    """A part as the team sees it: whose, until when, and all that was said once it was sent."""
    review, actor = held.review, request.actor  # type: ignore[attr-defined]
    seen = queries.part_of(held.part)
    texts = {one.question: (one.number, one.text) for one in sheet(review).items}
    said = presenter.beside(seen, review.inspection.framework)
    rows = [(name, *texts.get(name, ("", "The work as a whole" if name == WHOLE else name)), one)
            for name, one in said.items()]  # fmt: skip
    order = list(texts)
    rows.sort(key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    context = {
        "inspection": held.inspection, "review": review, "case": review.case, "part": held.part, "seen": seen,
        "rows": rows, "weighs": queries.may(actor, Permission.CASE_REVIEW_WRITE, review),
        "may_go_on": held.part.overdue() and _own(actor, review),
        "may_take_back": held.part.released and queries.may_take_back(actor, review),
    }  # fmt: skip
    return render(request, "practitioners/of_team.html", context)


def _own(actor: Any, review: Any) -> bool:
    return bool(str(review.reviewer_id) == actor.id)


class WeighForm(KeyForm, GovukForm):
    """What becomes of a correction."""

    decision = forms.ChoiceField(label="What becomes of it?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Needed where you decline. {CROSSES}",
    )  # fmt: skip

    def __init__(self, sent: Any, proposed: str, current: str) -> None:
        """Say what accepting does to the answer."""
        super().__init__(sent)
        accept = f"Accept it: the answer becomes “{proposed}”, and “{current}” is kept as the original"
        words = "Accept it: no answer changes, and you mend what you wrote on the review"
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            ("accept", accept if proposed else words), ("decline", "Decline it: the answer stays as it is"),
        ]  # fmt: skip


def practitioner_weigh(request: HttpRequest, held: Any) -> HttpResponse:
    """Accept a correction or decline it with a reason."""
    review, row = held.review, held.word.row
    item = next((one for one in sheet(review).items if one.question == held.question), None)
    words = answer_words(known.framework(review.inspection.framework))
    current = item.answer if item else ""
    form = WeighForm(request.POST or None, words.get(row.proposed, row.proposed), current)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            part = actions.weigh_correction(
                part=held.part, question=held.question, accept=told["decision"] == "accept", because=told["because"],
                version=told["version"], by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("because", refusal.reason)
        else:
            messages.success(request, _weighed(part, told["decision"]))
            return redirect(reverse("case_review", args=[review.inspection_id, review.pk]) + f"#q-{held.question}")
    context = {
        "inspection": held.inspection, "review": review, "case": review.case, "part": held.part, "word": held.word,
        "item": item, "question": held.question, "form": form, "proposed": words.get(row.proposed, row.proposed),
        "too_late": not form.is_bound and (bool(row.decision) or not held.part.sent),
    }  # fmt: skip
    return render(request, "practitioners/weigh.html", context, status=422 if form.errors else 200)


def _weighed(part: Any, decision: str) -> str:
    done = "The correction is accepted." if decision == "accept" else "The correction is declined."
    left = len(queries.part_of(part).open)
    return f"{done} {left} more to weigh." if left else f"{done} None is left: the review can be signed off."


class TakeBackForm(KeyForm, GovukForm):
    """Why a review is taken back."""

    because = forms.CharField(
        label="Why is it taken back?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=CROSSES
    )


def practitioner_take_back(request: HttpRequest, held: Any) -> HttpResponse:
    """Take a review back from its practitioner before they answered."""
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.take_back_from_practitioner(
            part=held.part, because=told["because"], version=told["version"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, f"Taken back. {held.part.practitioner.name} no longer sees the review.")
        return redirect("case_review", inspection=held.review.inspection_id, review=held.review.pk)
    context = {"inspection": held.inspection, "review": held.review, "case": held.review.case, "part": held.part,
               "form": form, "too_late": not form.is_bound and not held.part.released}  # fmt: skip
    return render(request, "practitioners/take_back.html", context, status=422 if form.errors else 200)


def practitioner_go_on(request: HttpRequest, held: Any) -> HttpResponse:
    """Go on with a review whose practitioner did not answer by the due day."""
    look = reverse("practitioners_part", args=[held.review.inspection_id, held.part.pk])
    try:
        actions.go_on_without_practitioner(
            part=held.part, version=sent_version(request), by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Overtaken as clash:
        return overtaken_page(request, clash, look=look)
    messages.success(request, "You go on without the practitioner's part. That is recorded, and stands on the shelf.")
    return redirect("case_review", inspection=held.review.inspection_id, review=held.review.pk)


_REVIEW = "inspections/<uuid:inspection>/cases/reviews/<uuid:review>/"
_PART = "inspections/<uuid:inspection>/cases/practitioners/<uuid:part>/"
_READ, _WRITE, _RELEASE = Permission.CASE_REVIEW_READ, Permission.CASE_REVIEW_WRITE, Permission.PRACTITIONER_RELEASE
_of_team = queries.practitioners_part_of

DOORS: list[URLPattern] = [
    door(
        _REVIEW + "practitioner/", practitioner_show, "practitioner_show", needs=_RELEASE, to_change=_RELEASE,
        about=queries.review, step_up=True,
    ),
    door(_PART, practitioners_part, "practitioners_part", needs=_READ, about=_of_team),
    door(
        _PART + "take-back/", practitioner_take_back, "practitioner_take_back", needs=_RELEASE, to_change=_RELEASE,
        about=_of_team,
    ),
    door(
        _PART + "go-on/", practitioner_go_on, "practitioner_go_on", needs=_WRITE, to_change=_WRITE, about=_of_team,
        reads=False,
    ),
    door(
        _PART + "corrections/<slug:question>/", practitioner_weigh, "practitioner_weigh", needs=_WRITE,
        to_change=_WRITE, about=queries.correction,
    ),
]  # fmt: skip
