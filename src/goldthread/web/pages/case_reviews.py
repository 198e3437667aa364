"""Pages: case reviews. The questions of any instrument saved as one answers, a check page, signing off, giving back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.actions import Typed
from goldthread.apps.drafting import known
from goldthread.apps.offline import queries as offline
from goldthread.domain.time_on_a_review import BEAT_SECONDS
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.pages import case_journeys
from goldthread.web.pages.review_time import told
from goldthread.web.presenters import instruments as shown
from goldthread.web.presenters import practitioners_part, review_sheet


def case_review(request: HttpRequest, review: Any) -> HttpResponse:
    """A review: the sheet for its reviewer while it is a draft, what it says for everybody else."""
    if request.method == "POST":
        return _save_all(request, review)
    if queries.held(review.instrument) is None:
        return _lost(request, review)
    sheet = review_sheet.sheet(review, facts=_facts(request, review), **_around(review))
    if not _writes(request, review):
        return render(request, "cases/review_read.html", _context(request, review, sheet))
    context = _context(request, review, sheet) | {"journey": case_journeys.beside(_actor(request), review.case)}
    return render(request, "cases/review.html", context)


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _writes(request: HttpRequest, review: Any) -> bool:
    return queries.may(request.actor, Permission.CASE_REVIEW_WRITE, review)  # type: ignore[attr-defined]


def _around(review: Any) -> dict[str, Any]:
    """What stands beside the answers, question by question: what a practitioner sent, and tags."""
    sent = practitioners_part.beside(queries.part_of_review(review), review.inspection.framework)
    return {"beside": sent, "tags": queries.tags_of(review)}


def _facts(request: HttpRequest, review: Any) -> Mapping[str, Any]:
    """What the lists say beside the questions, for who may read the child's rows."""
    names = (name for question in queries.require_held(review.instrument).questions for name in question.facts)
    return queries.facts(review.case, request.actor, names)  # type: ignore[attr-defined]


def _misfit(review: Any, instrument: Any) -> str:
    """For whom the instrument is, where the lists tell that this child is none of them; empty otherwise."""
    child = queries.child_group(review.case)
    return shown.children(instrument) if child and instrument.children and child not in instrument.children else ""


def _lost(request: HttpRequest, review: Any) -> HttpResponse:
    """A review whose instrument is not known any more: its answers as they were stored, to be read."""
    answers = sorted(queries.answers_of(review).values(), key=lambda one: one.question)
    context = {
        "inspection": review.inspection, "review": review, "case": review.case, "answers": answers,
        "concerns": list(queries.concerns(request.actor).filter(review=review)),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "cases/review_lost.html", context)


def _require_same(request: HttpRequest, review: Any) -> None:
    """Refuse answers from a page that asked the questions of another instrument: they would not mean the same."""
    queries.require_held(review.instrument)
    sent = request.POST.get("instrument", review.instrument)
    if sent != review.instrument:
        raise Refused(
            f"These are answers to “{queries.title_of(sent[:60])}”, and this review is on "
            f"“{queries.title_of(review.instrument)}”. They were not saved, because they were given to other questions."
        )


def _context(request: HttpRequest, review: Any, sheet: review_sheet.Sheet) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "inspection": review.inspection,
        "review": review,
        "case": review.case,
        "sheet": sheet,
        "closed": review.closed_because(),
        "newer": known.instrument_superseded_by(review.instrument) if review.draft else None,
        "misfit": review.draft and _misfit(review, sheet.instrument),
        "own": str(review.reviewer_id) == actor.id,
        "may_give_back": review.signed_off and queries.may_give_back(actor, review),
        "concerns": list(queries.concerns(actor).filter(review=review)),
        **_beyond(actor, review),
    }


def _beyond(actor: Any, review: Any) -> dict[str, Any]:
    """What stands around the answers: the practitioner's part, hand-overs, and the reviewer's own time."""
    own = review.draft and str(review.reviewer_id) == actor.id
    return {
        "part": queries.part_of_review(review), "hand_overs": queries.hand_overs(review), "weighs": own,
        "may_tag": queries.may_tag(actor, review),
        "made_offline": offline.waiting_for(actor, review) if own else None,
        "need": queries.need_of(review), "may_waive": review.draft and queries.may_require_parts(actor, review),
        "may_show": queries.may_show_to_practitioner(actor, review),
        "may_hand_over": queries.may_hand_over(actor, review), "spent": told(review.minutes_spent),
        "beat_seconds": BEAT_SECONDS, "pause_note": queries.pause_note(review) if own else "",
    }  # fmt: skip


def _save_all(request: HttpRequest, review: Any) -> HttpResponse:
    """The whole sheet as a form: what works without scripts. What clashes is shown with both texts."""
    typed = _sent(request.POST)
    try:
        _require_same(request, review)
        typed = {name: typed[name] for name in _names(review) if name in typed}
        saved = actions.save_answers(review=review, answers=typed, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        sent = [(name, one.text()) for name, one in typed.items() if one.text()]
        context = {"reason": refusal.reason, "inspection": review.inspection, "review": review, "sent": sent}
        return render(request, "cases/review_refused.html", context, status=403)
    if saved.clashes:
        fresh = queries.review(request.actor, review.inspection_id, review.pk)  # type: ignore[attr-defined]
        kept = {one.question: one.yours for one in saved.clashes}
        sheet = review_sheet.sheet(fresh, typed=kept, clashes=saved.clashes, facts=_facts(request, fresh),
                                   **_around(fresh))  # fmt: skip
        context = _context(request, fresh, sheet) | {"journey": case_journeys.beside(_actor(request), fresh.case)}
        return render(request, "cases/review.html", context, status=409)
    if request.POST.get("then") == "journey":
        actions.open_case_journey(rows=queries.CaseRows(review.case), by=_actor(request))
        return redirect(reverse("case_review", args=[review.inspection_id, review.pk]) + "#beside")
    if request.POST.get("then") == "check":
        return redirect("case_review_sign_off", inspection=review.inspection_id, review=review.pk)
    messages.success(request, "Everything is saved.")
    return redirect("case_review", inspection=review.inspection_id, review=review.pk)


def _sent(post: Mapping[str, Any]) -> dict[str, Typed]:
    """Every answer of a form, by question, whichever instrument it was made for."""
    names = [name.removeprefix("version-") for name in post if name.startswith("version-")]
    return {name: _typed(post, name, f"value-{name}", f"why-{name}", f"version-{name}") for name in names}


def _typed(post: Mapping[str, Any], name: str, value: str, why: str, version: str) -> Typed:
    more = {one: post.get(f"more-{one}-{name}", "") for one in review_sheet.MORE_WORDS}
    return Typed(post.get(value, ""), post.get(why, ""), _number(post.get(version, "")), more)


def _names(review: Any) -> list[str]:
    return [item.question for item in review_sheet.sheet(review).items]


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def case_review_save(request: HttpRequest, review: Any) -> HttpResponse:
    """One answer, saved as it is typed. Answers in JSON: the new version, or both texts of a clash, or why not."""
    question = request.POST.get("question", "")
    typed = _typed(request.POST, question, "value", "why", "version")
    try:
        _require_same(request, review)
        saved = actions.save_answers(review=review, answers={question: typed}, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return JsonResponse({"says": refusal.reason}, status=403)
    if saved.clashes:
        theirs = saved.clashes[0].theirs
        held = {"value": theirs.value, "why": theirs.why, "version": theirs.version, "more": dict(theirs.more)}
        return JsonResponse({"clash": {**held, "saved_at": _clock(saved.clashes[0].saved_at)}}, status=409)
    sheet = review_sheet.sheet(saved.review)
    item = next(one for one in sheet.items if one.question == question)
    return JsonResponse(
        {
            "version": item.version, "saved_at": _clock(item.saved_at or timezone.now()), "answered": sheet.answered,
            "asked": sheet.asked, "missing": len(sheet.missing),
        }
    )  # fmt: skip


def _clock(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def case_review_sign_off(request: HttpRequest, review: Any) -> HttpResponse:
    """Read it through, see what is missing, sign off onto the evidence shelf."""
    if closed := review.closed_because():
        if request.method == "POST" and not review.signed_off:
            raise Refused(closed)
        # Whoever comes here by the browser's way back, or presses twice, goes on to what was signed.
        messages.info(request, closed)
        return redirect("case_review", inspection=review.inspection_id, review=review.pk)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            version = _number(request.POST.get("version", ""))
            signed = actions.sign_off(review=review, version=version, by=request.actor)  # type: ignore[attr-defined]
        except actions.InConflict as conflict:
            refusal, status = conflict.reason, 422
        except Refused as refused:
            refusal, status = refused.reason, 422
        except Clash:
            refusal, status = "An answer was changed since you opened this page. Read it again, then sign off.", 409
        else:
            messages.success(request, _signed_off(signed))
            return redirect("case_review", inspection=review.inspection_id, review=review.pk)
        review = queries.review(request.actor, review.inspection_id, review.pk)  # type: ignore[attr-defined]
    sheet = review_sheet.sheet(review, **_around(review))
    context = {**_context(request, review, sheet), "refusal": refusal}
    return render(request, "cases/review_check.html", context, status=status)


def _signed_off(review: Any) -> str:
    if review.evidence_item:
        return f"Signed off. It is {review.evidence_item.mark} on the evidence shelf."
    if review.held_back:
        return "Signed off. The file is read twice: you see the other reading once both are signed off."
    return "Signed off. It stands beside the first reading."


class GiveBackForm(KeyForm, GovukForm):
    """What the reviewer should look at again."""

    because = forms.CharField(
        label="What should the reviewer look at again?", max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


def case_review_give_back(request: HttpRequest, review: Any) -> HttpResponse:
    """Give a signed-off review back to its reviewer, after saying what that does to the evidence."""
    form = GiveBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.give_back(
                review=review, because=form.cleaned_data["because"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"Given back to {review.reviewer.name}. Its evidence item is superseded.")
            return redirect("case_review", inspection=review.inspection_id, review=draft.pk)
    context = {"inspection": review.inspection, "review": review, "form": form}
    return render(request, "cases/give_back.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/cases/reviews/<uuid:review>/"
READ, WRITE, GIVE_BACK = Permission.CASE_REVIEW_READ, Permission.CASE_REVIEW_WRITE, Permission.CASE_REVIEW_GIVE_BACK
DOORS = [
    door(_AT, case_review, "case_review", needs=READ, to_change=WRITE, about=queries.review),
    door(
        _AT + "save/",
        case_review_save,
        "case_review_save",
        needs=WRITE,
        to_change=WRITE,
        about=queries.review,
        reads=False,
    ),
    door(
        _AT + "sign-off/",
        case_review_sign_off,
        "case_review_sign_off",
        needs=WRITE,
        to_change=WRITE,
        about=queries.review,
    ),
    door(
        _AT + "give-back/",
        case_review_give_back,
        "case_review_give_back",
        needs=GIVE_BACK,
        to_change=GIVE_BACK,
        about=queries.review,
    ),
]
