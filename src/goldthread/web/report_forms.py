"""Forms of the report: composing a version, checking it, publishing it."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms

from goldthread.domain.embargo import EmbargoError, moment_of
from goldthread.web.forms import DateField, GovukForm, KeyForm


class ComposeForm(KeyForm, GovukForm):
    """Composing a new version."""

    title = forms.CharField(max_length=200, label="Title of the report")
    based_on = forms.ChoiceField(required=False, label="Made from")

    def __init__(self, sent: Any, *, versions: Any, **more: Any) -> None:
        """Offer the versions that there are."""
        super().__init__(sent, **more)
        self.versions = {str(one.number): one for one in versions}
        offered = [(number, f"What version {number} says") for number in self.versions]
        self.fields["based_on"].choices = [("", "What the team has agreed"), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["based_on"]

    def earlier(self) -> Any:
        """The version that it is made from; None where it is composed anew."""
        return self.versions.get(self.cleaned_data.get("based_on") or "")


class SectionForm(GovukForm):
    """A section's sentences, one a line, where two people changed it: the page that compares them asks for the words of
    its field."""

    text = forms.CharField(label="The sentences of this section", widget=forms.Textarea(attrs={"rows": 10}))


class CheckForm(KeyForm, GovukForm):
    """A checker's decision."""

    note = forms.CharField(
        label="What you checked, or what must change",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Needed when you ask for changes, and when you pass the report although something is marked above. "
        "Otherwise as you like",
    )


class TimeField(forms.TimeField):
    """A time of day in one box, as people write it: 09:30, 9.30, 2:30pm, 2pm."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        """A narrow box with an example as its hint."""
        kwargs.setdefault("help_text", "The time in England. For example, 09:30 or 2:30pm")
        kwargs.setdefault("error_messages", {"invalid": "Write the time like 09:30 or 2:30pm"})
        kwargs.setdefault(
            "input_formats", ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I:%M %p", "%I.%M %p", "%I%p", "%I %p")
        )
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("class", "govuk-input--width-5")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        """Show a time as 09:30; what was typed stays as it was typed."""
        return value.strftime("%H:%M") if isinstance(value, time) else value


class MomentForm(GovukForm):
    """A day and a time of day, together a moment; `moment` is None where both boxes are empty."""

    public_on = DateField(label="Day from which everybody may read it", required=False)
    public_at = TimeField(label="Time on that day", required=False)
    moment: datetime | None = None

    def clean(self) -> dict[str, Any]:
        """Put the day and the time together; one without the other, and a time that there is not, are told."""
        held: dict[str, Any] = super().clean() or {}
        day, at = held.get("public_on"), held.get("public_at")
        if day and at is not None:
            try:
                self.moment = moment_of(day, at)
            except EmbargoError as error:
                self.add_error("public_at", str(error))
        elif day and "public_at" not in self.errors:
            self.add_error("public_at", "Write the time on that day from which everybody may read it")
        elif at is not None and "public_on" not in self.errors:
            self.add_error("public_on", "Write the day from which everybody may read it")
        return held


class MoveForm(MomentForm):
    """Another moment for an embargo."""

    because = forms.CharField(
        label="Why the embargo is moved", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The journal keeps it",
    )  # fmt: skip
    prefix = "move"

    def clean(self) -> dict[str, Any]:
        """Both are needed here."""
        held = super().clean()
        if not held.get("public_on") and "public_on" not in self.errors:
            self.add_error("public_on", "Write the day from which everybody may read it")
        return held


class LiftForm(GovukForm):
    """Ending an embargo now."""

    because = forms.CharField(
        label="Why everybody may read it now", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The journal keeps it",
    )  # fmt: skip
    prefix = "lift"


class EarlyReaderForm(KeyForm, GovukForm):
    """Giving one named person a pre-publication copy."""

    email = forms.EmailField(
        label="E-mail address of their account", max_length=254,
        help_text="Of somebody of the authority who may read the council’s copy: a director or a nominated officer",
    )  # fmt: skip


class EarlyBackForm(GovukForm):
    """Taking a pre-publication copy back."""

    copy = forms.ChoiceField(label="Whose copy", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why it is taken back", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="They cannot read it from then on. The journal keeps the reason",
    )  # fmt: skip
    prefix = "back"

    def __init__(self, sent: Any, *, copies: Iterable[Any], **more: Any) -> None:
        """Offer the copies that are out, by their readers' names."""
        super().__init__(sent, **more)
        offered = [(str(one.pk), one.reader.name) for one in copies]
        self.fields["copy"].choices = offered  # type: ignore[attr-defined]


class PublishForm(MomentForm):
    """Publishing: under embargo where a moment is given; with a reason where the facts have not been checked."""

    def __init__(self, sent: Any, *, early: bool, **more: Any) -> None:
        """Ask for a reason only where one is needed."""
        super().__init__(sent, **more)
        if not early:
            del self.fields["because"]

    because = forms.CharField(
        label="Why it is published now",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=500,
        help_text="For example: a mock inspection has no stage of accuracy. The journal keeps it.",
    )
