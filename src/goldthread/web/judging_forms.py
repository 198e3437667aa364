"""Forms in which a council says what its framework judges: grades, areas, items, rules, and what was judged before."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goldthread.domain.framework import (
    OVERALL,
    SERVICES,
    Area,
    Criterion,
    Framework,
    Grade,
    Item,
    ItemWords,
    LimitingRule,
    RollUp,
)
from goldthread.domain.instruments.drafts import named_after
from goldthread.web.forms import WholeNumberField
from goldthread.web.framework_forms import NUMBER, CheckedForm, EntryForm, one_line, words_box

SERVICE_WORDS = {
    "protection": "Help and protection", "care": "Children in care", "leaving": "Care leavers",
    "adoption": "Adoption", "leadership": "How it is all led",
}  # fmt: skip
WHEN_WORDS = [
    ("some", "Where at least so many of these areas hold one of these grades"),
    ("range", "Where every one of these areas is judged: between their best and worst"),
    ("share", "Where fewer than so many per cent of the cases show the area achieved"),
    ("every-inspection", "At all times"),
]  # fmt: skip


def _as_before(chosen: list[str], before: Area | None) -> tuple[str, ...]:
    """The services that were ticked; in the order of before, where they are the same."""
    held = before.services if before is not None else ()
    return held if set(chosen) == set(held) else tuple(chosen)


class GradeForm(EntryForm):
    """A step of the scale; a new one says what it looks like in every area."""

    title = forms.CharField(label="Grade", max_length=100)
    meaning = words_box("What it means")
    letter = forms.CharField(
        label="Letter", max_length=1, widget=forms.TextInput(attrs={"class": "govuk-input--width-2"}),
        help_text="By which earlier results are written. Each grade has another.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A box for each area, where the grade is new."""
        super().__init__(*args, **kwargs)
        self.looks = {} if self.before else {f"looks-{one.slug}": one for one in self.of.areas}
        for name, area in self.looks.items():
            self.fields[name] = words_box(f"What it looks like in “{area.short}”", 3)

    def clean_letter(self) -> str:
        """A letter that no other grade has."""
        told = str(self.cleaned_data["letter"])
        other = next((one for one in self.of.grades if one.letter == told and one is not self.before), None)
        if other is not None:
            raise ValidationError(f"“{told}” is the letter of “{other.title}”. Give this grade another")
        return told

    def made(self) -> Grade:
        """The grade as it was filled in; a new one stands last, from where it can be moved up."""
        told = self.said("title", "meaning", "letter")
        before: Grade | None = self.before
        if before is not None:
            return replace(before, **told)
        return Grade(slug=named_after(told["title"], {g.slug for g in self.of.grades}), rank=0, **told)

    def goes_with(self, changed: Framework, made: Grade) -> Framework:
        """Every area says what the new grade looks like."""
        if not self.looks:
            return changed
        said = {one.slug: one_line(self.cleaned_data[name]) for name, one in self.looks.items()}
        areas = (replace(a, descriptors={**a.descriptors, made.slug: said[a.slug]}) for a in changed.areas)
        return replace(changed, areas=tuple(areas))


class AreaForm(CheckedForm):
    """An area: its titles, its criteria, and what each grade looks like in it."""

    title = forms.CharField(label="Area", max_length=200)
    short = forms.CharField(label="Short title", max_length=60)
    key = forms.BooleanField(label="It counts towards an overall grade", required=False)
    parent = forms.ChoiceField(label="It is part of (optional)", required=False)
    services = forms.MultipleChoiceField(
        label="Services that it judges", required=False, choices=[(one, SERVICE_WORDS[one]) for one in SERVICES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A box for each criterion and three empty ones; a box for each grade."""
        super().__init__(*args, **kwargs)
        before: Area | None = self.before
        others = [(one.slug, one.title) for one in self.of.areas if before is None or one.slug != before.slug]
        self.fields["parent"].choices = [("", "No other area"), *others]  # type: ignore[attr-defined]
        known = {f"criterion-{one.id}": one.text for one in before.criteria} if before else {}
        empty = {f"criterion-new-{number}": "" for number in range(1, 4)}
        self.criteria = [*known, *empty]
        for number, (name, text) in enumerate({**known, **empty}.items(), 1):
            self.fields[name] = words_box(f"Criterion {number}" if text else f"Criterion {number} (optional)", 2, False)
            self.initial.setdefault(name, text)
        self.graded = [f"grade-{one.slug}" for one in self.of.grades]
        for grade in self.of.grades:
            self.fields[f"grade-{grade.slug}"] = words_box(f"What “{grade.title}” looks like", 3)
            self.initial.setdefault(f"grade-{grade.slug}", before.descriptors.get(grade.slug, "") if before else "")
        self.order_fields(["title", "short", "key", "parent", "services", *self.criteria, *self.graded, "checked"])

    def clean_parent(self) -> str | None:
        """The area that it is part of, which is no part of this one."""
        told = str(self.cleaned_data["parent"])
        above, parents = told, {one.slug: one.parent for one in self.of.areas}
        while self.before is not None and above:
            if above == self.before.slug:
                raise ValidationError("That area is itself part of this one. Choose another, or none")
            above = parents.get(above) or ""
        return told or None

    def clean(self) -> dict[str, Any]:
        """At least one criterion."""
        held = super().clean() or {}
        if not any(held.get(name, "").strip() for name in self.criteria):
            self.add_error(self.criteria[0], "An area has at least one criterion. Write one")
        return held

    def made(self) -> Area:
        """The area as it was filled in; a criterion whose box was emptied is gone, the others keep their ids."""
        told = self.said("title", "short", "key", "parent", "checked")
        taken = {one.id for area in self.of.areas for one in area.criteria}
        criteria = []
        for name in self.criteria:
            text, id = one_line(self.cleaned_data[name]), name.removeprefix("criterion-")
            if text and id.startswith("new-"):
                id = named_after(text, taken, 24)
                taken.add(id)
            if text:
                criteria.append(Criterion(id, text))
        told |= {
            "criteria": tuple(criteria), "services": _as_before(self.cleaned_data["services"], self.before),
            "descriptors": {n.removeprefix("grade-"): one_line(self.cleaned_data[n]) for n in self.graded},
        }  # fmt: skip
        before: Area | None = self.before
        if before is not None:
            return replace(before, **told)
        return Area(slug=named_after(told["title"], {a.slug for a in self.of.areas} | {OVERALL}), **told)


class RuleForm(CheckedForm):
    """A rule by which some judgements limit another."""

    says = words_box("The rule, in a sentence")
    strength = forms.ChoiceField(
        label="How strongly it limits", widget=forms.RadioSelect,
        choices=[("always", "Always"), ("normally", "Normally: whoever departs from it says why")],
    )  # fmt: skip
    source = words_box("Source: document, paragraph, year")
    observed = words_box("What was observed of it")
    when = forms.ChoiceField(label="When it bites", choices=WHEN_WORDS, widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(label="These areas", required=False, widget=forms.CheckboxSelectMultiple)
    at_least = WholeNumberField(
        label="At least so many of them", required=False, min_value=1, max_value=100,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    grades = forms.MultipleChoiceField(
        label="Hold one of these grades", required=False, widget=forms.CheckboxSelectMultiple
    )
    least_share = WholeNumberField(
        label="Least share of cases, in per cent", required=False, min_value=1, max_value=100,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    limits = forms.ChoiceField(label="It limits")
    to = forms.MultipleChoiceField(
        label="And leaves only these grades", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("says", "strength", "when", "areas", "at_least", "grades", "least_share", "limits", "to", "source",
                   "observed", "checked")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the framework's areas and grades."""
        super().__init__(*args, **kwargs)
        areas, grades = [(one.slug, one.short) for one in self.of.areas], [(g.slug, g.title) for g in self.of.grades]
        overall = [(OVERALL, "The overall judgement")]
        for name, choices in {"areas": areas, "grades": grades, "to": grades, "limits": [*overall, *areas]}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What each way of biting needs, said at its field."""
        held = super().clean() or {}
        when = held.get("when")
        needed = {
            "some": ("areas", "at_least", "grades", "to"), "range": ("areas",),
            "share": ("areas", "least_share", "to"),
        }.get(when or "", ())  # fmt: skip
        for name in needed:
            if not held.get(name) and name not in self.errors:
                self.add_error(name, f"“{self.fields[name].label}” is needed for a rule that bites so")
        return held

    def made(self) -> LimitingRule:
        """The rule as it was filled in; what its way of biting does not need is left out."""
        held, when = self.cleaned_data, self.cleaned_data["when"]
        told = self.said("says", "strength", "source", "observed", "checked", "when", "limits")
        told |= {
            "areas": tuple(held["areas"]) if when != "every-inspection" else (),
            "at_least": held["at_least"] if when == "some" else 0,
            "grades": tuple(held["grades"]) if when == "some" else (),
            "to": tuple(held["to"]) if when != "range" else (),
            "least_share": held["least_share"] if when == "share" else 0,
        }  # fmt: skip
        taken = {one.id for one in self.of.rules}
        return (
            replace(self.before, **told) if self.before else LimitingRule(id=named_after(told["says"], taken), **told)
        )


class RatingsForm(CheckedForm):
    """What ratings of items are called, where items are rated in each case."""

    met = forms.CharField(label="An item is met", max_length=100)
    not_met = forms.CharField(label="An item is not met", max_length=100)
    not_applicable = forms.CharField(label="An item does not apply", max_length=100)
    achieved = forms.CharField(label="A case shows an area achieved", max_length=100)
    partly = forms.CharField(label="A case shows an area partly achieved", max_length=100)
    not_achieved = forms.CharField(label="A case shows an area not achieved", max_length=100)
    least_share = WholeNumberField(
        label="An item is a strength from so many per cent of cases", min_value=1, max_value=100,
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    area = forms.ChoiceField(label="The first area with items")
    item = forms.CharField(label="The first item", max_length=200, help_text="More are added to each area afterwards.")
    field_order = ("met", "not_met", "not_applicable", "achieved", "partly", "not_achieved", "least_share", "area",
                   "item", "checked")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a first item where none is rated yet."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(one.slug, one.title) for one in self.of.areas]  # type: ignore[attr-defined]
        if self.before is not None:
            del self.fields["area"], self.fields["item"]

    def clean(self) -> dict[str, Any]:
        """Three ratings that can be told apart."""
        held = super().clean() or {}
        seen: set[str] = set()
        for name in ("met", "not_met", "not_applicable"):
            told = one_line(held.get(name, "")).casefold()
            if told and told in seen:
                self.add_error(name, "Another rating has the same words. Give this one its own")
            seen.add(told)
        return held

    def made(self) -> ItemWords:
        """The words as they were filled in."""
        return ItemWords(**self.said(
            "met", "not_met", "not_applicable", "achieved", "partly", "not_achieved", "least_share", "checked"
        ))  # fmt: skip

    def goes_with(self, changed: Framework, made: ItemWords) -> Framework:
        """The first item stands in its area."""
        if self.before is not None:
            return changed
        title = one_line(self.cleaned_data["item"])
        rolled = RollUp((Item(named_after(title, (), 24), title, True),), 0, (), True)
        areas = (replace(a, roll_up=rolled) if a.slug == self.cleaned_data["area"] else a for a in changed.areas)
        return replace(changed, areas=tuple(areas))


class RatedForm(EntryForm):
    """The items of one area that are rated in each case, and how they add up."""

    may_miss = WholeNumberField(
        label="Of the items that apply, so many may be missed", required=False, min_value=0, max_value=100,
        widget=forms.TextInput(attrs=NUMBER), help_text="A case shows the area achieved if no more are missed.",
    )  # fmt: skip
    must = forms.MultipleChoiceField(
        label="None of these may be missed", required=False, widget=forms.CheckboxSelectMultiple
    )
    rolled = forms.BooleanField(
        label="How they add up is our own rule, or was read in the published text", required=False,
        help_text="Without the tick, pages show “check against the published text” beside it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A box for each item and four empty ones."""
        super().__init__(*args, **kwargs)
        held: RollUp | None = self.before.roll_up
        self.held = {one.id: one for one in held.items} if held else {}
        known = {f"item-{one.id}": one.title for one in self.held.values()}
        self.boxes = {**known, **{f"item-new-{number}": "" for number in range(1, 5)}}
        for number, (name, title) in enumerate(self.boxes.items(), 1):
            self.fields[name] = words_box(f"Item {number}" if title else f"Item {number} (optional)", 2, False)
            self.initial.setdefault(name, title)
        self.fields["must"].choices = [(one.id, one.title) for one in self.held.values()]  # type: ignore[attr-defined]
        if not self.held:
            del self.fields["must"]
        self.initial.setdefault("may_miss", held.may_miss if held else 0)
        self.initial.setdefault("must", list(held.must) if held else [])
        self.initial.setdefault("rolled", held.checked if held else True)
        self.order_fields([*self.boxes, "may_miss", "must", "rolled"])

    def clean(self) -> dict[str, Any]:
        """Fewer may be missed than there are, and what must be met is there."""
        held = super().clean() or {}
        left = [name for name in self.boxes if held.get(name, "").strip()]
        may_miss = held.get("may_miss")
        if left and "may_miss" not in self.errors and (may_miss is None or may_miss >= len(left)):
            self.add_error("may_miss", f"There are {len(left)} items, so fewer than that may be missed. Say how many")
        if any(f"item-{id}" not in left for id in held.get("must") or []):
            self.add_error("must", "One of these is taken out above. Take its tick out too")
        if not left and not any(one.roll_up for one in self.of.areas if one is not self.before):
            says = "No other area has items. Leave one, or take out what ratings of items are called"
            self.add_error(next(iter(self.boxes)), says)
        return held

    def made(self) -> Area:
        """The area with its items as they were filled in; one whose box was emptied is gone, the others keep ids."""
        area: Area = self.before
        taken = {one.id for each in self.of.areas if each.roll_up for one in each.roll_up.items}
        items = []
        for name in self.boxes:
            title, id = one_line(self.cleaned_data[name]), name.removeprefix("item-")
            if title and id in self.held:
                items.append(replace(self.held[id], title=title))
            elif title:
                id = named_after(title, taken, 24)
                taken.add(id)
                items.append(Item(id, title, True))
        if not items:
            return replace(area, roll_up=None)
        told = self.cleaned_data
        rolled = RollUp(tuple(items), told["may_miss"], tuple(told.get("must", ())), told["rolled"])
        return replace(area, roll_up=rolled)
