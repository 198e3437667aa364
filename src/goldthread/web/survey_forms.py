"""Forms of surveys on the team's side: opening one, letters, a paper form typed in, reading what was written."""

from typing import Any

from django import forms

from goldthread.apps.surveys import queries
from goldthread.domain import lifecycle, surveys
from goldthread.domain.hearing import TIERS, Tier
from goldthread.web.forms import DateField, GovukForm, KeyForm, WholeNumberField
from goldthread.web.presenters import areas


class SurveyForm(KeyForm, GovukForm):
    """Whom to ask, and until when."""

    template = forms.ChoiceField(label="Whom to ask", widget=forms.RadioSelect, choices=list(surveys.WHO.items()))
    closes = DateField(label="Last day to answer")
    by_link = forms.BooleanField(
        required=False, label="Also let people answer by the link alone, without a code",
        help_text="More people can answer, and nobody can tell how often one person did. Results say how many came so",
    )  # fmt: skip


class ReopenForm(KeyForm, GovukForm):
    """Until when it is open again."""

    closes = DateField(label="Last day to answer")


class LettersForm(KeyForm, GovukForm):
    """Letters to a group of people."""

    group = forms.CharField(
        label="Group that the letters go to", max_length=80, help_text="For example, Families with a plan. Name nobody"
    )
    size = WholeNumberField(label="How many letters", min_value=1, max_value=1000)

    def __init__(self, *args: Any, **more: Any) -> None:
        """A narrow box for the number."""
        super().__init__(*args, **more)
        self.fields["size"].widget.attrs["class"] = "govuk-input--width-4"


LANGUAGE = "in-language"
"""The language of a form on paper: the name of a field that is no question."""


NOT_TICKED = "not-ticked"
"""Words on paper of which the form does not say what may be done with them: then the least is done."""


class PaperForm(KeyForm, GovukForm):
    """A form that came on paper; `paper_form` gives it the questions of a survey."""

    of_words: tuple[str, ...] = ()
    """The questions that are answered in words."""

    def clean(self) -> dict[str, Any]:
        """Words are kept only with what their form says may be done with them, which whoever types reads off it."""
        told = super().clean() or self.cleaned_data
        if any(told.get(name) for name in self.of_words) and surveys.USE in told and not told[surveys.USE]:
            self.add_error(
                surveys.USE, "Choose what is ticked on the form. If nothing is, choose that the box is empty."
            )
        return told

    def tier(self) -> str:
        """How closely the words are held: as the form says, and for inspectors alone where it says nothing."""
        said: str = self.cleaned_data[surveys.USE]
        return str(Tier.INSPECTOR) if said == NOT_TICKED else said

    def answers(self) -> dict[str, Any]:
        """What was answered, by question."""
        left_out = ("client_key", "version", surveys.USE, LANGUAGE)
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out and value}


def paper_form(template: surveys.Template) -> type[PaperForm]:
    """The form of every question of a survey, and of what may be done with the words.

    Its fields are declared, so that their errors are worded after their labels as those of every form.
    """
    spoken = [(code, surveys.language(code).english) for code in surveys.languages_of(template.slug)]
    fields: dict[str, Any] = {
        LANGUAGE: forms.ChoiceField(
            required=False, label="Language in which it was filled in", initial="en", choices=spoken,
            help_text="The questions below are in English, in the same order",
        ),
        **{one.id: _field(one, template) for one in template.questions},
    }  # fmt: skip
    offered = [
        ("", "Nothing was written"), *((str(tier), words) for tier, words in TIERS.items()),
        (NOT_TICKED, "The box is empty: only inspectors read the words then, and nothing of them is repeated"),
    ]  # fmt: skip
    fields[surveys.USE] = forms.ChoiceField(
        required=False, label="What is ticked on the form about the use of the words", widget=forms.RadioSelect,
        choices=offered,
    )  # fmt: skip
    fields["of_words"] = tuple(one.id for one in template.questions if one.kind == "words")
    declare: Any = type(PaperForm)
    made: type[PaperForm] = declare("PaperFormOfASurvey", (PaperForm,), fields)
    return made


def _field(one: surveys.Question, template: surveys.Template) -> forms.Field:
    choices = list(one.options.items())
    told: dict[str, Any] = {"required": False, "label": one.text, "help_text": _asked_of(one, template)}
    if one.kind == "words":
        return forms.CharField(max_length=surveys.MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 5}), **told)
    if one.kind == "several":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **told)
    return forms.ChoiceField(choices=[*choices, ("", "Not answered")], widget=forms.RadioSelect, **told)


def _asked_of(one: surveys.Question, template: surveys.Template) -> str:
    """Of whom a question is asked that follows from another, since paper lets everybody answer it."""
    if not one.after:
        return ""
    before = template.question(one.after)
    answers = " or ".join(f"“{before.options[key]}”" for key in one.if_any)
    return f"Counts only where “{before.text}” is answered {answers}; what was ticked otherwise is left out"


class WordsFilterForm(GovukForm):
    """Which words to show."""

    status = forms.ChoiceField(required=False, label="State", choices=[("", "Any"), *queries.WORDS_STATES.items()])


class SettleForm(KeyForm, GovukForm):
    """What becomes of what somebody wrote."""

    to = forms.ChoiceField(label="What happens to it?", widget=forms.RadioSelect)
    done = forms.CharField(
        required=False, label="If a child may not be safe: what is done, by whom and by when?",
        max_length=surveys.MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept under seal; the journal keeps none of its words",
    )  # fmt: skip

    def __init__(self, sent: Any, *, words: Any, **more: Any) -> None:
        """Offer what its state and its terms allow."""
        super().__init__(sent, **more)
        says = {
            "released": "The team may read it: it tells of no danger, and nobody can be recognised by it",
            "kept-back": "Keep it back: somebody could be recognised by it, or it may not be used",
            "concern": "A child may not be safe",
        }
        moves = lifecycle.moves_from(lifecycle.SurveyWords, words.status)
        offered = [str(one.to) for one in moves if not (one.to == "released" and words.tier == Tier.INSPECTOR)]
        self.allowed = [(one, says[one]) for one in offered]
        # What was sent from a page that somebody overtook is for the action to answer.
        self.fields["to"].choices = self.allowed if sent is None else list(says.items())  # type: ignore[attr-defined]

    def offer_again(self) -> None:
        """Show what is allowed, and no more, where the form comes back."""
        self.fields["to"].choices = self.allowed  # type: ignore[attr-defined]


class ShelveForm(KeyForm, GovukForm):
    """The areas of which a result speaks."""

    areas = forms.MultipleChoiceField(
        required=False, label="Areas of which it speaks", widget=forms.CheckboxSelectMultiple,
        help_text="Under none, it counts for no area until a finding of one cites it.",
    )  # fmt: skip

    def __init__(self, sent: Any, *, inspection: Any, **more: Any) -> None:
        """Offer the framework's areas."""
        super().__init__(sent, **more)
        self.fields["areas"].choices = areas.choices(inspection)  # type: ignore[attr-defined]


class ShelveWordsForm(ShelveForm):
    """What of somebody's words is to stand on the shelf."""

    text = forms.CharField(
        label="What stands on the shelf", max_length=surveys.MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever reads the shelf sees it. Could somebody be recognised by it? Then say less",
    )  # fmt: skip
    field_order = ("text", "areas")
