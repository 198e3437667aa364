"""Pages: child-level data handed in: uploading, the receipt, reading it live, handing it over, withdrawing it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import actions, corrections, queries, record, services
from goldthread.domain.day_of_data import odd
from goldthread.web.doors import door
from goldthread.web.forms import DateField, FilesField, GovukForm, KeyForm
from goldthread.web.pages import (
    submission_accept,
    submission_children,
    submission_differences,
    submission_issues,
    submission_measures,
    submission_mends,
    submission_months,
    submission_quality,
    submission_record,
    submission_services,
)
from goldthread.web.presenters import submissions as presenter

A_PAGE = 20


class UploadForm(KeyForm, GovukForm):
    """Handing child-level data in: one file, or the files of one return."""

    file = FilesField(
        label="Files to hand in",
        help_text="One workbook, XML file or zip, or all CSV or Parquet files of one return chosen together. What they "
        "are is told by what is in them",
        allow_empty_file=True,
    )
    before = FilesField(
        required=False,
        label="The same return of the year before (optional)",
        help_text="For SSDA903 and CIN: measures that look back further than a year then see it",
        allow_empty_file=True,
    )
    as_at = DateField(
        required=False,
        label="The day that the data describes (optional)",
        help_text="Leave it empty, and it is the last day of the return's year, or else the latest day in the data",
    )

    day_meant = forms.BooleanField(required=False, label="Yes, the data describes that day")
    asks_day = False
    """Whether the day was questioned, so that the box which answers is shown."""

    def clean(self) -> dict[str, Any]:
        """Question a day that is given and looks wrong, before anything is received: it can be meant all the same."""
        held: dict[str, Any] = super().clean() or self.cleaned_data
        day, names = held.get("as_at"), [one.name for one in held.get("file") or ()]
        why = odd(day, today=timezone.localdate(), names=names) if day and names else ""
        self.asks_day = bool(why)
        if why and not held.get("day_meant"):
            self.add_error("as_at", f"{why} Put it right, or tick the box below it if it is meant")
        return held

    def clean_as_at(self) -> date | None:
        """No list describes a day that has not come."""
        day: date | None = self.cleaned_data["as_at"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("The day that the data describes must be today or before it")
        return day


class WithdrawForm(KeyForm, GovukForm):
    """Taking a submission away."""

    because = forms.CharField(
        required=False,
        max_length=280,
        label="Why it is withdrawn",
        help_text="Do not name a child. The team sees this, and so does everybody whose finding rests on the data.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def submissions(request: HttpRequest, desk: Any) -> HttpResponse:
    """What was handed in, and the form to hand in more."""
    actor = request.actor  # type: ignore[attr-defined]
    may_upload = queries.may(actor, Permission.SUBMISSION_UPLOAD, desk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            first, *also = _sent(held["file"])
            received = actions.receive(
                inspection=desk.inspection,
                upload=first.upload,
                label=first.label,
                declared=first.declared,
                also=also,
                before=_sent(held["before"]),
                as_at=held["as_at"],
                client_key=held["client_key"],
                by=actor,
            )
        except Refused as refusal:
            form.add_error("file", refusal.reason)
        else:
            return _received(request, received)
    page = Paginator(queries.handed_in(actor, desk.inspection), A_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.form_words = queries.form_title(one)  # type: ignore[attr-defined]
    context = {
        "inspection": desk.inspection,
        "desk": desk,
        "form": form,
        "may_upload": may_upload,
        # Always a fresh one: where the form is shown again, nothing came of the key that was sent.
        "fresh_key": uuid4(),
        "page_obj": page,
        "cap_megabytes": settings.UPLOAD_CAP_BYTES // (1024 * 1024),
    }
    return render(request, "submissions/list.html", context, status=422 if form.errors else 200)


def _sent(files: Sequence[Any]) -> list[actions.Sent]:
    return [actions.Sent(one, one.name, one.content_type or "") for one in files]


def _received(request: HttpRequest, received: Any) -> HttpResponse:
    address = reverse("submission", args=[received.inspection_id, received.pk])
    which = f"The {len(received.parts)} files are" if received.parts else "The file is"
    messages.success(request, f"{which} received and safe. Reading goes on by itself.")
    if (same := queries.same_as(request.actor, received)) is not None:  # type: ignore[attr-defined]
        when = f"{timezone.localtime(same.created_at):%-d %B %Y at %H:%M}"
        messages.info(
            request, f"It is the same, byte for byte, as what came on {when}. Withdraw this one if that was not meant."
        )
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # The page's own script goes there by itself; a redirect would be followed unseen, and the message lost.
        return JsonResponse({"address": address}, status=201)
    return redirect(address)


def submission(request: HttpRequest, row: Any) -> HttpResponse:
    """One submission: its receipt, how far reading has come, what was found, and what can be done with it."""
    actor = request.actor  # type: ignore[attr-defined]
    lists = queries.lists(row) if row.readable else []
    context = {
        "inspection": row.inspection,
        "submission": row,
        "lists": lists,
        "of_no_list": queries.issues_of_no_list(row, lists) if row.readable else 0,
        "services": services.services(),
        "warnings": presenter.warnings(row) if row.readable else [],
        "measures": len([one for one in queries.measures(row) if one.known]) if row.readable else 0,
        "record_measures": len([one for one in record.measures(row) if one.known]) if row.readable else 0,
        "form_title": queries.form_title(row),
        "may_hand_over": row.readable
        and row.hand_over == "staged"
        and queries.may(actor, Permission.SUBMISSION_HAND_OVER, row),
        "readings": queries.visible_to(actor).filter(reading_of=row.reading_of_id or row.pk).exclude(pk=row.pk),
        "first_seen": row.reading_of_id and queries.visible_to(actor).filter(pk=row.reading_of_id).exists(),
        "may_correct": corrections.may_correct(actor, row),
        "earlier_seen": row.earlier_id and queries.visible_to(actor).filter(pk=row.earlier_id).exists(),
        "may_withdraw": row.hand_over != "withdrawn" and queries.may_withdraw(actor, row),
    }
    return render(request, "submissions/submission.html", context)


def progress(request: HttpRequest, row: Any) -> HttpResponse:
    """How far reading has come, for the page to look at again; when it is done, the whole page is shown anew."""
    answer = render(request, "submissions/_progress.html", {"submission": row, "inspection": row.inspection})
    if not row.waiting:
        answer["HX-Refresh"] = "true"
    return answer


def receipt(request: HttpRequest, row: Any) -> HttpResponse:
    """The receipt alone, to print or keep."""
    return render(request, "submissions/receipt.html", {"inspection": row.inspection, "submission": row})


def hand_over(request: HttpRequest, row: Any) -> HttpResponse:
    """Hand the submission to the team, after seeing exactly what crosses."""
    if request.method == "POST":
        form = KeyForm(request.POST)
        form.is_valid()
        actions.hand_over(submission=row, version=form.cleaned_data["version"], by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, "The submission is handed over. The team sees it now.")
        return redirect("submission", inspection=row.inspection_id, submission=row.pk)
    context = {
        "inspection": row.inspection,
        "submission": row,
        "lists": [one for one in queries.lists(row) if one.rows is not None] if row.readable else [],
        "measures": [one for one in (*queries.measures(row), *record.measures(row)) if one.known],
        "form_title": queries.form_title(row),
        "stays": presenter.CROSSES_NEVER,
    }
    return render(request, "submissions/hand_over.html", context)


def withdraw(request: HttpRequest, row: Any) -> HttpResponse:
    """Take the submission away; once the team has it, with a reason."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        if row.hand_over == "submitted" and not held["because"]:
            form.add_error("because", "Say why the submission is withdrawn: findings may rest on it already")
        else:
            actions.withdraw(submission=row, because=held["because"], version=held["version"], by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "The submission is withdrawn.")
            return redirect("submission", inspection=row.inspection_id, submission=row.pk)
    context = {"inspection": row.inspection, "submission": row, "form": form}
    return render(request, "submissions/withdraw.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/data/"
_ONE = _AT + "<uuid:submission>/"
_READ, _UPLOAD, _OVER = Permission.SUBMISSION_READ, Permission.SUBMISSION_UPLOAD, Permission.SUBMISSION_HAND_OVER

DOORS: list[URLPattern] = [
    door(_AT, submissions, "submissions", needs=_READ, to_change=_UPLOAD, about=queries.desk),
    door(_ONE, submission, "submission", needs=_READ, about=queries.get),
    door(_ONE + "progress/", progress, "submission_progress", needs=_READ, about=queries.get),
    door(_ONE + "receipt/", receipt, "submission_receipt", needs=_READ, about=queries.get),
    door(
        _ONE + "hand-over/",
        hand_over,
        "submission_hand_over",
        needs=_OVER,
        to_change=_OVER,
        about=queries.get,
        step_up=True,
    ),
    door(_ONE + "withdraw/", withdraw, "submission_withdraw", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get),
    *submission_issues.DOORS,
    *submission_mends.DOORS,
    *submission_accept.DOORS,
    *submission_months.DOORS,
    *submission_quality.DOORS,
    *submission_differences.DOORS,
    *submission_measures.DOORS,
    *submission_record.DOORS,
    *submission_children.DOORS,
    *submission_services.DOORS,
]
