"""What happened to one child, from the first contact to leaving care: a life that lasts as long as the story.

Every date is kept, past and to come. A snapshot or a return shows only what was known on its day: that is the work
of the cuts, never of the life.
"""

from dataclasses import dataclass, field
from datetime import date

from goldthread.synthetic.people import Child
from goldthread.synthetic.staff import Post


@dataclass(slots=True)
class Contact:
    """One contact about one child, and what came of it."""

    on: date
    source: str
    outcome: str


@dataclass(slots=True)
class Help:
    """Early help from one organisation; it runs until `completed_on`."""

    started_on: date
    completed_on: date
    organisation: str
    ended_by: str


@dataclass(slots=True)
class Held:
    """A worker's time with a child. `reason` is the 903's for a change of worker."""

    post: Post
    on: date
    until: date | None
    reason: str


@dataclass(slots=True)
class Assessed:
    """One social work assessment."""

    started_on: date
    authorised_on: date
    seen: str
    needs_support: str
    factors: tuple[str, ...]


@dataclass(slots=True)
class Enquired:
    """A section 47 enquiry: when it was decided whether a conference was needed, and the conference if one was."""

    strategy_on: date
    decided_on: date
    conference_on: date | None
    led_to_plan: bool


@dataclass(slots=True)
class Protection:
    """A child protection plan with its visits and review conferences."""

    started_on: date
    ended_on: date
    first_category: str
    latest_category: str
    changed_on: date
    visits: list[date] = field(default_factory=list)
    reviews: list[date] = field(default_factory=list)


@dataclass(slots=True)
class Spell:
    """One episode of need, from its referral to its closure. `needed` is false where an assessment found no need."""

    referred_on: date
    source: str
    ended_there: bool
    need: str
    needed: bool
    closed_on: date
    reason: str
    assessments: list[Assessed] = field(default_factory=list)
    enquiries: list[Enquired] = field(default_factory=list)
    need_plans: list[tuple[date, date]] = field(default_factory=list)
    plans: list[Protection] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    enters_care_on: date | None = None


@dataclass(slots=True)
class Status:
    """A legal status, from a day until the next begins or care ends."""

    code: str
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Home:
    """A place where a child in care lives, whatever the status of the placement there."""

    number: int
    provider: str
    postcode: str
    urn: str | None
    authority: str
    inside: bool


@dataclass(slots=True)
class Stay:
    """One placement. `why_ended` is the 903's reason for a placement change, empty around temporary stays."""

    kind: str
    home: Home
    on: date
    until: date
    why_ended: str | None = None
    same_carer: bool = False
    returned: bool = False

    @property
    def temporary(self) -> bool:
        """Whether the child is expected back at the placement before it."""
        return self.kind.startswith("T")


@dataclass(slots=True)
class Adopted:
    """A child's way to adoption, as far as it went."""

    decided_on: date
    ordered_on: date | None = None
    matched_on: date | None = None
    placed_on: date | None = None
    adopted_on: date | None = None
    reversed_on: date | None = None
    reversal_reason: str | None = None
    early_placement_on: date | None = None
    by_carer: bool = False
    family: str | None = None
    adopters: str = "MF"
    bond: str = "L11"


@dataclass(slots=True)
class Away:
    """A child missing (M) or away without authorisation (A), and the return interview."""

    kind: str
    on: date
    until: date
    offered: str
    accepted: str | None


@dataclass(slots=True)
class Care:
    """One period of care."""

    started_on: date
    ceased_on: date
    reason: str
    need: str
    short_break: bool = False
    statuses: list[Status] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    reviews: list[tuple[date, str]] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    health: list[date] = field(default_factory=list)
    dental: list[date] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    adoption: Adopted | None = None
    permanence: str | None = None
    planned_on: date | None = None


@dataclass(slots=True)
class Living:
    """How a care leaver lives from a day on."""

    on: date
    in_touch: str
    home: str | None
    suitability: str | None
    activity: str | None


@dataclass(slots=True)
class Leaving:
    """Leaving-care services of one young person."""

    from_on: date
    until: date
    post: Post
    adviser: Post
    qualifying: bool
    living: list[Living] = field(default_factory=list)
    contacts: list[date] = field(default_factory=list)
    reviews: list[date] = field(default_factory=list)


@dataclass(slots=True)
class Life:
    """One child and everything that happened. `earlier_plans` counts protection plans from before the story."""

    number: int
    child: Child
    earlier_plans: int = 0
    home_postcode: str = ""
    contacts: list[Contact] = field(default_factory=list)
    helps: list[Help] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    cares: list[Care] = field(default_factory=list)
    leaving: Leaving | None = None

    def holder(self, day: date) -> Post | None:
        """Who held the case on a day; the last to hold it where nobody does any more, the first before anybody did."""
        found = None
        for each in self.held:
            if found is None or each.on <= day:
                found = each.post
        return found
