"""Forms of the team's meetings and of messages to the council."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from goldthread.domain.timetable.words import day_words
from goldthread.web.forms import DateField, GovukForm, KeyForm

LONGEST = 8000
OF_THE_TEAM = "Only the team reads this. It is kept under seal, and the journal keeps none of its words."


class MeetingForm(KeyForm, GovukForm):
    """The record of one meeting."""

    attended = forms.MultipleChoiceField(
        required=False, label="Who was there", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    lines = forms.CharField(
        required=False, label="What emerges", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Lines that begin to show, and how sure you are of each. {OF_THE_TEAM}",
    )  # fmt: skip
    decisions = forms.CharField(
        required=False, label="What was decided", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What to look at next is written down afterwards, each with whoever looks and by when",
    )  # fmt: skip

    def __init__(self, sent: Any, *, team: Iterable[Any], **more: Any) -> None:
        """Offer the team, and whoever was there and has left it since."""
        super().__init__(sent, **more)
        self.team = {str(one.pk): one for one in team}
        self.fields["attended"].choices = [(key, one.name) for key, one in self.team.items()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        held = self.cleaned_data
        there = [self.team[key] for key in held["attended"]]
        return {"attended": there, "lines": held["lines"], "decisions": held["decisions"]}


class NewMeetingForm(MeetingForm):
    """The record of the meeting of a day."""

    day = forms.ChoiceField(label="Day")
    field_order = ("day", "attended", "lines", "decisions")

    def __init__(self, sent: Any, *, days: Iterable[date], **more: Any) -> None:
        """Offer the days that have no record."""
        super().__init__(sent, **more)
        self.fields["day"].choices = [(day.isoformat(), day_words(day)) for day in days]  # type: ignore[attr-defined]


class LookForm(KeyForm, GovukForm):
    """One thing to look at next."""

    says = forms.CharField(
        label="What is to be looked at", max_length=1000, help_text=OF_THE_TEAM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    owner = forms.ChoiceField(label="Who looks")
    due = DateField(label="By which day")

    def __init__(self, sent: Any, *, team: Iterable[Any], **more: Any) -> None:
        """Offer the team."""
        super().__init__(sent, **more)
        self.team = {str(one.pk): one for one in team}
        choices = [("", "Choose somebody"), *((key, one.name) for key, one in self.team.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]


class MessageForm(KeyForm, GovukForm):
    """A message to the council."""

    says = forms.CharField(
        label="What the council should know", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Do not name a child. The council reads nothing of it until the lead inspector releases it; "
        "then it stands as it is, and only a further message can correct it.",
    )  # fmt: skip
