"""On what a case is reviewed: its instrument, whose child it is, and what an answer may hold beside its reason."""

from collections.abc import Iterable, Mapping

from goldthread.apps.access.policy import Refused
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.apps.drafting import known
from goldthread.apps.drafting.models import Kind
from goldthread.domain.instrument import NOTES, Instrument, NotAsked, Question, Seen, not_asked
from goldthread.domain.instrument import Answer as Given
from goldthread.domain.instrument_words import RECORDS, child_of

SEEN, ACTION = ("kind", "place", "day"), ("action", "owner")
"""What an answer may say besides: where it was seen; what is to be done, and by whom."""

LONGEST_MORE = {"kind": 30, "place": 200, "day": 20, "action": 2_000, "owner": 200}


def instrument_of(case: Case) -> str:
    """The slug of the instrument on which a case is reviewed: its own where one was chosen, else the draw's."""
    return case.instrument or case.draw.instrument


def child_group(case: Case) -> str:
    """Which of the children that instruments know the case is, by its service; empty where that is not told."""
    return child_of(case.stratum_values.get("service", ""))


def held(slug: str) -> Instrument | None:
    """An instrument that is still known; None for one whose file is gone."""
    return known.instrument(slug) if known.has_instrument(slug) else None


def title_of(slug: str) -> str:
    """What an instrument is called, or its slug where its file is gone."""
    found = held(slug)
    return found.title if found else slug


def require_held(slug: str) -> Instrument:
    """An instrument that is still known. Raises Refused: what was answered on another is kept, and only read."""
    found = held(slug)
    if found is None:
        raise Refused(
            f"The instrument “{slug}” is not known here any more. What was answered on it is kept and can be read."
        )
    return found


def require_current(slug: str) -> None:
    """Raise Refused for an instrument that nobody should begin on: unknown, withdrawn, or superseded."""
    if held(slug) is None:
        raise Refused("Choose the instrument on which the files are reviewed.")
    if known.withdrawn(Kind.INSTRUMENT, slug):
        raise Refused(
            f"“{known.instrument(slug).title}” was withdrawn, and nothing new is begun on it. Choose another."
        )
    newer = known.instrument_superseded_by(slug)
    if newer is not None:
        raise Refused(f"“{known.instrument(slug).title}” is superseded; choose “{newer.title}”.")


def not_asked_of(review: CaseReview, instrument: Instrument, values: Mapping[str, str]) -> dict[str, NotAsked]:
    """What the instrument does not ask about this child after these answers, each with why."""
    return not_asked(instrument, values, child_group(review.case))


def as_given(one: Answer) -> Given:
    """A stored answer as `domain.instrument` reads it."""
    told = one.more
    seen = Seen(*(str(told.get(name, "")) for name in SEEN))
    return Given(one.value, one.why, seen, str(told.get("action", "")), str(told.get("owner", "")))


def as_form(answers: Iterable[Answer]) -> dict[str, Given]:
    """Stored answers as `domain.instrument` reads them, the closing notes left out."""
    return {one.question: as_given(one) for one in answers if one.question not in NOTES}


def fields_of(question: Question) -> tuple[str, ...]:
    """What an answer to the question may say beside its reason."""
    return (SEEN if question.evidence != "none" else ()) + (ACTION if question.answered_on.action_for else ())


def clean_more(more: Mapping[str, str]) -> dict[str, str]:
    """What was typed beside a reason, without what is empty."""
    told = {name: value.strip().replace("\r\n", "\n") for name, value in more.items()}
    return {name: value for name, value in told.items() if value}


def require_more(question: Question, more: Mapping[str, str]) -> None:
    """Raise Refused for what the question does not ask besides, for a kind of record that is none, and for too much."""
    for name, value in more.items():
        if name not in fields_of(question):
            raise Refused("This question does not ask for that.")
        if len(value) > LONGEST_MORE[name]:
            raise Refused(f"That is too long: at most {LONGEST_MORE[name]:,} letters fit.")
    if more.get("kind", "other") not in RECORDS:
        raise Refused("That is not a kind of record.")
