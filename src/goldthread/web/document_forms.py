"""Forms of the council's documents: what is said of them, and what of the library is asked for."""

from typing import Any

from django import forms

from goldthread.apps.documents.actions import About
from goldthread.domain.document_kinds import KINDS
from goldthread.domain.redacting import Box, areas_of, passages_of
from goldthread.web.forms import DateField, FilesField, GovukForm, KeyForm

LONGEST = 4_000


class AboutForm(KeyForm, GovukForm):
    """What the council says of a document, or of several that are uploaded together."""

    kind = forms.ChoiceField(label="What kind of document", choices=list(KINDS.items()), initial="other")
    about_from = DateField(
        required=False, label="First day that it speaks of (optional)",
        help_text="The time that the document is about, which is not the day on which it is uploaded",
    )  # fmt: skip
    about_to = DateField(required=False, label="Last day that it speaks of (optional)")
    areas = forms.MultipleChoiceField(
        required=False, label="Areas of the framework (optional)", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    asked = forms.ChoiceField(required=False, label="Which request it answers (optional)")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], requests: dict[str, Any], **kwargs: Any) -> None:
        """Offer the areas of the inspection's framework, and the requests that whoever fills it in can see."""
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        self.requests = requests
        named = [(key, f"{one.mark}: {one.title}") for key, one in requests.items()]
        self.fields["asked"].choices = [("", "None of them"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in order, said at the field that is out of it."""
        held = super().clean() or {}
        first, last = held.get("about_from"), held.get("about_to")
        if first and last and last < first:
            self.add_error("about_to", "The last day that it speaks of must be on or after the first")
        return held

    def about(self) -> About:
        """What was said."""
        held = self.cleaned_data
        return About(
            held["kind"], held["about_from"], held["about_to"], tuple(held["areas"]), self.requests.get(held["asked"])
        )


class UploadForm(AboutForm):
    """Uploading documents: as many at once as are wanted."""

    file = FilesField(
        label="Documents to upload",
        help_text="Choose as many as you like at once. Each is taken in by itself and has a receipt of its own",
        allow_empty_file=True,
    )
    field_order = ("file", "kind", "about_from", "about_to", "areas", "asked")


class VersionForm(KeyForm, GovukForm):
    """Uploading a new version of one document."""

    file = FilesField(
        label="The new version", help_text="One file. It may be of another format than the version before",
        allow_empty_file=True,
    )  # fmt: skip


class DescribeForm(AboutForm):
    """Saying what one document is."""

    title = forms.CharField(max_length=160, label="What it is called", help_text="Do not name a child")
    field_order = ("title", "kind", "about_from", "about_to", "areas", "asked")


class WithdrawForm(KeyForm, GovukForm):
    """Taking a document back."""

    because = forms.CharField(
        required=False, max_length=280, label="Why it is taken back", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Do not name a child. The team reads this, and so does everybody whose finding rests on it.",
    )  # fmt: skip


class NoteForm(KeyForm, GovukForm):
    """A note of the team's on a document."""

    says = forms.CharField(
        label="Your note", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The team reads it. The council never does.",
    )  # fmt: skip
    page = forms.IntegerField(
        required=False, min_value=0, label="Page (optional)", help_text="Leave it empty for the whole document",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip


class CiteForm(KeyForm, GovukForm):
    """A passage for the shelf: the words as they stand on the page, and what they show."""

    quotation = forms.CharField(
        label="The words to cite", max_length=3_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="As they stand on the page: a sentence or two. Choose words that name no child.",
    )  # fmt: skip
    why = forms.CharField(
        required=False, max_length=1_000, label="What they show (optional)", widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    areas = forms.MultipleChoiceField(
        required=False, label="Areas that they speak to", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the areas of the inspection's framework."""
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]


class RedactForm(KeyForm, GovukForm):
    """What is to be taken out of a document: passages by their words, and areas of pages."""

    passages = forms.CharField(
        required=False, max_length=20_000, label="Passages to take out", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One a line, as they stand in the document: a name, an address, a sentence. Each is taken out "
        "wherever it stands. They are kept sealed, and stand in no address, journal or log.",
    )  # fmt: skip
    page_areas = forms.CharField(
        required=False, max_length=10_000, label="Areas of pages to take out (optional)",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line: the page, then left, top, right and bottom as the ruler on the page shows them. "
        "“3: 10 40 60 45” is a strip of page 3; “3: all” is the whole page.",
    )  # fmt: skip

    def __init__(self, *args: Any, drawable: bool, **kwargs: Any) -> None:
        """Areas are offered where pages have a look of their own."""
        super().__init__(*args, **kwargs)
        if not drawable:
            del self.fields["page_areas"]

    def clean_page_areas(self) -> list[Box]:
        """The areas; a line that is none is said."""
        found, wrong = areas_of(self.cleaned_data["page_areas"])
        if wrong:
            lines = ", ".join(str(one) for one in wrong)
            raise forms.ValidationError(f"Write an area as “3: 10 40 60 45” or “3: all”. None stands in line {lines}")
        return found

    def clean_passages(self) -> list[str]:
        """The passages, without those that are there twice."""
        return passages_of(self.cleaned_data["passages"])
