"""Forms of what a council says that it will do about a recommendation."""

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.apps.improvement.actions.planned import LONGEST_WHOM
from goldthread.apps.improvement.queries import planned as queries
from goldthread.domain import lifecycle
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
        help_text="One that the team has already, or that you sent before. The inspectors must be able to open it",
    )  # fmt: skip
    evidence = forms.FileField(
        required=False, label="A file that proves it", allow_empty_file=True,
        help_text="It is sealed and read for safety as every document is, and goes to the inspectors with what you "
        "say. If you can, choose a file that does not name a child",
    )  # fmt: skip

    def __init__(
        self, sent: Any, files: Any = None, *, offered: Iterable[tuple[str, str]], proof: Iterable[Any],
        uploads: bool, **more: Any,
    ) -> None:  # fmt: skip
        """Offer what can be said of it as it stands, documents that the reader may name, and files to who may send."""
        super().__init__(sent, files, **more)
        self.allowed, self.proof = list(offered), {str(one.pk): one for one in proof}
        self.brought: Any = None
        if not uploads:
            del self.fields["evidence"]
        # What was sent from a page that somebody overtook is for the action to answer.
        self.fields["to"].choices = self.allowed if sent is None else list(queries.MOVES.items())  # type: ignore[attr-defined]
        if not self.proof:
            del self.fields["document"]
            return
        named = [
            (key, f"{one.mark}: {one.title}{' (sent by you, not with the team yet)' if one.staged else ''}")
            for key, one in self.proof.items()
        ]
        self.fields["document"].choices = [("", "None"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A file comes alone, and only with “it is done”. Which file it was, a browser does not keep."""
        told = super().clean() or self.cleaned_data
        if told.get("evidence") is None:
            return told
        if told.get("to") not in (None, str(lifecycle.PlannedAction.SAID_DONE)):
            self.add_error(
                "evidence", "A file proves what is done. Choose “it is done” and the file again, or no file."
            )
        elif told.get("document"):
            self.add_error("evidence", "Choose a document or a file, not both.")
        return told

    def hold(self, document: Any) -> None:
        """Take a file that came in as the document, whether it can be chosen here or only those who sent it see it."""
        self.brought = document
        if str(document.pk) not in self.proof:
            self.fields.pop("document", None)

    def chosen(self) -> Any:
        """The document that was chosen, or that came in as a file; None where none was."""
        return self.brought or self.proof.get(self.cleaned_data.get("document") or "")

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
