"""Forms of the report: composing a version, checking it, publishing it."""

from typing import Any

from django import forms

from goldthread.web.forms import GovukForm, KeyForm


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


class PublishForm(GovukForm):
    """Publishing before the authority has checked the facts."""

    because = forms.CharField(
        label="Why it is published now",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=500,
        help_text="For example: a mock inspection has no stage of accuracy. The journal keeps it.",
    )
