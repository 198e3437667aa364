import re
from itertools import permutations
from pathlib import Path

import pytest

from goldthread.domain import crosswalks, frameworks
from goldthread.domain.crosswalks import CrosswalkError, between, load, read

HELD = load()
SOURCE = Path(crosswalks.__file__).parent / "childrens-services.toml"
SIDES = ("sif-2013", "ilacs-2018", "ilacs-2023", "ilacs-2026", "national-framework")


def test_the_crosswalk_holds_every_english_framework_and_the_national_one() -> None:
    assert tuple(HELD.sides) == SIDES
    assert [side.slug for side in HELD.sides.values() if not side.inspects] == ["national-framework"]
    assert not HELD.checked


def test_the_tags_are_four_outcomes_and_three_enablers_of_which_two_are_to_be_checked() -> None:
    tags = HELD.sides["national-framework"].points
    assert list(tags) == [f"outcome-{n}" for n in range(1, 5)] + [f"enabler-{n}" for n in range(1, 4)]
    assert [id for id, tag in tags.items() if not tag.checked] == ["enabler-2", "enabler-3"]


@pytest.mark.parametrize(("ours", "theirs"), list(permutations(SIDES, 2)))
def test_nothing_is_lost_between_two_frameworks(ours: str, theirs: str) -> None:
    """Every criterion of either side is in a pair or listed as having no counterpart, and never both."""
    found = between(HELD, ours, theirs)
    for side, of_pair, alone in (
        (found.ours, [point for pair in found.pairs for point in pair.ours], found.only_ours),
        (found.theirs, [point for pair in found.pairs for point in pair.theirs], found.only_theirs),
    ):
        paired, lonely = {point.id for point in of_pair}, {point.id for point in alone}
        assert paired | lonely == set(side.points)
        assert not paired & lonely
    turned = between(HELD, theirs, ours)
    told = {(a.id, b.id) for pair in found.pairs for a in pair.ours for b in pair.theirs}
    assert told == {(b.id, a.id) for pair in turned.pairs for a in pair.ours for b in pair.theirs}


def test_every_criterion_of_each_framework_is_a_point_with_its_own_words() -> None:
    for slug in SIDES[:-1]:
        framework = frameworks.load(slug)
        told = {point.id: point.text for point in HELD.sides[slug].points.values()}
        assert told == {one.id: one.text for area in framework.areas for one in area.criteria}


def test_what_came_and_what_went_since_2013() -> None:
    found = between(HELD, "sif-2013", "ilacs-2026")
    assert {"hp-12", "hp-14", "hp-21", "cc-25", "lv-11"} <= {point.id for point in found.only_theirs}
    assert {"ad-06", "ad-07", "lm-16"} <= {point.id for point in found.only_ours}
    oversight = next(pair for pair in found.pairs if pair.subject == "Oversight and supervision in help and protection")
    assert ([p.id for p in oversight.ours], [p.id for p in oversight.theirs]) == (["hp-21"], ["hp-23"])


def test_versions_of_one_framework_correspond_id_by_id() -> None:
    found = between(HELD, "ilacs-2018", "ilacs-2026")
    assert all([p.id for p in pair.ours] == [p.id for p in pair.theirs] for pair in found.pairs)
    assert found.only_ours == ()
    assert [point.id for point in found.only_theirs] == ["ld-17"]
    # The criteria on care leavers moved to an area of their own.
    (moved,) = (pair for pair in found.pairs if pair.ours[0].id == "lv-01")
    assert (moved.ours[0].area, moved.theirs[0].area) == ("Children in care and care leavers", "Care leavers")


def test_a_note_on_how_two_inspection_frameworks_differ_says_nothing_of_tags() -> None:
    assert any(pair.note for pair in between(HELD, "sif-2013", "ilacs-2023").pairs)
    assert not any(pair.note for pair in between(HELD, "sif-2013", "national-framework").pairs)


def test_what_is_not_in_the_crosswalk_is_refused() -> None:
    with pytest.raises(CrosswalkError, match="“us-cfsr” is not in the crosswalk; use two of sif-2013, "):
        between(HELD, "us-cfsr", "sif-2013")
    with pytest.raises(CrosswalkError, match="“sif-2013” corresponds to itself"):
        between(HELD, "sif-2013", "sif-2013")


SLIPS = {
    "an unknown criterion": (r'sif = \["hp-01"\]', 'sif = ["hp-99"]', "hp-99", "“hp-99” in “sif” is not known"),
    "a tag that does not exist": (r'"outcome-1"\]', '"outcome-9"]', "outcome-9", "“outcome-9” in “national-framework”"),
    "a criterion named twice": (r'sif = \["hp-01"\]', 'sif = ["hp-01", "hp-01"]', "hp-01", "names something twice"),
    "a criterion in no row": (r'ilacs = \["lv-11"\]\n', "", None, "“lv-11” of ilacs-2018 stands in no row"),
    "a row of nothing": (
        r'(?s)\[\[rows\]\]\nsubject = "Young carers".*?\n\n', '[[rows]]\nsubject = "Nothing"\n\n', "[[rows]]",
        "“Nothing” names no criterion",
    ),
    "a subject twice": (r'subject = "Papers"', 'subject = "Early help"', "Early help", "“Early help” is already used"),
    "a column nobody knows": (r'ilacs = \["lv-11"\]', 'illacs = ["lv-11"]', "illacs", "“illacs” is not known here"),
    "a framework that does not exist": (r'"sif-2013"', '"sif-2012"', "sif-2012", "“sif-2012” in “frameworks”"),
    "a framework in two columns": (r'\["ilacs-2018", ', '["sif-2013", ', "sif-2013", "stands in another column"),
    "two columns alike": (r'key = "ilacs"', 'key = "sif"', 'key = "sif"', "“sif” is already used"),
    "a tag without its mark": (r"enabler-3 = false\n", "", "[tags.checked]", "“enabler-3” is missing"),
    "a mark without its tag": (r"enabler-3 = f", "enabler-4 = true\nenabler-3 = f", "enabler-4", "not known here"),
    "no tags": (r"(?s)\[tags.points\].*?\n\n", "[tags.points]\n\n", "[tags.points]", "there are no tags"),
    "tags with a column's name": (r'slug = "national-framework"', 'slug = "sif"', 'slug = "sif"', "another column"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "into", "on_line", "says"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_refused_with_its_line(
    tmp_path: Path, pattern: str, into: str, on_line: str | None, says: str
) -> None:
    text, changed = re.subn(pattern, lambda _: into, SOURCE.read_text("utf-8"), count=1)
    assert changed
    file = tmp_path / "walk.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CrosswalkError) as refusal:
        read(file)
    found = re.fullmatch(r"(?s)walk\.toml, line (\d+): (.*)", str(refusal.value))
    assert found, str(refusal.value)
    assert says in found[2]
    if on_line:
        assert on_line in text.splitlines()[int(found[1]) - 1]
