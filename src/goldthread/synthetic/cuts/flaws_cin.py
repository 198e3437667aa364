"""The flaws that are planted in the CIN census, under the codes of the published validation rules.

Each leaves the file as the schema wants it: what is wrong is what the record says, so that only a rule can find it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.synthetic.cuts.cin import Node
from goldthread.synthetic.dice import Dice

Change = Callable[[Node], Node | None]


@dataclass(frozen=True, slots=True)
class CinFlaw:
    """One kind of flaw. `change` makes it in a child and gives the element to look at; None where it does not fit."""

    rule: str
    column: str
    planted: str
    change: Change


def _each(child: Node, name: str) -> Iterator[Node]:
    """The elements of a name anywhere in a child."""
    for node in child.inside:
        if node.name == name:
            yield node
        yield from _each(node, name)


def _moved(holder: str, name: str, other: str, days: int) -> Change:
    """Date one element some days from another in the same holder."""

    def change(child: Node) -> Node | None:
        for node in _each(child, holder):
            one, from_ = node.first(name), node.first(other)
            if one and from_ and from_.text:
                one.text = (date.fromisoformat(from_.text) + timedelta(days=days)).isoformat()
                return one
        return None

    return change


def _without(holder: str, name: str, needs: str | None = None) -> Change:
    def change(child: Node) -> Node | None:
        for node in [child, *_each(child, holder)] if holder == child.name else _each(child, holder):
            gone = node.first(name)
            if gone and (needs is None or node.first(needs)):
                node.inside.remove(gone)
                return node
        return None

    return change


def _again(holder: str, name: str) -> Change:
    """Repeat a code in its list."""

    def change(child: Node) -> Node | None:
        for node in _each(child, holder):
            first = node.first(name)
            if first and first.text != "NONE":
                copy = Node(name, first.text)
                node.inside.append(copy)
                return copy
        return None

    return change


def _none_and_another(child: Node) -> Node | None:
    for node in _each(child, "Disabilities"):
        first = node.first("Disability")
        if first and first.text == "NONE":
            node.inside.append(Node("Disability", "LD"))
            return node.inside[-1]
    return None


def _at_the_weekend(child: Node) -> Node | None:
    for node in _each(child, "Section47"):
        held = node.first("DateOfInitialCPC")
        if held and held.text:
            day = date.fromisoformat(held.text)
            held.text = (day + timedelta(days=5 - day.weekday())).isoformat()
            return held
    return None


def _wrong_letter(child: Node) -> Node | None:
    for node in _each(child, "UPN"):
        if node.text:
            node.text = ("A" if node.text[0] != "A" else "B") + node.text[1:]
            return node
    return None


FLAWS: tuple[CinFlaw, ...] = (
    CinFlaw("8805", "ReasonForClosure", "a closure without a reason", _without("CINdetails", "ReasonForClosure")),
    CinFlaw("8810", "CINclosureDate", "a reason for closure without a date", _without("CINdetails", "CINclosureDate")),
    CinFlaw("8610", "PrimaryNeedCode", "no need, and the case went on", _without("CINdetails", "PrimaryNeedCode")),
    CinFlaw(
        "8525Q", "PersonBirthDate", "neither a birth date nor an expected one",
        _without("ChildIdentifiers", "PersonBirthDate"),
    ),
    CinFlaw(
        "8608", "AssessmentAuthorisationDate", "the assessment ends before it starts",
        _moved("Assessments", "AssessmentAuthorisationDate", "AssessmentActualStartDate", -3),
    ),
    CinFlaw(
        "8630", "CINclosureDate", "the case is closed before it is referred",
        _moved("CINdetails", "CINclosureDate", "CINreferralDate", -4),
    ),
    CinFlaw(
        "8615", "S47ActualStartDate", "the enquiry starts after its conference",
        _moved("Section47", "S47ActualStartDate", "DateOfInitialCPC", 5),
    ),
    CinFlaw(
        "8840", "CPPendDate", "the plan ends on the day on which it starts",
        _moved("ChildProtectionPlans", "CPPendDate", "CPPstartDate", 0),
    ),
    CinFlaw(
        "8898", "AssessmentFactors", "a factor twice", _again("FactorsIdentifiedAtAssessment", "AssessmentFactors")
    ),
    CinFlaw("8794", "Disability", "a disability twice", _again("Disabilities", "Disability")),
    CinFlaw("8790", "Disability", "no disability, and one", _none_and_another),
    CinFlaw("8875", "DateOfInitialCPC", "a conference on a Saturday", _at_the_weekend),
    CinFlaw("1510", "UPN", "a check letter that is wrong", _wrong_letter),
)  # fmt: skip
"""Every kind of flaw of the census."""


class CinSower:
    """Sows flaws over children as they go by, the kinds in turn."""

    def __init__(self, dice: Dice, one_in: int) -> None:
        self._dice, self._one_in = dice, one_in
        self._waiting: Sequence[CinFlaw] = FLAWS

    def sow(self, child: Node) -> tuple[CinFlaw, Node] | None:
        """Plant a flaw in a child, now and then. Gives it with the element to look at."""
        if not self._dice.chance(1.0 / self._one_in):
            return None
        for flaw in self._waiting:
            place = flaw.change(child)
            if place is not None:
                self._waiting = [*(each for each in self._waiting if each is not flaw), flaw]
                return flaw, place
        return None
