"""Pages: how long a review takes, pausing it, and handing it over to another reviewer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.domain.time_on_a_review import FEWEST_REVIEWERS, LONGEST_GAP, MOST_MINUTES_SAID
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, WholeNumberField


def told(minutes: int) -> str:
    """Minutes as people say them: 34 minutes, 2 hours 5 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    said = " ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts if count)
    return said or "less than a minute"


class MinutesForm(GovukForm):
    """What nothing could count."""

    minutes = WholeNumberField(
        label="Minutes I spent that were not counted", min_value=0, max_value=MOST_MINUTES_SAID,
        help_text="A file read on paper, a talk with the social worker, a page without scripts. Takes the place of "
        "what you said before.",
    )  # fmt: skip


def case_review_time(request: HttpRequest, review: Any) -> HttpResponse:
    """What was counted, what is kept of it, and minutes that nothing could count."""
    form = MinutesForm(request.POST or None, initial={"minutes": review.minutes_said})
    if request.method == "POST" and form.is_valid():
        actions.say_time(review=review, minutes=form.cleaned_data["minutes"], by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "Your minutes are saved.")
        return redirect("case_review", inspection=review.inspection_id, review=review.pk)
    context = {
        "inspection": review.inspection, "review": review, "case": review.case, "form": form,
        "spent": told(review.minutes_spent), "counted": told(round(review.seconds_spent / 60)),
        "longest": LONGEST_GAP, "fewest": FEWEST_REVIEWERS,
    }  # fmt: skip
    return render(request, "cases/time.html", context, status=422 if form.errors else 200)


def case_review_beat(request: HttpRequest, review: Any) -> HttpResponse:
    """The page of a review says that it is in use. Answers with the time so far, in words."""
    try:
        counted = actions.count_time(review=review, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    return JsonResponse({"says": told(counted.minutes_spent)})


class PauseForm(GovukForm):
    """Where to go on."""

    note = forms.CharField(
        required=False, label="Where will you go on?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave names out.",
    )  # fmt: skip


def case_review_pause(request: HttpRequest, review: Any) -> HttpResponse:
    """Lay a review aside with a note to oneself, or go on with it."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST" and request.POST.get("then") == "go-on":
        actions.resume_review(review=review, by=actor)
        return redirect("case_review", inspection=review.inspection_id, review=review.pk)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.pause_review(review=review, note=form.cleaned_data["note"], by=actor)
        messages.success(request, f"The review of case {review.case.number} is paused. Everything is saved.")
        return redirect("cases", inspection=review.inspection_id)
    context = {"inspection": review.inspection, "review": review, "case": review.case, "form": form}
    return render(request, "cases/pause.html", context, status=422 if form.errors else 200)


class HandOverForm(KeyForm, GovukForm):
    """Who takes the review on, and what they should know."""

    to = forms.ChoiceField(label="Who takes it on?", widget=forms.RadioSelect)
    note = forms.CharField(
        label="What should they know?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where you stopped, what to look at first. It stays with the review. Leave names out.",
    )  # fmt: skip

    def __init__(self, sent: Any, review: Any) -> None:
        """Offer whoever could take it on."""
        super().__init__(sent)
        # What was sent is held against every reviewer: the action says why one may not have it.
        offered = queries.reviewers(review.inspection) if sent else queries.who_can_take(review)
        self.people = {str(one.pk): one for one in offered}
        self.fields["to"].choices = [(pk, one.name) for pk, one in self.people.items()]  # type: ignore[attr-defined]


def case_review_hand_over(request: HttpRequest, review: Any) -> HttpResponse:
    """Give a review that is being written to another reviewer, answers and all."""
    actor = request.actor  # type: ignore[attr-defined]
    form = HandOverForm(request.POST or None, review)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        to = form.people[held["to"]]
        try:
            actions.hand_over_review(review=review, to=to, note=held["note"], version=held["version"], by=actor)
        except Refused as refusal:
            form.add_error("to", refusal.reason)
        else:
            messages.success(request, f"The review of case {review.case.number} is with {to.name} now.")
            return redirect("cases", inspection=review.inspection_id)
    context = {
        "inspection": review.inspection, "review": review, "case": review.case, "form": form,
        "too_late": not form.is_bound and not queries.may_hand_over(actor, review),
        "part": queries.part_of_review(review), "notice": queries.content_notice(review.case, actor),
    }  # fmt: skip
    return render(request, "cases/hand_over.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/cases/reviews/<uuid:review>/"
_WRITE, _GIVE = Permission.CASE_REVIEW_WRITE, Permission.CASE_REVIEW_HAND_OVER
DOORS: list[URLPattern] = [
    door(_AT + "time/", case_review_time, "case_review_time", needs=_WRITE, to_change=_WRITE, about=queries.review),
    door(
        _AT + "in-use/", case_review_beat, "case_review_beat", needs=_WRITE, to_change=_WRITE, about=queries.review,
        reads=False,
    ),
    door(_AT + "pause/", case_review_pause, "case_review_pause", needs=_WRITE, to_change=_WRITE, about=queries.review),
    door(
        _AT + "hand-over/", case_review_hand_over, "case_review_hand_over", needs=_GIVE, to_change=_GIVE,
        about=queries.review,
    ),
]  # fmt: skip
