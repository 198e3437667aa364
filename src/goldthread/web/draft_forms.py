"""Forms in which a council writes its own instruments: nobody needs to know the file's format."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.domain.instrument import Condition, Instrument, ListCheck, Question, Section
from goldthread.domain.instrument_words import CHILDREN, FACTS, KIND_SCALES, KINDS, THEMES
from goldthread.domain.instruments.drafts import named_after, taken_ids
from goldthread.domain.scales import FOR_FILES, SCALES, words_of
from goldthread.kernel.whole_list import CHECKS
from goldthread.web.forms import GovukForm, KeyForm

_LONG = 2_000
REASONS = {"usual": "As is usual for these answers", "every": "After every answer", "none": "After none"}
EVIDENCE_WORDS = [
    ("none", "Not asked"), ("may", "Asked for, and may be left empty"), ("must", "Asked of every answer"),
]  # fmt: skip
CHILDREN_WORDS = [(slug, words[0].upper() + words[1:]) for slug, (words, _) in CHILDREN.items()]
KEYS = ("client_key", "version")
NO_CHILD = "Nothing about any child or family: it is read by everybody who may sign in."


class StartForm(KeyForm, GovukForm):
    """Beginning a draft: a copy, next to nothing, or a text that was brought."""

    kind = forms.ChoiceField(
        label="What will you write?", widget=forms.RadioSelect,
        choices=[("instrument", "An instrument: the questions on which files are reviewed"),
                 ("framework", "A framework: what is judged, by which criteria, grades and timetable")],
    )  # fmt: skip
    how = forms.ChoiceField(
        label="What does it begin with?", widget=forms.RadioSelect,
        choices=[("copy", "A copy, to be changed"), ("blank", "As little as possible"),
                 ("text", "A file or text that I have")],
    )  # fmt: skip
    copy_of = forms.ChoiceField(
        label="Copy of", required=False, help_text="Needed for a copy; choose one of the kind that you chose above.",
    )  # fmt: skip
    title = forms.CharField(
        label="What is it called?", max_length=160, required=False,
        help_text="Needed unless the text says it. Whoever chooses it sees this. For example, Monthly audit, Wexcombe",
    )  # fmt: skip
    series = forms.CharField(
        label="Short name (optional)", max_length=56, required=False,
        help_text="For addresses and files: small letters, figures and single hyphens. Left empty, it is made from the "
        "title. It cannot be changed later.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(
        label="File (TOML)", required=False, allow_empty_file=True,
        help_text="A file as “Download it as a file” gives it. Its text is put in the box below where it will not do.",
        widget=forms.FileInput(attrs={"accept": ".toml,.txt"}),
    )  # fmt: skip
    text = forms.CharField(
        label="Or paste its text", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, copies: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer what can be copied, of both kinds."""
        super().__init__(*args, **kwargs)
        self.fields["copy_of"].choices = [("", "Choose"), *copies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What each way of beginning needs, said at its field."""
        held = super().clean() or {}
        if held.get("how") == "copy" and not held.get("copy_of"):
            self.add_error("copy_of", "Choose what to copy")
        elif held.get("how") == "copy" and held["copy_of"].partition(":")[0] != held.get("kind"):
            self.add_error("copy_of", f"That is no {held.get('kind')}. Choose one, or change what you write")
        if held.get("how") == "text" and not held.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", "Choose a file, or paste its text")
        if held.get("how") in ("copy", "blank") and not held.get("title"):
            self.add_error("title", "Say what it is called")
        return held


class TextForm(KeyForm, GovukForm):
    """The whole draft as the text of its file."""

    text = forms.CharField(
        label="The text of the file", strip=False, widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"})
    )


class AboutForm(KeyForm, GovukForm):
    """What an instrument is called and for."""

    title = forms.CharField(label="Title", max_length=200)
    says = forms.CharField(label="What it is for", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(
        label="Where it comes from", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What it was written from, so that a reader can look it up.",
    )  # fmt: skip
    children = forms.MultipleChoiceField(
        label="For which children it is", required=False, choices=CHILDREN_WORDS, widget=forms.CheckboxSelectMultiple,
        help_text="Tick none where it is for every child.",
    )  # fmt: skip


class SectionForm(KeyForm, GovukForm):
    """One section of an instrument."""

    title = forms.CharField(label="Title of the section", max_length=200)
    says = forms.CharField(
        label="Beneath the title (optional)", required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
    closing = forms.BooleanField(
        label="It closes the review: it asks what difference the work made, and holds the closing grades",
        required=False,
    )
    children = forms.MultipleChoiceField(
        label="For which children it is", required=False, choices=CHILDREN_WORDS, widget=forms.CheckboxSelectMultiple,
        help_text="Tick none where it is for every child.",
    )  # fmt: skip

    def section(self, of: Instrument, before: Section | None) -> Section:
        """The section as it was filled in."""
        held = self.cleaned_data
        told: dict[str, Any] = {
            "title": " ".join(held["title"].split()), "says": " ".join(held["says"].split()),
            "closing": held["closing"], "children": tuple(held["children"]),
        }  # fmt: skip
        if before is not None:
            return replace(before, **told)
        return Section(named_after(told["title"], {"notes", "urgent", *(one.slug for one in of.sections)}), **told)


class QuestionForm(KeyForm, GovukForm):
    """One question: its words, how it is answered, and what stands beside it."""

    section = forms.ChoiceField(label="Section")
    text = forms.CharField(label="The question", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(
        label="Help beside it", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What to look at, in a line.",
    )  # fmt: skip
    guidance = forms.CharField(
        label="What good looks like (optional)", required=False, max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="What it is about", choices=list(KINDS.items()), widget=forms.RadioSelect)
    scale = forms.ChoiceField(label="How it is answered")
    may_not_apply = forms.BooleanField(label="“Not applicable” is an answer too, and says why", required=False)
    reason = forms.ChoiceField(label="When must an answer say why?", widget=forms.RadioSelect)
    optional = forms.BooleanField(
        label="It may be left empty", required=False, help_text="Only a question that is answered in words may."
    )
    theme = forms.ChoiceField(label="Theme", choices=list(THEMES.items()))
    areas = forms.MultipleChoiceField(
        label="Areas of frameworks that it tells about", required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.ChoiceField(label="Where the answer was seen", choices=EVIDENCE_WORDS, widget=forms.RadioSelect)
    facts = forms.MultipleChoiceField(
        label="Facts from the lists that stand beside it", required=False, choices=list(FACTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    children = forms.MultipleChoiceField(
        label="For which children it is", required=False, choices=CHILDREN_WORDS, widget=forms.CheckboxSelectMultiple,
        help_text="Tick none where it is for every child.",
    )  # fmt: skip

    def __init__(self, *args: Any, of: Instrument, areas: list[tuple[str, str]], before: Question | None,
                 **kwargs: Any) -> None:  # fmt: skip
        """Offer the sections of the draft, and every scale with what it offers."""
        self.before = before
        if before is not None:
            kwargs.setdefault("initial", self.initial_of(before))
        super().__init__(*args, **kwargs)
        offered = {
            "section": [(one.slug, one.title) for one in of.sections],
            "scale": [("", "As is usual for what it is about"), *((slug, SCALES[slug].title) for slug in FOR_FILES)],
            "areas": areas, "reason": list(REASONS.items()),
        }  # fmt: skip
        if before is not None and _reason(before) == "these":
            told = ", ".join(words_of(one).lower() for one in before.reason_for or ())
            offered["reason"].append(("these", f"After these answers, as it is now: {told}"))
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["scale"].required = False

    @staticmethod
    def initial_of(one: Question) -> dict[str, Any]:
        """What the form shows of a question."""
        return {
            "section": one.section, "text": one.text, "help": one.help, "guidance": one.guidance, "kind": one.kind,
            "scale": one.scale, "may_not_apply": one.may_not_apply, "reason": _reason(one),
            "optional": not one.required, "theme": one.theme, "areas": list(one.areas), "evidence": one.evidence,
            "facts": list(one.facts), "children": list(one.children),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What does not go together, said at its field."""
        held = super().clean() or {}
        scale = held.get("scale") or KIND_SCALES.get(held.get("kind", ""), "")
        in_words = bool(scale) and not SCALES[scale].values
        if held.get("optional") and scale and not in_words:
            self.add_error("optional", "Only a question that is answered in words may be left empty. Take the tick out")
        if in_words and held.get("reason") in ("every", "these"):
            self.add_error("reason", "A question that is answered in words is its own reason. Choose as is usual")
        values = SCALES[scale].values if scale else ()
        if held.get("reason") == "these" and self.before and not set(self.before.reason_for or ()) <= set(values):
            self.add_error("reason", "Those answers are not on this scale. Choose when an answer must say why")
        return held

    def question(self, of: Instrument) -> Question:
        """The question as it was filled in; conditions stay as they were."""
        held = self.cleaned_data
        scale = SCALES[held["scale"] or KIND_SCALES[held["kind"]]]
        reason_for = {
            "usual": None, "every": scale.values, "none": (), "these": self.before.reason_for if self.before else None,
        }[held["reason"]]  # fmt: skip
        told: dict[str, Any] = {
            **{name: " ".join(held[name].split()) for name in ("text", "help", "guidance")},
            **{name: held[name] for name in ("kind", "scale", "theme", "section", "evidence", "may_not_apply")},
            **{name: tuple(held[name]) for name in ("areas", "facts", "children")},
            "reason_for": reason_for if scale.values else None, "required": not held["optional"],
        }  # fmt: skip
        if self.before is not None:
            return replace(self.before, **told)
        return Question(id=named_after(told["text"], taken_ids(of)), **told)


def _reason(one: Question) -> str:
    values = one.answered_on.values
    if one.reason_for is None or not values:
        return "usual"
    if not one.reason_for:
        return "none"
    return "every" if set(one.reason_for) == set(values) else "these"


class WhenForm(KeyForm, GovukForm):
    """After which answers to an earlier question something is asked."""

    question = forms.CharField(widget=forms.HiddenInput)
    answers = forms.MultipleChoiceField(label="It is asked only after", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, earlier: Question, **kwargs: Any) -> None:
        """Offer the answers of the question that was chosen."""
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [(one, words_of(one)) for one in earlier.answers]  # type: ignore[attr-defined]
        self.fields["answers"].label = f"Asked only if “{earlier.text}” is answered"

    def condition(self) -> Condition:
        """The condition as it was filled in."""
        return Condition(self.cleaned_data["question"], tuple(self.cleaned_data["answers"]))


class ClosingForm(KeyForm, GovukForm):
    """The words of what ends every review: the two closing grades, and the urgent concern."""

    practice_text = forms.CharField(label="Closing grade for the practice", max_length=_LONG)
    practice_help = forms.CharField(label="Help beside it", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}))
    record_text = forms.CharField(label="Closing grade for the record", max_length=_LONG)
    record_help = forms.CharField(
        label="Help beside the grade for the record", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2})
    )
    urgent_text = forms.CharField(label="Whether a child may be unsafe now", max_length=_LONG)
    urgent_help = forms.CharField(
        label="Help beside the urgent concern", max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2})
    )


class ChecksForm(KeyForm, GovukForm):
    """Which checks of whole lists answer for every child what the instrument asks of a few."""

    def __init__(self, *args: Any, of: Instrument, **kwargs: Any) -> None:
        """Two boxes for each check that there is, in words that the instrument begins with."""
        super().__init__(*args, **kwargs)
        self.checks = {check.code: check.says for check in CHECKS}
        held = {check.code: check for check in of.checks}
        # A check that only the text names stays as it is.
        self.others = tuple(check for check in of.checks if check.code not in self.checks)
        for code, says in self.checks.items():
            mine = held.get(code)
            self.fields[code] = forms.BooleanField(label=f"{code}: {says}", required=False)
            self.fields[f"{code}-says"] = _box(f"{code} in the words of this instrument")
            self.fields[f"{code}-cannot"] = _box(f"{code}: why it cannot be told where the data are not there")
            self.initial.setdefault(code, mine is not None)
            self.initial.setdefault(f"{code}-says", mine.says if mine else says)
            self.initial.setdefault(f"{code}-cannot", mine.cannot if mine else "It needs the practice record.")

    def clean(self) -> dict[str, Any]:
        """What a ticked check says."""
        held = super().clean() or {}
        for code in self.checks:
            for name in (f"{code}-says", f"{code}-cannot"):
                if held.get(code) and not held.get(name) and name not in self.errors:
                    self.add_error(name, f"Fill in “{self.fields[name].label}”, or take the tick of {code} out")
        return held

    def made(self) -> tuple[ListCheck, ...]:
        """The checks that are ticked, in the order of their codes."""
        held = self.cleaned_data
        said = {code: [" ".join(held[f"{code}-{name}"].split()) for name in ("says", "cannot")] for code in self.checks}
        return (*(ListCheck(code, *said[code]) for code in self.checks if held[code]), *self.others)


def _box(label: str) -> Any:
    return forms.CharField(
        label=label, required=False, max_length=_LONG, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"“{label}” must have {_LONG:,} characters or fewer. Shorten it"},
    )  # fmt: skip


class PublishForm(KeyForm, GovukForm):
    """Publishing a draft."""

    note = forms.CharField(
        label="What changed, or what it is for", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Whoever chooses it reads this. {NO_CHILD}",
    )  # fmt: skip


class BecauseForm(KeyForm, GovukForm):
    """Why a version is withdrawn, or offered again."""

    because = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands beside the version, and the journal keeps it.",
    )  # fmt: skip


def read_upload(sent: Any, longest: int) -> str:
    """The text of a file that was sent. Raises ValidationError for one that is too long or no text."""
    if sent.size > longest:
        raise ValidationError(f"The file has {sent.size:,} bytes; at most {longest:,} fit")
    try:
        return bytes(sent.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError("The file is not text in UTF-8. Save it as UTF-8, or paste its text") from None
