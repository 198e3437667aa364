"""Training as its pages and files tell it: the form of a practice case, own answers beside the model's, calibration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.apps.drafting import known
from goldthread.apps.training import queries
from goldthread.apps.training.actions import ClashedAnswer, Typed
from goldthread.domain.agreement import RESAMPLES, Figure, Scale
from goldthread.domain.calibration import leaning
from goldthread.domain.instrument import NOTES, URGENT
from goldthread.domain.scales import words_of
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters import moderation, review_sheet
from goldthread.web.presenters.review_sheet import Sheet, answer_words

KINDS = {"practice": "Practice", "record": "The record"}

LEANS = {
    "same": "As the model", "kinder": "Kinder than the model", "harsher": "Harsher than the model",
    "other": "Only one of the two finds that it applies", "overlooked": "Overlooked: unsafe now by the model",
}  # fmt: skip
"""How an answer stands to the model's, in words."""

COLOURS = {"same": "green", "kinder": "orange", "harsher": "blue", "other": "grey", "overlooked": "red"}
"""The colour of each; the words say it too."""


def sheet(
    review: Any, *, typed: Mapping[str, Typed] | None = None, clashes: Iterable[ClashedAnswer] = ()
) -> Sheet:  # fmt: skip
    """The form of a practice case as it is stored, or with what was just typed over it."""
    made = review_sheet.sheet_of(
        queries.instrument_of(review), known.framework(review.inspection.framework), queries.answers_of(review),
        review.practice_case.group, review.saved_at, typed=typed or {}, clashes=clashes, facts={},
    )  # fmt: skip
    for item in made.items:
        if item.kind == "flag":
            # Of a real child the lead is told at once; of this one nobody is.
            item.scale, item.help = "practice-flag", "Answer as you would of a real child. In practice nobody is told."
    return made


@dataclass(frozen=True, slots=True)
class Beside:
    """One question: what the reviewer answered, what the model answers, why, and where that stands in the file."""

    id: str
    number: str
    text: str
    own: str
    own_why: str
    told: tuple[tuple[str, str], ...]
    model: str
    model_why: str
    see: tuple[int, ...]
    leans: str

    @property
    def words(self) -> str:
        """How the two stand to each other, in words."""
        return LEANS["overlooked" if self.overlooked else self.leans]

    @property
    def colour(self) -> str:
        """The colour of the mark."""
        return COLOURS["overlooked" if self.overlooked else self.leans]

    @property
    def overlooked(self) -> bool:
        """Whether the model finds that the child is unsafe now, and the reviewer does not."""
        return self.id == URGENT and self.leans == "kinder"


@dataclass(frozen=True, slots=True)
class Compared:
    """A whole attempt beside the model answers, section by section, with the reviewer's own notes."""

    sections: tuple[tuple[str, tuple[Beside, ...]], ...]
    notes: tuple[tuple[str, str], ...]

    def count(self, leans: str) -> int:
        """How many answers stand so to the model's; the urgent concern among them."""
        return sum(one.leans == leans for _, rows in self.sections for one in rows)

    @property
    def overlooked(self) -> bool:
        """Whether a child who is unsafe now was overlooked: it weighs more than how many answers are alike."""
        return any(one.overlooked for _, rows in self.sections for one in rows)

    @property
    def same(self) -> int:
        """How many are as the model."""
        return self.count("same")

    @property
    def kinder(self) -> int:
        """How many are kinder."""
        return self.count("kinder")

    @property
    def harsher(self) -> int:
        """How many are harsher."""
        return self.count("harsher")

    @property
    def other(self) -> int:
        """In how many only one of the two finds that the question applies."""
        return self.count("other")

    @property
    def all(self) -> int:
        """How many answers there are."""
        return sum(len(rows) for _, rows in self.sections)


def beside(review: Any) -> Compared:
    """An attempt beside the model answers. For a signed-off attempt that the reader may see, and for no other."""
    words = answer_words(known.framework(review.inspection.framework))
    scales = {one.id: one for one in queries.instrument_of(review).all_questions}
    case, made, sections, notes = review.practice_case, sheet(review), [], []
    for group in made.groups:
        rows = []
        for item in group.items:
            if item.question in NOTES:
                notes.append((item.text, item.why))
            if (model := case.answers.get(item.question)) is None:
                continue
            told = tuple((one.label, _chosen(one)) for one in item.told)
            scale = Scale(scales[item.question].answered_on.kindest_first)
            rows.append(Beside(
                item.question, item.number, item.text, item.answer, item.why, told,
                words.get(model.value, words_of(model.value)), model.why, model.see,
                leaning(item.value, model.value, scale),
            ))  # fmt: skip
        if rows:
            sections.append((group.title, tuple(rows)))
    return Compared(tuple(sections), tuple(one for one in notes if one[1]))


def model_answers(training: Any, case: Any) -> list[tuple[str, str, Any]]:
    """Each question of a case in the order of the page, the model's answer in words, and the answer with its reason.
    For whoever may see the answers of others, and for nobody else."""
    words = answer_words(known.framework(training.inspection.framework))
    instrument = known.instrument(case.instrument)
    asked = [*(one for _, questions in instrument.on_page() for one in questions), instrument.urgent]
    held = ((one.text, case.answers[one.id]) for one in asked if one.id in case.answers)
    return [(text, words.get(one.value, words_of(one.value)), one) for text, one in held]


def _chosen(one: Any) -> str:
    return next((option.label for option in one.options if option.chosen), str(one.value))


def scales(told: Any) -> list[dict[str, Any]]:
    """For each scale: all against the model, each reviewer, each two, and the matrix of who answers as whom."""
    found = []
    for number, one in enumerate(told.scales, 1):
        title, enough = _title(one), one.whole.pairs >= moderation.FEWEST_FOR_A_FIGURE
        found.append({
            "title": title, "enough": enough, "slug": f"scale-{number}", "ordered": one.scale.ordered,
            "whole": moderation.line("All reviewers together" if told.everybody else "You", one.whole),
            "reviewers": [
                (moderation.line(who.person.name, who.agreement), who.direction,
                 moderation.told(who.direction.steps, steps=True, of=who.direction.grades))
                for who in one.reviewers
            ],
            "beside": [moderation.line(_names(two), two.agreement) for two in one.beside] if enough else [],
            "matrix": _matrix(one) if enough and told.everybody and len(one.reviewers) > 1 else None,
        })  # fmt: skip
    return found


def _title(one: Any) -> str:
    answers = one.scale.answers
    return f"{KINDS.get(one.kind, one.kind.capitalize())}, from “{words_of(answers[0])}” to “{words_of(answers[-1])}”"


def _names(two: Any) -> str:
    return f"{two.one.name} and {two.other.name}" if two.other else "You and the other reviewers together"


def _matrix(one: Any) -> dict[str, Any]:
    """Who gives the same answer as whom, and as the model, as counts."""
    people = [who.person for who in one.reviewers]
    with_model = {who.person.pk: who.agreement for who in one.reviewers}
    two = {frozenset((each.one.pk, each.other.pk)): each.agreement for each in one.beside if each.other}
    return {
        "columns": ["The model", *(person.name for person in people)],
        "rows": [
            (person.name, [_same(with_model[person.pk])] + [
                "–" if other.pk == person.pk else _same(two.get(frozenset((person.pk, other.pk)))) for other in people
            ])
            for person in people
        ],
    }  # fmt: skip


def _same(held: Any) -> str:
    return f"{held.agreed} of {held.pairs}" if held is not None and held.pairs else "no case in common"


def talk(told: Any) -> list[dict[str, Any]]:
    """Where the team parts most first: the question, who answered what, the model's answer and why."""
    words = answer_words(known.framework(told.training.inspection.framework))

    def word(value: str) -> str:
        return words.get(value, words_of(value)) if value else "Not answered"

    return [
        {
            "case": one.case, "question": one.question.text, "model": word(one.model),
            "why": one.case.answers[one.question.id].why, "see": one.case.answers[one.question.id].see,
            "urgent": one.question.id == URGENT, "answers": _together(one.answers, word), "among": one.among,
            "from_model": one.from_model,
        }
        for one in told.talk
    ]  # fmt: skip


def _together(answers: Iterable[tuple[Any, str]], word: Any) -> list[tuple[str, list[str]]]:
    held: dict[str, list[str]] = {}
    for person, value in answers:
        held.setdefault(word(value), []).append(person.name)
    return sorted(held.items(), key=lambda one: (-len(one[1]), one[0]))


def stands(told: Any) -> list[dict[str, Any]]:
    """Each reviewer against the level."""
    return [
        {
            "name": one.person.name, "standing": one.standing, "at": one.at, "seen_before": one.seen_before,
            "share": moderation.told(one.share, per_cent=True),
        }
        for one in told.stands
    ]  # fmt: skip


COLUMNS = ("About", "Questions", "Which", "Figure", "Value", "Low", "High", "Cases", "Answers", "Told of it")


def table(told: Any, *, by: str, at: datetime) -> Table:
    """Every figure as a file: each reviewer against the model and the level, and each two beside each other."""
    rows: list[tuple[Cell, ...]] = []
    for one in told.stands:
        held = one.standing
        says = "calibrated" if held.calibrated else "; ".join(held.wants)
        rows.append(
            (
                "Level",
                "all",
                one.person.name,
                "answers as the model",
                *_cells(one.share),
                held.cases,
                held.answers,
                says,
            )
        )
    for one in told.scales:
        title = _title(one)
        agreed = [("Against the model", "all together", one.whole)]
        agreed += [("Against the model", who.person.name, who.agreement) for who in one.reviewers]
        agreed += [("Each other", _names(two), two.agreement) for two in one.beside]
        for about, which, held in agreed:
            rows += [
                (about, title, which, name.value, *_cells(figure), held.files, held.pairs, figure.why)
                for name, figure in held.figures.items()
            ]
        rows += [
            ("Against the model", title, who.person.name, "steps kinder on average", *_cells(who.direction.steps),
             who.direction.files, who.direction.grades, who.direction.steps.why)
            for who in one.reviewers
        ]  # fmt: skip
    return Table("Calibration", COLUMNS, rows, _about(told, by, at))


def _cells(figure: Figure) -> tuple[Cell, Cell, Cell]:
    ends = figure.interval or (None, None)
    return tuple(None if one is None else round(one, 4) for one in (figure.value, *ends))  # type: ignore[return-value]


def _about(told: Any, by: str, at: datetime) -> tuple[tuple[str, str], ...]:
    training, level = told.training, told.training.level
    return (
        ("Inspection", training.inspection.title),
        ("Training", f"Training {training.number}: practice cases about invented children"),
        ("Whose", "Every reviewer" if told.everybody else f"{by} only"),
        ("Cases", f"{told.cases} of {len(training.cases)} with a signed-off answer that the reader may see"),
        ("Level", f"{level.per_cent}% of answers as the model over {level.cases} cases"
                  + (", no unsafe child overlooked" if level.urgent else "")),
        ("Counted", "First sight only" if training.first_sight else "The latest attempt"),
        ("Caution", "So few cases give wide ranges."),
        ("Ranges", f"95%; whole cases drawn anew {RESAMPLES:,} times with a fixed seed; a share of answers as the "
                   "model never narrower than if each answer stood for itself"),
        ("Exported by", by),
        ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
    )  # fmt: skip
