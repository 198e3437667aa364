"""Forms of whom to hear, of conversations, observations of practice and meetings of children in care."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.apps.conversations import queries
from goldthread.domain.hearing import (
    AGES,
    GROUPS,
    HOW,
    NEEDS_ADULT,
    NEEDS_AGREED,
    NOT_HELD,
    PRACTICE,
    TIER_MEANS,
    TIERS,
    WITHDRAWN_BY,
    Tier,
    adults_for,
    agreed_for,
)
from goldthread.web.forms import DateField, GovukForm, KeyForm, WholeNumberField
from goldthread.web.presenters import areas

LONGEST = 20_000
NO_NAME = "Name nobody: not a child, a parent or a carer."
SEALED = "Kept under seal; the journal keeps none of its words."
_ANY_AGE = [("", "No age"), *AGES.items()]


def _number(label: str, most: int, hint: str = "") -> WholeNumberField:
    field = WholeNumberField(label=label, min_value=1, max_value=most, help_text=hint)
    field.widget.attrs["class"] = "govuk-input--width-4"
    return field


def _wide(label: str, hint: str = "", *, most: int = LONGEST, rows: int = 5, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def _areas() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, label="Areas of which it speaks", widget=forms.CheckboxSelectMultiple
    )


class TargetForm(KeyForm, GovukForm):
    """How many of a group the team should hear."""

    group = forms.ChoiceField(label="Whom", choices=[("", "Choose a group"), *GROUPS.items()])
    age = forms.ChoiceField(
        required=False, label="Age", choices=_ANY_AGE, help_text="For children and care leavers. No age: any of them"
    )
    team = forms.CharField(required=False, label="Team", max_length=80, help_text="Empty: of any team")
    area = forms.ChoiceField(required=False, label="Area of the framework", help_text="Empty: whichever they speak of")
    wanted = _number("How many people", 500, "People, not conversations: a group of six is six")

    def __init__(self, sent: Any, *, inspection: Any, **more: Any) -> None:
        """Offer the framework's areas."""
        super().__init__(sent, **more)
        self.fields["area"].choices = [("", "Any area"), *areas.choices(inspection)]  # type: ignore[attr-defined]


class WantedForm(KeyForm, GovukForm):
    """Another number."""

    wanted = _number("How many people", 500)


class PlanForm(KeyForm, GovukForm):
    """Who hears whom, when and how."""

    group = forms.ChoiceField(label="Whom", choices=[("", "Choose a group"), *GROUPS.items()])
    age = forms.ChoiceField(
        required=False, label="Age", choices=_ANY_AGE, help_text="For children and care leavers only"
    )
    team = forms.CharField(
        required=False, label="Team that works with them", max_length=80, help_text=f"If it is known. {NO_NAME}"
    )
    areas = _areas()
    day = DateField(label="Day")
    how = forms.ChoiceField(label="How", widget=forms.RadioSelect, choices=list(HOW.items()), initial="in-person")
    people = _number("How many people take part", 60, "1 for a conversation with one person")
    holder = forms.ChoiceField(label="Who listens")
    task = forms.ChoiceField(required=False, label="In the timetable of fieldwork")
    field_order = ("group", "age", "team", "areas", "day", "how", "people", "holder", "task")

    def __init__(self, sent: Any, *, inspection: Any, **more: Any) -> None:
        """Offer the areas, who may listen, and what the timetable holds."""
        super().__init__(sent, **more)
        self.people_ = {str(one.pk): one for one in queries.holders(inspection)}
        self.tasks = {str(one.pk): one for one in queries.tasks_to_choose(inspection)}
        offered = {
            "areas": areas.choices(inspection),
            "holder": [(key, one.name) for key, one in self.people_.items()],
            "task": [("", "Not in the timetable"), *((key, one.title) for key, one in self.tasks.items())],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        held = {name: self.cleaned_data[name] for name in ("group", "age", "team", "areas", "day", "how", "people")}
        return {
            **held, "holder": self.people_[self.cleaned_data["holder"]],
            "task": self.tasks.get(self.cleaned_data["task"]),
        }  # fmt: skip


class ConsentForm(KeyForm, GovukForm):
    """On which terms somebody speaks."""

    tier = forms.ChoiceField(
        label="What may be done with what they say?", widget=forms.RadioSelect,
        choices=[(str(tier), f"“{says}”. {TIER_MEANS[tier]}") for tier, says in TIERS.items()],
        help_text="Where several take part, the narrowest that any of them chose",
    )  # fmt: skip
    adult = forms.ChoiceField(
        label="Was a trusted adult there?", widget=forms.RadioSelect, error_messages={"invalid_choice": NEEDS_ADULT}
    )
    agreed = forms.ChoiceField(
        label="Who agreed?", widget=forms.RadioSelect, error_messages={"invalid_choice": NEEDS_AGREED}
    )
    withdraw_until = DateField(
        label="Until when may they take it back?", help_text="Stands on the slip that you give them"
    )

    def __init__(self, sent: Any, *, conversation: Any, **more: Any) -> None:
        """Offer what fits whoever speaks: their group and age."""
        super().__init__(sent, **more)
        self.days = queries.take_back_days(conversation)
        who = (conversation.group, conversation.age)
        self.fields["adult"].choices = list(adults_for(*who).items())  # type: ignore[attr-defined]
        self.fields["agreed"].choices = list(agreed_for(*who).items())  # type: ignore[attr-defined]
        if len(agreed_for(*who)) == 1:
            self.fields["agreed"].help_text = NEEDS_AGREED

    def clean_withdraw_until(self) -> date:
        """A day on which something can be taken back: told with whatever else is wrong, not after it."""
        until: date = self.cleaned_data["withdraw_until"]
        first, last = self.days
        if not first <= until <= last:
            raise ValidationError(f"Choose a day from {first:%-d %B %Y} to {last:%-d %B %Y}.")
        return until


class NarrowForm(KeyForm, GovukForm):
    """Less may be done with it than was agreed."""

    tier = forms.ChoiceField(label="What may be done with what they said now?", widget=forms.RadioSelect)

    def __init__(self, sent: Any, *, tier: str) -> None:
        """Offer what is narrower than the tier that stands; of a form that was sent, every tier."""
        super().__init__(sent)
        order = list(Tier)
        offered = order if sent is not None else order[order.index(Tier(tier)) + 1 :]
        says = [(str(one), f"“{TIERS[one]}”. {TIER_MEANS[one]}") for one in offered]
        self.fields["tier"].choices = says  # type: ignore[attr-defined]


class NotHeldForm(KeyForm, GovukForm):
    """Why it was not held."""

    because = forms.ChoiceField(label="Why was it not held?", widget=forms.RadioSelect, choices=list(NOT_HELD.items()))


class WithdrawForm(KeyForm, GovukForm):
    """How it was taken back."""

    because = forms.ChoiceField(
        label="How was it taken back?", widget=forms.RadioSelect, choices=list(WITHDRAWN_BY.items()),
        help_text="Nobody is asked why",
    )  # fmt: skip


class CodeForm(GovukForm):
    """The code on a slip."""

    code = forms.CharField(
        label="Code on the slip", max_length=20, help_text="Eight letters and figures, like 7K2M-Q9XD",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
    )  # fmt: skip


class NotesForm(KeyForm, GovukForm):
    """What was said."""

    notes = _wide("What was said", f"{NO_NAME} {SEALED}", rows=16)


class PassageForm(KeyForm, GovukForm):
    """What is to stand on the shelf."""

    tier = forms.ChoiceField(label="Their words, or what they meant?", widget=forms.RadioSelect)
    text = _wide("What stands on the shelf", most=2000)
    areas = _areas()

    def __init__(self, sent: Any, *, conversation: Any, **more: Any) -> None:
        """Offer what the terms of the conversation allow."""
        super().__init__(sent, **more)
        offered = [
            (Tier.WORDS, "Their words, copied from the notes"),
            (Tier.IDEA, "What they meant, in my words"),
        ]
        allowed = offered if conversation.tier == Tier.WORDS or sent is not None else offered[1:]
        self.fields["tier"].choices = [(str(one), says) for one, says in allowed]  # type: ignore[attr-defined]
        self.fields["areas"].choices = areas.choices(conversation.inspection)  # type: ignore[attr-defined]
        hint = f"Whoever reads the shelf sees it. {NO_NAME} Could somebody be recognised by it? Then say less."
        if conversation.tier == Tier.IDEA:
            most = conversation.inspection.words_alike
            hint = f"In your own words: more than {most} words in a row as in the notes are refused. {hint}"
        self.fields["text"].help_text = hint


class ConcernForm(KeyForm, GovukForm):
    """A concern about a child of whom no case of the sample is."""

    says = _wide("What is the concern?", f"{NO_NAME} {SEALED}", most=4000)


class AnswerConcernForm(KeyForm, GovukForm):
    """What is being done about it."""

    done = _wide("What is being done, and by whom?", SEALED, most=4000)


class ObservationForm(KeyForm, GovukForm):
    """The short form of an observation."""

    day = DateField(label="Day")
    kind = forms.ChoiceField(label="What you watched", widget=forms.RadioSelect, choices=list(PRACTICE.items()))
    team = forms.CharField(required=False, label="Team or panel", max_length=80)
    areas = _areas()
    seen = _wide("What did you see?", f"What was done, and how the child's voice was there. {NO_NAME} {SEALED}", rows=8)
    well = _wide("What went well?", required=False, rows=3)
    better = _wide("What could be better?", required=False, rows=3)
    gist = _wide(
        "What is the shelf to say of it?", f"Two or three sentences that a finding can cite. {NO_NAME}", most=2000,
        rows=3, required=False,
    )  # fmt: skip

    def __init__(self, sent: Any, *, inspection: Any, **more: Any) -> None:
        """Offer the areas."""
        super().__init__(sent, **more)
        self.fields["areas"].choices = areas.choices(inspection)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        held = {name: self.cleaned_data[name] for name in ("day", "kind", "team", "areas")}
        return {**held, "said": {name: self.cleaned_data[name] for name in ("seen", "well", "better", "gist")}}


class CareCouncilForm(KeyForm, GovukForm):
    """One meeting of children in care."""

    day = DateField(label="Day")
    name = forms.CharField(label="Which meeting", max_length=120, help_text="For example, Children in Care council")
    people = _number("How many children and young people were there", 200)
    says = _wide("What was said", f"{NO_NAME} {SEALED}", rows=10)


class PromiseForm(KeyForm, GovukForm):
    """What was promised."""

    says = _wide("What was promised", SEALED, most=2000, rows=3)
    by_whom = forms.CharField(
        label="By whom", max_length=120, help_text="The office, not the person: head of service, lead member"
    )
    due = DateField(label="By when")


class SettlePromiseForm(KeyForm, GovukForm):
    """What became of it."""

    to = forms.ChoiceField(label="What became of it?", widget=forms.RadioSelect)
    outcome = _wide("What happened, and how do you know?", SEALED, most=2000, rows=4)

    def __init__(self, sent: Any, *, status: str) -> None:
        """Offer what may follow; of a form that was sent, everything."""
        super().__init__(sent)
        says = {"kept": "It was kept", "not-kept": "It was not kept", "open": "It is open again"}
        offered = says if sent is not None else {to: words for to, words in says.items() if to in _FOLLOWS[status]}
        self.fields["to"].choices = list(offered.items())  # type: ignore[attr-defined]


_FOLLOWS = {"open": ("kept", "not-kept"), "kept": ("open",), "not-kept": ("open", "kept")}


class ConversationFilterForm(GovukForm):
    """Which conversations are shown."""

    group = forms.ChoiceField(required=False, label="Whom", choices=[("", "Everybody"), *GROUPS.items()])
    status = forms.ChoiceField(required=False, label="State", choices=[("", "Every state"), *queries.STATES.items()])
    area = forms.ChoiceField(required=False, label="Area")
    whose = forms.ChoiceField(required=False, label="Whose", choices=[("", "Everybody's"), ("mine", "Mine")])
    words = forms.CharField(required=False, label="Number, team or who listened", max_length=80)

    def __init__(self, sent: Any, *, inspection: Any) -> None:
        """Offer the areas."""
        super().__init__(sent)
        self.fields["area"].choices = [("", "Every area"), *areas.choices(inspection)]  # type: ignore[attr-defined]


class ObservationFilterForm(GovukForm):
    """Which observations are shown."""

    kind = forms.ChoiceField(required=False, label="What", choices=[("", "Everything"), *PRACTICE.items()])
    status = forms.ChoiceField(
        required=False, label="State", choices=[("", "Every state"), *queries.OBSERVATION_STATES.items()]
    )
    area = forms.ChoiceField(required=False, label="Area")
    words = forms.CharField(required=False, label="Words of what was written", max_length=80)

    def __init__(self, sent: Any, *, inspection: Any) -> None:
        """Offer the areas."""
        super().__init__(sent)
        self.fields["area"].choices = [("", "Every area"), *areas.choices(inspection)]  # type: ignore[attr-defined]


class PromiseFilterForm(GovukForm):
    """Which promises are shown."""

    status = forms.ChoiceField(
        required=False, label="Promises",
        choices=[("", "Every promise"), ("late", "Overdue"), *queries.PROMISE_STATES.items()],
    )  # fmt: skip
