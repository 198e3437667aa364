"""The instruments that come with Goldthread, their copies and their versions."""

from collections import Counter
from itertools import pairwise, product
from pathlib import Path

import pytest
from tests.domain.test_instrument_logic import FOLDER, FULL

from goldthread.domain import frameworks, instruments
from goldthread.domain.instrument import (
    Instrument,
    Question,
    not_asked,
)
from goldthread.domain.instrument_words import CHILDREN, FACTS, KIND_SCALES, KINDS, RECORDS, THEMES, child_of
from goldthread.domain.instruments import InstrumentError, current, load, read, slugs, superseded_by
from goldthread.domain.instruments.writing import as_toml, copied
from goldthread.domain.scales import SCALES
from goldthread.kernel.frames import Service
from goldthread.kernel.tables import TABLES
from goldthread.kernel.whole_list import CHECKS

# What is shipped


@pytest.mark.parametrize("slug", slugs())
def test_a_shipped_instrument_is_what_its_file_would_say_again(slug: str, tmp_path: Path) -> None:
    held = load(slug)
    (tmp_path / f"{slug}.toml").write_text(as_toml(held), "utf-8")
    assert read(tmp_path / f"{slug}.toml") == held
    if slug != "case-review-short-1":
        assert (FOLDER / f"{slug}.toml").read_text("utf-8") == as_toml(held)


@pytest.mark.parametrize("slug", slugs())
def test_every_instrument_rates_practice_apart_from_record_and_ends_in_what_it_changed(slug: str) -> None:
    held = load(slug)
    asked = {q.kind for q in held.questions}
    assert {"practice", "record"} <= asked
    assert [q.id for q in held.overall] == ["overall-practice", "overall-record"]
    last = held.on_page()[-1]
    assert last[0].closing
    assert any(q.theme == "impact" for q in last[1])
    assert all(q.help.endswith((".", "?", "!")) for q in held.questions)
    assert all(q.text.endswith("?") for q in held.questions)
    assert len({q.text for q in held.all_questions}) == len(held.all_questions)


def test_the_full_review_has_seventeen_groups_and_all_six_kinds_of_scale_are_in_use() -> None:
    assert len(FULL.sections) == 17
    used = Counter(q.answered_on.slug for slug in slugs() for q in load(slug).questions)
    kinds = {"grades", "evidenced", "action", "yes-no", "zero-to-ten"}
    assert kinds <= set(used)
    assert {"met", "colours", "points"} <= set(used)
    assert {"family", "practitioner"} <= {q.kind for q in FULL.questions}


def test_what_was_asked_for_is_shipped_and_the_short_review_stands_first() -> None:
    assert {load(slug).series for slug in slugs()} == {
        "case-review-short", "case-review-full", "two-minute-check", "tracked-case", "audit-of-audit", "front-door",
        "strategy-and-enquiry", "protection-plan", "child-in-care", "care-leaver", "adoption-file",
        "foster-carer-file", "supervision", "management-decisions", "strategy-meetings",
    }  # fmt: skip
    assert current()[0] == "case-review-short-1"
    assert sorted(current()) == sorted(slugs())
    titles = [load(slug).title for slug in current()[1:]]
    assert all(one.casefold() <= other.casefold() for one, other in pairwise(titles))


def test_every_check_of_a_whole_list_is_one_that_the_kernel_makes() -> None:
    known = {check.code for check in CHECKS}
    told = {check.code for slug in slugs() for check in load(slug).checks}
    assert told == {"W01", "W02", "W03"}
    assert told <= known
    assert all("practice record" in check.cannot for slug in slugs() for check in load(slug).checks)


def test_words_of_instruments_are_those_of_lists_and_frameworks() -> None:
    services = {service for _, names in CHILDREN.values() for service in names}
    assert {one.value for one in Service} <= services
    assert services <= {one.value for one in Service} | {table.title for table in TABLES.values()}
    assert child_of("In care") == "in-care"
    assert child_of("Nowhere") == ""
    for slug in frameworks.slugs():
        for area in frameworks.load(slug).areas:
            assert set(area.themes) <= set(THEMES)
    assert set(KINDS) < set(KIND_SCALES)
    assert all(slug == slug.casefold() for slug in (*FACTS, *RECORDS, *SCALES))
    used = {name for slug in slugs() for q in load(slug).questions for name in q.facts}
    assert used <= set(FACTS)


# Copies and versions


def test_a_copy_is_read_as_its_original_under_its_own_name_and_version(tmp_path: Path) -> None:
    mine = copied(FULL, "wexcombe-review-3", "Ours, version 3")
    (tmp_path / "wexcombe-review-3.toml").write_text(as_toml(mine), "utf-8")
    again = read(tmp_path / "wexcombe-review-3.toml")
    assert again == mine
    assert (again.series, again.version, again.questions) == ("wexcombe-review", 3, FULL.questions)


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("My Review", "is not a slug"), ("case-review-full-1", "give it another name"),
        ("wexcombe", "call the copy “wexcombe-1”"), ("wexcombe-v2", "call the copy “wexcombe-v2-1”"),
        ("wexcombe-0", "call the copy “wexcombe-0-1”"),
    ],
)  # fmt: skip
def test_a_copy_needs_a_name_that_ends_in_its_version(slug: str, says: str) -> None:
    with pytest.raises(InstrumentError, match=says):
        copied(FULL, slug)


def test_a_new_version_is_chosen_and_the_old_one_is_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for slug in ("two-minute-check-1", "case-review-short-1"):
        (tmp_path / f"{slug}.toml").write_text((FOLDER / f"{slug}.toml").read_text("utf-8"), "utf-8")
    second = copied(load("two-minute-check-1"), "two-minute-check-2")
    (tmp_path / "two-minute-check-2.toml").write_text(as_toml(second), "utf-8")
    monkeypatch.setattr(instruments, "_FOLDER", tmp_path)
    slugs.cache_clear()
    load.cache_clear()
    try:
        assert current() == ("case-review-short-1", "two-minute-check-2")
        assert superseded_by("two-minute-check-1") == second
        assert superseded_by("two-minute-check-2") is None
        assert superseded_by("unheard-of-1") is None
        assert load("two-minute-check-1").version == 1
    finally:
        monkeypatch.undo()
        slugs.cache_clear()
        load.cache_clear()


def test_every_shipped_question_can_be_asked_of_somebody() -> None:
    """Tried out rather than reasoned: some answers to what a question hangs on bring it up."""
    for slug in slugs():
        held = load(slug)
        for question in held.questions:
            needed = list(dict.fromkeys(_needed(held, question)))
            ways = product(*(held.question(id).answers for id in needed))
            children = ("", *CHILDREN)
            assert any(
                question.id not in not_asked(held, dict(zip(needed, way, strict=True)), child)
                for way in ways
                for child in children
            ), question.id


def _needed(held: Instrument, question: Question) -> list[str]:
    found = []
    for condition in held.conditions(question):
        found += [condition.question, *_needed(held, held.question(condition.question))]
    return found
