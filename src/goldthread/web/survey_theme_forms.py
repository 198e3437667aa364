"""Forms of the themes of a survey: the code book, one theme, and one text that is sorted."""

from typing import Any

from django import forms

from goldthread.apps.surveys import queries
from goldthread.web.forms import GovukForm, KeyForm

NOBODY = "Name nobody: whoever reads the shelf sees it"


class ThemeForm(KeyForm, GovukForm):
    """What a theme is called, and what belongs there."""

    name = forms.CharField(label="What the theme is called", max_length=60, help_text=NOBODY)
    means = forms.CharField(
        required=False, label="What belongs there", max_length=300, help_text="So that another reader sorts alike"
    )


class MergeForm(KeyForm, GovukForm):
    """The theme that takes the texts of another."""

    into = forms.ChoiceField(label="Theme that takes its texts")

    def __init__(self, sent: Any, *, theme: Any, **more: Any) -> None:
        """Offer the other themes of the survey."""
        super().__init__(sent, **more)
        others = [one for one in queries.in_use(theme.survey) if one.pk != theme.pk]
        self.fields["into"].choices = [(str(one.pk), f"{one.mark} {one.name}") for one in others]  # type: ignore[attr-defined]


class CodeForm(KeyForm, GovukForm):
    """The themes of one text."""

    themes = forms.MultipleChoiceField(
        required=False, label="Themes of this text", widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that fit, or none where none does",
    )  # fmt: skip
    new = forms.CharField(required=False, label="Another theme", max_length=60, help_text=NOBODY)

    def __init__(self, sent: Any, *, words: Any, **more: Any) -> None:
        """Offer the themes in use; those that the text has are chosen."""
        chosen = {"themes": [str(one) for one in queries.themes_of_text(words)]}
        super().__init__(sent, initial=chosen, **more)
        offered = [(str(one.pk), f"{one.mark} {one.name}") for one in queries.in_use(words.survey)]
        self.fields["themes"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            self.fields.pop("themes")
            self.fields["new"].label = "First theme"
