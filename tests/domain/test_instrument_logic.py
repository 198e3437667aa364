"""Conditions between questions, what is not asked, and the files that are shipped."""

from collections import Counter
from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest

from goldthread.domain import frameworks, instruments
from goldthread.domain.instrument import (
    NOT_ASKED,
    Answer,
    Instrument,
    Question,
    Seen,
    check_answers,
    not_asked,
)
from goldthread.domain.instrument_words import CHILDREN, FACTS, KIND_SCALES, KINDS, RECORDS, THEMES, child_of
from goldthread.domain.instruments import InstrumentError, current, load, read, slugs, superseded_by
from goldthread.domain.instruments.writing import as_toml, copied
from goldthread.domain.scales import SCALES
from goldthread.kernel.frames import Service
from goldthread.kernel.tables import TABLES
from goldthread.kernel.whole_list import CHECKS

FOLDER = Path(instruments.__file__).parent
FULL = load("case-review-full-1")

HEAD = """
slug = "tried-1"
version = 1
title = "Tried"
says = "A tried one."
source = "Nowhere."
"""
TAIL = """
[[questions]]
id = "impact"
section = "end"
text = "What difference?"
help = "Any."
kind = "practice"
theme = "impact"
[[overall]]
id = "overall-practice"
text = "Practice?"
help = "All."
[[overall]]
id = "overall-record"
text = "Record?"
help = "All."
[urgent]
text = "Urgent?"
help = "Now."
"""
SECTIONS = """
[[sections]]
slug = "first"
title = "First"
[[sections]]
slug = "second"
title = "Second"
[[sections]]
slug = "end"
title = "End"
closing = true
"""


def question(id: str, section: str = "first", **more: str) -> str:
    told = "".join(f"{key} = {value}\n" for key, value in more.items())
    return (
        f'[[questions]]\nid = "{id}"\nsection = "{section}"\ntext = "{id.capitalize()}?"\nhelp = "Help."\n'
        f'kind = "record"\ntheme = "recording"\n{told}'
    )


def hangs_on(*conditions: tuple[str, str]) -> str:
    return "[" + ", ".join(f'{{ question = "{q}", is = ["{a}"] }}' for q, a in conditions) + "]"


def tried(tmp_path: Path, *questions: str, sections: str = SECTIONS) -> Instrument:
    file = tmp_path / "tried-1.toml"
    file.write_text(HEAD + sections + "\n".join(questions) + TAIL)
    return read(file)


def refusal(tmp_path: Path, *questions: str, sections: str = SECTIONS) -> tuple[str, str]:
    """What is said, and the line that it points to."""
    with pytest.raises(InstrumentError) as error:
        tried(tmp_path, *questions, sections=sections)
    said = str(error.value)
    line = int(said.split("line ")[1].split(":")[0])
    return said, (HEAD + sections + "\n".join(questions) + TAIL).splitlines()[line - 1]


# Broken files


def test_a_loop_is_refused_and_spelt_out(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a", ask_if=hangs_on(("c", "yes"))), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", "second", ask_if=hangs_on(("b", "no"))),
    )  # fmt: skip
    assert "“a” hangs on “c” hangs on “b” hangs on “a”: none would ever be asked" in said
    assert line.startswith("ask_if")


def test_a_loop_through_a_section_is_refused_where_the_section_says_so(tmp_path: Path) -> None:
    sections = SECTIONS.replace('title = "First"', f'title = "First"\nask_if = {hangs_on(("b", "yes"))}')
    said, line = refusal(
        tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"))), sections=sections
    )
    assert "hangs on" in said
    assert '"a"' in line or '"b"' in line


def test_a_question_that_no_answers_can_reach_is_dead(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a"), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", ask_if=hangs_on(("b", "yes"), ("a", "no"))), question("second", "second"),
    )  # fmt: skip
    assert "“c” can never be asked: no answer to “a” fits all its conditions" in said
    assert line == 'ask_if = [{ question = "b", is = ["yes"] }, { question = "a", is = ["no"] }]'


def test_a_question_that_fits_no_child_is_dead(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a", children='["in-care"]'),
        question("b", "second", children='["in-need"]', ask_if=hangs_on(("a", "yes"))),
    )  # fmt: skip
    assert "“b” can never be asked: no child fits it" in said
    assert line == 'children = ["in-need"]'


def test_nothing_hangs_on_words_and_no_question_is_named_twice(tmp_path: Path) -> None:
    words = question("a").replace('kind = "record"', 'kind = "family"')
    said, _ = refusal(tmp_path, words, question("b", "second", ask_if=hangs_on(("a", "yes"))))
    assert "“a” is answered in words, so nothing can hang on it" in said
    said, _ = refusal(
        tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"), ("a", "no")))
    )  # fmt: skip
    assert "“a” is named twice" in said


def test_a_section_without_a_question_is_a_slip(tmp_path: Path) -> None:
    said, line = refusal(tmp_path, question("a"))
    assert "section “second” has no question" in said
    assert line == 'slug = "second"'


@pytest.mark.parametrize("more", ['children = ["in-care"]', 'ask_if = [{ question = "a", is = ["yes"] }]'])
def test_the_closing_section_is_last_and_always_asked(tmp_path: Path, more: str) -> None:
    both = (question("a"), question("b", "second"))
    said, line = refusal(tmp_path, *both, sections=SECTIONS.replace("closing = true", f"closing = true\n{more}"))
    assert "the closing section is always asked" in said
    assert line == more
    first = SECTIONS.replace("closing = true\n", "").replace('title = "First"', 'title = "First"\nclosing = true')
    assert "the closing section must be the last" in refusal(tmp_path, *both, sections=first)[0]


# What is not asked


def test_what_hangs_on_an_answer_waits_for_it_and_falls_away_with_it(tmp_path: Path) -> None:
    held = tried(
        tmp_path, question("a"), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", "second", ask_if=hangs_on(("b", "no"))),
    )  # fmt: skip
    waiting = not_asked(held, {})
    assert {id: one.waits for id, one in waiting.items()} == {"b": True, "c": True}
    assert waiting["b"].says == "“A?” is not answered yet."
    gone = not_asked(held, {"a": "no", "b": "no"})
    assert {id: one.waits for id, one in gone.items()} == {"b": False, "c": False}
    assert gone["b"].says == "“A?” was answered: No."
    assert gone["c"].says == "“B?” is not asked."
    assert set(not_asked(held, {"a": "yes", "b": "no"})) == set()


def test_what_is_not_asked_is_no_problem_and_its_stand_in_is_no_answer(tmp_path: Path) -> None:
    held = tried(tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"))))
    given = {q.id: Answer(q.answers[0], "Seen.") for q in held.all_questions if q.id != "b"}
    assert [p.question_id for p in check_answers(held, given)] == ["b"]
    given["a"] = Answer("no")
    assert check_answers(held, given) == []
    given["b"] = Answer(NOT_ASKED)
    assert check_answers(held, given) == []
    given["a"] = Answer("yes")
    assert [(p.question_id, p.says) for p in check_answers(held, given)] == [("b", "Answer this question.")]


def test_a_question_kept_to_some_children_is_left_out_for_the_others_and_never_for_the_unknown() -> None:
    of_care = {q.id for q in FULL.questions if q.section == "in-care"}
    assert of_care <= set(not_asked(FULL, {}, "protection-plan"))
    assert not of_care & set(not_asked(FULL, {}, "in-care"))
    assert not of_care & set(not_asked(FULL, {}, ""))


def slow_not_asked(instrument: Instrument, values: dict[str, str], child: str) -> set[str]:
    """A second computation: settle every question by asking what it hangs on, again and again until nothing moves."""
    left: set[str] = set()
    while True:
        now = {
            q.id
            for q in instrument.all_questions
            if (child and q.children and child not in q.children)
            or any(
                s.slug == q.section and child and s.children and child not in s.children for s in instrument.sections
            )
            or any(
                one.question in left or values.get(one.question) not in one.answers for one in instrument.conditions(q)
            )
        }
        if now == left:
            return left
        left = now


def test_what_is_not_asked_agrees_with_a_slower_computation_on_random_answers() -> None:
    dice = Random(4)
    for slug in slugs():
        held = load(slug)
        for _ in range(30):
            values = {q.id: dice.choice(q.answers) for q in held.questions if q.answers and dice.random() < 0.8}
            child = dice.choice(["", *CHILDREN])
            assert set(not_asked(held, values, child)) == slow_not_asked(held, values, child)


# Scales, reasons, actions, evidence


def graded(**more: object) -> Question:
    return Question("q", "Q?", "Help.", "record", "recording", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "answer", "says"),
    [
        (graded(scale="action"), Answer("no"), "Say what is to be done, and who does it."),
        (graded(scale="action"), Answer("no", action="Write it.", owner=" "), "Say what is to be done"),
        (graded(scale="action"), Answer("no", action="Write it.", owner="Team manager"), None),
        (graded(scale="action"), Answer("yes"), None),
        (graded(scale="evidenced"), Answer("not-evidenced"), "Give the reason for this answer."),
        (graded(scale="evidenced"), Answer("evidenced"), None),
        (graded(scale="yes-no"), Answer("no"), None),
        (graded(scale="yes-no", reason_for=("no",)), Answer("no"), "Give the reason for this answer."),
        (graded(scale="zero-to-ten"), Answer("7"), "Give the reason for this answer."),
        (graded(scale="zero-to-ten"), Answer("11", "x"), "“11” is not an answer to this question"),
        (graded(scale="colours"), Answer("red"), "Give the reason for this answer."),
        (graded(scale="points"), Answer("4"), None),
        (graded(scale="met"), Answer("partly-met"), None),
        (graded(scale="grades", reason_for=()), Answer("good"), None),
        (graded(evidence="must"), Answer("yes"), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("", "p. 4")), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan")), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", "p. 4")), None),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", day="2026-09-01")), None),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", day="30/9/2026")), None),
        (graded(evidence="may"), Answer("yes", seen=Seen("plan", day="31/9/2026")), "“31/9/2026” is no day"),
        (graded(evidence="must"), Answer("not-applicable", "No plan."), None),
        (graded(evidence="may"), Answer("yes"), None),
        (graded(scale="words"), Answer("", " "), "Write something"),
        (graded(scale="words", required=False), Answer(""), None),
        (graded(scale="words"), Answer("", "As they said."), None),
    ],
)  # fmt: skip
def test_each_scale_knows_what_an_answer_must_say(asked: Question, answer: Answer, says: str | None) -> None:
    short = load("case-review-short-1")
    held = Instrument("t-1", "T", "S", "S", (asked,), short.overall, short.urgent)
    said = [p.says for p in check_answers(held, {"q": answer}) if p.question_id == "q"]
    # Without sections nothing is left out.
    assert len(said) == (says is not None)
    assert not says or says in said[0]


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
