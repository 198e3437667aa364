"""Forms of editions: beginning one, writing every point of it, checking it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from goldthread.apps.reports.points import Written
from goldthread.domain.easy import FORMS, LANGUAGES, PARTS
from goldthread.web.forms import GovukForm, KeyForm


class EditionForm(KeyForm, GovukForm):
    """Beginning an edition."""

    form = forms.ChoiceField(label="For whom", choices=[(one, told.title) for one, told in FORMS.items()])
    language = forms.ChoiceField(label="Language", choices=list(LANGUAGES.items()))
    title = forms.CharField(
        max_length=200,
        label="Title of the edition",
        help_text="In the edition’s own language, as its readers speak",
    )
    based_on = forms.ChoiceField(
        required=False, label="Begin with what another edition says",
        help_text="Of an earlier version, or the English one for a translation. Points that it does not have begin "
        "with the full report’s words",
    )  # fmt: skip

    def __init__(self, sent: Any, *, editions: Any, **more: Any) -> None:
        """Offer the editions that there are."""
        super().__init__(sent, **more)
        self.editions = {str(one.pk): one for one in editions}
        offered = [(key, f"Version {one.report.number}: {one.name}") for key, one in self.editions.items()]
        self.fields["based_on"].choices = [("", "The full report’s words"), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["based_on"]

    def earlier(self) -> Any:
        """The edition that it begins with; None where it begins with the full report."""
        return self.editions.get(self.cleaned_data.get("based_on") or "")


class EditionCheckForm(KeyForm, GovukForm):
    """A checker's decision on an edition."""

    note = forms.CharField(
        label="What you checked, or what must change", widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text="Needed when you send the edition back, and when you approve it although something is marked or "
        "left out",
    )  # fmt: skip


def sent_points(request: HttpRequest) -> dict[str, Written]:
    """What was typed for every point, by its key; the boxes come in the order of the page."""
    keys = request.POST.getlist("key")
    texts, symbols, reasons = (request.POST.getlist(name) for name in ("text", "symbol", "because"))

    def at(held: list[str], number: int) -> str:
        return held[number] if number < len(held) else ""

    return {
        key: Written(key, at(texts, number), at(symbols, number), at(reasons, number))
        for number, key in enumerate(keys)
    }


def sent_headings(request: HttpRequest) -> Mapping[str, str]:
    """The headings of a translation, by part."""
    return {part: request.POST.get(f"heading-{part}", "") for part in PARTS}


class NoticeForm(KeyForm, GovukForm):
    """A correction notice."""

    place = forms.ChoiceField(label="Where it is wrong")
    wrong = forms.CharField(
        label="What it says", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The wrong words, copied from the published paragraph letter for letter. For a section as a whole, "
        "what its table or chart shows",
    )  # fmt: skip
    right = forms.CharField(label="What is right", widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(
        label="Why it was wrong", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody reads it: no name of a child, no file, no mark of the evidence",
    )  # fmt: skip

    def __init__(self, sent: Any, *, places: Any, **more: Any) -> None:
        """Offer the places of the published report."""
        super().__init__(sent, **more)
        offered = [(str(one.place), one.label) for one in places]
        self.fields["place"].choices = [("", "Choose a paragraph"), *offered]  # type: ignore[attr-defined]


class NoticeCheckForm(KeyForm, GovukForm):
    """Passing a notice, or dropping it."""

    note = forms.CharField(
        label="What you checked, or why it does not stand", widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text="Needed when you drop the notice. The team reads it",
    )  # fmt: skip
