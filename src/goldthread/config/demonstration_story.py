"""What the demonstration tells: who takes part, what they have found, what they judged. All of it is invented."""

from dataclasses import dataclass

AUTHORITY = "Wrenfordshire"
TITLE = "Wrenfordshire, autumn 2026"


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person with an account, and the role they play ("" for a role of the site)."""

    email: str
    name: str
    role: str
    site_role: str = ""


PLAYERS = (
    Player("lead@demo.example", "Maya Okafor", "lead", site_role="lead"),
    Player("inspector@demo.example", "Tom Hale", "inspector"),
    Player("inspector2@demo.example", "Priya Nair", "inspector"),
    Player("inspector3@demo.example", "Gareth Lloyd", "inspector"),
    Player("inspector4@demo.example", "Ewa Nowak", "inspector"),
    Player("inspector5@demo.example", "Sam Adeyemi", "inspector"),
    Player("inspector6@demo.example", "Ruth Castle", "inspector"),
    Player("quality@demo.example", "Anil Desai", "quality-assurance"),
    Player("analyst@demo.example", "Joan Reeve", "analyst"),
    Player("checker@demo.example", "Lena Fox", "disclosure-checker"),
    Player("records@demo.example", "Omar Said", "records-officer"),
    Player("officer@demo.example", "Helen Marsh", "nominated-officer"),
    Player("uploader@demo.example", "Dan Whitlow", "uploader"),
    Player("director@demo.example", "Carol Penn", "director"),
    Player("improvement@demo.example", "Neil Barker", "improvement-lead"),
    Player("member@demo.example", "Councillor June Ash", "member"),
    Player("admin@demo.example", "Site administrator", "", site_role="administrator"),
)


MORE_INSPECTORS = (
    Player("inspector7@demo.example", "Bilal Aziz", "inspector"),
    Player("inspector8@demo.example", "Fiona Grant", "inspector"),
    Player("inspector9@demo.example", "Luke Pereira", "inspector"),
)
"""Who joins where the inspection is of full size: nine inspectors beside the lead."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of the demonstration. `measures` and `reviews` say which items of the shelf it cites for itself;
    `against` which speak against it, and why; `themes` what it is sorted by, as inspections everywhere are."""

    kind: str
    area: str
    criteria: tuple[str, ...]
    statement: str
    explanation: str
    themes: tuple[str, ...]
    measures: tuple[str, ...] = ()
    reviews: int = 0
    against: tuple[tuple[str, str], ...] = ()
    agreed: bool = True


FINDINGS = (
    Told(
        "strength", "help-and-protection", ("hp-07",),
        "Children are seen in nearly every assessment, and most assessments are of good quality",
        "Social workers draw on history and on what other agencies know. What children say is used.",
        ("assessment", "voice"),
        measures=("AS-05",), reviews=4, against=(("AS-01", "Fewer of them are finished in time than a year ago"),),
    ),
    Told(
        "good-practice", "help-and-protection", ("hp-08",),
        "Social workers use drawing, maps and play to learn what life is like for a child",
        "Teams share what works in a weekly practice hour, and newer workers take it up.",
        ("voice", "workforce"),
        reviews=3,
    ),
    Told(
        "improve", "help-and-protection", ("hp-06",),
        "First conferences are held late more often than a year ago",
        "Strategy discussions are not always recorded with their actions and who owns them. Where the minute is "
        "missing, the next worker cannot see why a decision was made.",
        ("strategy", "recording", "drift"),
        measures=("CP-02",), reviews=5,
    ),
    Told(
        "strength", "looked-after", ("la-07",),
        "Most children in care see a doctor and a dentist when they should",
        "Where a check is missed, the reviewing officer asks why, and it is made good within weeks.",
        ("reviewing",),
        measures=("HE-02", "HE-03"), reviews=3,
    ),
    Told(
        "improve", "looked-after", ("la-09",),
        "More children in care move home than a year ago",
        "Moves at short notice have grown most. Carers are not always told what they need to know.",
        ("sufficiency",),
        measures=("CLA-04",), reviews=1, agreed=False,
    ),
    Told(
        "strength", "care-leavers", ("cl-05",),
        "Care leavers are helped into education, work and training",
        "The council offers apprenticeships of its own and keeps places open for those who try twice.",
        ("leavers",),
        measures=("CL-01", "CL-06"), reviews=1,
    ),
    Told(
        "improve", "leadership", ("lm-09",),
        "Managers' decisions, and the reasons for them, are not recorded on every child's file",
        "Oversight is frequent, but a reader of the file cannot always tell what was decided and why.",
        ("oversight", "recording"),
        reviews=6,
    ),
    Told(
        "improve", "leadership", ("lm-13",),
        "Families are seldom asked what the help was like for them",
        "Where they are asked, nothing shows what changed because of it.",
        ("voice",),
        reviews=4, agreed=False,
    ),
)  # fmt: skip

JUDGEMENTS = (
    (
        "help-and-protection",
        "good",
        "Children who need help are heard. Where a file raised an urgent concern, the council was told at once. "
        "Assessments and first conferences take longer than they did; the council’s own plan sets a target for each.",
        True,
    ),
    (
        "care-leavers",
        "good",
        "Most young people leaving care have an adviser and a suitable home, and are in education, work or training.",
        False,
    ),
)

GRADES = ("good", "good", "requires-improvement", "good", "outstanding", "good", "requires-improvement", "good")
WHYS = {
    "practice": (
        "The work is timely, uses what others know, and the plan says what must change.",
        "The worker knows the child well, and the record shows what the child wanted.",
        "Visits happen, but it is not clear what each was for.",
        "Help came early and made a difference that the family speaks of.",
    ),
    "record": (
        "The record is current and a new worker could pick it up.",
        "Decisions are there, but not always the reasons.",
        "Minutes of one discussion are missing.",
        "The chronology is useful and up to date.",
    ),
}
STRENGTHS = "Direct work with the child; clear plan."
TO_IMPROVE = "Record the reasons for managers' decisions."


@dataclass(frozen=True, slots=True)
class Query:
    """A question that the team put to the council about a rule in a list, its answer, and why it was closed."""

    rule: str
    list: int
    question: str
    answer: str
    closing: str


QUERIES = (
    Query(
        "S02",
        6,
        "Children whose case was open in the lists before do not stand in this list at all, neither open nor closed. "
        "Were their cases closed, or did they get lost when the extract was written?",
        "They were closed. The extract leaves a case out once its closing summary is signed, when it should be kept "
        "for six months. The data team has mended it, and the next hand-in will hold them.",
        "The cause is known and mended. List 6 counts too few closed cases until the next hand-in.",
    ),
    Query(
        "L404",
        4,
        "Assessments are authorised without the child having been seen, or without anybody saying so. Is that "
        "practice, or only how it is written down?",
        "For most of them the visit is on the file and the box was not ticked. Team managers are checking each, and "
        "will say by the end of the month for whom there was no visit.",
        "",
    ),
    Query(
        "L605",
        6,
        "Cases are open and no visit is dated since they began. Please say for which of them a visit was made.",
        "",
        "",
    ),
)
ENDS = ("closed", "answered", "asked")
"""How far each of the questions has come, in their order."""


@dataclass(frozen=True, slots=True)
class ReferredBack:
    """A child referred back: what the council was told, and its answer, empty while it has given none."""

    says: str
    seriousness: str
    answer: str = ""


REFERRED_BACK: tuple[ReferredBack, ...] = (
    ReferredBack(
        "The plan rests on a grandmother who moved away in the summer. Nobody has seen the child at home since, and "
        "the school wrote twice last month that the child comes hungry.",
        "immediate",
        "The team manager and the social worker saw the child at home this evening. A strategy discussion is held "
        "tomorrow at nine; the child stays with an aunt until then, whom we have checked.",
    ),
    ReferredBack(
        "A legal planning meeting was agreed in spring and has not been held. Nothing on the file says why.", "drift"
    ),
)


@dataclass(frozen=True, slots=True)
class Aim:
    """What somebody holds a series against, and where that comes from."""

    code: str
    target: float
    source: str
    by: str


TARGETS = (
    Aim("AS-01", 85.0, "Wrenfordshire improvement plan 2025, page 6: by 31 March 2027", "analyst@demo.example"),
    Aim("AS-01", 85.0, "Wrenfordshire improvement plan 2025, page 6: by 31 March 2027", "officer@demo.example"),
    Aim("CP-02", 80.0, "Wrenfordshire improvement plan 2025, page 9: by 30 September 2026", "analyst@demo.example"),
    Aim("CP-02", 80.0, "Wrenfordshire improvement plan 2025, page 9: by 30 September 2026", "officer@demo.example"),
)


@dataclass(frozen=True, slots=True)
class NewLimits:
    """From how many months ago the limits of a series were drawn anew, and why."""

    code: str
    months_ago: int
    because: str
    by: str


REBASING = NewLimits("FD-05", 8, "One front door took over from three area offices", "analyst@demo.example")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A grade that an earlier inspection gave, how many months before this one, and where it was read."""

    months_ago: int
    framework: str
    area: str
    grade: str
    source: str


PAST_GRADES = (
    Earlier(88, "ILACS", "Overall effectiveness", "requires improvement", "Invented report of that inspection, page 1"),
    Earlier(
        88,
        "ILACS",
        "Children who need help and protection",
        "requires improvement",
        "Invented report of that inspection, page 1",
    ),
    Earlier(88, "ILACS", "Children in care", "good", "Invented report of that inspection, page 1"),
    Earlier(42, "ILACS", "Overall effectiveness", "good", "Invented report of that inspection, page 1"),
    Earlier(42, "ILACS", "Children who need help and protection", "good", "Invented report of that inspection, page 1"),
    Earlier(42, "ILACS", "Children in care", "good", "Invented report of that inspection, page 1"),
)
