"""What the demonstration tells of two inspections five years apart: what each found and judged. All invented."""

from dataclasses import dataclass

AUTHORITY = "Thornmere"
FIRST, BETWEEN, SECOND = "Thornmere, single inspection", "Thornmere, between inspections", "Thornmere, five years on"
TEAM = (
    ("inspector@demo.example", "inspector"), ("inspector2@demo.example", "inspector"),
    ("quality@demo.example", "quality-assurance"), ("analyst@demo.example", "analyst"),
    ("checker@demo.example", "disclosure-checker"),
    ("officer@demo.example", "nominated-officer"), ("uploader@demo.example", "uploader"),
    ("director@demo.example", "director"), ("improvement@demo.example", "improvement-lead"),
    ("member@demo.example", "member"),
)  # fmt: skip
"""Who takes part beside the lead."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its kind, area, words, the themes it is sorted by, the measures it rests on, and how many of the files
    that were read."""

    kind: str
    area: str
    statement: str
    explanation: str
    themes: tuple[str, ...]
    measures: tuple[str, ...] = ()
    reviews: int = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """The grade of an area and why."""

    area: str
    grade: str
    reason: str


THEN = (
    Found("strength", "help-and-protection",
          "Assessments show what life is like for the child, and are finished in time",
          "Managers look at what waits each Monday. Families know by when they will hear.",
          ("assessment", "oversight"), ("AS-01", "AS-05")),
    Found("good-practice", "help-and-protection",
          "Social workers use drawing, stories and play, so that younger children can show what they feel",
          "Each team keeps a box of what it uses, and teaches new workers how.", ("voice",), reviews=3),
    Found("strength", "help-and-protection", "Teams of several agencies help families early, with one plan",
          "Families have one person to turn to, and do not have to tell their story twice.", ("drift",)),
    Found("strength", "help-and-protection", "Strategy discussions are held at once and well attended",
          "Police, health and schools take part, and it is clear to them who does what next.",
          ("strategy",)),
    Found("improve", "help-and-protection", "What strategy meetings decided is not recorded on every child’s file",
          "Those who took part know it. Whoever reads the file later does not.", ("strategy", "recording")),
    Found("improve", "help-and-protection", "Return interviews are not offered to every child who was missing",
          "Where they are held, what the child said is used.", ("missing",)),
    Found("strength", "looked-after", "Children in care are listened to, and see their social worker alone",
          "They know what was decided for them and why.", ("voice", "reviewing"), ("CLA-14", "CLA-16")),
    Found("good-practice", "looked-after",
          "The Children in Care council asks leaders questions, and is told what came of each",
          "A list of what it asked and what was done hangs in every children’s home.", ("voice",)),
    Found("strength", "looked-after", "Children in care live with families who know them well",
          "Carers are visited often, and are told what they need to know.", ("sufficiency",), ("CLA-10",)),
    Found("improve", "looked-after", "Care plans do not always say who does what by when",
          "The next worker has to ask again.", ("plans",)),
    Found("strength", "adoption", "Permanent homes are found for children who cannot go home",
          "Brothers and sisters stay together wherever that is right.", ("drift",)),
    Found("strength", "care-leavers", "Care leavers know their personal advisers and stay in touch with them",
          "They can ring after eighteen, and after twenty-one.", ("leavers",)),
    Found("strength", "care-leavers", "Care leavers are helped into education, work and training",
          "The council gives apprenticeships of its own, and has high hopes for each of them.",
          ("leavers",), ("CL-01", "CL-06")),
    Found("improve", "leadership", "Managers do not write down why a decision was made on every child’s file",
          "They know the children well. A reader of the file cannot tell what they decided and why.",
          ("oversight", "recording")),
    Found("improve", "leadership", "Families are not asked as a matter of course what the help was like for them",
          "Those who are asked say much that is of use.", ("voice",)),
    Found("strength", "leadership", "Audits are honest, and teams change what they do because of them",
          "Leaders know where practice is weak, and say so.", ("audit",)),
)  # fmt: skip
"""What the first inspection found: the strengths, good practice and three recommendations of an inspection of 2013."""

GRADED_THEN = (
    Judged("help-and-protection", "good", "Children who need help get it early. Families are told what happens next."),
    Judged("looked-after", "good", "Children in care are heard, and live with carers who know them."),
    Judged("adoption", "good", "Families are found with care, and helped for as long as they want it."),
    Judged("care-leavers", "good", "Young people leaving care have somebody to turn to."),
    Judged("leadership", "good", "Leaders know their service and act on what they learn."),
    Judged("overall", "good", "Help is early and children are heard. Reasons for decisions need to be written down."),
)

NOW = (
    Found("improve", "help-and-protection",
          "Assessments are finished late more often than five years ago, and children wait for help",
          "The council’s own figures showed it more than a year before. Families were not told how long it would take.",
          ("assessment", "drift"), ("AS-01",)),
    Found("improve", "help-and-protection",
          "Strategy discussions are held, but what was decided in them is often not written down",
          "The next worker cannot see why a decision was made.", ("strategy", "recording"), ("CP-02",)),
    Found("strength", "help-and-protection", "Social workers know the children well and speak with them alone",
          "Drawing and play are used with younger children.", ("voice",)),
    Found("strength", "children-in-care", "Children in care are listened to, and see what they said come about",
          "They choose where they want to talk.", ("voice", "reviewing"), ("CLA-14",)),
    Found("strength", "children-in-care", "Care plans say who does what by when",
          "A new worker can pick them up.", ("plans",)),
    Found("strength", "children-in-care", "Permanent homes are found early, and brothers and sisters live together",
          "Carers say that they were told what they needed to know.", ("drift",)),
    Found("strength", "care-leavers", "Care leavers stay in touch with personal advisers whom they trust",
          "Advisers help with money, homes and work.", ("leavers",), ("CL-01", "CL-06")),
    Found("good-practice", "care-leavers", "Young people who left care teach new social workers how to listen",
          "Each new worker spends a day with them in the first month.", ("workforce",)),
    Found("improve", "leadership", "Managers’ decisions and their reasons do not stand on every child’s file",
          "The same was said five years ago.", ("oversight", "recording")),
    Found("improve", "leadership", "Audits told leaders that practice was better than it was",
          "The figures showed the change long before leaders spoke of it.", ("audit", "data")),
)  # fmt: skip
"""What the second inspection found."""

GRADED_NOW = (
    Judged("leadership", "requires-improvement", "Leaders learned late of a decline that their own figures showed."),
    Judged("help-and-protection", "requires-improvement", "Too many children wait for help that they need."),
    Judged("children-in-care", "good", "Children in care are heard, and their plans are clear."),
    Judged("care-leavers", "good", "Young people leaving care have somebody to turn to."),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the council said of one sentence of its copy, how it reads since, and what it was answered."""

    before: str
    says: str
    after: str
    because: str


CHECKED_THEN = Checked(
    "Families know by when they will hear.",
    "The first letter to every family names the day. Whether each family knows it, nobody has asked.",
    "Families are told by when they will hear.",
    "That is what the files show. The next version says it so.",
)
CHECKED_NOW = Checked(
    "The next worker cannot see why a decision was made.",
    "In some files the minutes name the reason. The sentence reads as if it were so in none.",
    "The next worker often cannot see why a decision was made.",
    "In two of the files that were read the reason is there. The next version says “often”.",
)
READ_FIRST = "First reading: every sentence was held against its evidence."
READ_AGAIN = "Second reading, of what the check of facts changed too: nobody can be recognised."
"""What the two readers of each report note."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation of the first inspection, the goal by which it is told, and after which hand-in it is closed."""

    says: str
    measure: str
    target: int
    closed_after: int
    because: str


ASKED = (
    Asked("Keep assessments in time, and tell families by when they will hear.", "measure:AS-01", 75, 3,
          "Three lists running show that it holds."),
    Asked("Hold first conferences in time for every child.", "measure:CP-02", 75, 0, ""),
)  # fmt: skip
