"""A whole library, invented: as many policies, minutes and reports as a council sends, with questions whose answers
stand at known places in it. The same seed gives the same words. Every document says at its head that it is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from goldthread.synthetic.corpus_questions import IN_ITS_WORDS, QUESTIONS
from goldthread.synthetic.documents import FORMATS, HEADINGS, SENTENCES, SUBJECTS, Made, Section, file_of
from goldthread.synthetic.scans import scan_of

DOCUMENTS, SECTIONS = 1_200, (9, 21)
"""How many documents, and how many sections each has, at least and at most: about 15,000 pages."""

SCANNED_EACH, SCANNED_SECTIONS = 50, 4
"""One document of so many is a scan, of at most so many sections: minutes that were printed, signed and scanned."""

WRITTEN: tuple[str, ...] = (
    *SENTENCES,
    "The {team} reports {n} new families in {month}, and {m} in the year.",
    "It was agreed that the {who} will bring an update to the next meeting in {month}.",
    "The {agency} asked for the pathway to be written out once more, and the {team} offered to do so.",
    "Assessments say what life is like for the child, and plans say what has to change and by when.",
    "Visits in {month} were on time in {m} of a hundred; the {who} looks at the others one by one.",
    "The training offer for {month} covers recording, direct work and reflective practice.",
    "Parents were at the conference in {m} of a hundred, and had read the report before it in fewer.",
    "The {agency} and the {team} look at thresholds together every quarter.",
    "Children in care take part in their reviews in the way that they choose.",
    "Carers said that the out of hours telephone line is answered, and that they value it.",
    "Personal advisers keep in touch with young adults at least every {n} weeks.",
    "The {who} signed off {n} audits in {month}; {m} in a hundred were judged good.",
    "School attendance of children with a plan is {m} in a hundred, and the {agency} follows up absence.",
    "Health assessments are requested by the {team} on the day that a child comes into care.",
    "Housing for those who leave care is planned with the {agency} from the age of sixteen.",
    "Court work is tracked by the {who}, and statements are read by a manager before they are filed.",
    "The police share what they know of missing episodes by {n} in the morning.",
    "The {team} has {n} workers, of whom two are on leave and one is new.",
    "The board noted the report, thanked the {who} and asked for figures by district.",
    "Domestic abuse is a factor in {m} of a hundred contacts, as it was in {month}.",
    "Neglect is the most frequent reason for a plan, and the {agency} has revised its guide.",
    "Foster carers were approved for {n} places in {month}, and the panel sat twice.",
    "Complaints, compliments and what was learned from them are in the appendix.",
    "Young people wrote a page for this report, and presented it to the {who}.",
)  # fmt: skip
"""Sentences of which pages are made, besides the passages that questions ask for."""

_FILLED = {
    "team": ("assessment team", "north team", "south team", "care leavers' team", "fostering service", "family hub",
             "disabled children's team", "edge of care team"),
    "agency": ("hospital trust", "police", "virtual school", "housing department", "health visiting service",
               "probation service", "youth justice service", "drug and alcohol service"),
    "who": ("head of service", "principal social worker", "service manager", "independent chair", "lead member",
            "director", "quality assurance officer", "team manager"),
    "month": ("January", "February", "March", "April", "May", "June", "July", "September", "October", "November"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for, the passage that answers it, the name of the document in which that stands, and the
    passage's own words for it."""

    words: str
    passage: str
    document: str
    in_its_words: str


@dataclass(frozen=True, slots=True)
class _Plan:
    title: str
    ending: str
    kind: str
    area: str
    first: date
    last: date
    sections: int
    scanned: bool = False

    @property
    def name(self) -> str:
        return f"{self.title}.{self.ending}"


def make_corpus(count: int = DOCUMENTS, *, seed: int = 2026, until: date = date(2026, 10, 31)) -> Iterator[Made]:
    """So many documents. The passages of all questions are among them, each in one place."""
    places = _places(count, seed)
    for number in range(count):
        plan = _plan(number, seed, until)
        told = _told(number, seed, plan.sections, places.get(number, ()))
        data = scan_of(plan.title, told, seed=plan.name) if plan.scanned else file_of(plan.ending, plan.title, told)
        yield Made(plan.name, data, plan.kind, plan.area, plan.first, plan.last)


def questions(count: int = DOCUMENTS, *, seed: int = 2026, until: date = date(2026, 10, 31)) -> list[Question]:
    """The questions of a library of so many documents, and where their answers stand."""
    held = {passage: number for number, passages in _places(count, seed).items() for passage in passages}
    return [
        Question(words, says, _plan(held[says], seed, until).name, own)
        for (words, says), own in zip(QUESTIONS, IN_ITS_WORDS, strict=True)
    ]


def _places(count: int, seed: int) -> dict[int, tuple[str, ...]]:
    """Which passages stand in which document; several in one only where there are fewer documents than passages."""
    order = list(range(count))
    Random(f"places-{seed}").shuffle(order)  # noqa: S311 - invented words, no secret
    held: dict[int, tuple[str, ...]] = {}
    for at, (_, passage) in enumerate(QUESTIONS):
        number = order[at % count]
        held[number] = (*held.get(number, ()), passage)
    return held


def _plan(number: int, seed: int, until: date) -> _Plan:
    dice = Random(f"plan-{seed}-{number}")  # noqa: S311 - invented words, no secret
    subject, kind, area = SUBJECTS[number % len(SUBJECTS)]
    last = until - timedelta(days=dice.randrange(3 * 365))
    first = last - timedelta(days=365 if kind in ("policy", "plan", "training") else 91)
    # The place in the list and the format have no common measure, so that every subject comes in every format.
    ending = FORMATS[(number + number // len(SUBJECTS)) % len(FORMATS)]
    sections, scanned = dice.randint(*SECTIONS), number % SCANNED_EACH == SCANNED_EACH - 1
    if scanned:
        ending, sections = "pdf", min(sections, SCANNED_SECTIONS)
    return _Plan(f"{subject} {last:%B %Y}, {number + 1}", ending, kind, area, first, last, sections, scanned)


def _told(number: int, seed: int, sections: int, passages: tuple[str, ...]) -> list[Section]:
    dice = Random(f"words-{seed}-{number}")  # noqa: S311 - invented words, no secret
    told = []
    for at in range(sections):
        heading = HEADINGS[at % len(HEADINGS)] + (f", {at + 1}" if at >= len(HEADINGS) else "")
        told.append([heading, *(" ".join(_sentence(dice) for _ in range(dice.randrange(3, 6))) for _ in range(5))])
    for passage in passages:
        chosen, at = dice.choice(told), dice.randrange(1, 6)
        chosen[at] = f"{_sentence(dice)} {passage} {_sentence(dice)}"
    return [Section(heading, tuple(paragraphs)) for heading, *paragraphs in told]


def _sentence(dice: Random) -> str:
    filled = {name: dice.choice(words) for name, words in _FILLED.items()}
    return dice.choice(WRITTEN).format(n=dice.randrange(4, 29), m=dice.randrange(40, 98), **filled)
