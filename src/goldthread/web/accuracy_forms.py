"""Forms of the check of facts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from goldthread.apps.reports import queries
from goldthread.domain.accuracy_check import VERDICTS
from goldthread.web.forms import DateField, FilesField, GovukForm, KeyForm, ListFilter

LONGEST = 4000
NO_NAME = "Do not name a child, a family or a worker."


class GiveForm(KeyForm, GovukForm):
    """Giving the council its copy, or another last day for it."""

    until = DateField(label="Last day for comments")
    because = forms.CharField(
        required=False, label="Why now", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: a mock inspection has no stage of moderation. The journal keeps it",
    )  # fmt: skip


class DayForm(KeyForm, GovukForm):
    """Another last day for a copy that the council has."""

    until = DateField(label="New last day for comments")
    because = forms.CharField(
        label="Why the day is moved", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The journal keeps it",
    )  # fmt: skip
    prefix = "day"


class TakeBackForm(KeyForm, GovukForm):
    """Taking a copy back."""

    because = forms.CharField(
        label="Why it is taken back", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The council cannot read it from then on. What it wrote is kept",
    )  # fmt: skip


class CommentForm(KeyForm, GovukForm):
    """What the council says of one paragraph."""

    place = forms.ChoiceField(label="Which paragraph")
    kind = forms.ChoiceField(label="What is wrong with it?", widget=forms.RadioSelect, choices=queries.kinds())
    says = forms.CharField(
        label="What is wrong, in your words", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"{NO_NAME} The team reads this once you send your comments",
    )  # fmt: skip
    proposes = forms.CharField(
        required=False, label="What it should say instead", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    document = forms.ChoiceField(
        required=False, label="Document that proves it",
        help_text="Of those that you have submitted to the team already",
    )  # fmt: skip
    proof = forms.CharField(
        required=False, label="Where in it, or how else it is proved", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    evidence = FilesField(
        required=False, label="Files that prove it (optional)", allow_empty_file=True,
        help_text="One or more. Each is sealed and looked through as every document is, and goes to the team when you "
        "send your comments. Choose files that do not name children, where you can",
    )  # fmt: skip

    def __init__(
        self, sent: Any, files: Any = None, *, places: Iterable[Any], proofs: Iterable[Any], uploads: bool, **more: Any
    ) -> None:
        """Offer the paragraphs of the copy, the documents that the team has, and files to whoever may upload."""
        super().__init__(sent, files, **more)
        if not uploads:
            del self.fields["evidence"]
        offered = [("", "Choose a paragraph"), *places]
        self.fields["place"].choices = offered  # type: ignore[attr-defined]
        told = [("", "None"), *((str(one.pk), str(one)) for one in proofs)]
        self.fields["document"].choices = told  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given besides the paragraph."""
        held = {name: self.cleaned_data[name] for name in ("kind", "says", "proposes", "proof")}
        chosen = self.cleaned_data["document"]
        return {**held, "document": UUID(chosen) if chosen else None}


class SendForm(KeyForm, GovukForm):
    """Sending the drafts together."""

    because = forms.CharField(
        required=False, label="Why these come late, or after the others", max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="They are taken as a recorded exception, marked so, and answered as the others are",
    )  # fmt: skip
    sure = forms.BooleanField(label="These are all our comments: send them to the inspecting team")


class AnswerForm(KeyForm, GovukForm):
    """What a comment is answered."""

    verdict = forms.ChoiceField(
        label="What becomes of it?", widget=forms.RadioSelect,
        choices=[(str(one), says) for one, says in VERDICTS.items()],
    )  # fmt: skip
    reasons = forms.CharField(
        label="Reasons", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"{NO_NAME} The council reads this once the answers are given",
    )  # fmt: skip
    changed = forms.ChoiceField(
        required=False, label="Paragraph that reads otherwise in the next version",
        help_text="Needed where you accept it. The council is led from your answer to what changed in it",
    )  # fmt: skip
    unchanged = forms.CharField(
        required=False, label="Why nothing needs to change", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Needed where you accept it and choose no paragraph. {NO_NAME} The council reads this too",
    )  # fmt: skip

    def __init__(self, sent: Any, *, places: Iterable[Any], **more: Any) -> None:
        """Offer the paragraphs of the council's copy."""
        super().__init__(sent, **more)
        self.fields["changed"].choices = [("", "None: nothing changes"), *places]  # type: ignore[attr-defined]


class FilterForm(ListFilter):
    """Which comments are shown."""

    status = forms.ChoiceField(
        required=False, label="State", choices=[("", "Every state"), *queries.STATES.items()]
    )  # fmt: skip
    kind = forms.ChoiceField(required=False, label="Kind", choices=[("", "Every kind"), *queries.kinds()])
    exceptional = forms.ChoiceField(
        required=False, label="In time", choices=[("", "In time or not"), ("yes", "Recorded exceptions alone")]
    )  # fmt: skip
