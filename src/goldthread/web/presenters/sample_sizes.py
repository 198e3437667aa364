"""How many files to read: what the panel beside the plan of a draw asks, and what it answers."""

from typing import Any

from django import forms

from goldthread.domain import sampling
from goldthread.web.forms import GovukForm

_NUMBER = {"class": "govuk-input--width-4", "inputmode": "numeric"}
MOST = 1_000_000


class SizeForm(GovukForm):
    """How many there are, and how sure the answer shall be; beside the form of the plan, under ids of its own."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Keep its ids apart from those of the plan."""
        super().__init__(*args, auto_id="s-%s", **more)

    cases = forms.IntegerField(label="Files in all", min_value=1, max_value=MOST, widget=forms.TextInput(attrs=_NUMBER))
    within = forms.FloatField(
        label="Percentage points either way", min_value=0.1, max_value=50, required=False,
        widget=forms.TextInput(attrs=_NUMBER), help_text="Left empty, 10.",
    )  # fmt: skip
    share = forms.FloatField(
        label="Share expected, in per cent", min_value=1, max_value=99, required=False,
        widget=forms.TextInput(attrs=_NUMBER), help_text="Left empty, 50, which asks for most.",
    )  # fmt: skip
    fault = forms.FloatField(
        label="Find at least one where this many per cent have it", min_value=0.1, max_value=99, required=False,
        widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip
    reading = forms.IntegerField(
        label="Or: how sure do this many files make it?", min_value=1, max_value=MOST, required=False,
        widget=forms.TextInput(attrs=_NUMBER),
    )  # fmt: skip

    def told(self) -> list[str]:
        """The answer in sentences; none where nothing was asked or it cannot be read. All at 95% confidence."""
        if not self.is_bound or not self.is_valid():
            return []
        held = self.cleaned_data
        cases, share = held["cases"], (held["share"] or 50) / 100
        within = (held["within"] or 10) / 100
        n = sampling.size_needed(within, cases, share)
        points = 100 * sampling.precision(n, cases, share)
        told = [
            f"{n:,} of {cases:,} files tell a share near {100 * share:g}% to within {points:.1f} points either way."
        ]
        if held["fault"]:
            told += _discovery(cases, held["fault"] / 100)
        if held["reading"]:
            told += _so_many(min(held["reading"], cases), cases, share)
        return told


def _discovery(cases: int, fault: float) -> list[str]:
    faulty = sampling.at_least_cases(fault, cases)
    return [
        f"Where {faulty:,} of {cases:,} have the fault, {sampling.discovery_size(faulty, cases):,} files show at least"
        " one with 95% chance.",
        f"{sampling.size_to_say_at_most(fault, cases):,} files, all without it, say with 95% confidence that at most"
        f" {100 * fault:g}% have it.",
    ]


def _so_many(n: int, cases: int, share: float) -> list[str]:
    most = sampling.most_faulty(n, cases)
    return [
        f"{n:,} files tell it to within {100 * sampling.precision(n, cases, share):.1f} points.",
        f"If none of {n:,} files shows a fault, at most {most:,} of {cases:,} ({100 * most / cases:.1f}%) have it.",
    ]
