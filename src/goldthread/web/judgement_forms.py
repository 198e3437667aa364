"""The forms in which judgements are proposed, dissented from, let depart from a rule, challenged and moderated."""

from typing import Any

from django import forms

from goldthread.web.forms import GovukForm, KeyForm


class JudgementForm(KeyForm, GovukForm):
    """A grade with its reason. No grade is chosen before somebody chooses one."""

    grade = forms.ChoiceField(label="Grade", widget=forms.RadioSelect, error_messages={"required": "Choose a grade"})
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Why this grade is the best fit, and not the one above or below it. Name no child.",
        error_messages={"required": "Give the reason for the grade"},
    )  # fmt: skip
    departs_because = forms.CharField(
        label="Why the team departs from a rule that normally holds", widget=forms.Textarea(attrs={"rows": 3}),
        required=False, help_text="Only where the page shows such a rule and the grade goes against it.",
    )  # fmt: skip

    def __init__(self, *args: Any, grades: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the grades of the framework."""
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]


class DissentForm(KeyForm, GovukForm):
    """The grade that somebody would give instead, and why."""

    grade = forms.ChoiceField(
        label="Which grade would you give?", widget=forms.RadioSelect,
        error_messages={"required": "Choose the grade that you would give"},
    )  # fmt: skip
    because = forms.CharField(
        label="Why you see it otherwise", widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For the team: it never goes to the council and never into the report. Name no child.",
        error_messages={"required": "Say why you see it otherwise"},
    )  # fmt: skip

    def __init__(self, *args: Any, grades: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the other grades of the framework."""
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]


class DepartureForm(KeyForm, GovukForm):
    """Whether a judgement may go against a rule that normally holds, and why."""

    decision = forms.ChoiceField(
        label="May the judgement go against the rule?", widget=forms.RadioSelect,
        choices=[("approve", "Yes, I approve it"), ("decline", "No, I decline it")],
        error_messages={"required": "Choose whether you approve or decline it"},
    )  # fmt: skip
    note = forms.CharField(
        label="Reason for your decision", widget=forms.Textarea(attrs={"rows": 4}), max_length=600,
        help_text="It stands on the judgement, with your name and the day. Name no child.",
        error_messages={"required": "Give the reason for your decision"},
    )  # fmt: skip
