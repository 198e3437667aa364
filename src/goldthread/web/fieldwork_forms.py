"""Forms of fieldwork: availability, sites, tasks, and where a task is put."""

from datetime import date
from typing import Any

from django import forms

from goldthread.domain.timetable import KINDS, Interest
from goldthread.domain.timetable.reading import WEEKDAYS, minutes_of
from goldthread.domain.timetable.sites import SitesError, sites_in
from goldthread.domain.timetable.words import clock
from goldthread.web.forms import DateField, GovukForm, KeyForm

MOST_DAYS = 100


class ClockField(forms.CharField):
    """An hour of the day, written 9:30; `cleaned_data` has minutes after midnight, or None."""

    def clean(self, value: Any) -> Any:
        """The minutes. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        minutes = minutes_of(text)
        if minutes is None:
            raise forms.ValidationError(f"“{text}” is no hour of the day; write it as 9:30")
        return minutes

    def prepare_value(self, value: Any) -> Any:
        """An hour as it is written."""
        return clock(value) if isinstance(value, int) else value


class WordsField(forms.CharField):
    """Words with commas between; `cleaned_data` has a list, each once."""

    def clean(self, value: Any) -> Any:
        """The words."""
        text = super().clean(value)
        return list(dict.fromkeys(word for one in text.split(",") if (word := " ".join(one.split()))))

    def prepare_value(self, value: Any) -> Any:
        """The words as they are written."""
        return ", ".join(value) if isinstance(value, list) else value


class AvailabilityForm(KeyForm, GovukForm):
    """When one of the team is there."""

    hours_from = ClockField(label="From", max_length=5, help_text="An hour of the day, such as 9:00")
    hours_to = ClockField(label="Until", max_length=5)
    weekdays = forms.MultipleChoiceField(
        label="On which days of the week", choices=[(day, day.capitalize()) for day in WEEKDAYS[:5]],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    away = WordsField(
        required=False,
        label="Days away",
        help_text="With commas between, such as 2026-05-19, 2026-05-20",
        max_length=2000,
    )
    specialisms = WordsField(required=False, label="Specialisms", max_length=300, help_text="With commas between")
    languages = WordsField(required=False, label="Languages", max_length=300, help_text="With commas between")
    home = forms.ChoiceField(required=False, label="The site that is nearest to them")
    apart = forms.BooleanField(required=False, label="Their load is not held against the others’")

    def __init__(self, *args: Any, sites: tuple[str, ...], **kwargs: Any) -> None:
        """Offer the sites."""
        super().__init__(*args, **kwargs)
        home: Any = self.fields["home"]
        home.choices = [("", "None"), *((name, name) for name in sites)]

    def clean_away(self) -> list[str]:
        """Each a day."""
        words: list[str] = self.cleaned_data["away"]
        if len(words) > MOST_DAYS:
            raise forms.ValidationError(f"Write at most {MOST_DAYS} days")
        for word in words:
            try:
                date.fromisoformat(word)
            except ValueError:
                raise forms.ValidationError(f"“{word}” is no day; write it as 2026-05-19") from None
        return sorted({date.fromisoformat(word).isoformat() for word in words})

    def clean(self) -> dict[str, Any]:
        """The day begins before it ends."""
        held = super().clean() or self.cleaned_data
        start, end = held.get("hours_from"), held.get("hours_to")
        if start is not None and end is not None and start >= end:
            self.add_error("hours_to", "The day must end after it begins")
        return held

    @classmethod
    def initial_of(cls, held: Any) -> dict[str, Any]:
        """The fields as they are kept, or the usual day."""
        if held is None:
            return {"hours_from": 540, "hours_to": 1020, "weekdays": list(WEEKDAYS[:5])}
        kept = {name: getattr(held, name) for name in ("hours_from", "hours_to", "weekdays", "home")}
        return {
            **kept, "away": held.away, "specialisms": held.specialisms, "languages": held.languages,
            "apart": not held.balanced,
        }  # fmt: skip


class SitesForm(KeyForm, GovukForm):
    """The sites, and the minutes between two of them."""

    written = forms.CharField(
        required=False, label="Sites and the ways between them", max_length=4000,
        help_text="A site on a line; then on lines of their own the minutes between two of them, such as "
        "Northgate - Southfield = 45", widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    def clean_written(self) -> str:
        """Every line must be one or the other."""
        written: str = self.cleaned_data["written"]
        try:
            sites_in(written)
        except SitesError as error:
            raise forms.ValidationError(str(error)) from error
        return written


class TaskForm(KeyForm, GovukForm):
    """One thing to be placed."""

    title = forms.CharField(label="What it is", max_length=120, help_text="Name no child")
    kind = forms.ChoiceField(label="Kind", choices=[(kind.value, words) for kind, words in KINDS.items()])
    minutes = forms.IntegerField(label="How many minutes it takes", min_value=5, max_value=720)
    seats = forms.IntegerField(label="How many take part", min_value=1, max_value=30, initial=1)
    must = forms.MultipleChoiceField(
        required=False, label="Who must take part", widget=forms.CheckboxSelectMultiple,
        help_text="Leave it empty where anybody can",
    )  # fmt: skip
    first = DateField(required=False, label="Not before", help_text="Leave it empty where any day of fieldwork will do")
    last = DateField(required=False, label="Not after")
    at = ClockField(
        required=False, label="At which hour", max_length=5, help_text="Leave it empty where any hour will do"
    )
    site = forms.ChoiceField(required=False, label="Where")
    specialism = forms.CharField(required=False, label="Specialism that is needed", max_length=60)
    language = forms.CharField(required=False, label="Language that is needed", max_length=60)
    teams = WordsField(
        required=False, label="Teams of the authority that it concerns", max_length=300,
        help_text="With commas between; so that nobody with a conflict of interest takes part",
    )  # fmt: skip

    def __init__(self, *args: Any, sites: tuple[str, ...], team: list[Any], **kwargs: Any) -> None:
        """Offer the sites and the team."""
        super().__init__(*args, **kwargs)
        site, must = (self.fields[name] for name in ("site", "must"))
        site.choices = [("", "Anywhere"), *((name, name) for name in sites)]  # type: ignore[attr-defined]
        must.choices = [(str(one.pk), one.name) for one in team]  # type: ignore[attr-defined]

    def values(self, task: Any = None) -> dict[str, Any]:
        """What the action is given; whom a case concerns stays as it was."""
        held = {name: self.cleaned_data[name] for name in self.fields if name not in ("client_key", "version", "teams")}
        kept = [one for one in (task.about if task else []) if one[0] != Interest.TEAM]
        return {**held, "about": [*kept, *([Interest.TEAM.value, team] for team in self.cleaned_data["teams"])]}

    @classmethod
    def initial_of(cls, task: Any) -> dict[str, Any]:
        """The fields as they are kept."""
        names = ("title", "kind", "minutes", "seats", "must", "first", "last", "at", "site", "specialism", "language")
        teams = [subject for interest, subject in task.about if interest == Interest.TEAM]
        return {**{name: getattr(task, name) for name in names}, "teams": teams}


class BookingForm(KeyForm, GovukForm):
    """Where a task is put."""

    day = forms.ChoiceField(label="Day")
    start = ClockField(label="From", max_length=5, help_text="An hour of the day, such as 9:30")
    people = forms.MultipleChoiceField(label="Who takes part", widget=forms.CheckboxSelectMultiple)
    locked = forms.BooleanField(required=False, label="Lock it here: it stays when the timetable is worked out anew")

    def __init__(self, *args: Any, days: list[tuple[str, str]], team: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the days of fieldwork and the team."""
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        self.fields["people"].choices = team  # type: ignore[attr-defined]


class AskForm(KeyForm, GovukForm):
    """Asking for a timetable."""

    seconds = forms.IntegerField(
        label="For how many seconds to look for a better one", min_value=1, max_value=300, initial=60
    )
    from_day = DateField(
        label="Place nothing before", required=False,
        help_text="What lies before that day stays as it is. Left empty, it is today once fieldwork is under way",
    )  # fmt: skip


class CasesForm(GovukForm):
    """Taking the drawn cases in."""

    minutes = forms.IntegerField(label="Minutes a case review takes", min_value=15, max_value=600, initial=150)
    every = forms.IntegerField(
        label="Read every so many a second time", min_value=0, max_value=50, initial=5,
        help_text="5 is every fifth case; 0 is none",
    )  # fmt: skip
