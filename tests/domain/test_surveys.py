"""Survey templates: those that ship are complete, skip as they say, and what is wrong is refused with its line."""

import re
from datetime import date
from pathlib import Path

import pytest

from goldthread.domain import surveys
from goldthread.domain.surveys import pictures, plurals

ROOT = Path(__file__).resolve().parents[2] / "src" / "goldthread"
SAMPLES = ("ar", "cy", "pl", "ro", "ur")
ENGLISH = {"the", "you", "your", "and", "of", "is", "are", "what", "how", "with", "not", "this", "for", "have"}
"""Words that stand in nearly every English sentence, and in none of the samples."""
RIGHT_TO_LEFT = re.compile("[\u0600-\u06ff]")
RIGHT = """slug = "short"
title = "Short"
about = "About"
easy_about = "About"

[[questions]]
id = "first"
kind = "one"
text = "First?"
easy = "First?"
symbol = "star"
options = { yes = "Yes", no = "No" }

[[questions]]
id = "second"
kind = "words"
text = "Second?"
easy = "Second?"
symbol = "star"
after = "first"
if_any = ["no"]
"""


@pytest.mark.parametrize("slug", surveys.slugs())
def test_every_template_is_complete_in_every_language_that_it_offers(slug: str) -> None:
    english = surveys.load(slug)
    for code in surveys.languages_of(slug):
        there = surveys.load(slug, code)
        assert [one.id for one in there.questions] == [one.id for one in english.questions]
        assert all(list(a.options) == list(b.options) for a, b in zip(there.questions, english.questions, strict=True))
        words = surveys.language(code)
        assert set(words.words) == set(surveys.language("en").words)
        for key, said in words.words.items():
            slots = {
                slot
                for slot in ("{day}", "{month}", "{year}", "{number}", "{count}", "{council}", "{most}")
                if slot in said
            }
            meant = {slot for slot in slots if slot in surveys.language("en").words[key]}
            assert slots == meant and ("{" in said) == ("{" in surveys.language("en").words[key]), (code, key)
    symbols = [one.symbol for one in english.questions]
    assert len(set(symbols)) == len(symbols), "each question has a picture of its own"


def test_who_is_asked_is_everybody_that_the_field_names() -> None:
    assert set(surveys.slugs()) == set(surveys.WHO)


def test_every_survey_has_its_five_samples_and_writes_days_as_they_do() -> None:
    for slug in surveys.slugs():
        assert surveys.languages_of(slug) == ("en", *SAMPLES), slug
    assert {surveys.language(code).direction for code in ("ar", "ur")} == {"rtl"}
    assert surveys.language("pl").day(date(2026, 3, 4)) == "4 marca 2026"
    assert surveys.language("ur").day(date(2026, 3, 4)) == "4 مارچ 2026"


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", re.sub(r"{\w+}", "", text).lower()))


def _said(template: surveys.Template) -> dict[str, str]:
    """Every string of a template by where it stands."""
    held = {"title": template.title, "about": template.about}
    for one in template.questions:
        held[one.id] = one.text
        held |= {f"{one.id}/{key}": text for key, text in one.options.items()}
    return held


@pytest.mark.parametrize("code", SAMPLES)
@pytest.mark.parametrize("slug", surveys.slugs())
def test_every_template_is_whole_in_every_sample_language(slug: str, code: str) -> None:
    """No string is missing or left in English, answers differ, placeholders are those of English, letters are right."""
    english, there = _said(surveys.load(slug)), _said(surveys.load(slug, code))
    assert list(there) == list(english)
    language = surveys.language(code)
    assert not language.checked, "a native reader has not read it"
    for where, text in there.items():
        assert text.strip() == text and text != english[where], (slug, code, where)
        assert not _words(text) & ENGLISH, (slug, code, where, text)
        assert re.findall(r"{\w+}|\d+", text) == re.findall(r"{\w+}|\d+", english[where]), (slug, code, where)
        if language.direction == "rtl":
            assert RIGHT_TO_LEFT.search(text) and not re.search("[A-Za-z]", text), (slug, code, where)
    for one in surveys.load(slug, code).questions:
        assert len(set(one.options.values())) == len(one.options), (slug, code, one.id)


@pytest.mark.parametrize("code", SAMPLES)
def test_no_word_around_the_questions_is_left_in_english(code: str) -> None:
    language, english = surveys.language(code), surveys.language("en")
    for table, model in (
        (language.words, english.words), (language.told, english.told), (language.easy, english.easy),
        (language.child, english.words), (language.child_told, english.told), (language.child_easy, english.easy),
    ):  # fmt: skip
        for key, text in table.items():
            assert not _words(text) & ENGLISH, (code, key, text)
            assert key == "date" or text != model[key], (code, key)
            assert re.findall(r"[A-Z0-9]{4}-|\b\d{3,}", text) == re.findall(r"[A-Z0-9]{4}-|\b\d{3,}", model[key]), key


FORMAL = {
    "pl": r"(?i)państw|\bpan(i|a|u|em)?\b|proszę|prosimy",
    "ro": r"(?i)dumneavoastr|\bvă\b|\w+ți\b|\bv-",
    "cy": r"(?i)\b(eich|chi|chwi|arnoch|gennych|ydych|gallwch|oeddech)\b|\w+wch\b",
}
"""How grown-up people are spoken to, in the languages that speak to children otherwise."""
MEANT_OTHERWISE = {"poți", "simți", "toți", "autorități", "îți"}
"""Words of those endings that are no such address."""
SAID_TO_SEVERAL = ("title", "said", "title_promised")
"""What is said to all children together, where Romanian and Welsh have one word for several and for grown-up people."""
SAID_TO_THE_TEAM = ("words", "idea", "inspector")
"""What a child answers to the team: there the team is spoken to."""


@pytest.mark.parametrize("slug", sorted(surveys.CHILDREN))
@pytest.mark.parametrize("code", sorted(FORMAL))
@pytest.mark.parametrize("easy", (True, False))
def test_children_are_spoken_to_as_children(code: str, slug: str, easy: bool) -> None:
    """Whatever stands on their pages and letters, and what is told them later; grown-up people are not spoken to so."""
    language, template = surveys.language(code), surveys.load(slug, code)
    around = {key: text for key, text in language.said(easy=easy, to=slug).items() if key not in SAID_TO_THE_TEAM}
    told = {key: text for key, text in language.told_to(slug).items() if key not in SAID_TO_SEVERAL}
    asked = _said_easily(template) if easy else _said(template)
    for where, text in (*around.items(), *told.items(), *asked.items()):
        found = {one[0].lower() for one in re.finditer(FORMAL[code], text)} - MEANT_OTHERWISE
        assert not found, (code, slug, where, text, found)
    grown = " ".join(language.said(easy=False, to="families").values())
    assert re.search(FORMAL[code], grown)


def test_languages_that_say_you_in_one_way_have_no_words_of_their_own_for_children() -> None:
    for code in set(surveys.every_language()) - set(FORMAL):
        assert not surveys.language(code).child and surveys.language(code).said(easy=False, to="children-4-7")


@pytest.mark.parametrize(
    ("code", "written"), [("en", "2,000"), ("pl", "2\u202f000"), ("ro", "2.000"), ("cy", "2,000"), ("ur", "2,000")]
)
def test_a_number_is_written_as_its_language_writes_it(code: str, written: str) -> None:
    assert surveys.language(code).number(2000) == written
    assert surveys.language(code).number(999) == "999"


def _said_easily(template: surveys.Template) -> dict[str, str]:
    """Every string of a template's easy read by where it stands."""
    held = {"about": template.easy_about}
    for one in template.questions:
        held[one.id] = one.easy
        held |= {f"{one.id}/{key}": text for key, text in one.easy_options.items()}
    return held


@pytest.mark.parametrize("code", SAMPLES)
@pytest.mark.parametrize("slug", surveys.slugs())
def test_every_template_is_in_easy_read_in_every_sample_language(slug: str, code: str) -> None:
    """All that easy read says otherwise in English is there too, in short sentences, and drawn as in English."""
    english, there = surveys.load(slug), surveys.load(slug, code)
    said = _said_easily(there)
    assert list(said) == list(_said_easily(english))
    for where, text in said.items():
        assert text.strip() == text and text != _said_easily(english)[where], (slug, code, where)
        assert not _words(text) & ENGLISH, (slug, code, where, text)
        assert _longest(text) <= 15, (slug, code, where, text)
        if surveys.language(code).direction == "rtl":
            assert RIGHT_TO_LEFT.search(text) and not re.search("[A-Za-z]", text), (slug, code, where)
    assert there.easy_about != there.about
    for plain, one in zip(english.questions, there.questions, strict=True):
        assert pictures.of_question(one) == pictures.of_question(plain)
        assert len(set(one.answers(easy=True).values())) == len(one.options), (slug, code, one.id)
        assert len(one.easy.split()) <= 10, (slug, code, one.id)


def _longest(text: str) -> int:
    """How many words the longest sentence has."""
    return max(len(one.split()) for one in re.split("[.?:؟۔]", text))


def test_a_question_is_asked_only_where_its_condition_holds_and_what_was_left_is_not_kept() -> None:
    families = surveys.load("families")
    well, ill = {"listened": "well"}, {"listened": "not-well", "not-listened": ["time"]}
    assert "not-listened" not in [one.id for one in families.asked(well)]
    assert "not-listened" in [one.id for one in families.asked(ill)]
    assert families.kept({**ill, "listened": "well"}) == well
    assert families.kept({"made-up": "x"}) == {}


@pytest.mark.parametrize(("old", "new", "says"), [
    ('after = "first"', 'after = "second"', "loop"),
    ('after = "first"', 'after = "third"', "is not there"),
    ('if_any = ["no"]', 'if_any = ["maybe"]', "nobody would be asked"),
    ('if_any = ["no"]\n', "", "belong together"),
    ('options = { yes = "Yes", no = "No" }', 'options = { yes = "Yes" }', "two answers"),
    ('id = "second"', 'id = "first"', "taken already"),
    ('id = "second"', 'id = "use"', "taken already"),
    ('kind = "one"', 'kind = "matrix"', "not a known kind"),
    ('easy = "Second?"\n', "", "“easy” is missing"),
    ('symbol = "star"\noptions', 'symbol = "unicorn"\noptions', "not a known symbol"),
    ('kind = "words"', 'kind = "words"\nbreakdown = true', "one choice"),
    ('slug = "short"', 'slug = "long"', "file's name"),
])  # fmt: skip
def test_what_is_wrong_with_a_template_is_refused_with_its_line(old: str, new: str, says: str) -> None:
    assert surveys.read_text(RIGHT, "short.toml").slug == "short"
    assert old in RIGHT
    with pytest.raises(surveys.SurveyError, match=says) as refused:
        surveys.read_text(RIGHT.replace(old, new, 1), "short.toml")
    assert "short.toml" in str(refused.value)


def test_a_question_that_waits_for_words_or_for_a_later_one_is_refused() -> None:
    forward = RIGHT.replace("options = { yes", 'after = "second"\nif_any = ["x"]\noptions = { yes', 1)
    with pytest.raises(surveys.SurveyError, match="loop"):
        surveys.read_text(forward, "short.toml")


def test_a_translation_with_a_hole_is_refused_by_name() -> None:
    english = surveys.read_text(RIGHT, "short.toml")
    right = (
        'title = "T"\nabout = "A"\neasy_about = "E"\n[first]\ntext = "F"\neasy = "E"\nyes = "Y"\nno = "N"\n'
        '[second]\ntext = "S"\neasy = "E"\n'
    )
    assert surveys.read_translation(right, "short.cy.toml", english).question("first").options["no"] == "N"
    for gone, says in (
        ('no = "N"\n', "“no” is missing"),
        ('[second]\ntext = "S"\neasy = "E"\n', "second"),
        ('easy_about = "E"\n', "“easy_about” is missing"),
        ('text = "S"\neasy = "E"\n', "“text” is missing"),
        ('title = "T"\n', "title"),
    ):
        with pytest.raises(surveys.SurveyError, match=says):
            surveys.read_translation(right.replace(gone, ""), "short.cy.toml", english)
    with pytest.raises(surveys.SurveyError, match="not known"):
        surveys.read_translation(right + 'extra = "E"\n', "short.cy.toml", english)
    easily = RIGHT.replace('No" }', 'No" }\neasy_options = { yes = "Yes", no = "No" }')
    english = surveys.read_text(easily, "short.toml")
    for more, says in (("", "“easy_options” is missing"), ('easy_options = { yes = "Y" }\n', "one for each answer")):
        with pytest.raises(surveys.SurveyError, match=says):
            surveys.read_translation(right.replace('no = "N"\n', 'no = "N"\n' + more), "short.cy.toml", english)


def test_a_language_with_a_hole_is_refused_by_name() -> None:
    text = (ROOT / "domain" / "surveys" / "languages" / "pl.toml").read_text("utf-8")
    needed = tuple(surveys.language("en").words)
    assert surveys.read_language(text, "pl.toml", needed).code == "pl"
    with pytest.raises(surveys.SurveyError, match="“send” is missing"):
        surveys.read_language(text.replace('send = "Wyślij"\n', ""), "pl.toml", needed)
    with pytest.raises(surveys.SurveyError, match="“check” is missing"):
        surveys.read_language(text.replace('check = "Zobacz swoje odpowiedzi"\n', ""), "pl.toml", (), (), ("check",))
    with pytest.raises(surveys.SurveyError, match="twelve"):
        surveys.read_language(text.replace('"stycznia", ', ""), "pl.toml", needed)


@pytest.mark.parametrize("slug", ["nowhere", "../families", ""])
def test_what_is_not_there_is_refused(slug: str) -> None:
    with pytest.raises(surveys.SurveyError):
        surveys.load(slug)
    with pytest.raises(surveys.SurveyError):
        surveys.language(slug)


@pytest.mark.parametrize("slug", surveys.slugs())
def test_easy_read_has_a_picture_and_words_for_every_answer(slug: str) -> None:
    for one in surveys.load(slug).questions:
        shown = pictures.of_question(one)
        assert list(one.answers(easy=True)) == list(one.options) == list(one.answers(easy=False))
        assert not one.options or set(shown) == set(one.options), one.id
        assert len(set(shown.values())) == len(shown), "no two answers have one picture"
        assert set(shown.values()) <= pictures.PICTURES


@pytest.mark.parametrize(("code", "numbers"), [
    ("en", {"one": (1,), "other": (0, 2, 10, 100)}),
    ("ur", {"one": (1,), "other": (0, 2, 10, 100)}),
    ("ar", {"zero": (0,), "one": (1,), "two": (2,), "few": (3, 10, 103, 110), "many": (11, 26, 99, 111),
            "other": (100, 101, 102, 200, 1000)}),
    ("cy", {"zero": (0,), "one": (1,), "two": (2,), "few": (3,), "many": (6,), "other": (4, 5, 7, 10, 100)}),
    ("pl", {"one": (1,), "few": (2, 3, 4, 22, 104), "many": (0, 5, 11, 12, 14, 21, 112)}),
    ("ro", {"one": (1,), "few": (0, 2, 10, 19, 101, 119), "other": (20, 35, 100, 120)}),
])  # fmt: skip
def test_a_number_has_the_category_that_the_cldr_gives_as_its_examples(
    code: str, numbers: dict[str, tuple[int, ...]]
) -> None:
    for held, of in numbers.items():
        assert {plurals.category(code, number) for number in of} == {held}, (code, held)


def test_the_word_beside_a_number_has_the_form_of_that_number() -> None:
    for code, number, says in (
        ("ar", 10, "من 10 إجابات:"), ("ar", 20, "من 20 إجابةً:"), ("ar", 100, "من 100 إجابة:"),
        ("ro", 10, "Din 10 răspunsuri:"), ("ro", 20, "Din 20 de răspunsuri:"), ("ro", 110, "Din 110 răspunsuri:"),
        ("pl", 20, "Z 20 odpowiedzi:"), ("en", 20, "Of 20 answers:"),
    ):  # fmt: skip
        one = surveys.language(code)
        assert one.for_count(one.told, number)["answers"].format(of=number) == says
    text = (ROOT / "domain" / "surveys" / "languages" / "ar.toml").read_text("utf-8")
    for wrong in ("answers_plenty", "nothing_few"):
        with pytest.raises(surveys.SurveyError, match=f"“{wrong}” is no word"):
            surveys.read_language(text.replace("answers_two", wrong), "ar.toml")


@pytest.mark.parametrize("code", surveys.every_language())
def test_easy_read_says_the_words_around_the_questions_plainly(code: str) -> None:
    one = surveys.language(code)
    assert set(one.easy) == set(surveys.language("en").easy)
    for key, text in one.easy.items():
        assert text != one.words[key], (code, key)
        assert _longest(text) <= 15, (code, key)
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", one.words[key])), (code, key)
        assert (one.words["send"] in text) == (surveys.language("en").words["send"] in surveys.language("en").easy[key])
    assert one.said(easy=False) == one.words and one.said(easy=True)["use"] == one.easy["use"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('easy_options = { yes = "Yes" }', "give one for each answer: yes, no"),
        ('pictures = { yes = "tick", no = "unicorn" }', "is no drawing"),
    ],
)
def test_easy_read_with_a_hole_or_an_unknown_drawing_is_refused(more: str, says: str) -> None:
    with pytest.raises(surveys.SurveyError, match=says):
        surveys.read_text(
            RIGHT.replace('symbol = "star"\noptions', f'symbol = "star"\n{more}\noptions', 1), "short.toml"
        )
