"""Forms of recommendations, their goals, and what becomes of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries.you_said import COUNCIL_SAYS
from goldthread.domain import surveys
from goldthread.web.forms import DateField, GovukForm, KeyForm, ListFilter, WholeNumberField

LONGEST = 2000


class PlanFilterForm(ListFilter):
    """Which recommendations are shown."""

    status = forms.ChoiceField(required=False, label="State")
    verdict = forms.ChoiceField(required=False, label="What was found last")
    words = forms.CharField(required=False, label="Words", max_length=100)

    def __init__(self, sent: Any) -> None:
        """Offer the states and the verdicts."""
        super().__init__(sent)
        states = [("", "Every state"), (queries.LATE, "Overdue"), *queries.STATUSES.items()]
        self.fields["status"].choices = states  # type: ignore[attr-defined]
        self.fields["verdict"].choices = [("", "Anything"), *queries.VERDICTS.items()]  # type: ignore[attr-defined]


class OwnerForm(KeyForm, GovukForm):
    """Who of the council is to do something, and by when."""

    owner = forms.ChoiceField(label="Owner at the council", help_text="It stands on their home page once it is given")
    due = DateField(label="Due")

    def __init__(self, sent: Any, *, people: Iterable[Any], **more: Any) -> None:
        """Offer those of the council who can own a recommendation."""
        super().__init__(sent, **more)
        self.people = {str(one.pk): one for one in people}
        choices = [("", "Choose"), *((key, one.name) for key, one in self.people.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def clean_owner(self) -> Any:
        """The person who was chosen."""
        return self.people.get(self.cleaned_data["owner"])


class RecommendationForm(OwnerForm):
    """What is to be better."""

    says = forms.CharField(
        label="What is to be better", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what children should notice. Do not name a child or a worker. Kept under seal.",
    )  # fmt: skip
    finding = forms.ChoiceField(
        required=False, label="From which agreed finding", help_text="The council does not read the finding here"
    )
    theme = forms.ChoiceField(
        required=False, label="Which theme of a survey it answers",
        help_text="Of closed surveys, at ten texts or more. The council does not read here what the theme is called",
    )  # fmt: skip
    field_order = ("says", "finding", "theme", "owner", "due")

    def __init__(
        self, sent: Any, *, findings: Iterable[Any] | None = None, themes: Iterable[Any] = (), **more: Any
    ) -> None:  # fmt: skip
        """Offer the agreed findings that ask for something, and the themes of closed surveys; none where a
        recommendation stands already."""
        super().__init__(sent, **more)
        self.findings = {str(one.pk): one for one in findings or ()}
        self.themes = {str(one.theme.pk): one.theme for one in themes}
        if not self.themes:
            del self.fields["theme"]
        else:
            named = [(key, f"Survey {one.survey.mark}, {one.mark}: {one.name}") for key, one in self.themes.items()]
            self.fields["theme"].choices = [("", "None in particular"), *named]  # type: ignore[attr-defined]
        if findings is None:
            del self.fields["finding"]
            return
        held = [(key, f"{one.mark}: {one.statement[:90]}") for key, one in self.findings.items()]
        self.fields["finding"].choices = [("", "None in particular"), *held]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What both actions are given."""
        return {name: self.cleaned_data[name] for name in ("says", "owner", "due")}


class GoalForm(KeyForm, GovukForm):
    """By what it is told whether a recommendation made a difference."""

    measure = forms.ChoiceField(
        label="What is measured", help_text="What is found of it now is the baseline; the same is measured again later"
    )
    target = WholeNumberField(label="Target, in %", min_value=0, max_value=100, help_text="A whole number, 0 to 100")
    due = DateField(label="By when it is to be reached", required=False, help_text="May be left empty")

    def __init__(self, sent: Any, *, offered: Iterable[Any], **more: Any) -> None:
        """Offer everything that can be measured here, by kind."""
        super().__init__(sent, **more)
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in offered:
            groups.setdefault(one.group, []).append((one.name, one.title))
        self.fields["measure"].choices = [("", "Choose"), *groups.items()]  # type: ignore[attr-defined]
        self.fields["target"].widget.attrs["class"] = "govuk-input--width-4"


class GoalWithdrawForm(KeyForm, GovukForm):
    """Taking a goal away."""

    goal = forms.ChoiceField(label="Which goal is taken away?", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever reads the recommendation reads it. What was found of the goal is kept, and it can be set "
        "anew with another target: its baseline is then what is found on that day.",
    )  # fmt: skip

    def __init__(self, sent: Any, *, held: Any, **more: Any) -> None:
        """Offer the goals that stand."""
        super().__init__(sent, **more)
        self.allowed = self._named(held.live_goals)
        # What was sent from a page that somebody overtook is for the action to answer.
        self.fields["goal"].choices = self.allowed if sent is None else self._named(held.goals.all())  # type: ignore[attr-defined]

    def offer_again(self) -> None:
        """Show what is allowed, and no more, where the form comes back."""
        self.fields["goal"].choices = self.allowed  # type: ignore[attr-defined]

    @staticmethod
    def _named(goals: Iterable[Any]) -> list[tuple[str, str]]:
        return [(str(one.pk), f"{one.title} (target {one.target}%)") for one in goals]


class YouSaidForm(KeyForm, GovukForm):
    """What families are told: what they said, and what changed."""

    said = forms.CharField(
        label="What people said", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In plain words, as they would say it. Quote nobody, and name nobody",
    )  # fmt: skip
    changed = forms.CharField(
        label="What changed, or is promised", max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the council does otherwise now, or will do. What was measured since is added by itself, "
        "also where it is not better",
    )  # fmt: skip

    def __init__(self, *args: Any, languages: Sequence[surveys.Language] = (), **more: Any) -> None:
        """Two boxes more for each language in which the survey can be answered."""
        super().__init__(*args, **more)
        self.languages = languages
        for one in languages:
            for name, lines in (("said", 2), ("changed", 4)):
                box = forms.Textarea(attrs={"rows": lines, "dir": one.direction, "lang": one.code})
                english = self.fields[name]
                self.fields[f"{name}_{one.code}"] = forms.CharField(
                    required=False, label=f"{english.label}, in {one.english}", widget=box,
                    max_length=english.max_length,  # type: ignore[attr-defined]
                )  # fmt: skip

    def in_languages(self) -> dict[str, tuple[str, str]]:
        """Both texts by language, empty ones too."""
        held = self.cleaned_data
        return {one.code: (held[f"said_{one.code}"], held[f"changed_{one.code}"]) for one in self.languages}

    def by_language(self) -> list[tuple[surveys.Language, Any, Any, bool]]:
        """Each language with its two boxes, and whether something stands in them."""
        return [
            (one, said, changed, bool(said.value() or changed.value() or said.errors or changed.errors))
            for one in self.languages
            for said, changed in [(self[f"said_{one.code}"], self[f"changed_{one.code}"])]
        ]


class YouSaidMoveForm(KeyForm, GovukForm):
    """Showing families what was written, or taking it back: nothing but a reason, where one is asked for."""

    note = forms.CharField(
        required=False, label="Why may it stand?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as “it is the name of a street, and no child is called so”. It is kept with what is shown, for "
        "the team alone",
    )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for, or one was typed that is not to be lost."""
        return bool(self.is_bound and (self["note"].errors or self["note"].value()))


class CouncilsYesForm(KeyForm, GovukForm):
    """Whether the council promises what families are to be told."""

    to = forms.ChoiceField(label="Does the council promise this?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why not, or in what other words", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Needed for a no. The team reads it; families do not",
    )  # fmt: skip

    def __init__(self, sent: Any, *, offered: Iterable[tuple[str, str]], **more: Any) -> None:
        """Offer what can be said as it stands."""
        super().__init__(sent, **more)
        self.allowed = list(offered)
        # What was sent from a page that somebody overtook is for the action to answer.
        every = self.allowed if sent is None else list(COUNCIL_SAYS.items())
        self.fields["to"].choices = every  # type: ignore[attr-defined]

    def offer_again(self) -> None:
        """Show what is allowed, and no more, where the form comes back."""
        self.fields["to"].choices = self.allowed  # type: ignore[attr-defined]


class DoneForm(KeyForm, GovukForm):
    """Saying that it is done."""

    says = forms.CharField(
        label="What was done, and where can that be seen?", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The inspectors read this. Do not name a child. It closes nothing: what is found next does.",
    )  # fmt: skip


class OfferedForm(KeyForm, GovukForm):
    """A form whose choice `to` offers what is allowed as things stand. `every`: all that may be sent."""

    every: ClassVar[Mapping[str, str]] = {}

    def __init__(self, sent: Any, *, offered: Iterable[tuple[str, str]], **more: Any) -> None:
        """Offer what is allowed; what was sent from a page that somebody overtook is for the action to answer."""
        super().__init__(sent, **more)
        self.allowed = list(offered)
        self.fields["to"].choices = self.allowed if sent is None else list(self.every.items())  # type: ignore[attr-defined]

    def offer_again(self) -> None:
        """Show what is allowed, and no more, where the form comes back."""
        self.fields["to"].choices = self.allowed  # type: ignore[attr-defined]


class SettleForm(OfferedForm):
    """What becomes of a recommendation."""

    every = queries.SETTLEMENTS

    to = forms.ChoiceField(label="What happens to it?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The council reads it once it has the recommendation. May be empty where it is given, or where what "
        "was found shows that every goal is met.",
    )  # fmt: skip
