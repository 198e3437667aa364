"""The invented teams and workers, and who is given which case.

No team is called after a place and no name belongs to a real worker.
"""

from dataclasses import dataclass
from enum import StrEnum

from goldthread.synthetic.dice import Dice

_GIVEN = (
    "Ada", "Bram", "Cerys", "Dov", "Elodie", "Farid", "Greta", "Hani", "Imke", "Jonty", "Kezia", "Lorcan", "Mirren",
    "Nils", "Ottoline", "Pia", "Quill", "Roshan", "Senna", "Tamsin", "Uma", "Viggo", "Wanda", "Xanthe", "Yusuf", "Zora",
)  # fmt: skip
_FAMILY = (
    "Ambleforth", "Brackwater", "Candlemere", "Dovetree", "Elderwick", "Fennimore", "Gorsewell", "Hollowmay",
    "Inkpenny", "Juniperlee", "Kestrelby", "Larkington", "Mossgrave", "Nettlefield", "Oakhanger", "Pemblewick",
    "Quillfeather", "Rushbrooker", "Saltmarshe", "Thornquist", "Underhollow", "Vennermere", "Willowtoft", "Yarrowby",
)  # fmt: skip


class Service(StrEnum):
    """A service of the authority: each has its own teams."""

    ASSESSMENT = "Assessment"
    SAFEGUARDING = "Safeguarding"
    DISABILITY = "Disabled Children"
    CARE = "Children in Care"
    LEAVING = "Leaving Care"
    ADVISERS = "Personal Advisers"


_TEAMS = {
    Service.ASSESSMENT: (("Kestrel", "Plover", "Linnet", "Wren", "Dunnock", "Heron", "Siskin", "Lapwing"), 11),
    Service.SAFEGUARDING: (
        ("Rowan", "Alder", "Hazel", "Maple", "Aspen", "Larch", "Cedar", "Willow", "Spindle", "Medlar"),
        15,
    ),
    Service.DISABILITY: (("Saffron", "Indigo"), 9),
    Service.CARE: (("Quartz", "Jasper", "Garnet", "Amber", "Jet", "Opal"), 11),
    Service.LEAVING: (("Harbour", "Lantern", "Compass"), 9),
    Service.ADVISERS: (("Harbour", "Lantern", "Compass"), 12),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A worker in a team."""

    team: str
    worker: str


class Staff:
    """Who works where, and how many cases each holds."""

    def __init__(self, dice: Dice, size: float) -> None:
        self._dice = dice
        names = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
        spare = iter(dice.shuffled(names))
        self._posts: dict[Service, list[Post]] = {}
        self._load: dict[Post, int] = {}
        for service, (teams, strength) in _TEAMS.items():
            count = max(1, round(strength * min(size, 1.2)))
            posts = [Post(f"{service} Team {team}", next(spare)) for team in teams for _ in range(count)]
            self._posts[service] = posts
            self._load.update(dict.fromkeys(posts, 0))

    def allocate(self, service: Service, cases: int = 1) -> Post:
        """Give cases to a worker of the service, the less busy of three: caseloads differ, but not wildly."""
        choice = min((self._dice.one_of(self._posts[service]) for _ in range(3)), key=self._load.__getitem__)
        self._load[choice] += cases
        return choice

    def posts(self, service: Service) -> list[Post]:
        """Every post of a service, team by team."""
        return self._posts[service]

    def everyone(self) -> list[tuple[Service, Post]]:
        """Every post of the authority with its service, always in the same order."""
        return [(service, post) for service, posts in self._posts.items() for post in posts]
