"""What each measure finds, as a sentence: who is counted, and what is true of the numerator.

A title says the finding, not the topic: “94.9% of assessments were finished within 45 working days”.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.apps.submissions.models import MeasureValue

_ON_PLANS = "open protection plans"
_LEAVERS_19 = "care leavers aged 19 to 21"
_LEAVERS_17 = "care leavers aged 17 to 18"
_ADVISED = "relevant and former relevant young people"

WORDS: dict[str, tuple[str, str]] = {
    "FD-05": ("referrals", "came within 12 months of another for the same child"),
    "FD-06": ("referrals", "led to no further action"),
    "AS-01": ("assessments", "were finished within {assessment_days} working days"),
    "AS-03": ("open assessments", "are already over {assessment_days} working days"),
    "AS-05": ("finished assessments", "record that the child was seen"),
    "CN-02": ("children with a child in need plan", "were seen in the last {need_visit_days} working days"),
    "CN-03": ("open cases", "have no allocated worker"),
    "CP-02": ("initial conferences", "were held within {conference_days} working days"),
    "CP-04": ("initial conferences", "led to a protection plan"),
    "CP-08": ("new protection plans", "are for a child who had one before"),
    "CP-10": ("open protection plans", "have lasted two years or more"),
    "CP-11": ("protection plans that ended", "had lasted two years or more"),
    "CP-12": ("protection plans due a review", "had the latest one in time"),
    "CP-13": ("protection plans", "had a visit in the last {protection_visit_days} working days"),
    "CP-14": ("children with a protection plan", "were seen alone at the last visit"),
    "CP-16N": (_ON_PLANS, "are for neglect"),
    "CP-16P": (_ON_PLANS, "are for physical abuse"),
    "CP-16S": (_ON_PLANS, "are for sexual abuse"),
    "CP-16E": (_ON_PLANS, "are for emotional abuse"),
    "CP-16M": (_ON_PLANS, "are for more than one kind of abuse"),
    "CLA-04": ("children in care", "had {many_placements} or more placements in a year"),
    "CLA-09": ("children in care", "live outside the authority"),
    "CLA-10": ("children in care", "live with foster carers"),
    "CLA-14": ("children in care", "have their reviews in time"),
    "CLA-16": ("children in care", "were visited in time"),
    "CLA-17": ("children in care", "have a plan for permanence recorded"),
    "CLA-20": ("children who came into care", "did so for a second time within a year"),
    "HE-02": ("children a year or more in care", "have an up-to-date health assessment"),
    "HE-03": ("children a year or more in care", "had a dental check in the last {dental_months} months"),
    "MI-02": ("children who went missing from care", "were offered a return interview"),
    "CL-01": (_LEAVERS_19, "are in education, employment or training"),
    "CL-02": (_LEAVERS_17, "are in education, employment or training"),
    "CL-03": (_LEAVERS_19, "are not in education, employment or training"),
    "CL-04": (_LEAVERS_19, "are in an apprenticeship"),
    "CL-06": (_LEAVERS_19, "live in suitable homes"),
    "CL-07": (_LEAVERS_17, "live in suitable homes"),
    "CL-08": (_LEAVERS_19, "are not in touch with the authority"),
    "CL-09": (_ADVISED, "had contact in the last {contact_days} days"),
    "CL-10": (_ADVISED, "had their pathway plan reviewed in the last {pathway_months} months"),
    "CL-11": ("young people leaving care", "have a personal adviser named"),
    "AD-05": ("children on the way to adoption", "waited less than {adoption_wait_months} months to move in"),
    "AD-08": ("adopted children", "were placed within {adoption_placed_months} months of the decision"),
    "AD-10": ("decisions for adoption", "were turned back"),
}
"""For each measure: the things or people in the denominator, and what holds of those in the numerator."""


def per_cent(numerator: int, denominator: int) -> str:
    """A share with one decimal, rounded half up as the Department rounds. Raises ZeroDivisionError for none of none."""
    if not denominator:
        raise ZeroDivisionError("there is no share of none")
    share = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{share.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def one_decimal(value: float) -> str:
    """A percentage as people read it, with one decimal."""
    return f"{Decimal(str(value)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def apart_from_codes(warning: str, codes: Collection[str]) -> tuple[str, str]:
    """A warning in words, and the list of codes of rules with their counts that it ends in; empty where it has none.

    “10 of the 5,660 rows used (under 1%) break a rule about the same columns” and “K06 2, L401 8”.
    """
    says, colon, counted = warning.rstrip(".").rpartition(": ")
    named = [one.rsplit(" ", 1)[0] for one in counted.split(", ")]
    return (says, counted) if colon and set(named) <= set(codes) else (warning, "")


_GRAVITY = {"error": ("error", "errors"), "query": ("query", "queries"), "note": ("note", "notes")}


def with_severities(warning: str, rules: Mapping[str, str]) -> tuple[str, str]:
    """A warning that says how many breaches are how grave in the place of codes, and the codes with their counts.

    `rules` are the severities of rules by their codes. “… about the same columns: 3 errors and 8 queries” and “G16 3,
    L301 8”; a warning that counts no rules is left as it is, and has no codes.
    """
    says, counted = apart_from_codes(warning, rules)
    if not counted or not all(one.rpartition(" ")[2].replace(",", "").isdecimal() for one in counted.split(", ")):
        return warning, ""
    sums = dict.fromkeys(_GRAVITY, 0)
    for one in counted.split(", "):
        rule, number = one.rsplit(" ", 1)
        sums[rules[rule]] += int(number.replace(",", ""))
    parts = [f"{number:,} {_GRAVITY[name][number != 1]}" for name, number in sums.items() if number]
    return f"{says}: {' and '.join(filter(None, (', '.join(parts[:-1]), parts[-1])))}.", counted


def finding_of(value: MeasureValue) -> str:
    """What a stored measure finds. The words are of the lists' measures: another of the same code has its title."""
    title = str(value.detail.get("title", value.code))
    return finding(
        "" if value.of_record and title != _title(value.code) else value.code, title, numerator=value.numerator,
        denominator=value.denominator, has_value=value.value is not None, settings=value.detail.get("settings", {}),
    )  # fmt: skip


def _title(code: str) -> str:
    from goldthread.kernel.measures import MEASURES

    return next((measure.title for measure in MEASURES if measure.code == code), "")


def finding(
    code: str, title: str, *, numerator: int, denominator: int, has_value: bool, settings: Mapping[str, int]
) -> str:
    """The measure's finding in one sentence, counts included; counts alone where a percentage may not be shown."""
    if not denominator:
        return f"{title}: cannot be worked out from this submission"
    who, what = WORDS.get(code, ("", ""))
    if not who:
        counts = f"{numerator:,} of {denominator:,}"
        return f"{title}: {per_cent(numerator, denominator)} ({counts})" if has_value else f"{title}: {counts}"
    says = f"{who} {what.format(**settings)}"
    if not has_value:
        return f"{numerator:,} of {denominator:,} {says}"
    return f"{per_cent(numerator, denominator)} of {says} ({numerator:,} of {denominator:,})"
