"""Forms of what a council says that it will do about a recommendation."""

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.apps.improvement.actions.planned import LONGEST_WHOM
from goldthread.apps.improvement.queries import planned as queries
from goldthread.web.forms import DateField, GovukForm, KeyForm
from goldthread.web.improvement_forms import OfferedForm

LONGEST = 2000


class PlannedActionForm(KeyForm, GovukForm):
    """What the council will do, by whom and by when."""

    says = forms.CharField(
        label="What will be done", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One step that can be shown to be done. Do not name a child. The inspectors read it, and it stands "
        "in the plan of action.",
    )  # fmt: skip
    whom = forms.CharField(
        label="By whom", max_length=LONGEST_WHOM, help_text="An office or a person of the council. For example, "
        "Head of safeguarding",
    )  # fmt: skip
    due = DateField(label="By when")


class PlannedMoveForm(KeyForm, GovukForm):
    """How it stands with an action, in the council's words."""

    to = forms.ChoiceField(label="How does it stand?", widget=forms.RadioSelect)
    says = forms.CharField(
        required=False, label="What was done and where can that be seen, or why", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Needed where it is done, and where it is dropped. The inspectors read it. Do not name a child.",
    )  # fmt: skip
    document = forms.ChoiceField(
        required=False, label="A document that proves it",
        help_text="Of those that were submitted to the team: the inspectors must be able to open it",
    )  # fmt: skip

    def __init__(self, sent: Any, *, offered: Iterable[tuple[str, str]], proof: Iterable[Any], **more: Any) -> None:
        """Offer what can be said of it as it stands, and the documents that the reader may name."""
        super().__init__(sent, **more)
        self.allowed, self.proof = list(offered), {str(one.pk): one for one in proof}
        # What was sent from a page that somebody overtook is for the action to answer.
        self.fields["to"].choices = self.allowed if sent is None else list(queries.MOVES.items())  # type: ignore[attr-defined]
        if not self.proof:
            del self.fields["document"]
            return
        named = [(key, f"{one.mark}: {one.title}") for key, one in self.proof.items()]
        self.fields["document"].choices = [("", "None"), *named]  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        """The document that was chosen; None where none was."""
        return self.proof.get(self.cleaned_data.get("document") or "")

    def offer_again(self) -> None:
        """Show what is allowed, and no more, where the form comes back."""
        self.fields["to"].choices = self.allowed  # type: ignore[attr-defined]


class PlannedDayForm(KeyForm, GovukForm):
    """Another day for an action."""

    due = DateField(label="By when will it be done?")
    because = forms.CharField(
        label="Why is the day moved?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The inspectors read it. The earlier day is kept beside the new one.",
    )  # fmt: skip


class PlannedSettleForm(OfferedForm):
    """Whether it is shown that an action is done, in the inspectors' words."""

    every = queries.SETTLEMENTS

    to = forms.ChoiceField(label="Is it shown to be done?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The council reads it. Needed where it is returned. It closes no recommendation: what is found later "
        "does.",
    )  # fmt: skip
