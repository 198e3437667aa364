"""The form in which a council writes what was judged before: which grades of areas led to which result."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.domain.framework import OVERALL, Precedent
from goldthread.web.framework_forms import EntryForm, words_box


class PrecedentForm(EntryForm):
    """What was judged before: which grades of areas led to which result, and how often."""

    about = forms.ChoiceField(label="The result")
    areas = forms.MultipleChoiceField(label="Followed from the grades of", widget=forms.CheckboxSelectMultiple)
    profiles = forms.CharField(
        label="How often each result followed", max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip
    source = words_box("Source: whose results, of which years")
    caution = words_box("What to keep in mind when reading them")
    field_order = ("about", "areas", "profiles", "source", "caution")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the framework's areas, and show the profiles as lines."""
        super().__init__(*args, **kwargs)
        areas = [(one.slug, one.title) for one in self.of.areas]
        self.fields["about"].choices = [(OVERALL, "The overall judgement"), *areas]  # type: ignore[attr-defined]
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        self.letters = {one.letter: one.slug for one in self.of.grades}
        told = ", ".join(f"{one.letter} {one.title}" for one in self.of.grades)
        self.fields["profiles"].help_text = (
            "A line for each profile: the letter of each area ticked above, in that order, a colon, then each result's "
            f"letter and how often it followed, like “{self.of.grades[0].letter * 3}: {self.of.grades[0].letter} 4, "
            f"{self.of.grades[1].letter} 1”. Letters: {told}."
        )
        before: Precedent | None = self.before
        if before is not None:
            self.initial.setdefault("about", before.of)
            self.initial.setdefault("profiles", self._lines(before))

    def _in_order(self, areas: tuple[str, ...] | list[str]) -> list[str]:
        return [one.slug for one in self.of.areas if one.slug in areas]

    def _lines(self, before: Precedent) -> str:
        letter = {slug: letter for letter, slug in self.letters.items()}
        places = [before.areas.index(slug) for slug in self._in_order(before.areas)]
        return "\n".join(
            f"{''.join(letter[profile[at]] for at in places)}: "
            + ", ".join(f"{letter[grade]} {number}" for grade, number in counts.items())
            for profile, counts in before.profiles.items()
        )

    def clean(self) -> dict[str, Any]:
        """Profiles that can be read, refused with their line."""
        held = super().clean() or {}
        self.read: dict[tuple[str, ...], dict[str, int]] = {}
        if not held.get("areas") or not held.get("profiles"):
            return held
        for number, line in enumerate(held["profiles"].splitlines(), 1):
            if line.strip():
                try:
                    profile, counts = self._read(line, len(held["areas"]))
                    if profile in self.read:
                        raise ValidationError("this profile stands above already. Put both together")
                except ValidationError as error:
                    self.add_error("profiles", f"Line {number}: {error.messages[0]}")
                    break
                self.read[profile] = counts
        return held

    def _read(self, line: str, areas: int) -> tuple[tuple[str, ...], dict[str, int]]:
        """One line. Raises ValidationError for what is no profile, and no count."""
        letters, _, after = (part.strip() for part in line.partition(":"))
        known = ", ".join(self.letters)
        if len(letters) != areas or set(letters) - set(self.letters):
            raise ValidationError(f"“{letters[:20]}” must be {areas} letters out of {known}, one for each area ticked")
        counts: dict[str, int] = {}
        for part in after.split(","):
            letter, _, times = part.strip().partition(" ")
            if letter not in self.letters or not times.isdecimal() or self.letters[letter] in counts:
                raise ValidationError(f"“{part.strip()[:20]}” is no count. Write a letter and a number, like G 4")
            counts[self.letters[letter]] = int(times)
        return tuple(self.letters[letter] for letter in letters), counts

    def made(self) -> Precedent:
        """The precedent as it was filled in; the order of its areas stays where they are the same."""
        areas = self._in_order(self.cleaned_data["areas"])
        before: Precedent | None = self.before
        kept = list(before.areas) if before is not None and set(before.areas) == set(areas) else areas
        places = [areas.index(slug) for slug in kept]
        profiles = {tuple(profile[at] for at in places): counts for profile, counts in self.read.items()}
        told = self.said("source", "caution")
        return Precedent(of=self.cleaned_data["about"], areas=tuple(kept), profiles=profiles, **told)
