"""Pages: the authority's own series over the months, their targets and new limits, and who comes back how soon."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.comparison import actions, comparing, returns, series_words, watching
from goldthread.apps.comparison.shelved import What
from goldthread.apps.submissions import pictures, queries, record
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.pages.pictures import PICTURE_FORMS, picture_file
from goldthread.web.pages.submission_compare import shelf_of, shelved_page
from goldthread.web.pages.submission_record import DOORS_OF
from goldthread.web.presenters import watch as presenter

FORMS = [(form, words) for form, (words, _) in PICTURE_FORMS.items()]


class TargetForm(KeyForm, GovukForm):
    """What a series is held against."""

    target = forms.FloatField(
        required=False, label="Target", min_value=0, max_value=100,
        help_text="Leave it empty to take the target away",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )  # fmt: skip
    source = forms.CharField(
        required=False, max_length=280, label="Where the target comes from",
        help_text="Such as “Improvement plan 2026, page 4”", widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, asked: Any, scale: Any, **more: Any) -> None:
        """Ask for it in the unit of the series; a share goes no further than all."""
        super().__init__(asked, **more)
        target: Any = self.fields["target"]
        target.label = f"Target, in {'per cent' if scale.percent else scale.unit}"
        if not scale.percent:
            target.max_value = None
            target.validators = [one for one in target.validators if not isinstance(one, MaxValueValidator)]
            target.error_messages["min_value"] = f"“{target.label}” must be a number, 0 or more"


class LimitsForm(KeyForm, GovukForm):
    """Drawing limits anew from a month on."""

    period = forms.ChoiceField(label="From which month")
    because = forms.CharField(
        max_length=280, label="What changed then",
        help_text="Something that happened in the service, such as a new front door. Not that the figures moved.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, asked: Any, months: list[str]) -> None:
        """Offer the months of the series."""
        super().__init__(asked)
        self.fields["period"].choices = [(month, month) for month in months]  # type: ignore[attr-defined]


def watch(request: HttpRequest, row: Any) -> HttpResponse:
    """The series of everything that is measured, and what each says."""
    hand_ins, found = watching.all_watched(request.actor, row)  # type: ignore[attr-defined]
    context = {
        "inspection": row.inspection,
        "submission": row,
        "hand_ins": hand_ins,
        "rows": [presenter.row(one) for one in presenter.in_order(found)],
        "finding": presenter.finding(found),
        "called": comparing.called(row),
    }
    return render(request, "comparison/watch.html", context)


def series(request: HttpRequest, found: Any) -> HttpResponse:
    """The control chart of one of them."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET.get("from", "")
    if asked in {str(one) for one in found.sources}:
        found = watching.one_from(actor, found.submission, found.watched.measure.code, asked)
    watched = found.watched
    chart = watching.picture(watched) if watched.chart is not None else None
    context = {
        "inspection": found.inspection,
        "submission": found.submission,
        "found": found,
        "row": presenter.row(watched),
        "chart": chart,
        "drawn": pictures.whole(chart) if chart is not None else None,
        "verdict": series_words.verdict(watched) if chart is not None else [],
        "signals": series_words.signals(watched) if chart is not None else [],
        "cautions": series_words.cautions(watched),
        "sources": [
            (
                str(one),
                presenter.source_called(
                    one, of_lists=found.submission.of_lists, own_month=watching.own_month(watched, found.submission)
                ),
                one is watched.source,
            )
            for one in found.sources
        ],
        "source_says": watching.source_says(watched, found.submission),
        "called": comparing.called(found.submission),
        "months": [(one.period, watched.scale.words(one), watched.scale.counts(one)) for one in watched.counted],
        "may_edit": watching.may_edit(actor, found.submission),
        "has_direction": watched.measure.better.value != "context",
        "forms": FORMS,
        **shelf_of(request, found.submission, What.SERIES, watched.measure.code),
    }
    context["measure_door"] = _door_of(found)
    return render(request, "comparison/series.html", context)


def _door_of(found: Any) -> str:
    """The page of what the series is of, where the submission holds a figure of it."""
    try:
        return DOORS_OF[record.counted(found.submission, found.watched.measure.code).of]
    except ObjectDoesNotExist:
        return ""


def shelve(request: HttpRequest, found: Any) -> HttpResponse:
    """Keep what the series says on the evidence shelf: of the source that was looked at."""
    code, asked = found.watched.measure.code, request.POST.get("from", "")
    seen = watching.one_from(request.actor, found.submission, code, asked)  # type: ignore[attr-defined]
    return shelved_page(request, lambda by: actions.shelve_series(found=seen, by=by))


def target(request: HttpRequest, found: Any) -> HttpResponse:
    """What the series is held against."""
    held = found.watched.series
    start = {"target": held.target_value, "source": held.target_source}
    form = TargetForm(request.POST or None, found.watched.scale, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_target(
                found=found, target=said["target"], source=said["source"], version=said["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None if refusal.reason == actions.NO_TARGET else "source", refusal.reason)
        else:
            messages.success(request, "The target is kept.")
            return _back(found)
    return _form(request, "comparison/target.html", found, form)


def limits(request: HttpRequest, found: Any) -> HttpResponse:
    """Draw the limits anew from a month on."""
    actor = request.actor  # type: ignore[attr-defined]
    form = LimitsForm(request.POST or None, watching.periods(found, actor))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.rebase(
                found=found, period=said["period"], because=said["because"], client_key=said["client_key"],
                version=said["version"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("period", refusal.reason)
        else:
            messages.success(request, f"The limits are drawn anew from {said['period']}, and the reason is on record.")
            return _back(found)
    return _form(request, "comparison/limits.html", found, form)


def _form(request: HttpRequest, template: str, found: Any, form: Any) -> HttpResponse:
    context = {
        "inspection": found.inspection, "submission": found.submission, "found": found, "form": form,
        "key": f"{template.split('/')[1].split('.')[0]}-{found.submission.pk.hex}-{found.watched.measure.code}",
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def _back(found: Any) -> HttpResponse:
    return redirect(
        "submission_watch_series", inspection=found.inspection.pk, submission=found.submission.pk,
        code=found.watched.measure.code,
    )  # fmt: skip


def take_back(request: HttpRequest, asked: Any) -> HttpResponse:
    """Join the series again."""
    actions.take_back_limits(rebased=asked.rebased, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The new limits are taken back; that they were drawn stays on record.")
    return redirect(
        "submission_watch_series", inspection=asked.inspection, submission=asked.submission, code=asked.code
    )


def series_file(request: HttpRequest, found: Any) -> HttpResponse:
    """The control chart as a file, months with small numbers left out."""
    actor = request.actor  # type: ignore[attr-defined]
    code, asked = found.watched.measure.code, request.POST.get("from", "")
    safe = watching.one_from(actor, found.submission, code, asked, leaving=True)
    if safe.watched.chart is None:
        raise Refused(
            "Too few months are left once those with small numbers are withheld, so there is no chart to take."
        )
    chart = watching.picture(safe.watched)
    return picture_file(request, found.submission, chart, what=f"series of {code}", called=f"{code}-series")


def returning(request: HttpRequest, row: Any) -> HttpResponse:
    """Re-referral and return to care, as curves."""
    found = returns.returns(request.actor, row)  # type: ignore[attr-defined]
    context = {
        "inspection": row.inspection,
        "submission": row,
        "found": found,
        "curves": [(one, pictures.whole(one.chart) if one.chart else None) for one in found.curves],
        "forms": FORMS,
    }
    return render(request, "comparison/returning.html", context)


def returning_file(request: HttpRequest, row: Any) -> HttpResponse:
    """One curve as a file, without small numbers."""
    found = returns.returns(request.actor, row, leaving=True)  # type: ignore[attr-defined]
    curve = next(one for one in found.curves if one.slug == row.asked)
    if curve.chart is None:
        raise Refused(curve.why_not)
    return picture_file(request, row, curve.chart, what=curve.slug, called=curve.slug)


class _Asked:
    """New limits of a series, with the address at which they stand."""

    def __init__(self, rebased: Any, inspection: Any, submission: Any, code: str) -> None:
        self.rebased, self.inspection, self.submission, self.code = rebased, inspection, submission, code
        self.target = rebased.target


def _rebased(actor: Any, inspection: Any, submission: Any, code: str, rebased: int) -> Any:
    return _Asked(watching.rebasing(actor, inspection, submission, code, rebased), inspection, submission, code)


def _curve(actor: Any, inspection: Any, submission: Any, curve: str) -> Any:
    row = queries.get(actor, inspection, submission)
    if curve not in returns.slugs() or not row.readable:
        raise watching.NotWatched
    row.asked = curve  # type: ignore[attr-defined]
    return row


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/"
_ONE = _AT + "watch/<slug:code>/"
_READ, _EDIT = Permission.SUBMISSION_READ, Permission.SERIES_EDIT

DOORS: list[URLPattern] = [
    door(_AT + "watch/", watch, "submission_watch", needs=_READ, about=queries.get),
    door(_ONE, series, "submission_watch_series", needs=_READ, about=watching.one),
    door(_ONE + "target/", target, "submission_watch_target", needs=_EDIT, to_change=_EDIT, about=watching.one),
    door(_ONE + "limits/", limits, "submission_watch_limits", needs=_EDIT, to_change=_EDIT, about=watching.one),
    door(
        _ONE + "limits/<int:rebased>/take-back/", take_back, "submission_watch_take_back",
        needs=_EDIT, to_change=_EDIT, about=_rebased, reads=False,
    ),
    door(
        _ONE + "file/", series_file, "submission_watch_file",
        needs=_READ, to_change=_READ, about=watching.one, reads=False, step_up=True, file=True,
    ),
    door(
        _ONE + "shelve/", shelve, "submission_watch_shelve",
        needs=Permission.FINDING_WRITE, to_change=Permission.FINDING_WRITE, about=watching.one, reads=False,
    ),
    door(_AT + "returning/", returning, "submission_returning", needs=_READ, about=queries.get),
    door(
        _AT + "returning/<slug:curve>/file/", returning_file, "submission_returning_file",
        needs=_READ, to_change=_READ, about=_curve, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
