"""Forms of the audit programme: its rule, who takes part, what becomes of a round, actions and learning."""

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.apps.cases import queries as cases
from goldthread.apps.programme import queries
from goldthread.web.forms import DateField, GovukForm, KeyForm, ListFilter, WholeNumberField

LONGEST = 2000
SEALED = "Kept under seal; the journal keeps none of its words."
CROSSES = "Do not name a child. If its owner is the council’s, they read this as you send it."


def _number(label: str, least: int, most: int, hint: str, **more: Any) -> WholeNumberField:
    field = WholeNumberField(label=label, min_value=least, max_value=most, help_text=hint, **more)
    field.widget.attrs["class"] = "govuk-input--width-4"
    return field


class RuleForm(KeyForm, GovukForm):
    """By what rule files are drawn each month."""

    instrument = forms.ChoiceField(label="Instrument on which files are audited")
    first_month = DateField(label="First month", help_text="Any day of the month in which the programme begins")
    size = _number("Files a month", 1, 200, "From 1 to 200")
    design = forms.ChoiceField(label="How the children are drawn", widget=forms.RadioSelect)
    population = forms.ChoiceField(label="Whose files, or the theme of a dip-sample")
    strata_by = forms.MultipleChoiceField(
        required=False, label="Divided by", widget=forms.CheckboxSelectMultiple,
        help_text="Where they are drawn in proportion. Choose the team, and each team has its minimum",
    )  # fmt: skip
    minimum_per_stratum = _number(
        "Fewest files of each part", 0, 50, "Of each team, for example. Empty: two where that fits", required=False
    )
    days = _number("Working days to audit a file", 1, 60, "Counted from the day of the draw. Usual: 15")
    soon = _number("Due soon within so many working days", 1, 20, "From then on the auditor is reminded. Usual: 5")
    share = _number("Share read twice, in %", 0, 100, "Read by a second auditor who does not see the first reading")
    rest = _number(
        "Months in which a child rests", 0, 60, "A child whose file was drawn is left out for so long. Usual: 12"
    )  # fmt: skip
    because = forms.CharField(
        required=False, label="Why the rule is so", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For whoever asks later. It stands beside the rule",
    )  # fmt: skip

    def __init__(self, sent: Any, **more: Any) -> None:
        """Offer what there is to choose from."""
        super().__init__(sent, **more)
        for name, choices in {
            "instrument": cases.instrument_choices(), "design": list(queries.DESIGNS.items()),
            "population": [("Whose files", cases.population_choices()), ("Themes", cases.theme_choices())],
            "strata_by": cases.strata_choices(),
        }.items():  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("client_key", "version")}


class AuditorForm(KeyForm, GovukForm):
    """Whether somebody audits, and which teams are their own."""

    takes_part = forms.ChoiceField(
        label="Audits files of the coming rounds", widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No, not for now")],
    )  # fmt: skip
    teams = forms.MultipleChoiceField(
        required=False, label="Own teams", widget=forms.CheckboxSelectMultiple,
        help_text="Teams in which they work, or of which they are or were in charge. None: leave all empty",
    )  # fmt: skip
    other = forms.CharField(
        required=False, label="A team that the lists do not name", max_length=120,
        help_text="As the lists will name it",
    )  # fmt: skip

    def __init__(self, sent: Any, *, teams: Iterable[str], **more: Any) -> None:
        """Offer the teams of the newest lists that are not their own already."""
        super().__init__(sent, **more)
        self.fields["teams"].choices = [(one, one) for one in teams]  # type: ignore[attr-defined]

    def named(self) -> list[str]:
        """Every team that was ticked or written."""
        held = self.cleaned_data
        return [*held["teams"], *([held["other"]] if held["other"] else [])]


class MoveForm(KeyForm, GovukForm):
    """What becomes of a round."""

    to = forms.ChoiceField(label="What happens to the round?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where files are not audited yet, and to call a round off or open it again. No child’s name",
    )  # fmt: skip

    def __init__(self, sent: Any, *, offered: Iterable[tuple[str, str]], **more: Any) -> None:
        """Offer what may become of it."""
        super().__init__(sent, **more)
        self.fields["to"].choices = list(offered)  # type: ignore[attr-defined]


class ActionForm(KeyForm, GovukForm):
    """Something to be done."""

    says = forms.CharField(
        label="What is to be done", max_length=LONGEST, help_text=f"{CROSSES} {SEALED}",
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    owner = forms.ChoiceField(label="Who does it", help_text="They see it, and it stands on their home page")
    due = DateField(label="Due")
    field_order = ("says", "owner", "due")

    def __init__(self, sent: Any, *, people: Iterable[tuple[Any, Any]], **more: Any) -> None:
        """Offer those of the team and of the council who can be given an action."""
        super().__init__(sent, **more)
        held = list(people)
        self.people = {str(person.pk): person for person, _ in held}
        sides = {"team": "The team", "authority": "The council"}
        self.fields["owner"].choices = [("", "Choose"), *(  # type: ignore[attr-defined]
            (words, [(str(one.pk), one.name) for one, of in held if str(of) == side]) for side, words in sides.items()
        )]  # fmt: skip

    def clean_owner(self) -> Any:
        """The person who was chosen."""
        return self.people.get(self.cleaned_data["owner"])

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: self.cleaned_data[name] for name in ("says", "owner", "due")}


class ProofForm(KeyForm, GovukForm):
    """Showing that an action is done."""

    says = forms.CharField(
        label="What was done, when, and where can that be seen?", max_length=LONGEST,
        help_text=f"Do not name a child. Whoever gave the action reads this. {SEALED}",
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    item = forms.ChoiceField(required=False, label="What on the evidence shelf proves it")

    def __init__(self, sent: Any, *, items: Iterable[Any], **more: Any) -> None:
        """Offer what of the shelf the actor may read; without any, nothing is asked."""
        super().__init__(sent, **more)
        self.items = {str(one.pk): one for one in items}
        if not self.items:
            del self.fields["item"]
            return
        choices = [
            ("", "Nothing on the shelf"),
            *((key, f"{one.mark}: {one.title[:80]}") for key, one in self.items.items()),
        ]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Any:
        """The item that was chosen, or None."""
        return self.items.get(self.cleaned_data.get("item", ""))


class SettleForm(KeyForm, GovukForm):
    """What becomes of an action."""

    to = forms.ChoiceField(label="What happens to it?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Needed for everything but accepting. Do not name a child: its owner reads this. {SEALED}",
    )  # fmt: skip

    def __init__(self, sent: Any, *, offered: Iterable[tuple[str, str]], **more: Any) -> None:
        """Offer what may become of it as it stands."""
        super().__init__(sent, **more)
        self.fields["to"].choices = list(offered)  # type: ignore[attr-defined]


class ActionFilterForm(ListFilter):
    """Which actions are shown, and in what order."""

    status = forms.ChoiceField(required=False, label="State")
    whose = forms.ChoiceField(
        required=False, label="Whose", choices=[("", "Everybody’s that I may see"), ("mine", "Mine to do")]
    )
    sort = forms.ChoiceField(required=False, label="Sorted by")
    words = forms.CharField(required=False, label="Words", max_length=100)

    def __init__(self, sent: Any) -> None:
        """Offer the states and the orders."""
        super().__init__(sent)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", "Every state"), ("late", "Overdue"), ("waiting", "Still to be done"), *queries.ACTION_STATES.items(),
        ]  # fmt: skip
        self.fields["sort"].choices = [(key, says) for key, (says, _) in queries.ACTION_SORTS.items()]  # type: ignore[attr-defined]


class LearningForm(KeyForm, GovukForm):
    """Something that was learned."""

    says = forms.CharField(
        label="What was learned", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"In words that can be shared as they stand: no child, no worker. {SEALED}",
    )  # fmt: skip
    round_ = forms.ChoiceField(required=False, label="From which round")
    theme = forms.CharField(required=False, label="Theme", max_length=60, help_text="For example, the child’s voice")
    field_order = ("says", "round_", "theme")

    def __init__(self, sent: Any, *, rounds: Iterable[Any], **more: Any) -> None:
        """Offer the rounds that were drawn."""
        super().__init__(sent, **more)
        self.rounds = {str(one.pk): one for one in rounds}
        choices = [("", "Several, or none in particular"), *((key, str(one)) for key, one in self.rounds.items())]
        self.fields["round_"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        held = self.cleaned_data
        return {"says": held["says"], "theme": held["theme"], "round_": self.rounds.get(held["round_"])}


class SharedForm(KeyForm, GovukForm):
    """With whom something learned was shared."""

    with_whom = forms.CharField(label="With which team or group", max_length=120)
    how = forms.CharField(
        required=False, label="How", max_length=200, help_text="For example, in the practice hour; by a one-page note"
    )
    day = DateField(label="On which day")
