"""An instrument while it is being written: every thing that does not go together is told, and parts are changed."""

from dataclasses import replace

import pytest

from goldthread.domain import instruments
from goldthread.domain.instrument import Condition, Instrument, Question, Section
from goldthread.domain.instruments import InstrumentError, drafts, read_text
from goldthread.domain.instruments.drafts import read_draft
from goldthread.domain.instruments.writing import as_toml
from goldthread.domain.toml_sheet import Sheet, SheetError, stamped

SHORT = instruments.load("case-review-short-1")
FULL = instruments.load("case-review-full-1")


def small() -> Instrument:
    """Three questions in a first section, and the closing one."""
    asked = tuple(
        Question(id, f"{id.capitalize()}?", "Look.", "record", "recording", section="first", scale="yes-no")
        for id in ("one", "two", "three")
    )
    held = drafts.blank("tried-1", "Tried", 1)
    held = drafts.put_section(held, Section("first", "First"))
    return replace(held, questions=(*asked, *held.questions))


def hang(of: Instrument, id: str, *on: tuple[str, str]) -> Instrument:
    question = of.question(id)
    ask_if = tuple(Condition(one, (answer,)) for one, answer in on)
    return drafts.put_question(of, replace(question, ask_if=ask_if), id)


def wrong(of: Instrument) -> list[tuple[str, str, str]]:
    return [(one.question, one.section, one.says) for one in read_draft(as_toml(of), "t")[1]]


def ids(of: Instrument) -> list[str]:
    return [one.id for _, questions in of.on_page() for one in questions if one in of.questions]


@pytest.mark.parametrize("slug", instruments.slugs())
def test_nothing_is_wrong_with_what_comes_with_goldthread(slug: str) -> None:
    held = instruments.load(slug)
    assert read_draft(as_toml(held), "t") == (held, ())


def test_the_least_draft_can_be_used_at_once() -> None:
    held = drafts.blank("tried-1", "Tried", 1)
    assert wrong(held) == []
    assert read_text(as_toml(held), "t") == held


def test_every_problem_is_told_at_its_place_and_a_file_is_refused_at_the_first() -> None:
    held = drafts.put_section(small(), Section("empty", "Empty"))
    held = hang(hang(held, "one", ("two", "yes")), "two", ("one", "no"))
    held = replace(held, overall=held.overall[:1])
    told = wrong(held)
    assert [(question, section) for question, section, _ in told] == [("", "empty"), ("", ""), ("two", "")]
    assert "has no question" in told[0][2]
    assert "closing grade for the record is missing" in told[1][2]
    assert "circle" in told[2][2] and "“One?”" in told[2][2]
    with pytest.raises(InstrumentError, match=r"line .*has no question"):
        read_text(as_toml(held), "tried-1.toml")


def test_a_loop_is_told_once_and_hides_what_hangs_on_it() -> None:
    held = hang(hang(hang(small(), "one", ("three", "yes")), "two", ("one", "yes")), "three", ("two", "yes"))
    told = wrong(held)
    assert len(told) == 1
    assert told[0][2].startswith("“One?” is asked only after “Three?”")


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ((("gone", "yes"),), "not there any more"),
        ((("one", "perhaps"),), "which “One?” does not offer"),
        ((("three", "yes"),), "asked below it"),
    ],
)
def test_conditions_that_do_not_hold_together_are_told_in_plain_words(
    conditions: tuple[tuple[str, str], ...], says: str
) -> None:
    told = wrong(hang(small(), "two", *conditions))
    assert [one[0] for one in told] == ["two"]
    assert says in told[0][2]


def test_a_dead_question_is_told() -> None:
    held = hang(small(), "two", ("one", "yes"))
    held = hang(held, "three", ("two", "yes"), ("one", "no"))
    assert wrong(held)[0][0] == "three"
    assert "can never be asked" in wrong(held)[0][2]
    children = replace(small(), children=("in-care",))
    dead = drafts.put_question(children, replace(children.question("one"), children=("adoption",)), "one")
    assert "no child fits it" in wrong(dead)[0][2]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda of: replace(of, sections=tuple(replace(one, closing=False) for one in of.sections)), "No section is"),
        (lambda of: replace(of, sections=tuple(replace(one, closing=True) for one in of.sections)), "Leave one"),
        (lambda of: drafts.move_section(of, "closing", up=True), "Move it down"),
        (lambda of: drafts.drop_question(of, "difference-made"), "what difference the work made"),
    ],
)
def test_a_review_must_close_as_it_must(change: object, says: str) -> None:
    told = wrong(change(small()))  # type: ignore[operator]
    assert any(says in one[2] for one in told)


def test_questions_move_within_their_section_and_over_its_edge() -> None:
    held = small()
    assert ids(drafts.move_question(held, "two", up=True)) == ["two", "one", "three", "difference-made"]
    assert ids(drafts.move_question(held, "two", up=False)) == ["one", "three", "two", "difference-made"]
    over = drafts.move_question(held, "three", up=False)
    assert over.question("three").section == "closing"
    assert ids(over) == ["one", "two", "three", "difference-made"]
    assert drafts.move_question(over, "three", up=True).question("three").section == "first"
    assert ids(drafts.move_question(held, "one", up=True)) == ids(held)
    assert ids(drafts.move_question(held, "difference-made", up=False)) == ids(held)


def test_sections_move_with_their_questions() -> None:
    held = drafts.put_section(small(), Section("second", "Second"))
    assert [one.slug for one in held.sections] == ["first", "second", "closing"]
    moved = drafts.move_section(held, "first", up=False)
    assert [one.slug for one in moved.sections] == ["second", "first", "closing"]
    assert drafts.move_section(held, "first", up=True) == held
    assert drafts.drop_section(moved, "second").sections == small().sections


def test_a_question_put_in_another_section_stands_at_its_end() -> None:
    held = drafts.put_question(small(), replace(small().question("one"), section="closing"), "one")
    assert ids(held) == ["two", "three", "difference-made", "one"]
    assert ids(drafts.put_question(small(), replace(small().question("one"), text="Else?"), "one")) == ids(small())


def test_what_a_question_may_hang_on_stands_above_it_and_has_answers() -> None:
    words = replace(small().question("two"), scale="words", id="said")
    held = drafts.put_question(small(), words)
    assert [one.id for one in drafts.earlier(held, "three", "first")] == ["one", "two"]
    assert [one.id for one in drafts.earlier(held, "difference-made", "closing")] == ["one", "two", "three"]


def test_what_hangs_on_a_question_is_known_and_can_be_shown_without() -> None:
    held = hang(small(), "two", ("one", "yes"))
    assert [one.id for one in drafts.hanging_on(held, "one") if isinstance(one, Question)] == ["two"]
    left = drafts.drop_question(held, "one")
    assert "not there any more" in wrong(left)[0][2]
    assert drafts.without_dangling(left).question("two").ask_if == ()


def test_ids_are_made_from_words() -> None:
    assert drafts.named_after("Was the child seen alone?", ()) == "was-the-child-seen-alone"
    assert drafts.named_after("Was the child seen alone?", {"was-the-child-seen-alone"}) == "was-the-child-seen-alone-2"
    assert drafts.named_after("2. ¿Qué?", ()) == "qu"
    assert drafts.named_after("???", ()) == "part"
    assert len(drafts.named_after("long words " * 20, ())) <= 40


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('slug = "a-1"\ntitle = "x\n', 2, "not TOML"),
        ("a = " + "[" * 3000, 1, "not TOML"),
        ("a = " + "9" * 5000, 1, "not TOML"),
        ("x = 1", 1, "missing"),
    ],
)
def test_broken_text_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(InstrumentError, match=f"line {line}: .*{says}"):
        read_draft(text, "t")


def test_more_questions_than_anybody_would_answer_are_refused() -> None:
    held = small()
    long = [replace(held.question("one"), id=f"q-{number}") for number in range(301)]
    for number, question in enumerate(long[1:], 1):
        long[number] = replace(question, ask_if=(Condition(f"q-{number - 1}", ("yes",)),))
    with pytest.raises(InstrumentError, match="at most 300"):
        read_draft(as_toml(replace(held, questions=(*long, held.question("difference-made")))), "t")
    fits = replace(held, questions=(*long[:299], held.question("difference-made")))
    assert read_draft(as_toml(fits), "t")[1] == (), "a chain as long as that can be followed"


def test_a_text_keeps_its_remarks_when_it_is_given_another_name() -> None:
    text = "# Ours.\n" + as_toml(SHORT)
    other = stamped(text, slug="ours-3", version=3)
    assert other.startswith("# Ours.\n")
    assert read_text(other, "t") == replace(SHORT, slug="ours-3", version=3)
    assert stamped("a = 1\n", slug="x") == 'slug = "x"\na = 1\n'


def test_a_problem_knows_its_line_and_place() -> None:
    sheet = Sheet.of_text("t", '[[questions]]\nid = "a"\n\n[[questions]]\nid = "b"\n')
    error = sheet.tables("questions")[1].error("id", "is wrong.", "Plainly wrong.")
    assert isinstance(error, SheetError)
    assert (str(error), error.line, error.place, error.plain) == (
        "t, line 5: is wrong.", 5, ("questions", 1, "id"), "Plainly wrong.",
    )  # fmt: skip


def test_areas_beyond_those_that_ship_may_be_named() -> None:
    asked = replace(small().question("one"), areas=("our-own",))
    text = as_toml(drafts.put_question(small(), asked, "one"))
    assert read_draft(text, "t", ("our-own",))[0].question("one").areas == ("our-own",)
    with pytest.raises(InstrumentError, match="our-own"):
        read_draft(text, "t")


def test_every_instrument_survives_a_move_there_and_back() -> None:
    for question in FULL.questions[:-1]:
        moved = drafts.move_question(drafts.move_question(FULL, question.id, up=False), question.id, up=True)
        assert ids(moved) == ids(FULL)
