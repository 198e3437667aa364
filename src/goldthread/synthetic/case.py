"""What happened to one child, before it is laid out in lists."""

from dataclasses import dataclass, field
from datetime import date

from goldthread.synthetic.people import Child
from goldthread.synthetic.staff import Post


@dataclass(slots=True)
class Referral:
    """One referral: when, from whom, and whether it ended there."""

    on: date
    source: str
    ended_there: bool
    post: Post


@dataclass(slots=True)
class Assessment:
    """One social work assessment; open while `authorised_on` is empty."""

    started_on: date
    authorised_on: date | None
    seen: str
    needs_support: str | None
    post: Post


@dataclass(slots=True)
class Enquiry:
    """One section 47 enquiry and the conference that it led to."""

    strategy_on: date
    unnecessary: str | None
    conference_on: date | None
    led_to_plan: str | None
    post: Post


@dataclass(slots=True)
class Plan:
    """A child protection plan; open while `ended_on` is empty."""

    started_on: date
    ended_on: date | None = None


@dataclass(slots=True)
class Care:
    """A period of care; current while `ceased_on` is empty."""

    started_on: date
    ceased_on: date | None = None
    ceased_reason: str | None = None


@dataclass(slots=True)
class Adoption:
    """A child's way to adoption, as far as it went."""

    entered_care_on: date
    decided_on: date
    placement_order_on: date | None = None
    matched_on: date | None = None
    placed_on: date | None = None
    adopted_on: date | None = None
    reversed_on: date | None = None
    reversal_reason: str | None = None
    early_placement_on: date | None = None
    family: str | None = None


@dataclass(slots=True)
class Case:
    """One child's latest episode of need. `status` is empty where the child does not belong in list 6."""

    child: Child
    started_on: date
    source: str
    post: Post
    status: str | None
    need: str
    closed_on: date | None = None
    closure_reason: str | None = None
    referrals: list[Referral] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plan: Plan | None = None
    care: Care | None = None
    adoption: Adoption | None = None
