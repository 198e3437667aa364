"""Forms in which a council writes its own frameworks: one for each of the lists that a framework is made of."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from goldthread.domain.framework import (
    OVERALL,
    SECTION_KINDS,
    SERVICES,
    Area,
    Criterion,
    Framework,
    Grade,
    LimitingRule,
    Note,
    Phase,
    Request,
    Seat,
    Section,
)
from goldthread.domain.instruments.drafts import named_after
from goldthread.web.forms import DateField, GovukForm, KeyForm, WholeNumberField

_LONG = 4_000
_NUMBER = {"class": "govuk-input--width-3", "inputmode": "numeric"}
MOST_CRITERIA = 40
ROLE_WORDS = [
    ("lead", "Lead inspector"), ("inspector", "Inspector"), ("quality-assurance", "Quality-assurance manager"),
    ("analyst", "Data analyst"), ("disclosure-checker", "Disclosure checker"),
]  # fmt: skip
KIND_WORDS = {
    "summary": "A summary", "judgements": "The table of judgements", "strengths": "What works well",
    "good_practice": "Good practice", "improve": "What needs to improve", "area": "One area", "about": "About it",
}  # fmt: skip
SERVICE_WORDS = {
    "protection": "Help and protection", "care": "Children in care", "leaving": "Care leavers",
    "adoption": "Adoption", "leadership": "How it is all led",
}  # fmt: skip
WHEN_WORDS = [
    ("some", "Where at least so many of these areas hold one of these grades"),
    ("range", "Where every one of these areas is judged: between their best and worst"),
    ("share", "Where fewer than so many per cent of the cases show the area achieved"),
    ("every-inspection", "At all times"),
]  # fmt: skip


def _words(label: str, rows: int = 2, required: bool = True, **more: Any) -> Any:
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


def _one_line(text: str) -> str:
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
        return {name: _one_line(value) if isinstance(value, str) else value for name, value in held.items()}


class CheckedForm(EntryForm):
    """An entry that says whether its words were read in a published text."""

    checked = forms.BooleanField(
        label="It is our own rule, or was read in the published text", required=False,
        help_text="Without the tick, pages show “check against the published text” beside it.",
    )  # fmt: skip


class PhaseForm(CheckedForm):
    """A stretch of the timetable."""

    title = forms.CharField(label="Phase", max_length=200)
    says = _words("What happens")
    start = WholeNumberField(
        label="First day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=_NUMBER),
        help_text="In working days after the call day, which is 0.",
    )  # fmt: skip
    end = WholeNumberField(label="Last day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=_NUMBER))
    fieldwork = forms.BooleanField(label="It is fieldwork: its days move with an inspection's own", required=False)
    field_order = ("title", "says", "start", "end", "fieldwork", "checked")

    def made(self) -> Phase:
        """The phase as it was filled in."""
        told = self.said("title", "says", "start", "end", "fieldwork", "checked")
        taken = {one.slug for table in self.of.timetables for one in table.phases}
        return replace(self.before, **told) if self.before else Phase(named_after(told["title"], taken), **told)


class RequestForm(CheckedForm):
    """Something that the authority is asked for."""

    ref = forms.CharField(
        label="Number", max_length=20, widget=forms.TextInput(attrs={"class": "govuk-input--width-4"})
    )
    title = forms.CharField(label="What is asked for", max_length=200)
    says = _words("In more words")
    due = WholeNumberField(
        label="Due on day", min_value=0, max_value=2_000, widget=forms.TextInput(attrs=_NUMBER),
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
    count = WholeNumberField(label="How many", min_value=0, max_value=200, widget=forms.TextInput(attrs=_NUMBER))
    says = _words("What they do")
    field_order = ("title", "role", "count", "says", "checked")

    def made(self) -> Seat:
        """The place as it was filled in."""
        return Seat(**self.said("role", "title", "count", "says", "checked"))


class NoteForm(CheckedForm):
    """Something that people who use the framework should know."""

    title = forms.CharField(label="Title", max_length=200)
    says = _words("What they should know", 3)
    source = _words("Where it was learnt")
    field_order = ("title", "says", "source", "checked")

    def made(self) -> Note:
        """The note as it was filled in."""
        return Note(**self.said("title", "says", "source", "checked"))


class GradeForm(EntryForm):
    """A step of the scale."""

    title = forms.CharField(label="Grade", max_length=100)
    meaning = _words("What it means")
    letter = forms.CharField(
        label="Letter", max_length=1, widget=forms.TextInput(attrs={"class": "govuk-input--width-2"})
    )

    def made(self) -> Grade:
        """The grade as it was filled in; its place on the scale stays."""
        before: Grade = self.before
        return replace(before, **self.said("title", "meaning", "letter"))


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


class RuleForm(CheckedForm):
    """A rule by which some judgements limit another."""

    says = _words("The rule, in a sentence")
    strength = forms.ChoiceField(
        label="How strongly it limits", widget=forms.RadioSelect,
        choices=[("always", "Always"), ("normally", "Normally: whoever departs from it says why")],
    )  # fmt: skip
    source = _words("Source: document, paragraph, year")
    observed = _words("What was observed of it")
    when = forms.ChoiceField(label="When it bites", choices=WHEN_WORDS, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(label="These areas", required=False, widget=forms.CheckboxSelectMultiple)
    at_least = WholeNumberField(
        label="At least so many of them", required=False, min_value=1, max_value=100,
        widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip
    grades = forms.MultipleChoiceField(
        label="Hold one of these grades", required=False, widget=forms.CheckboxSelectMultiple
    )
    least_share = WholeNumberField(
        label="Least share of cases, in per cent", required=False, min_value=1, max_value=100,
        widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip
    limits = forms.ChoiceField(label="It limits")
    to = forms.MultipleChoiceField(
        label="And leaves only these grades", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("says", "strength", "when", "areas", "at_least", "grades", "least_share", "limits", "to", "source",
                   "observed", "checked")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the framework's areas and grades."""
        super().__init__(*args, **kwargs)
        areas, grades = [(one.slug, one.short) for one in self.of.areas], [(g.slug, g.title) for g in self.of.grades]
        overall = [(OVERALL, "The overall judgement")]
        for name, choices in {"areas": areas, "grades": grades, "to": grades, "limits": [*overall, *areas]}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What each way of biting needs, said at its field."""
        held = super().clean() or {}
        when = held.get("when")
        needed = {
            "some": ("areas", "at_least", "grades", "to"), "range": ("areas",),
            "share": ("areas", "least_share", "to"),
        }.get(when or "", ())  # fmt: skip
        for name in needed:
            if not held.get(name) and name not in self.errors:
                self.add_error(name, f"“{self.fields[name].label}” is needed for a rule that bites so")
        return held

    def made(self) -> LimitingRule:
        """The rule as it was filled in; what its way of biting does not need is left out."""
        held, when = self.cleaned_data, self.cleaned_data["when"]
        told = self.said("says", "strength", "source", "observed", "checked", "when", "limits")
        told |= {
            "areas": tuple(held["areas"]) if when != "every-inspection" else (),
            "at_least": held["at_least"] if when == "some" else 0,
            "grades": tuple(held["grades"]) if when == "some" else (),
            "to": tuple(held["to"]) if when != "range" else (),
            "least_share": held["least_share"] if when == "share" else 0,
        }  # fmt: skip
        taken = {one.id for one in self.of.rules}
        return (
            replace(self.before, **told) if self.before else LimitingRule(id=named_after(told["says"], taken), **told)
        )


class AreaForm(CheckedForm):
    """An area: its titles, its criteria, and what each grade looks like in it."""

    title = forms.CharField(label="Area", max_length=200)
    short = forms.CharField(label="Short title", max_length=60)
    key = forms.BooleanField(label="It counts towards an overall grade", required=False)
    services = forms.MultipleChoiceField(
        label="Services that it judges", required=False, choices=[(one, SERVICE_WORDS[one]) for one in SERVICES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A box for each criterion and three empty ones; a box for each grade."""
        super().__init__(*args, **kwargs)
        before: Area | None = self.before
        known = {f"criterion-{one.id}": one.text for one in before.criteria} if before else {}
        empty = {f"criterion-new-{number}": "" for number in range(1, 4)}
        self.criteria = [*known, *empty]
        for number, (name, text) in enumerate({**known, **empty}.items(), 1):
            self.fields[name] = _words(f"Criterion {number}" if text else f"Criterion {number} (optional)", 2, False)
            self.initial.setdefault(name, text)
        self.graded = [f"grade-{one.slug}" for one in self.of.grades]
        for grade in self.of.grades:
            self.fields[f"grade-{grade.slug}"] = _words(f"What “{grade.title}” looks like", 3)
            self.initial.setdefault(f"grade-{grade.slug}", before.descriptors.get(grade.slug, "") if before else "")
        self.order_fields(["title", "short", "key", "services", *self.criteria, *self.graded, "checked"])

    def clean(self) -> dict[str, Any]:
        """At least one criterion."""
        held = super().clean() or {}
        if not any(held.get(name, "").strip() for name in self.criteria):
            self.add_error(self.criteria[0], "An area has at least one criterion. Write one")
        return held

    def made(self) -> Area:
        """The area as it was filled in; a criterion whose box was emptied is gone, the others keep their ids."""
        told = self.said("title", "short", "key", "checked")
        taken = {one.id for area in self.of.areas for one in area.criteria}
        criteria = []
        for name in self.criteria:
            text, id = _one_line(self.cleaned_data[name]), name.removeprefix("criterion-")
            if text and id.startswith("new-"):
                id = named_after(text, taken, 24)
                taken.add(id)
            if text:
                criteria.append(Criterion(id, text))
        told |= {
            "criteria": tuple(criteria), "services": tuple(self.cleaned_data["services"]),
            "descriptors": {n.removeprefix("grade-"): _one_line(self.cleaned_data[n]) for n in self.graded},
        }  # fmt: skip
        before: Area | None = self.before
        if before is not None:
            return replace(before, **told)
        return Area(slug=named_after(told["title"], {a.slug for a in self.of.areas} | {OVERALL}), parent=None, **told)


class FrameworkAboutForm(KeyForm, GovukForm):
    """What a framework is called and for, and when it is in force."""

    title = forms.CharField(label="Title", max_length=200)
    short_title = forms.CharField(label="Short title", max_length=60)
    says = _words("What it is for", 3)
    source = _words("Where it comes from", help_text="What it was written from, so that a reader can look it up.")
    in_force_from = DateField(label="In force from")
    in_force_to = DateField(label="In force to (optional)", required=False)
    overall = forms.BooleanField(label="There is an overall grade besides the areas", required=False)


@dataclass(frozen=True, slots=True)
class ListOf:
    """One of the lists that a framework is made of: its words, its form, and how an entry is known and shown.

    `one` is an entry with its article.
    """

    slug: str
    title: str
    one: str
    form: type[EntryForm]
    fields: tuple[str, ...]
    key: Callable[[Any], str]
    shown: Callable[[Any], tuple[str, str]]
    grows: bool = True


def _range(one: Phase) -> str:
    return f"Day {one.start}" if one.start == one.end else f"Days {one.start} to {one.end}"


LISTS: dict[str, ListOf] = {
    each.slug: each
    for each in (
        ListOf("grades", "Grades", "a grade", GradeForm, ("title", "meaning", "letter"), lambda one: str(one.slug),
               lambda one: (one.title, one.meaning), grows=False),
        ListOf("areas", "Areas and criteria", "an area", AreaForm, ("title", "short", "key", "services", "checked"),
               lambda one: str(one.slug),
               lambda one: (one.title, f"{len(one.criteria)} criteri{'on' if len(one.criteria) == 1 else 'a'}")),
        ListOf("rules", "Rules between judgements", "a rule", RuleForm,
               ("says", "strength", "when", "areas", "at_least", "grades", "least_share", "limits", "to", "source",
                "observed", "checked"), lambda one: str(one.id),
               lambda one: (one.says, f"{one.strength.capitalize()}. {one.source}")),
        ListOf("phases", "Timetable", "a phase", PhaseForm, ("title", "says", "start", "end", "fieldwork", "checked"),
               lambda one: str(one.slug), lambda one: (one.title, f"{_range(one)}. {one.says}")),
        ListOf("team", "Team", "a place in the team", SeatForm, ("title", "role", "count", "says", "checked"),
               lambda one: str(one.title), lambda one: (f"{one.count} × {one.title}", one.says)),
        ListOf("requests", "What the authority is asked for", "a request", RequestForm,
               ("ref", "title", "says", "due", "checked"), lambda one: str(one.ref),
               lambda one: (f"{one.ref} {one.title}", f"Due on day {one.due}. {one.says}")),
        ListOf("report", "Report", "a section of the report", ReportForm, ("title", "kind", "area"),
               lambda one: str(one.slug), lambda one: (one.title, KIND_WORDS[one.kind])),
        ListOf("notes", "Notes", "a note", NoteForm, ("title", "says", "source", "checked"), lambda one: str(one.title),
               lambda one: (one.title, one.says)),
    )
}  # fmt: skip
"""Every list by its slug. Grades can be reworded here; adding one means saying what it looks like in every area."""
