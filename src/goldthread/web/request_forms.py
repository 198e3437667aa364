"""Forms of what the council is asked for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from goldthread.apps.requests import queries
from goldthread.web.forms import DateField, GovukForm, KeyForm, ListFilter

LONGEST = 2000
SEEN_BY = "Do not name a child. The council reads this as you send it."
READ_BY = "Do not name a child. The inspecting team reads this as you send it."


class OwnerMixin(forms.Form):
    """Who of the council answers."""

    owner = forms.ChoiceField(required=False, label="Who of the council answers")

    def offer(self, people: Iterable[Any], nobody: str) -> None:
        """Offer those who can answer."""
        self.people = {str(one.pk): one for one in people}
        choices = [("", nobody), *((key, one.name) for key, one in self.people.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def clean_owner(self) -> Any:
        """The person who was chosen, or None."""
        return self.people.get(self.cleaned_data["owner"])


class RequestForm(KeyForm, OwnerMixin, GovukForm):
    """One thing that the council is asked for."""

    title = forms.CharField(label="What is asked for", max_length=160, help_text=SEEN_BY)
    says = forms.CharField(
        required=False, label="What exactly it should hold", max_length=LONGEST,
        help_text="For example, for which months, of which teams, in what form",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    why = forms.CharField(
        required=False, label="Why it is wanted", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The council reads this too: whoever knows what it is for can often send something better",
    )  # fmt: skip
    due = DateField(label="Due")
    field_order = ("title", "says", "why", "due", "owner")

    def __init__(self, sent: Any, *, people: Iterable[Any], **more: Any) -> None:
        """Offer those who can answer."""
        super().__init__(sent, **more)
        self.offer(people, "Nobody named: the council says who")

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        return {name: self.cleaned_data[name] for name in ("title", "says", "why", "due", "owner")}


class TakeOnForm(KeyForm, OwnerMixin, GovukForm):
    """The council says that it has seen it, and who answers."""

    def __init__(self, sent: Any, *, people: Iterable[Any], **more: Any) -> None:
        """Offer those who can answer."""
        super().__init__(sent, **more)
        self.offer(people, "Nobody named")
        self.fields["owner"].help_text = "They see this request, and it stands on their home page"


class AnswerForm(KeyForm, GovukForm):
    """The council's answer."""

    says = forms.CharField(
        label="What did you send, and how? Or why can it not be had?", max_length=LONGEST, help_text=READ_BY,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    submission = forms.ChoiceField(
        required=False, label="Which hand-in holds it",
        help_text="Only what you have handed over stands here. Data and files go through “Data”.",
    )  # fmt: skip

    def __init__(self, sent: Any, *, handed: Iterable[Any], **more: Any) -> None:
        """Offer what was handed over."""
        super().__init__(sent, **more)
        self.handed = {str(one.pk): one for one in handed}
        self.fields["submission"].choices = [  # type: ignore[attr-defined]
            ("", "None: the words are the answer"), *((key, one.label) for key, one in self.handed.items()),
        ]  # fmt: skip

    def clean_submission(self) -> Any:
        """The hand-in that was chosen, or None."""
        return self.handed.get(self.cleaned_data["submission"])


class SettleForm(KeyForm, GovukForm):
    """What becomes of a request."""

    to = forms.ChoiceField(label="What happens to it?", widget=forms.RadioSelect)
    because = forms.CharField(
        required=False, label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SEEN_BY} To settle an answer you need not say why.",
    )  # fmt: skip

    def __init__(self, sent: Any, request: Any, **more: Any) -> None:
        """Offer what may become of it as it stands."""
        super().__init__(sent, **more)
        # What was sent is held against all of them: if it stands otherwise meanwhile, the clash says so better.
        offered = queries.SETTLEMENTS.items() if sent else queries.settlements(request)
        self.fields["to"].choices = [(str(to), says) for to, says in offered]  # type: ignore[attr-defined]


class FilterForm(ListFilter):
    """Which requests are shown, and in what order."""

    status = forms.ChoiceField(
        required=False, label="State",
        choices=[
            ("", "Every state"), (queries.LATE, "Late"), (queries.WAITS, "Waiting for the council"),
            *((str(one), says) for one, says in queries.STATUSES.items()),
        ],
    )  # fmt: skip
    whose = forms.ChoiceField(required=False, label="Whose", choices=[("", "Everybody’s"), ("mine", "Mine")])
    sort = forms.ChoiceField(
        required=False, label="Sorted by", choices=[(one, says) for one, (says, _) in queries.SORTS.items()]
    )
    words = forms.CharField(required=False, max_length=100, label="Search")
