"""Survey templates: what families, children, carers, staff and partners are asked, in which languages and forms.

Each template is a file beside this one. English stands in the template, with an easy-read wording of every question;
another language stands in `translations/`, easy read too, and the words of buttons, errors and dates in `languages/`.
A language is offered for a template only where every word of it is there.

No reference gives a set of questions for families: these are the house's own. [J]
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from goldthread.domain.surveys.pictures import PICTURES, SYMBOLS
from goldthread.domain.surveys.plurals import CATEGORIES, category
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError

_FOLDER = Path(__file__).parent
KINDS: Mapping[str, str] = {
    "one": "one choice", "several": "several choices", "scale": "a scale", "words": "their own words",
}  # fmt: skip
WHO: Mapping[str, str] = {
    "families": "Families", "children-4-7": "Children aged 4 to 7", "children-8-11": "Children aged 8 to 11",
    "children-11-17": "Young people aged 11 to 17", "carers": "Carers", "staff": "Staff", "partners": "Partners",
}  # fmt: skip
CHILDREN = frozenset(slug for slug in WHO if slug.startswith("children"))
"""The templates that ask children and young people, who are spoken to as such in languages that know the difference."""
WAYS: Mapping[str, str] = {"code": "With a code", "open": "By the open link", "paper": "On paper, typed in"}
"""How an answer came: its provenance."""
_BETWEEN_THOUSANDS: Mapping[str, str] = {"comma": ",", "point": ".", "space": "\u202f"}
"""What parts a number after each three figures, by its name in the file of a language; the space is a thin one."""
_TABLES = ("easy", "told", "forms", "child", "child_easy", "child_told")
"""The tables that the file of a language may have beside its words."""
MOST_LETTERS = 2000
"""How long an answer in somebody's own words may be, in letters."""
FEWEST = 10
"""Below so many answers nothing is shown of a question (security reference, table of release, row “Survey”)."""
USE = "use"
"""The last question, asked of whoever wrote words: what may be done with them. Its answers are tiers."""

Answers = Mapping[str, str | list[str]]


class SurveyError(ValueError):
    """A template or a translation is missing or cannot be used. The message names the file, line and mending."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. It is asked only where the answer to `after` is among `if_any`; without `after`, always.

    `easy_options` are its answers in easy read, `pictures` the drawing of each; empty where the usual ones will do.
    """

    id: str
    kind: str
    text: str
    easy: str
    symbol: str
    options: Mapping[str, str]
    after: str = ""
    if_any: tuple[str, ...] = ()
    breakdown: bool = False
    easy_options: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    def answers(self, *, easy: bool) -> Mapping[str, str]:
        """The answers in their order, in usual words or in those of easy read."""
        return {key: self.easy_options.get(key, text) for key, text in self.options.items()} if easy else self.options

    def asked(self, answers: Answers) -> bool:
        """Whether it is asked of somebody who has answered so far."""
        held = answers.get(self.after, [])
        given = held if isinstance(held, list) else [held]
        return not self.after or bool(set(given) & set(self.if_any))


@dataclass(frozen=True, slots=True)
class Template:
    """One survey as it is asked, in one language. `title` and `about` stand before the first question."""

    slug: str
    title: str
    about: str
    easy_about: str
    questions: tuple[Question, ...]

    def question(self, id: str) -> Question:
        """One question. Raises KeyError where there is none."""
        return {one.id: one for one in self.questions}[id]

    def asked(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that are asked of somebody who has answered so far."""
        return tuple(one for one in self.questions if one.asked(self.kept(answers)))

    def kept(self, answers: Answers) -> dict[str, str | list[str]]:
        """The answers to questions that are asked: what was answered before a way was left again is not sent."""
        held: dict[str, str | list[str]] = {}
        for one in self.questions:
            if one.asked(held) and answers.get(one.id):
                held[one.id] = answers[one.id]
        return held


@dataclass(frozen=True, slots=True)
class Language:
    """The words around the questions in one language. `checked` is false until a native reader has read them.

    `easy` are the words that easy read says otherwise; `told` those of the page “You said, this changed”; `forms` the
    words that are another beside some numbers, each under its key, an underscore and the category of CLDR; `child`,
    `child_easy` and `child_told` what is said otherwise to children, where the language calls them otherwise than
    grown-up people; `thousands` what parts a number after each three figures.
    """

    code: str
    name: str
    english: str
    direction: str
    checked: bool
    months: tuple[str, ...]
    thousands: str
    words: Mapping[str, str]
    easy: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    child: Mapping[str, str] = field(default_factory=dict)
    child_easy: Mapping[str, str] = field(default_factory=dict)
    child_told: Mapping[str, str] = field(default_factory=dict)

    def said(self, *, easy: bool, to: str = "") -> Mapping[str, str]:
        """The words around the questions, usual or of easy read, as they are said to those whom a template asks."""
        usual, plain = (self.child, self.child_easy) if to in CHILDREN else ({}, {})
        return {**self.words, **usual, **(self.easy if easy else {}), **(plain if easy else {})}

    def told_to(self, to: str) -> Mapping[str, str]:
        """The words of what is told back, as they are said to those whom a template asks."""
        return {**self.told, **self.child_told} if to in CHILDREN else self.told

    def number(self, number: int) -> str:
        """A whole number as it is written in this language."""
        return f"{number:,}".replace(",", self.thousands)

    def for_count(self, words: Mapping[str, str], number: int) -> Mapping[str, str]:
        """Words with the forms that stand beside a number: “answers (few)” in the place of “answers” where few it is.

        A form that is not written is the usual one.
        """
        ending = f"_{category(self.code, number)}"
        forms = {key.removesuffix(ending): text for key, text in self.forms.items() if key.endswith(ending)}
        return {**words, **forms}

    def day(self, day: date) -> str:
        """A day as it is written in this language."""
        return self.words["date"].format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of all templates, in the order of whom they ask."""
    return tuple(slug for slug in WHO if (_FOLDER / f"{slug}.toml").is_file())


@cache
def load(slug: str, language: str = "en") -> Template:
    """A template in a language. Raises SurveyError where there is none, or not in that language."""
    path = _FOLDER / f"{slug}.toml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        raise SurveyError(f"There is no survey called “{slug}”; use one of {', '.join(slugs())}.")
    template = read_text(path.read_text("utf-8"), path.name)
    if language == "en":
        return template
    translated = _FOLDER / "translations" / f"{slug}.{language}.toml"
    if not translated.is_file():
        raise SurveyError(f"“{slug}” is not translated into “{language}”.")
    return read_translation(translated.read_text("utf-8"), translated.name, template)


@cache
def languages_of(slug: str) -> tuple[str, ...]:
    """The languages in which a template is complete, English first."""
    held = sorted(path.name.split(".")[1] for path in (_FOLDER / "translations").glob(f"{slug}.*.toml"))
    return ("en", *held)


@cache
def every_language() -> tuple[str, ...]:
    """The codes of all languages that there are words for, English first."""
    held = sorted(path.stem for path in (_FOLDER / "languages").glob("*.toml"))
    return ("en", *(code for code in held if code != "en"))


@cache
def language(code: str) -> Language:
    """The words around the questions. Raises SurveyError where there is no such language."""
    path = _FOLDER / "languages" / f"{code}.toml"
    if not SLUG.fullmatch(code) or not path.is_file():
        raise SurveyError(f"There is no language “{code}”.")
    english = None if code == "en" else language("en")
    needed = (tuple(english.words), tuple(english.told), tuple(english.easy)) if english else ()
    return read_language(path.read_text("utf-8"), path.name, *needed)


def read_text(text: str, file: str) -> Template:
    """The template that the text of a file describes. Raises SurveyError, with the line, when it is wrong."""
    try:
        sheet = Sheet.of_text(file, text)
        found = Template(
            sheet.slug(), sheet.text("title"), sheet.text("about"), sheet.text("easy_about"),
            _questions(sheet.tables("questions")),
        )  # fmt: skip
        sheet.done()
        if f"{found.slug}.toml" != file:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{file.removesuffix('.toml')}”.")
        return found
    except SheetError as error:
        raise SurveyError(str(error)) from error


def _questions(sheets: list[Sheet]) -> tuple[Question, ...]:
    named = [sheet.slug("id") for sheet in sheets]
    held: dict[str, Question] = {}
    for sheet in sheets:
        one = _question(sheet, held, named)
        if one.id in held or one.id == USE:
            sheet.fail("id", f"“{one.id}” is taken already; give this question another id.")
        held[one.id] = one
    return tuple(held.values())


def _question(sheet: Sheet, before: Mapping[str, Question], named: Collection[str]) -> Question:
    kind = sheet.one_of("kind", KINDS)
    options = {} if kind == "words" else sheet.words_by_key("options")
    if kind != "words" and len(options) < 2:
        sheet.fail("options", "a choice needs two answers or more.")
    found = Question(
        sheet.slug("id"), kind, sheet.text("text"), sheet.text("easy"), sheet.one_of("symbol", SYMBOLS), options,
        sheet.text_or("after"), sheet.words("if_any") if "if_any" in sheet else (), sheet.flag("breakdown", False),
        *(_of_answers(sheet, name, options) for name in ("easy_options", "pictures")),
    )  # fmt: skip
    sheet.may_have("if_any")
    sheet.may_have("options")
    sheet.may_have("easy_options")
    sheet.may_have("pictures")
    _reached(sheet, found, before, named)
    if found.breakdown and kind != "one":
        sheet.fail("breakdown", "only a question with one choice can break results down.")
    sheet.done()
    return found


def _of_answers(sheet: Sheet, name: str, options: Mapping[str, str]) -> Mapping[str, str]:
    """What easy read says or draws for each answer: for every one or for none, since a gap would seem to say it."""
    held = sheet.words_by_key(name) if name in sheet else {}
    if held and set(held) != set(options):
        sheet.fail(name, f"give one for each answer: {', '.join(options)}.")
    if name == "pictures" and (unknown := [one for one in held.values() if one not in PICTURES]):
        sheet.fail(name, f"“{unknown[0]}” is no drawing; use one of {', '.join(sorted(PICTURES))}.")
    return held


def _reached(sheet: Sheet, one: Question, before: Mapping[str, Question], named: Collection[str]) -> None:
    """Refuse a question that waits for one that comes later, or for an answer that nobody can give."""
    if bool(one.after) != bool(one.if_any):
        sheet.fail("after" if one.after else "if_any", "“after” and “if_any” belong together; give both or neither.")
    if not one.after:
        return
    if one.after not in before:
        where = "comes later or is this one: that would go round in a loop" if one.after in named else "is not there"
        sheet.fail("after", f"“{one.after}” {where}; name a question that stands above.")
    unknown = [answer for answer in one.if_any if answer not in before[one.after].options]
    if unknown:
        sheet.fail("if_any", f"“{unknown[0]}” is no answer to “{one.after}”, so that nobody would be asked this.")


def read_translation(text: str, file: str, english: Template) -> Template:
    """A template in another language. Raises SurveyError where a word of it is missing or is not of this survey."""
    try:
        sheet = Sheet.of_text(file, text)
        title, about, easy_about = sheet.text("title"), sheet.text("about"), sheet.text("easy_about")
        questions = tuple(_translated(sheet.table(one.id), one) for one in english.questions)
        sheet.done()
    except SheetError as error:
        raise SurveyError(str(error)) from error
    return Template(english.slug, title, about, easy_about, questions)


def _translated(sheet: Sheet, english: Question) -> Question:
    text, easy = sheet.text("text"), sheet.text("easy")
    options = {key: sheet.text(key) for key in english.options}
    easy_options = sheet.words_by_key("easy_options") if english.easy_options else {}
    if easy_options and set(easy_options) != set(options):
        sheet.fail("easy_options", f"give one for each answer: {', '.join(options)}.")
    sheet.done()
    return Question(
        english.id,
        english.kind,
        text,
        easy,
        english.symbol,
        options,
        english.after,
        english.if_any,
        english.breakdown,
        easy_options=easy_options,
        pictures=english.pictures,
    )


def read_language(
    text: str, file: str, needed: Collection[str] = (), needed_told: Collection[str] = (),
    needed_easy: Collection[str] = (),
) -> Language:  # fmt: skip
    """The words around the questions, usual and of easy read, and of what is told later.

    Raises SurveyError where one that is needed lacks.
    """
    try:
        sheet = Sheet.of_text(file, text)
        found = Language(
            sheet.slug("code"), sheet.text("name"), sheet.text("english"), sheet.one_of("direction", ("ltr", "rtl")),
            sheet.flag("checked"), sheet.words("months"),
            _BETWEEN_THOUSANDS[sheet.one_of("thousands", _BETWEEN_THOUSANDS)], sheet.words_by_key("words"),
            *(sheet.words_by_key(name) if name in sheet else {} for name in _TABLES),
        )  # fmt: skip
        sheet.done()
        if len(found.months) != 12:
            sheet.fail("months", "name twelve months.")
        for table, wanted in (("words", needed), ("told", needed_told), ("easy", needed_easy)):
            if missing := [key for key in wanted if key not in getattr(found, table)]:
                sheet.fail(table, f"the translation of “{missing[0]}” is missing; add it.")
        _sound_forms(sheet, found)
        for table, model in (("easy", "words"), ("child", "words"), ("child_easy", "easy"), ("child_told", "told")):
            if strange := [key for key in getattr(found, table) if key not in getattr(found, model)]:
                sheet.fail(table, f"“{strange[0]}” is none of “{model}”, so that it cannot be said otherwise here.")
        return found
    except SheetError as error:
        raise SurveyError(str(error)) from error


def _sound_forms(sheet: Sheet, found: Language) -> None:
    """Refuse a form of no word, or for a category that there is not."""
    for key in found.forms:
        word, _, ending = key.rpartition("_")
        if word not in {**found.words, **found.told} or ending not in CATEGORIES:
            sheet.fail("forms", f"“{key}” is no word with one of {', '.join(CATEGORIES)} behind it.")
