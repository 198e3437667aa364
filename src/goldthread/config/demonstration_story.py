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


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of the demonstration. `measures` and `question` say which items of the shelf it cites for itself;
    `against` which speak against it."""

    kind: str
    area: str
    criteria: tuple[str, ...]
    statement: str
    explanation: str
    measures: tuple[str, ...] = ()
    reviews: int = 0
    against: tuple[str, ...] = ()
    agreed: bool = True


FINDINGS = (
    Told(
        "strength", "help-and-protection", ("hp-07",),
        "Assessments are finished in good time and most of them are of good quality",
        "Social workers draw on history and on what other agencies know. Children are seen, and what they say is used.",
        measures=("AS-01", "AS-05"), reviews=4, against=("AS-03",),
    ),
    Told(
        "good-practice", "help-and-protection", ("hp-08",),
        "Social workers use drawing, maps and play to learn what life is like for a child",
        "Teams share what works in a weekly practice hour, and newer workers take it up.",
        reviews=3,
    ),
    Told(
        "improve", "help-and-protection", ("hp-06",),
        "Strategy discussions are not always recorded with their actions and who owns them",
        "Where the minute is missing, the next worker cannot see why a decision was made.",
        measures=("CP-02",), reviews=5,
    ),
    Told(
        "strength", "looked-after", ("la-09",),
        "Most children in care have a settled home",
        "Moves are planned, and carers are told what they need to know before a child arrives.",
        measures=("CLA-04",), reviews=3,
    ),
    Told(
        "improve", "looked-after", ("la-07",),
        "Too many children in care wait for a dental check",
        "The gap is widest for children placed outside the county.",
        measures=("HE-03",), reviews=1, agreed=False,
    ),
    Told(
        "strength", "care-leavers", ("cl-05",),
        "Care leavers are helped into education, work and training",
        "The council offers apprenticeships of its own and keeps places open for those who try twice.",
        measures=("CL-01", "CL-06"), reviews=1,
    ),
    Told(
        "improve", "leadership", ("lm-09",),
        "Managers' decisions, and the reasons for them, are not recorded on every child's file",
        "Oversight is frequent, but a reader of the file cannot always tell what was decided and why.",
        reviews=6,
    ),
    Told(
        "improve", "leadership", ("lm-13",),
        "Families are seldom asked what the help was like for them",
        "Where they are asked, nothing shows what changed because of it.",
        reviews=4, agreed=False,
    ),
)  # fmt: skip

JUDGEMENTS = (
    (
        "help-and-protection",
        "good",
        "Children who need help get it in good time. They are heard. Recording of strategy discussions is uneven, "
        "but no child was found to be unsafe because of it.",
        True,
    ),
    (
        "care-leavers",
        "good",
        "Young people leaving care know their advisers and have safe homes. Most are in education, work or training.",
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
