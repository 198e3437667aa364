import re
from datetime import date
from pathlib import Path

import pytest

from goldthread.domain import frameworks
from goldthread.domain.framework import Framework
from goldthread.domain.frameworks import FrameworkError, load, read, slugs

SOURCE = Path(frameworks.__file__).parent / "sif-2013.toml"
ALL = [load(slug) for slug in slugs()]


def test_the_frameworks_that_come_with_goldthread() -> None:
    assert slugs() == ("sif-2013", "ilacs-2026")
    sif, ilacs = ALL
    assert [area.slug for area in sif.areas] == [
        "help-and-protection",
        "looked-after",
        "adoption",
        "care-leavers",
        "leadership",
    ]
    assert {area.slug: area.parent for area in sif.areas if area.parent} == {
        "adoption": "looked-after",
        "care-leavers": "looked-after",
    }
    assert [area.slug for area in sif.key_areas] == ["help-and-protection", "looked-after", "leadership"]
    assert [area.slug for area in ilacs.areas] == [
        "leadership",
        "help-and-protection",
        "children-in-care",
        "care-leavers",
    ]
    assert (sif.overall, ilacs.overall) == (True, False)


def test_a_framework_knows_when_it_was_in_force() -> None:
    sif, ilacs = ALL
    assert sif.in_force_on(date(2013, 11, 19))
    assert not sif.in_force_on(date(2018, 1, 1))
    assert not ilacs.in_force_on(date(2026, 3, 31))
    assert ilacs.in_force_on(date(2030, 1, 1))


@pytest.mark.parametrize("framework", ALL, ids=lambda f: f.slug)
def test_every_area_says_what_each_grade_looks_like(framework: Framework) -> None:
    slugs_of_grades = ["outstanding", "good", "requires-improvement", "inadequate"]
    assert [(grade.slug, grade.rank) for grade in framework.grades] == [
        (s, n) for n, s in enumerate(slugs_of_grades, 1)
    ]
    for area in framework.areas:
        assert list(area.descriptors) == slugs_of_grades
        assert len(set(area.descriptors.values())) == 4
        assert len(area.criteria) >= 10


def test_the_usual_inspection_of_2015_runs_from_a_monday_to_the_thursday_of_week_four() -> None:
    fieldwork = [(phase.start, phase.end) for phase in ALL[0].phases[:5]]
    assert fieldwork == [(0, 0), (1, 4), (5, 9), (10, 14), (15, 18)]


def test_a_short_inspection_has_one_week_on_site() -> None:
    short = {phase.slug: phase for phase in ALL[1].timetable("short").phases}
    assert (short["week-1"].start, short["week-1"].end) == (5, 9)
    assert "week-2" not in short
    assert "week-2" in {phase.slug for phase in ALL[1].phases}


def test_what_was_not_read_in_the_published_text_is_marked() -> None:
    sif, ilacs = ALL
    assert not any(area.checked for framework in ALL for area in framework.areas)
    assert not any(request.checked for framework in ALL for request in framework.requests)
    assert [rule.id for rule in sif.rules if rule.checked] == ["sif-key-inadequate"]
    assert not next(phase for phase in sif.phases if phase.slug == "accuracy").checked
    assert not next(phase for phase in ilacs.phases if phase.slug == "accuracy").checked


def test_things_are_found_by_name() -> None:
    sif = ALL[0]
    assert sif.area("adoption").short == "Adoption"
    assert sif.grade("good").letter == "G"
    assert sif.criterion("hp-21").text.startswith("The file shows what managers decided")
    for look in (sif.area, sif.grade, sif.timetable, sif.criterion):
        with pytest.raises(KeyError, match="nothing-like-it"):
            look("nothing-like-it")


@pytest.mark.parametrize("slug", ["sif-2014", "../sif-2013", "", "SIF-2013"])
def test_an_unknown_framework_is_refused_with_those_that_are_known(slug: str) -> None:
    with pytest.raises(FrameworkError, match="use one of sif-2013, ilacs-2026"):
        load(slug)


# Each slip: what a writer changes (a regular expression and what takes its place), the text that the reported line
# must hold, and what the refusal must say.
SLIPS = {
    "not TOML": (r'slug = "good"', 'slug = "good', 'slug = "good', "not TOML"),
    "the same key twice": (r'letter = "G"', 'letter = "G"\nletter = "H"', 'letter = "H"', "not TOML"),
    "the same criterion twice": (r"hp-02 = ", "hp-01 = ", "hp-01 = ", "not TOML"),
    "unknown key": (
        r'short_title = "S', 'shrot_title = "x"\nshort_title = "S', "shrot_title", "“shrot_title” is not known",
    ),
    "unknown key in a rule": (r"at_least = 3", "at_least = 3\nat_most = 3", "at_most", "“at_most” is not known"),
    "missing key": (r'short_title = "[^"]*"\n', "", None, "“short_title” is missing"),
    "missing key in a table": (r'letter = "G"\n', "", '[[grades]]', "“letter” is missing"),
    "empty words": (r'short = "Adoption"', 'short = " "', 'short = " "', "“short” is empty"),
    "a number for words": (r'short = "Adoption"', "short = 5", "short = 5", "must be words"),
    "words for a flag": (r"overall = true", 'overall = "yes"', "overall =", "must be true or false"),
    "words for a date": (r"in_force_from = 2013-11-01", 'in_force_from = "2013"', "in_force_from", "must be a date"),
    "a time in a date": (
        r"in_force_from = 2013-11-01", "in_force_from = 2013-11-01T09:00:00", "in_force_from", "has a time of day",
    ),
    "dates turned round": (r"in_force_to = 2017", "in_force_to = 2012", "in_force_to", "ends before it begins"),
    "slug not like a slug": (r'slug = "adoption"\ntitle', 'slug = "Adoption"\ntitle', "Adoption", "is not a slug"),
    "slug not the file's": (r'slug = "sif-2013"', 'slug = "sif-2012"', "sif-2012", "must be the file's name"),
    "two grades alike": (
        r'slug = "good"\n', 'slug = "outstanding"\n', 'slug = "outstanding"', "“outstanding” is already used",
    ),
    "two letters alike": (r'letter = "G"', 'letter = "O"', 'letter = "O"', "“O” is already used"),
    "a long letter": (r'letter = "G"', 'letter = "Gd"', 'letter = "Gd"', "one letter"),
    "two areas alike": (
        r'slug = "adoption"\ntitle = "Adoption performance"\nshort', 'slug = "looked-after"\ntitle = "A"\nshort',
        'slug = "looked-after"', "“looked-after” is already used",
    ),
    "an area called overall": (
        r'slug = "adoption"\ntitle = "Adoption performance"\nshort', 'slug = "overall"\ntitle = "A"\nshort',
        'slug = "overall"', "is kept for the overall judgement",
    ),
    "unknown parent": (
        r'parent = "looked-after"', 'parent = "looked-aftr"', "looked-aftr", "“looked-aftr” is not a known parent",
    ),
    "one's own parent": (
        r'short = "Leadership"', 'short = "Leadership"\nparent = "leadership"', "parent", "not a known parent",
    ),
    "a criterion's id in two areas": (r"la-01 = ", "hp-01 = ", "hp-01 = ", "criterion “hp-01” is already used"),
    "a grade without descriptor": (
        r'inadequate = "Leaders do not know[^"]*"\n', "", "[areas.descriptors]", "does not say what “inadequate”",
    ),
    "a descriptor for no grade": (
        r'inadequate = "Leaders do', 'adequate = "x"\ninadequate = "Leaders do',
        "adequate =", "“adequate” is not a grade",
    ),
    "no key areas": (r"key = true", "key = false", None, "needs key areas"),
    "a rule about no area": (
        r'areas = \["leadership"\]', 'areas = ["leaders"]', '"leaders"', "“leaders” in “areas” is not known",
    ),
    "a rule naming an area twice": (
        r'areas = \["leadership"\]', 'areas = ["leadership", "leadership"]', '"leadership", "leadership"', "twice",
    ),
    "a rule about no grade": (r'grades = \["inadequate"\]', 'grades = ["poor"]', '"poor"', "“poor” in “grades”"),
    "a rule that leaves no grade known": (r'to = \["inadequate"\]', 'to = ["bad"]', '"bad"', "“bad” in “to”"),
    "a rule limiting nothing known": (r'limits = "overall"', 'limits = "all"', '"all"', "“all” is not a known limits"),
    "a rule of unknown strength": (
        r'strength = "normally"', 'strength = "mostly"', "mostly", "use one of always, normally",
    ),
    "a seat for nobody known": (
        r'role = "lead"', 'role = "leader"', '"leader"', "use one of lead, inspector, quality-assurance",
    ),
    "a rule asking for too many": (r"at_least = 3", "at_least = 4", "at_least = 4", "cannot be 4"),
    "a rule asking for none": (r"at_least = 3", "at_least = 0", "at_least = 0", "1 or more"),
    "a truth for a number": (r"at_least = 3", "at_least = true", "at_least", "whole number"),
    "two rules alike": (
        r'id = "sif-within-keys"', 'id = "sif-key-inadequate"', "sif-key-inadequate", "is already used",
    ),
    "a precedent of too few letters": (r"GGO = ", "GO = ", "GO = ", "must be 3 letters"),
    "a precedent of unknown letters": (r"GGO = ", "GGX = ", "GGX = ", "out of O, G, R, I"),
    "a precedent without counts": (r'GGO = "G 8"', 'GGO = "G"', 'GGO = "G"', "“G” is not a count"),
    "a precedent counted twice": (r'GGO = "G 8"', 'GGO = "G 8, G 2"', "G 8, G 2", "“G 2” is not a count"),
    "a phase turned round": (r"start = 5\nend = 9", "start = 9\nend = 5", "end = 5", "ends before it starts"),
    "a phase before the call": (r"start = 0\nend = 0", "start = -1\nend = 0", "start = -1", "0 or more"),
    "a first phase after the call": (r"start = 0\nend = 0", "start = 1\nend = 1", "start = 1", "start = 0"),
    "phases out of order": (r"start = 5\nend = 9", "start = 0\nend = 9", "start = 0", "put the phases in order"),
    "two phases alike": (r'slug = "week-2"', 'slug = "week-1"', 'slug = "week-1"', "is already used"),
    "two requests alike": (r'ref = "2.02"', 'ref = "2.01"', 'ref = "2.01"', "is already used"),
    "a request due before the call": (r"due = 9", "due = -1", "due = -1", "0 or more"),
    "an unknown kind of section": (r'kind = "summary"', 'kind = "sumary"', "sumary", "“sumary” is not a known kind"),
    "a section about no area": (r'area = "adoption"', 'area = "adopted"', '"adopted"', "“adopted” is not a known area"),
    "an area without section": (
        r'\[\[report\]\]\nslug = "adoption"\n[^\[]*', "", None, "no section of the report is about “adoption”",
    ),
    "one grade only": (
        r'(?s)\[\[grades\]\]\nslug = "good".*?(?=# -+ areas)', "", "[[grades]]", "each under its own heading",
    ),
    "tables that are none": (r'(?s)\[\[team\]\].*?(?=# -+ requests)', "", None, "“team”"),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "into", "on_line", "says"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_the_pen_is_refused_with_its_line(
    tmp_path: Path, pattern: str, into: str, on_line: str | None, says: str
) -> None:
    many = 0 if says == "needs key areas" else 1
    text, changed = re.subn(pattern, lambda _: into, SOURCE.read_text("utf-8"), count=many)
    assert changed
    file = tmp_path / "sif-2013.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FrameworkError) as refusal:
        read(file)
    found = re.fullmatch(r"(?s)sif-2013\.toml, line (\d+): (.*)", str(refusal.value))
    assert found, str(refusal.value)
    assert says in found[2]
    if on_line:
        assert on_line in text.splitlines()[int(found[1]) - 1]


def test_a_file_that_cannot_be_opened_or_is_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match="cannot be opened"):
        read(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b'slug = "\xff"')
    with pytest.raises(FrameworkError, match="not text in UTF-8"):
        read(tmp_path / "bytes.toml")


def test_a_framework_without_overall_grade_may_not_limit_it(tmp_path: Path) -> None:
    file = tmp_path / "sif-2013.toml"
    file.write_text(SOURCE.read_text("utf-8").replace("overall = true", "overall = false"), "utf-8")
    with pytest.raises(FrameworkError, match="gives no overall grade"):
        read(file)


def test_lines_are_counted_through_long_texts(tmp_path: Path) -> None:
    text = SOURCE.read_text("utf-8")
    long = 'says = """\nOne.\n[[grades]]\nletter = "Z"\n"""\n'
    text = re.sub(r'says = "One inspection.*\n', lambda _: long, text, count=1).replace("at_least = 3", "at_least = 4")
    file = tmp_path / "sif-2013.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FrameworkError) as refusal:
        read(file)
    line = int(str(refusal.value).split("line ")[1].split(":")[0])
    assert text.splitlines()[line - 1] == "at_least = 4"
