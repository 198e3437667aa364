"""Forms in which a council writes its own frameworks: one for each of the lists that a framework is made of."""

from dataclasses import replace
from typing import Any

from django import forms

from goldthread.domain.framework import SECTION_KINDS, Framework, Note, Phase, Request, Seat, Section, Timetable
from goldthread.domain.instruments.drafts import named_after
from goldthread.web.forms import DateField, GovukForm, KeyForm, WholeNumberField

_LONG = 4_000
NUMBER = {"class": "govuk-input--width-3", "inputmode": "numeric"}
ROLE_WORDS = [
    ("lead", "Lead inspector"), ("inspector", "Inspector"), ("quality-assurance", "Quality-assurance manager"),
    ("analyst", "Data analyst"), ("disclosure-checker", "Disclosure checker"),
]  # fmt: skip
KIND_WORDS = {
    "summary": "A summary", "judgements": "The table of judgements", "strengths": "What works well",
    "good_practice": "Good practice", "improve": "What needs to improve", "area": "One area", "about": "About it",
}  # fmt: skip


def words_box(label: str, rows: int = 2, required: bool = True, **more: Any) -> Any:
    """A box for a sentence or two, which words its own errors."""
    # Boxes that are added for each criterion and grade come too late for the form to word their errors.
    about = f"“{label.replace('%', '%%')}”"
    says = {
        "required": f"Fill in “{label}”",
        "max_length": f"{about} must have {_LONG:,} characters or fewer; it has %(show_value)d. Shorten it",
    }
    return forms.CharField(
        label=label, max_length=_LONG, required=required, error_messages=says,
        widget=forms.Textarea(attrs={"rows": rows}), **more,
    )  # fmt: skip


def one_line(text: str) -> str:
    """A text without line breaks, and with single spaces."""
    return " ".join(text.split())


class EntryForm(KeyForm, GovukForm):
    """One entry of a list. `entry` names the one that the form was opened on, empty for a new one."""

    entry = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, of: Framework, before: Any, **kwargs: Any) -> None:
        """Show the entry that is changed."""
        self.of, self.before = of, before
        super().__init__(*args, **kwargs)

    def said(self, *names: str) -> dict[str, Any]:
        """What was filled in, texts in one line."""
        held = {name: self.cleaned_data[name] for name in names}
        return {name: one_line(value) if isinstance(value, str) else value for name, value in held.items()}

    def goes_with(self, changed: Framework, made: Any) -> Framework:
        """The framework with what the form changes elsewhere than in its list; by itself, nothing."""
        return changed


class CheckedForm(EntryForm):
    """An entry that says whether its words were read in a published text."""

    checked = forms.BooleanField(
        label="It is our own rule, or was read in the published text", required=False,
        help_text="Without the tick, pages show “check against the published text” beside it.",
    )  # fmt: skip


class PhaseForm(CheckedForm):
    """A stretch of the timetable."""

    title = forms.CharField(label="Phase", max_length=200)
    says = words_box("What happens")
    start = WholeNumberField(
        label="First day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=NUMBER),
        help_text="In working days after the call day, which is 0.",
    )  # fmt: skip
    end = WholeNumberField(label="Last day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=NUMBER))
    fieldwork = forms.BooleanField(label="It is fieldwork: its days move with an inspection's own", required=False)
    field_order = ("title", "says", "start", "end", "fieldwork", "checked")

    def made(self) -> Phase:
        """The phase as it was filled in."""
        told = self.said("title", "says", "start", "end", "fieldwork", "checked")
        taken = {one.slug for table in self.of.timetables for one in table.phases}
        return replace(self.before, **told) if self.before else Phase(named_after(told["title"], taken), **told)


class TimetableForm(EntryForm):
    """A kind of inspection under the framework, which has phases of its own."""

    title = forms.CharField(label="Kind of inspection", max_length=200)
    says = words_box("When it is used")
    like = forms.ChoiceField(
        label="Its phases begin as those of", help_text="They are changed afterwards, in a list of their own."
    )
    field_order = ("title", "says", "like")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the phases of every kind there is, to a new one."""
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = [(one.slug, one.title) for one in self.of.timetables]  # type: ignore[attr-defined]
        if self.before is not None:
            del self.fields["like"]

    def made(self) -> Timetable:
        """The kind of inspection as it was filled in, its phases as they were or like those of another."""
        told = self.said("title", "says")
        before: Timetable | None = self.before
        if before is not None:
            return replace(before, **told)
        taken = {one.slug for one in self.of.timetables}
        return Timetable(
            slug=named_after(told["title"], taken), phases=self.of.timetable(self.cleaned_data["like"]).phases, **told
        )


class RequestForm(CheckedForm):
    """Something that the authority is asked for."""

    ref = forms.CharField(
        label="Number", max_length=20, widget=forms.TextInput(attrs={"class": "govuk-input--width-4"})
    )
    title = forms.CharField(label="What is asked for", max_length=200)
    says = words_box("In more words")
    due = WholeNumberField(
        label="Due on day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=NUMBER),
        help_text="In working days after the call day, which is 0.",
    )  # fmt: skip
    field_order = ("ref", "title", "says", "due", "checked")

    def made(self) -> Request:
        """The request as it was filled in."""
        return Request(**self.said("ref", "title", "says", "due", "checked"))


class SeatForm(CheckedForm):
    """A place in the team."""

    title = forms.CharField(label="Place in the team", max_length=200)
    role = forms.ChoiceField(label="Role", choices=ROLE_WORDS)
    count = WholeNumberField(label="How many", min_value=0, max_value=200, widget=forms.TextInput(attrs=NUMBER))
    says = words_box("What they do")
    field_order = ("title", "role", "count", "says", "checked")

    def made(self) -> Seat:
        """The place as it was filled in."""
        return Seat(**self.said("role", "title", "count", "says", "checked"))


class NoteForm(CheckedForm):
    """Something that people who use the framework should know."""

    title = forms.CharField(label="Title", max_length=200)
    says = words_box("What they should know", 3)
    source = words_box("Where it was learnt")
    field_order = ("title", "says", "source", "checked")

    def made(self) -> Note:
        """The note as it was filled in."""
        return Note(**self.said("title", "says", "source", "checked"))


class ReportForm(EntryForm):
    """A section of the report."""

    title = forms.CharField(label="Section of the report", max_length=200)
    kind = forms.ChoiceField(label="Made from", choices=[(one, KIND_WORDS[one]) for one in SECTION_KINDS])
    area = forms.ChoiceField(label="Area", required=False, help_text="Needed for a section about one area.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the framework's areas."""
        super().__init__(*args, **kwargs)
        areas = [(one.slug, one.title) for one in self.of.areas]
        self.fields["area"].choices = [("", "None"), *areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An area for a section about one, and for no other."""
        held = super().clean() or {}
        if held.get("kind") == "area" and not held.get("area"):
            self.add_error("area", "Choose the area that the section is about")
        return held

    def made(self) -> Section:
        """The section as it was filled in."""
        told = self.said("title", "kind", "area")
        told["area"] = told["area"] if told["kind"] == "area" else None
        taken = {one.slug for one in self.of.report}
        return replace(self.before, **told) if self.before else Section(named_after(told["title"], taken), **told)


class FrameworkAboutForm(KeyForm, GovukForm):
    """What a framework is called and for, and when it is in force."""

    title = forms.CharField(label="Title", max_length=200)
    short_title = forms.CharField(label="Short title", max_length=60)
    says = words_box("What it is for", 3)
    source = words_box("Where it comes from", help_text="What it was written from, so that a reader can look it up.")
    in_force_from = DateField(label="In force from")
    in_force_to = DateField(label="In force to (optional)", required=False)
    overall = forms.BooleanField(label="There is an overall grade besides the areas", required=False)
