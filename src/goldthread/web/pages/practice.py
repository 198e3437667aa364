"""Pages: one practice case. Begun, reviewed in the form of real files, signed off, laid beside the model answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.apps.training import actions, queries
from goldthread.apps.training.actions import Typed
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm, sent_version
from goldthread.web.presenters import training as presenter
from goldthread.web.presenters.review_sheet import MORE_WORDS, Sheet

LONGEST_REFLECTION = 4_000


class ReflectionForm(KeyForm, GovukForm):
    """What a reviewer takes from the model answers."""

    says = forms.CharField(
        required=False, label="What would you do otherwise?", max_length=LONGEST_REFLECTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="For yourself alone: nobody else reads it. If it makes you think of a real child, name nobody.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of a training, as the door asks about it."""

    training: Any
    seen: Any

    @property
    def inspection(self) -> Any:
        """The inspection that the training is of."""
        return self.training.inspection

    def target(self) -> Target:
        """The training itself."""
        found: Target = self.training.target()
        return found


def _case(actor: Actor, inspection: UUID, training: UUID, practice: str) -> _Case:
    held = queries.training(actor, inspection, training)
    seen = next((one for one in queries.own_cases(held, actor) if one.case.slug == practice), None)
    if seen is None:
        raise ObjectDoesNotExist
    return _Case(held, seen)


def practice_case(request: HttpRequest, held: Any) -> HttpResponse:
    """What a practice case is about, one's attempts at it, and beginning one."""
    actor, training = request.actor, held.training  # type: ignore[attr-defined]
    refusal = ""
    if request.method == "POST":
        try:
            begun = actions.begin(
                training=training, case=held.seen.case.slug, again=request.POST.get("again") == "yes", by=actor
            )
        except Refused as refused:
            if refused.hidden:
                raise
            refusal = refused.reason
        else:
            return redirect("practice_review", inspection=training.inspection_id, attempt=begun.pk)
    reviews = queries.may(actor, Permission.PRACTICE_WRITE, training) and not queries.stands_aside(training, actor)
    case, seen = held.seen.case, held.seen.case.slug in queries.open_cases(training, actor)
    context = {
        "inspection": training.inspection, "training": training, "case": case, "parts": case.parts() if seen else (),
        "model": presenter.model_answers(training, case) if seen else [],
        "others": queries.signed_by_others(training, case.slug, actor),
        "attempts": held.seen.attempts, "latest": held.seen.latest, "reviews": reviews, "refusal": refusal,
        "training_page": True,
    }  # fmt: skip
    return render(request, "training/case.html", context, status=422 if refusal else 200)


def practice_review(request: HttpRequest, review: Any) -> HttpResponse:
    """The form beside the practice file while it is a draft; the model answers once it is signed off."""
    if request.method == "POST":
        return _save_all(request, review)
    if review.signed_off:
        return _compared(request, review, ReflectionForm(initial={"says": _reflection(request, review)}))
    return render(request, "training/review.html", _context(request, review, presenter.sheet(review)))


def _own(request: HttpRequest, review: Any) -> bool:
    return bool(str(review.reviewer_id) == request.actor.id)  # type: ignore[attr-defined]


def _reflection(request: HttpRequest, review: Any) -> str:
    """What the reviewer wrote for themselves; nothing for anybody else."""
    return queries.reflection_of(review) if _own(request, review) else ""


def _context(request: HttpRequest, review: Any, sheet: Sheet | None = None) -> dict[str, Any]:
    case = review.practice_case
    return {
        "inspection": review.inspection, "training": review.training, "review": review, "case": case, "sheet": sheet,
        "parts": case.parts(), "closed": review.closed_because() if review.draft else "", "own": _own(request, review),
        "training_page": True,
    }  # fmt: skip


def _compared(request: HttpRequest, review: Any, form: ReflectionForm) -> HttpResponse:
    context = {
        **_context(request, review), "told": presenter.beside(review), "form": form,
        "key": f"practice-reflection-{review.pk.hex}",
    }  # fmt: skip
    return render(request, "training/compared.html", context, status=422 if form.errors else 200)


def _save_all(request: HttpRequest, review: Any) -> HttpResponse:
    """The whole form at once: what works without scripts. What clashes is shown with both texts."""
    typed = _sent(request.POST)
    try:
        _require_same(request, review)
        saved = actions.save_answers(review=review, answers=typed, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        sent = [(name, one.text()) for name, one in typed.items() if one.text()]
        context = {**_context(request, review), "reason": refusal.reason, "sent": sent}
        return render(request, "training/refused.html", context, status=403)
    fresh = queries.review(request.actor, review.inspection_id, review.pk)  # type: ignore[attr-defined]
    if saved.clashes:
        kept = {one.question: one.yours for one in saved.clashes}
        sheet = presenter.sheet(fresh, typed=kept, clashes=saved.clashes)
        return render(request, "training/review.html", _context(request, fresh, sheet), status=409)
    if request.POST.get("then") == "check":
        return redirect("practice_sign_off", inspection=review.inspection_id, attempt=review.pk)
    messages.success(request, "Everything is saved.")
    return redirect("practice_review", inspection=review.inspection_id, attempt=review.pk)


def _require_same(request: HttpRequest, review: Any) -> None:
    if request.POST.get("instrument", review.instrument) != review.instrument:
        raise Refused("These are answers to another instrument. They were not saved, as they answer other questions.")


def _sent(post: Mapping[str, Any]) -> dict[str, Typed]:
    names = [name.removeprefix("version-") for name in post if name.startswith("version-")]
    return {name: _typed(post, name, f"-{name}") for name in names}


def _typed(post: Mapping[str, Any], name: str, after: str) -> Typed:
    more = {one: post.get(f"more-{one}-{name}", "") for one in MORE_WORDS}
    version = post.get(f"version{after}", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return Typed(post.get(f"value{after}", ""), post.get(f"why{after}", ""), number, more)


def practice_save(request: HttpRequest, review: Any) -> HttpResponse:
    """One answer, saved as it is typed. Answers in JSON: the new version, or both texts of a clash, or why not."""
    question = request.POST.get("question", "")
    try:
        _require_same(request, review)
        saved = actions.save_answers(
            review=review, answers={question: _typed(request.POST, question, "")}, by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    if saved.clashes:
        theirs = saved.clashes[0].theirs
        held = {"value": theirs.value, "why": theirs.why, "version": theirs.version, "more": dict(theirs.more)}
        return JsonResponse({"clash": {**held, "saved_at": _clock(saved.clashes[0].saved_at)}}, status=409)
    sheet = presenter.sheet(saved.review)
    item = next(one for one in sheet.items if one.question == question)
    return JsonResponse(
        {
            "version": item.version, "saved_at": _clock(item.saved_at or timezone.now()), "answered": sheet.answered,
            "asked": sheet.asked, "missing": len(sheet.missing),
        }
    )  # fmt: skip


def _clock(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def practice_sign_off(request: HttpRequest, review: Any) -> HttpResponse:
    """Read it through, see what is missing, sign it off; then the model answers open."""
    if (closed := review.closed_because()) and request.method != "POST":
        if not review.signed_off:
            raise Refused(closed)
        # Whoever comes here by the browser's way back goes on to what was signed.
        messages.info(request, closed)
        return redirect("practice_review", inspection=review.inspection_id, attempt=review.pk)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            actions.sign_off(review=review, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        except Refused:
            if closed:
                raise
            status = 422
        except Clash:
            refusal, status = "An answer was changed since you opened this page. Read it again, then sign off.", 409
        else:
            messages.success(request, "Signed off. The model answers stand beside yours.")
            return redirect("practice_review", inspection=review.inspection_id, attempt=review.pk)
        review = queries.review(request.actor, review.inspection_id, review.pk)  # type: ignore[attr-defined]
    context = {**_context(request, review, presenter.sheet(review)), "refusal": refusal}
    return render(request, "training/check.html", context, status=status)


def practice_reflect(request: HttpRequest, review: Any) -> HttpResponse:
    """Write down what one would do otherwise."""
    form = ReflectionForm(request.POST)
    if form.is_valid():
        held = form.cleaned_data
        try:
            actions.reflect(review=review, says=held["says"], version=held["version"], by=request.actor)  # type: ignore[attr-defined]
        except Refused as refusal:
            if refusal.hidden or not review.signed_off:
                raise
            form.add_error("says", refusal.reason)
        else:
            key = f"practice-reflection-{review.pk.hex}"
            forget_typed_text(form=f"{key}@{review.inspection_id}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "Kept, for you alone.")
            return redirect("practice_review", inspection=review.inspection_id, attempt=review.pk)
    if not review.signed_off:
        raise Refused("Sign the case off first: a reflection is on the model answers.")
    return _compared(request, review, form)


_ALL = "inspections/<uuid:inspection>/training/"
_ONE = _ALL + "attempts/<uuid:attempt>/"
_READ, _WRITE = Permission.TRAINING_READ, Permission.PRACTICE_WRITE
DOORS: list[URLPattern] = [
    door(
        _ALL + "<uuid:training>/cases/<slug:practice>/", practice_case, "practice_case", needs=_READ, to_change=_WRITE,
        about=_case,
    ),
    door(_ONE, practice_review, "practice_review", needs=_READ, to_change=_WRITE, about=queries.review),
    door(
        _ONE + "save/", practice_save, "practice_save", needs=_WRITE, to_change=_WRITE, about=queries.review,
        reads=False,
    ),
    door(_ONE + "sign-off/", practice_sign_off, "practice_sign_off", needs=_WRITE, to_change=_WRITE,
         about=queries.review),
    door(
        _ONE + "reflection/", practice_reflect, "practice_reflect", needs=_WRITE, to_change=_WRITE,
        about=queries.review, reads=False,
    ),
]  # fmt: skip
