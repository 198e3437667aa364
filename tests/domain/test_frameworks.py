import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from goldthread.domain import frameworks
from goldthread.domain.framework import Framework
from goldthread.domain.frameworks import FrameworkError, load, read, slugs

SOURCE = Path(frameworks.__file__).parent / "sif-2013.toml"
ALL = [load(slug) for slug in slugs()]
GRADED = [framework for framework in ALL if framework.graded]
ENGLISH = [framework for framework in GRADED if framework.slug != "us-cfsr"]
SIF, ILACS = load("sif-2013"), load("ilacs-2026")


def test_the_frameworks_that_come_with_goldthread() -> None:
    assert slugs() == (
        "sif-2013", "own-audit", "joint-inspection", "focused-visit", "ilacs-2018", "us-cfsr", "ilacs-2023",
        "ilacs-2026",
    )  # fmt: skip
    sif, ilacs = SIF, ILACS
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
    sif, ilacs = SIF, ILACS
    assert sif.in_force_on(date(2013, 11, 19))
    assert not sif.in_force_on(date(2018, 1, 1))
    assert not ilacs.in_force_on(date(2026, 3, 31))
    assert ilacs.in_force_on(date(2030, 1, 1))


def test_inspections_of_any_day_since_2013_came_under_one_framework() -> None:
    whole = [load(slug) for slug in ("sif-2013", "ilacs-2018", "ilacs-2023", "ilacs-2026")]
    for before, after in pairwise(whole):
        assert before.in_force_to is not None
        assert after.in_force_from - before.in_force_to == timedelta(days=1)
    assert [len(each.areas) for each in whole] == [5, 3, 4, 4]
    assert [each.overall for each in whole] == [True, True, True, False]


@pytest.mark.parametrize("framework", ENGLISH, ids=lambda f: f.slug)
def test_every_area_says_what_each_grade_looks_like(framework: Framework) -> None:
    slugs_of_grades = ["outstanding", "good", "requires-improvement", "inadequate"]
    assert [(grade.slug, grade.rank) for grade in framework.grades] == [
        (s, n) for n, s in enumerate(slugs_of_grades, 1)
    ]
    for area in framework.areas:
        assert list(area.descriptors) == slugs_of_grades
        assert len(set(area.descriptors.values())) == 4
        assert len(area.criteria) >= (3 if framework.slug == "own-audit" else 10)


@pytest.mark.parametrize("framework", [f for f in ALL if not f.graded], ids=lambda f: f.slug)
def test_what_ends_in_a_letter_has_criteria_and_no_grades(framework: Framework) -> None:
    assert framework.grades == framework.rules == framework.precedents == ()
    assert not framework.overall
    for area in framework.areas:
        assert area.criteria
        assert area.descriptors == {}
    assert "judgements" not in {section.kind for section in framework.report}


def test_a_focused_visit_has_two_inspectors_for_two_days() -> None:
    visit = load("focused-visit")
    (days,) = visit.phases[2:3]
    assert (days.fieldwork, days.start, days.end, days.checked) == (True, 5, 6, True)
    assert sum(seat.count for seat in visit.team if seat.role in ("lead", "inspector")) == 2
    plans = {phase.slug: phase for phase in visit.phases}
    letter = plans["letter"].end
    assert (plans["draft-plan"].end - letter, plans["final-plan"].end - letter) == (20, 70)


def test_a_joint_inspection_is_on_site_ten_working_days_after_the_area_is_told() -> None:
    (on_site,) = load("joint-inspection").timetables[0].fieldwork
    assert (on_site.start, on_site.end, on_site.checked) == (10, 14, True)


def test_the_foreign_framework_has_eighteen_items_seven_outcomes_and_seven_systems() -> None:
    review = load("us-cfsr")
    outcomes = [area for area in review.areas if area.roll_up]
    assert (len(outcomes), len(review.areas) - len(outcomes)) == (7, 7)
    assert [item.id for area in outcomes if area.roll_up for item in area.roll_up.items] == [
        f"item-{number:02}" for number in range(1, 19)
    ]
    assert {rule.areas for rule in review.rules} == {(area.slug,) for area in outcomes}
    assert {(rule.least_share, rule.limits == rule.areas[0]) for rule in review.rules} == {(95, True)}
    assert review.items is not None
    assert not review.items.checked
    assert not any(area.roll_up.checked for area in outcomes if area.roll_up)


@pytest.mark.parametrize("slug", ["ilacs-2018", "ilacs-2023"])
def test_the_days_to_publication_are_those_observed(slug: str) -> None:
    """The medians of the reference: 21 working days after the last day on site in 2018, 30 in 2021 to 2023."""
    for timetable in load(slug).timetables:
        phases = {phase.slug: phase for phase in timetable.phases}
        last = timetable.fieldwork[-1].end
        assert phases["publication"].end - last == {"ilacs-2018": 21, "ilacs-2023": 30}[slug]
        assert phases["authority-publishes"].end - phases["publication"].end == 30
        assert phases["statement-of-action"].end - phases["publication"].end == 70


def test_the_usual_inspection_of_2015_runs_from_a_monday_to_the_thursday_of_week_four() -> None:
    fieldwork = [(phase.start, phase.end) for phase in SIF.phases[:5]]
    assert fieldwork == [(0, 0), (1, 4), (5, 9), (10, 14), (15, 18)]


def test_a_short_inspection_has_one_week_on_site() -> None:
    short = {phase.slug: phase for phase in ILACS.timetable("short").phases}
    assert (short["week-1"].start, short["week-1"].end) == (5, 9)
    assert "week-2" not in short
    assert "week-2" in {phase.slug for phase in ILACS.phases}


def test_what_was_not_read_in_the_published_text_is_marked() -> None:
    sif, ilacs = SIF, ILACS
    inspections = [framework for framework in ALL if framework.slug not in ("own-audit", "us-cfsr")]
    assert not any(area.checked for framework in inspections for area in framework.areas)
    assert not any(request.checked for framework in inspections for request in framework.requests)
    for slug in ("ilacs-2018", "ilacs-2023"):
        assert not any(rule.checked for rule in load(slug).rules)
    assert [rule.id for rule in sif.rules if rule.checked] == ["sif-key-inadequate"]
    assert not next(phase for phase in sif.phases if phase.slug == "accuracy").checked
    assert not next(phase for phase in ilacs.phases if phase.slug == "accuracy").checked


def test_things_are_found_by_name() -> None:
    sif = SIF
    assert sif.area("adoption").short == "Adoption"
    assert sif.grade("good").letter == "G"
    assert sif.criterion("hp-21").text.startswith("The file shows what managers decided")
    for look in (sif.area, sif.grade, sif.timetable, sif.criterion):
        with pytest.raises(KeyError, match="nothing-like-it"):
            look("nothing-like-it")


@pytest.mark.parametrize("slug", ["sif-2014", "../sif-2013", "", "SIF-2013"])
def test_an_unknown_framework_is_refused_with_those_that_are_known(slug: str) -> None:
    with pytest.raises(FrameworkError, match=f"use one of {', '.join(slugs())}"):
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


# The same for what only some frameworks have. Each slip: the file, what is changed, on which line, what is said.
OTHER_SLIPS = {
    "grades where none are given": (
        "focused-visit", r"graded = false", 'graded = false\ngrades = []', "grades = []", "gives no grades",
    ),
    "an overall grade without grades": (
        "focused-visit", r"overall = false", "overall = true", "overall = true", "has no overall grade",
    ),
    "descriptors without grades": (
        "focused-visit", r'(fd-06 = .*\n)', 'fd-06 = "x"\n\n[areas.descriptors]\ngood = "x"\n', "[areas.descriptors]",
        "nothing to describe",
    ),
    "a table of judgements without grades": (
        "focused-visit", r'kind = "strengths"', 'kind = "judgements"', '"judgements"', "no table of judgements",
    ),
    "a rule without grades": (
        "focused-visit", r"\[\[notes\]\]", '[[rules]]\nid = "x"\n\n[[notes]]', "[[rules]]", "rules between them",
    ),
    "a service nobody knows": (
        "focused-visit", r'services = \["leaving"\]', 'services = ["leavers"]', "leavers", "“leavers” in “services”",
    ),
    "a theme that is no slug": (
        "own-audit", r'themes = \["impact"\]', 'themes = ["Impact!"]', "Impact!", "is not a theme",
    ),
    "a number as theme": ("own-audit", r'themes = \["impact"\]', "themes = [5]", "themes = [5]", "must be words"),
    "a theme twice": (
        "own-audit", r'themes = \["impact"\]', 'themes = ["impact", "impact"]', "themes", "names something twice",
    ),
    "two ratings alike": ("us-cfsr", r'not_met = ".*"', 'not_met = "Strength"', "not_met", "the same words"),
    "a bar above everything": (
        "us-cfsr", r"least_share = 95", "least_share = 101", "least_share = 101", "from 1 to 100",
    ),
    "a bar of nothing": ("us-cfsr", r"least_share = 95", "least_share = 0", "least_share = 0", "1 or more"),
    "a share of two areas": (
        "us-cfsr", r'areas = \["safety-1"\]', 'areas = ["safety-1", "safety-2"]', "areas =", "about one area",
    ),
    "items without words": (
        "us-cfsr", r"(?s)\[items\].*?(?=# -+ areas)", "", "[areas.roll_up]", "add a table [items]",
    ),
    "words without items": (
        "us-cfsr", r"(?s)\[areas\.roll_up\](?:(?!\[\[areas\]\]|# The systems).)*", "", "[items]", "no area has items",
    ),
    "more missed than there are": ("us-cfsr", r"may_miss = 0", "may_miss = 1", "may_miss = 1", "must be fewer"),
    "an item that must be and is not": (
        "us-cfsr", r'must = \["item-12"\]', 'must = ["item-99"]', "item-99", "“item-99” in “must” is not known",
    ),
    "two items alike": ("us-cfsr", r'id = "item-03"', 'id = "item-02"', 'id = "item-02"', "already used above"),
    "an item in two areas": ("us-cfsr", r'id = "item-02"', 'id = "item-01"', "[areas.roll_up]", "item “item-01”"),
}  # fmt: skip


@pytest.mark.parametrize(("slug", "pattern", "into", "on_line", "says"), OTHER_SLIPS.values(), ids=OTHER_SLIPS)
def test_a_slip_in_what_only_some_frameworks_have_is_refused_with_its_line(
    tmp_path: Path, slug: str, pattern: str, into: str, on_line: str, says: str
) -> None:
    source = (SOURCE.parent / f"{slug}.toml").read_text("utf-8")
    many = 0 if says == "no area has items" else 1
    text, changed = re.subn(pattern, lambda _: into, source, count=many)
    assert changed
    file = tmp_path / f"{slug}.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FrameworkError) as refusal:
        read(file)
    found = re.fullmatch(rf"(?s){slug}\.toml, line (\d+): (.*)", str(refusal.value))
    assert found, str(refusal.value)
    assert says in found[2]
    assert on_line in text.splitlines()[int(found[1]) - 1]
