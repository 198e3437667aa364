"""The forms in which findings are written, cited, agreed and withdrawn."""

from typing import Any

from django import forms

from goldthread.apps.findings import queries
from goldthread.web.forms import GovukForm, KeyForm
from goldthread.web.presenters import areas


class Several(forms.MultipleChoiceField):
    """Several choices. A clash page sends them back as one text with commas, which is taken apart again."""

    def to_python(self, value: Any) -> list[str]:
        """The chosen values, each once."""
        parts = [part for one in value or [] for part in str(one).split(",")]
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


class FindingForm(KeyForm, GovukForm):
    """What a finding says. Criteria of another area than the chosen one are refused by the action."""

    area = forms.ChoiceField(
        label="Which area it is about", widget=forms.RadioSelect, error_messages={"required": "Choose an area"}
    )
    kind = forms.ChoiceField(
        label="What kind of finding it is", widget=forms.RadioSelect, error_messages={"required": "Choose a kind"}
    )
    statement = forms.CharField(
        label="What you found", widget=forms.Textarea(attrs={"rows": 3}), max_length=600,
        help_text="One sentence, as it could stand in the report; of a line of enquiry, the question. Name no child.",
        error_messages={"required": "Write what you found"},
    )  # fmt: skip
    explanation = forms.CharField(
        label="Why you say so",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="What the evidence shows together, what speaks against it, what difference it makes for children.",
    )
    confidence = forms.ChoiceField(
        label="How sure the team is", widget=forms.RadioSelect,
        error_messages={"required": "Choose how sure the team is"},
    )  # fmt: skip
    criteria = Several(label="Criteria it speaks of", required=False, widget=forms.CheckboxSelectMultiple)
    themes = Several(
        label="Themes", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="As inspections everywhere are sorted by. A finding stands under them beside what was raised before.",
    )  # fmt: skip

    def __init__(self, *args: Any, inspection: Any, **kwargs: Any) -> None:
        """Offer the areas and criteria of the inspection's framework."""
        super().__init__(*args, **kwargs)
        offered = queries.choices()
        self.framework = areas.framework_of(inspection)
        self.fields["area"].choices = areas.choices(inspection)  # type: ignore[attr-defined]
        self.fields["kind"].choices = offered["kind"]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = offered["confidence"]  # type: ignore[attr-defined]
        self.fields["themes"].choices = offered["theme"]  # type: ignore[attr-defined]
        self.fields["criteria"].choices = [  # type: ignore[attr-defined]
            (one.id, one.text) for area in self.framework.areas for one in area.criteria
        ]

    def criteria_groups(self) -> list[dict[str, Any]]:
        """Criteria by area for the template, each with whether it is chosen."""
        chosen = set(self["criteria"].value() or [])
        return [
            {
                "area": area,
                "open": bool(chosen & {one.id for one in area.criteria}),
                "criteria": [{"id": one.id, "text": one.text, "chosen": one.id in chosen} for one in area.criteria],
            }
            for area in self.framework.areas
        ]

    def clean(self) -> dict[str, Any]:
        """Criteria must be those of the area, said at the field."""
        held = super().clean() or {}
        area = held.get("area")
        if area and held.get("criteria"):
            of_area = {one.id for one in self.framework.area(area).criteria}
            if any(one not in of_area for one in held["criteria"]):
                self.add_error("criteria", f"Choose criteria of “{self.framework.area(area).short}” only")
        return held


class CiteForm(KeyForm, GovukForm):
    """On which side of a finding an item stands, and why."""

    stance = forms.ChoiceField(
        label="What the item does to the finding", widget=forms.RadioSelect,
        choices=[("for", "It speaks for the finding"), ("against", "It speaks against the finding")],
        error_messages={"required": "Choose whether it speaks for or against the finding"},
    )  # fmt: skip
    why = forms.CharField(
        label="What in it bears on the finding", widget=forms.Textarea(attrs={"rows": 3}), max_length=400,
        help_text="For example: 41 of 52 assessments were finished in time. Name no child.",
        error_messages={"required": "Say what in the item bears on the finding"},
    )  # fmt: skip


class AnswerForm(KeyForm, GovukForm):
    """Why a finding stands in spite of evidence against it."""

    answer = forms.CharField(
        label="Why the finding stands all the same", widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text="Leave empty to take an answer back.",
    )  # fmt: skip


class MergeForm(KeyForm, GovukForm):
    """Into which finding another is merged, and why the two are one."""

    into = forms.ChoiceField(
        label="Which finding it becomes part of", widget=forms.RadioSelect,
        error_messages={"required": "Choose the finding that stays"},
    )  # fmt: skip
    because = forms.CharField(
        label="Why the two are one", widget=forms.Textarea(attrs={"rows": 3}), max_length=250,
        help_text="Name no child.", error_messages={"required": "Say why the two are one"},
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[Any], **kwargs: Any) -> None:
        """Offer the other drafts of the area."""
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.mark} {one.statement}") for one in others
        ]


class SplitForm(KeyForm, GovukForm):
    """What the new finding says, and which citations go with it."""

    statement = forms.CharField(
        label="What the new finding says", widget=forms.Textarea(attrs={"rows": 3}), max_length=600,
        help_text="One sentence. The first finding keeps its words; change them afterwards. Name no child.",
        error_messages={"required": "Write what the new finding says"},
    )  # fmt: skip
    citations = Several(
        label="Evidence that goes with it", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="What is not ticked stays with the first.",
    )  # fmt: skip

    def __init__(self, *args: Any, citations: list[Any], **kwargs: Any) -> None:
        """Offer what the finding cites."""
        super().__init__(*args, **kwargs)
        self.fields["citations"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.item.mark} {one.item.title} ({one.stance} it: {one.why})") for one in citations
        ]


class OwnerForm(KeyForm, GovukForm):
    """Who sees to it that a finding is finished."""

    to = forms.ChoiceField(label="Owner", error_messages={"required": "Choose the owner"})

    def __init__(self, *args: Any, owners: list[Any], **kwargs: Any) -> None:
        """Offer those who write findings."""
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(one.pk), one.name) for one in owners]  # type: ignore[attr-defined]


class CommentForm(KeyForm, GovukForm):
    """What somebody of the team says of a finding."""

    text = forms.CharField(
        label="Comment", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="For the team; it never leaves it. Name no child.", error_messages={"required": "Write the comment"},
    )  # fmt: skip


class BecauseForm(KeyForm, GovukForm):
    """A reason that goes into the record."""

    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=300, help_text="Name no child.",
        error_messages={"required": "Say why"},
    )  # fmt: skip
