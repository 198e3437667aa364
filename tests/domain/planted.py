"""Five hundred identifiers, invented, planted in sentences as a report has them: what a scan must point out.

The names are given as lists would hold them; the forms are those in which people let somebody slip into a report.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from goldthread.domain.recognition import Known
from goldthread.domain.recognition.numbers import is_nhs_number, is_pupil_number
from goldthread.domain.recognition.words import WORDS_THAT_ARE_NAMES

_FORENAMES = """
Amelia Oliver Isla George Ava Noah Mia Arthur Ivy Harry Lily Leo Isabella Muhammad Rosie Jack Sophia Charlie
Grace Freddie Willow Alfie Hope Theo Faith Will Mark May Summer Zoë Chloé Siân Seán Aoife Niamh Małgorzata
Łukasz Agnieszka Krzysztof Ștefan Ioana Aisha Fatima Yusuf Ibrahim Zainab Abdul-Rahman Mary-Anne Jean-Luc
Kwabena Oluwaseun Chidinma Tariq Priya Arjun Harpreet Gurdeep Xin Wei Thuy Nguyen Eilidh Rhys Llinos D'Andre
Tyrone Kayleigh Shanice Declan Bronagh Callum Ewan Jo Al Bo Kit Max Zac Eve Ada Una
"""
FORENAMES = _FORENAMES.split()
_SURNAMES = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White
Roberts Green Hall Wood Young King Hill Cooper Khan O'Brien O'Sullivan McDonald MacLeod Ap-Rhys Llewellyn
Kowalski Wiśniewska Nowak Popescu Ionescu Hussain Begum Chaudhry Okafor Adeyemi Mensah Asante Singh Kaur
Nakamura Fernández Müller Brontë Smith-Jones Ashworth-Khan Featherstonehaugh Ng Li Wu Ho Blackshaw Derbyshire
Longbottom Ramsbottom Higginbotham Fairclough Entwistle Postlethwaite Winstanley Arkwright Cholmondeley
Dunkerley Hardcastle Murgatroyd Oldroyd Shuttleworth Tattersall Umpleby Varley Wolstenholme Yardley
"""
SURNAMES = _SURNAMES.split()
WORKERS = ("Bernadette Loxley", "Tobias Wetherell", "Chinwe Anozie", "Marguerite D’Arcy", "Pádraig Ó Ceallaigh")
TEAMS = ("Larkspur Team", "Edge of Care North", "The Heron Project")
STRANGERS = (
    "Bartholomew Quince", "Ottoline Wragg", "Ludovic Penhaligon", "Saffron Uzoma", "Caspian Drewitt",
    "Philippa Gaunt", "Horatio Bamber", "Clementine Voss", "Ignatius Prowse", "Rowena Tice",
)  # fmt: skip
"""Names that no list holds: nobody can find these by looking up, so how many are missed is told and not asked."""

FRAMES = (
    "Social workers visited {} every week and wrote down what was seen.",
    "{} was helped early, and the plan said what had to change.",
    "Managers could not say why the decision about {} had taken so long.",
    "In the best work, as with {}, the history was understood.",
    "The record of {} did not show whether anybody had asked.",
    "Leaders knew of this: {} had been raised in supervision.",
)
CLEAN = (
    "Children are helped early, and their families know whom to ask.",
    "Social workers know the children whom they support, and visit them as often as they need.",
    "Managers read what is written, and say what must change and by when.",
    "Too many plans are not clear about what will be different for the child.",
    "Leaders understand their services well and act on what they find.",
    "Most assessments are thorough and take account of the history of the family.",
    "Care leavers have a good choice of places to live, and personal advisers keep in touch.",
    "Strategy meetings are held quickly, and partners are there.",
    "In a few cases visits were late; managers had noticed and had acted.",
    "Return interviews are offered to every child who has been missing, and most take them up.",
    "The virtual school knows its pupils well and helps them to catch up.",
    "Foster carers speak well of their training and of the support at weekends.",
    "Early help is offered by schools, health visitors and the voluntary sector together.",
    "Decisions at the front door are timely and proportionate.",
    "The quality of supervision varies, and reflection is not always recorded.",
    "Audits are honest, and what is learned from them is shared.",
    "Senior leaders and elected members are ambitious for children in care.",
    "Children say that they are listened to, and that their social workers do not change too often.",
    "Disabled children are assessed by people who know how to communicate with them.",
    "Children who are privately fostered are identified and visited.",
    "Records are up to date in most files, and chronologies are useful.",
    "Adoption is considered early for all children who cannot live at home.",
    "Caseloads are manageable, and newly qualified staff are protected.",
    "What children and families think is sought after every visit.",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """One identifier in a sentence, its kind, and whether a list, a pattern or nothing can find it."""

    kind: str
    found_by: str
    text: str


def known() -> Known:
    """The lists: 240 people, each with a number, a postcode, a day of birth, a pupil's number and an address."""
    dice = Random(41)
    return Known(
        names=[*FORENAMES, *SURNAMES],
        numbers=[*numbers(), *homes(), *pupils()],
        postcodes=[
            f"ZZ{at % 9 + 1} {at % 9 + 1}{a}{b}" for at, (a, b) in enumerate(zip("ABDEFGHJ", "LNPQRSTU", strict=True))
        ],
        births=births(),
        addresses=[f"{dice.randint(1, 200)} {street}, Wrenford" for street in _STREETS],
        staff=WORKERS,
        teams=TEAMS,
    )


_STREETS = ("Ropewalk Yard", "Larch Hill", "Old Tannery Row", "Marigold Bank", "Quarry Steps")


def numbers() -> list[str]:
    """Children's own numbers, as systems write them: with noughts in front, with letters, with a stroke."""
    return [f"{at:08d}" for at in range(4410377, 4410397)] + [f"WX{at}" for at in range(20311, 20321)]


def homes() -> list[str]:
    """Numbers under which homes are registered."""
    return [f"SC{at}" for at in range(400123, 400127)]


def births() -> list[date]:
    """Days of birth."""
    return [date(2009, 1, 7) + timedelta(days=131 * at) for at in range(40)]


def pupils() -> list[str]:
    """Valid pupil numbers of an authority that there is not."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    rest = (f"000{at:02d}1234{at:02d}5" for at in range(12))
    return [
        next(f"{one}{digits}" for one in letters if is_pupil_number(f"{one}{digits}"))
        for digits in (r[:12] for r in rest)
    ]


def _nhs(dice: Random) -> str:
    while True:
        told = f"999{dice.randint(0, 9_999_999):07d}"
        if is_nhs_number(told):
            return told


def _misspelt(name: str, dice: Random) -> str:
    at, letter = dice.randrange(1, len(name)), dice.choice("aeiorstlnmkh")
    return dice.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + (letter if letter != name[at].lower() else "u") + name[at + 1 :],
            name[: at - 1] + name[at] + name[at - 1].lower() + name[at + 1 :] if at > 1 else name + letter,
        )
    )


def _plain(name: str) -> str:
    import unicodedata

    told = name.translate(str.maketrans({"ł": "l", "Ł": "L"}))
    return "".join(one for one in unicodedata.normalize("NFKD", told) if not unicodedata.combining(one))


_NAMED: dict[str, Callable[[str, str, Random], str]] = {
    "both names": lambda fore, sur, _: f"{fore} {sur}",
    "whose it is": lambda fore, sur, _: f"{fore} {sur}’s mother",
    "surname first": lambda fore, sur, _: f"{sur}, {fore}",
    "capitals": lambda fore, sur, _: f"{fore} {sur}".upper(),
    "no capitals": lambda fore, sur, _: f"{fore} {sur}".lower(),
    "no accents": lambda fore, sur, _: _plain(f"{fore} {sur}"),
    "initial and surname": lambda fore, sur, _: f"{fore[0]}. {sur}",
    "initials": lambda fore, sur, _: f"{fore[0]}.{sur[0]}.",
    "both misspelt": lambda fore, sur, dice: f"{_misspelt(fore, dice)} {_misspelt(sur, dice)}",
}
_FULL = ("%d %B %Y", "%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%B %d, %Y", "%d %b %Y")


def of_lists(dice: Random) -> Iterator[Planted]:
    """What the lists know: 336 of them."""
    usual = {one for one in (*FORENAMES, *SURNAMES) if one.lower() in WORDS_THAT_ARE_NAMES}
    for kind, form in _NAMED.items():
        for _ in range(24):
            fore, sur = dice.choice(FORENAMES), dice.choice(SURNAMES)
            if kind == "both misspelt":
                fore, sur = (dice.choice([one for one in held if len(one) > 5]) for held in (FORENAMES, SURNAMES))
            yield Planted(kind, "lists", _in(dice, form(fore, sur, dice)))
    for _ in range(24):
        yield Planted("a forename", "lists", _in(dice, dice.choice([one for one in FORENAMES if one not in usual])))
        one = dice.choice([one for one in (*FORENAMES, *SURNAMES) if len(one) > 5 and one not in usual])
        yield Planted("a name misspelt", "lists", FRAMES[0].format(_misspelt(one, dice)))
    for at, one in enumerate((*numbers()[:18], *homes(), *pupils()[:6])):
        yield Planted("a number", "lists", _in(dice, (one, one.lstrip("0"), one.lower())[at % 3]))
    for one in dice.sample(births(), 24):
        yield Planted("a day of birth", "lists", _in(dice, f"{one:{dice.choice(_FULL)}}"))
    for at, one in enumerate(list(known().postcodes)[:8]):
        yield Planted("a postcode", "lists", _in(dice, (one, one.replace(" ", ""), one.lower())[at % 3]))
    for one in (*list(known().addresses), *WORKERS, *TEAMS):
        yield Planted("an address, a worker or a team", "lists", _in(dice, one.split(",")[0]))


def of_patterns(dice: Random) -> Iterator[Planted]:
    """What nobody's list holds and a pattern knows: 154 of them."""
    made: dict[str, Callable[[], str]] = {
        "an NHS number": lambda: _spaced(_nhs(dice), dice),
        "a telephone number": lambda: dice.choice(
            ("07700 900{:03d}", "07700900{:03d}", "+44 7700 900{:03d}", "01632 960{:03d}", "(01632) 960{:03d}",
             "020 7946 0{:03d}", "0044 is 01632-960-{:03d}")
        ).format(dice.randint(100, 999)),
        "an e-mail address": lambda: f"a.{dice.choice(SURNAMES).lower().replace(chr(39), '')}@example.org",
        "a postcode": lambda: dice.choice(("QX{} 4AJ", "JK{}4BJ", "V{} 9AB", "qx{} 4aj")).format(dice.randint(1, 9)),
        "an address": lambda: dice.choice(("{} Acacia Road", "{} St Wulfstan Close", "{}a Mill Lane")).format(
            dice.randint(1, 300)
        ),
        "a path": lambda: dice.choice(
            (r"C:\cases\plan", r"\\srv01\social care", "/srv/shared/minutes", "chronology_3.docx")
        ),
        "a case": lambda: f"case {dice.choice(('', 'number ', 'no. '))}{dice.randint(1, 240)}",
        "a pseudonym": lambda: f"C-{''.join(dice.choices('0123456789ABCDEFGHJKMNPQRSTVWXYZ', k=7))}",
        "a mark": lambda: f"E{dice.randint(1, 9999):04d}",
        "a home": lambda: f"SC{dice.randint(500000, 999999)}",
        "a child by a letter": lambda: f"child {dice.choice('ABCDEFGHJKLM')}",
    }  # fmt: skip
    for kind, make in made.items():
        for _ in range(14):
            yield Planted(kind, "patterns", _in(dice, make()))


def of_nobody(dice: Random) -> Iterator[Planted]:
    """Names that no list and no pattern knows."""
    for one in STRANGERS:
        yield Planted("a name in no list", "nothing", _in(dice, one))


def _spaced(digits: str, dice: Random) -> str:
    return dice.choice((digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"))


def _in(dice: Random, words: str) -> str:
    return dice.choice(FRAMES).format(words)
