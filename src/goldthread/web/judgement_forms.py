"""The forms in which judgements are proposed, dissented from, let depart from a rule, challenged and moderated."""

from typing import Any

from django import forms

from goldthread.web.forms import DateField, GovukForm, KeyForm


class JudgementForm(KeyForm, GovukForm):
    """A grade with its reason. No grade is chosen before somebody chooses one."""

    grade = forms.ChoiceField(label="Grade", widget=forms.RadioSelect, error_messages={"required": "Choose a grade"})
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Why this grade is the best fit, and not the one above or below it. Once agreed it goes into "
        "the report, word for word: in the summary after the grade, and at the head of its area. Name no child.",
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


class ChallengeForm(KeyForm, GovukForm):
    """What quality assurance asks of a judgement."""

    question = forms.CharField(
        label="What you ask of the judgement", widget=forms.Textarea(attrs={"rows": 3}), max_length=600,
        help_text="A question that the lead inspector or who proposed it can answer. Name no child.",
        error_messages={"required": "Write what you ask of the judgement"},
    )  # fmt: skip
    against = forms.CharField(
        label="The evidence against its reasons", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Name findings and items of the shelf by their marks. Name no child.",
        error_messages={"required": "Say which evidence speaks against the reasons"},
    )  # fmt: skip


class ChallengeAnswerForm(KeyForm, GovukForm):
    """What is answered to a challenge."""

    note = forms.CharField(
        label="Your answer", widget=forms.Textarea(attrs={"rows": 5}), help_text="Name no child.",
        error_messages={"required": "Write the answer"},
    )  # fmt: skip


class ChallengeCloseForm(KeyForm, GovukForm):
    """Whether a challenge is closed or asked again, and why."""

    decision = forms.ChoiceField(
        label="What becomes of it?", widget=forms.RadioSelect,
        choices=[("close", "Close it"), ("again", "Ask it again: the answer does not meet it")],
        error_messages={"required": "Choose whether you close it or ask it again"},
    )  # fmt: skip
    note = forms.CharField(
        label="What came of it, or what the answer lacks", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Name no child.", error_messages={"required": "Say what came of it, or what the answer lacks"},
    )  # fmt: skip

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        """Offer to ask again where there is an answer."""
        super().__init__(*args, **kwargs)
        if not answered:
            self.fields["decision"].choices = [("close", "Close it without an answer")]  # type: ignore[attr-defined]


class ModerationForm(KeyForm, GovukForm):
    """When judgements were moderated, and by whom."""

    day = DateField(label="Day of the meeting")
    attended = forms.MultipleChoiceField(
        label="Who was there", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose who was there"}
    )

    def __init__(self, *args: Any, team: list[Any], **kwargs: Any) -> None:
        """Offer the team."""
        super().__init__(*args, **kwargs)
        self.team = {str(one.pk): one for one in team}
        self.fields["attended"].choices = [(key, one.name) for key, one in self.team.items()]  # type: ignore[attr-defined]


class DecidedForm(KeyForm, GovukForm):
    """What a meeting decided of the judgement of an area."""

    area = forms.ChoiceField(
        label="Which judgement was discussed", widget=forms.RadioSelect,
        error_messages={"required": "Choose the judgement that was discussed"},
    )  # fmt: skip
    decided = forms.CharField(
        label="What was decided", widget=forms.Textarea(attrs={"rows": 5}), help_text="Name no child.",
        error_messages={"required": "Write what was decided"},
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the areas that have a judgement."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
