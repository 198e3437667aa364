"""Searching what reviewers wrote, and what practitioners sent, across the reviews that somebody may read.

Words under seal are opened in memory, one review after another, and nothing of them is kept or put in an index.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.cases.drawing import frame_of
from goldthread.apps.cases.models import Answer, Case, CaseReview, Draw, PractitionersPart
from goldthread.apps.cases.practitioners_part import words_of
from goldthread.apps.cases.queries.draws import plan_of
from goldthread.apps.cases.queries.reviews import reviews_visible_to
from goldthread.apps.cases.tagging import in_use, tags_of_reviews, themes_of
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle
from goldthread.domain.instrument import Instrument

MOST_REVIEWS, MOST_HITS = 1_000, 200
"""How many reviews are read in one search, and how many places are shown: more means the words are too common."""

AROUND = 110
NO_TEAM = "No team told"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand: which review, which question, whose words, and the words around them."""

    review: CaseReview
    question: str
    value: str
    source: str
    before: str
    found: str
    after: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `cut` says that there is more than is shown, `read` how many reviews were read."""

    hits: tuple[Hit, ...]
    read: int
    cut: bool


def search(
    inspection: Inspection, actor: Actor, *, words: str = "", tag: str = "", grade: str = "", draw: Draw | None = None,
    team: str = "",
) -> Found:  # fmt: skip
    """Every place in the reviews that the actor may read where the words stand, on a reason with the tag, in a file
    of the team and with the closing grade for practice, whichever were asked. Nothing asked finds nothing."""
    if not (words.strip() or tag):
        return Found((), 0, False)
    rows = _readable(inspection, actor)
    rows = rows.filter(case__draw=draw) if draw else rows
    rows = rows.filter(practice_grade=grade) if grade else rows
    if team and draw:
        teams = teams_of(draw)
        rows = rows.filter(case__in=[case for case, name in teams.items() if name == team])
    reviews = list(rows.order_by("case__draw__number", "case__number", "created_at")[: MOST_REVIEWS + 1])
    read = reviews[:MOST_REVIEWS]
    tags = tags_of_reviews([one.pk for one in read])
    wanted = " ".join(words.split()).casefold()
    hits: list[Hit] = []
    for review in read:
        for hit in _hits(review, wanted, tag, tags):
            hits.append(hit)
            if len(hits) > MOST_HITS:
                return Found(tuple(hits[:MOST_HITS]), len(read), True)
    return Found(tuple(hits), len(read), len(reviews) > MOST_REVIEWS)


def _readable(inspection: Inspection, actor: Actor) -> QuerySet[CaseReview]:
    rows = reviews_visible_to(actor).filter(inspection=inspection)
    return rows.exclude(status=lifecycle.CaseReview.SUPERSEDED)


def _hits(review: CaseReview, wanted: str, tag: str, tags: Mapping[tuple[UUID, str], tuple[str, ...]]) -> Iterator[Hit]:
    values = dict(Answer.objects.filter(review=review).values_list("question", "value"))
    for question, source, text in _texts(review):
        own = tags.get((review.pk, question), ())
        if tag and tag not in own:
            continue
        told = _around(text, wanted)
        if told is not None:
            yield Hit(review, question, values.get(question, ""), source, *told, own)


def _texts(review: CaseReview) -> Iterator[tuple[str, str, str]]:
    """Everything written in a review: by question, by whom, in what words. A practitioner's only once it was sent."""
    for answer in review.answers.order_by("question"):
        text = " ".join(one for one in (answer.why, *map(str, answer.more.values())) if one)
        if text:
            yield answer.question, review.reviewer.name, text
    parts = PractitionersPart.objects.filter(review=review).exclude(sent_at=None).select_related("inspection")
    for part in parts.select_related("practitioner"):
        for question, word in sorted(words_of(part).items()):
            if text := " ".join(one for one in (word.said, word.correct) if one):
                yield question, part.practitioner.name, text


def _around(text: str, wanted: str) -> tuple[str, str, str] | None:
    """The words with what stands around them; None where they do not stand there. Without words, the beginning."""
    text = " ".join(text.split())
    if not wanted:
        return "", "", text[: 2 * AROUND] + ("…" if len(text) > 2 * AROUND else "")
    # Folding may change how long a text is (ß, İ); then the place is looked for letter by letter.
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    at = folded.find(wanted)
    if at < 0 or len(folded) != len(text):
        return None if at < 0 else ("", "", text[: 2 * AROUND])
    end = at + len(wanted)
    before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
    return ("…" if at > AROUND else "") + before, text[at:end], after + ("…" if end + AROUND < len(text) else "")


def tags_to_choose(inspection: Inspection, actor: Actor, instrument: Instrument | None = None) -> list[str]:
    """The themes of an instrument, then the team's own tags on reviews that the actor may read: a tag of a reading
    that is kept from them would tell of it."""
    own = in_use(_readable(inspection, actor).order_by().values_list("pk", flat=True))
    return list(dict.fromkeys([*(themes_of(instrument) if instrument else []), *own]))


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of one answer, as a door asks about it."""

    review: CaseReview
    question: str

    @property
    def inspection(self) -> Inspection:
        """Its inspection."""
        return self.review.inspection

    def target(self, *, changing: bool = False) -> Target:
        """Its review, as the policy asks about it."""
        return self.review.target(changing=changing)


def reason(actor: Actor, inspection: UUID, review: UUID, question: str) -> Reason:
    """One reason. Raises CaseReview.DoesNotExist where the actor may not see the review or it has no such answer."""
    found = reviews_visible_to(actor).get(inspection_id=inspection, pk=review)
    if not found.answers.filter(question=question).exists():
        raise CaseReview.DoesNotExist
    return Reason(found, question)


def tags_of(review: CaseReview) -> dict[str, tuple[str, ...]]:
    """The tags of a review that the reader may see, by question."""
    return {question: tags for (_, question), tags in tags_of_reviews([review.pk]).items()}


def teams_of(draw: Draw) -> dict[UUID, str]:
    """The team of each case of a draw in play, as the frame names it; none where the submission cannot be read."""
    try:
        frame = frame_of(draw.submission, plan_of(draw), as_at=draw.as_at).frame
    except Refused:
        return {}
    team = dict(frame.eligible.select("child", "team").iter_rows())
    rows = Case.objects.filter(draw=draw, reserve=False).values_list("pk", "pseudonym")
    return {pk: team.get(child) or NO_TEAM for pk, child in rows}
