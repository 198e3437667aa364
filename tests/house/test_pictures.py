"""The guide shows every step of the path, in pictures that say in words what they show."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "guide" / "pictures"
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
HEAVIEST = 150_000


def _shown() -> dict[Path, str]:
    pages = [ROOT / "README.md", ROOT / "docs" / "guide" / "README.md"]
    return {(page.parent / path).resolve(): alt for page in pages for alt, path in SHOWN.findall(page.read_text())}


def test_every_picture_is_there_says_what_it_shows_and_is_light() -> None:
    shown = _shown()
    assert [str(path) for path in shown if not path.exists()] == []
    assert [alt for alt in shown.values() if len(alt) < 30] == []
    assert {path.name: path.stat().st_size for path in shown if path.stat().st_size >= HEAVIEST} == {}


def test_every_picture_is_shown() -> None:
    assert {path.name for path in PICTURES.glob("*")} == {path.name for path in _shown()}


def test_every_picture_is_taken_by_a_journey() -> None:
    of = ("whole_path", "looking", "fieldwork", "training", "offline", "documents", "surveys", "returns")
    names = [f"test_{one}.py" for one in of]
    journeys = [(ROOT / "tests" / "journeys" / name).read_text() for name in names]
    taken = [set(re.findall(r'\.picture\("([^"]+)"', journey)) for journey in journeys]
    assert sum(map(len, taken)) == len(set.union(*taken)), "two journeys take one picture"
    assert {path.stem for path in _shown()} == set.union(*taken)


def test_every_step_of_the_path_has_one() -> None:
    path = (ROOT / "docs" / "guide" / "README.md").read_text().split("## Fieldwork")[0]
    steps = re.split(r"\n(?=\d\. )", path)[1:]
    assert len(steps) == 9
    assert [step[:40] for step in steps if not SHOWN.search(step)] == []


def test_each_who_takes_part_in_fieldwork_is_shown_something() -> None:
    fieldwork = (ROOT / "docs" / "guide" / "README.md").read_text().split("## Fieldwork")[1]
    people = fieldwork.split("## Looking at the data")[0].split("\n### ")[1:]
    assert len(people) == 4
    assert [one[:40] for one in people if not SHOWN.search(one)] == []


def test_each_who_looks_at_the_data_is_shown_something() -> None:
    looking = (ROOT / "docs" / "guide" / "README.md").read_text().split("## Looking at the data")[1]
    readers = looking.split("\n## ")[0].split("\n### ")[1:]
    assert len(readers) == 4
    assert [reader[:40] for reader in readers if not SHOWN.search(reader)] == []
