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
        help_text="One sentence, as it could stand in the report. Name no child.",
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

    def __init__(self, *args: Any, inspection: Any, **kwargs: Any) -> None:
        """Offer the areas and criteria of the inspection's framework."""
        super().__init__(*args, **kwargs)
        offered = queries.choices()
        self.framework = areas.framework_of(inspection)
        self.fields["area"].choices = areas.choices(inspection)  # type: ignore[attr-defined]
        self.fields["kind"].choices = offered["kind"]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = offered["confidence"]  # type: ignore[attr-defined]
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


class BecauseForm(KeyForm, GovukForm):
    """A reason that goes into the record."""

    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=300, help_text="Name no child.",
        error_messages={"required": "Say why"},
    )  # fmt: skip
