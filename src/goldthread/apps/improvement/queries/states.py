"""How a recommendation stands, in words: the inspectors' word, its owner's, and what was done or said of it."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from goldthread.apps.improvement.models import Recommendation, RecommendationTurn
from goldthread.domain import lifecycle

Status = lifecycle.Recommendation
OwnersWord = lifecycle.OwnersWord
STATUSES: Mapping[str, str] = {
    Status.DRAFT: "Not given yet", Status.OPEN: "Open", Status.REOPENED: "Reopened", Status.CLOSED: "Closed",
    Status.WITHDRAWN: "Withdrawn",
}  # fmt: skip
OWNERS_WORDS: Mapping[str, str] = {
    OwnersWord.AT_WORK: "Has not said that it is done",
    OwnersWord.DONE: "Says that it is done",
}
SETTLEMENTS: Mapping[str, str] = {
    Status.OPEN: "Give it to the council: its owner, its officer and its director read it from then on",
    Status.CLOSED: "Close it: what was found later will do",
    Status.REOPENED: "Reopen it: it has slipped, or was closed too soon",
    Status.WITHDRAWN: "Withdraw it: it is asked for no more",
    Status.DRAFT: "Take it up again: it is made after all",
}
TURNS: Mapping[str, str] = {
    "made": "made the recommendation", "changed": "changed it", "open": "gave it to the council",
    "done": "said that it is done", "closed": "closed it", "reopened": "reopened it", "withdrawn": "withdrew it",
    "draft": "took it up again", "slipped": "reopened it, because a goal slipped", "goal": "set a goal",
    "goal-withdrawn": "took a goal away", "promise-asked": "asked the council whether families may be promised this",
    "promise-yes": "said for the council that families may be promised this",
    "promise-no": "said for the council that families may not be promised this",
}  # fmt: skip
NOT_ASKED = "Not asked yet"
_ASKED_ANEW: Mapping[str, str] = {
    "reopened": "It was reopened on {day}, and they have not said so again",
    "slipped": "It was reopened on {day}, because a goal slipped, and they have not said so again",
    "changed": "It was changed on {day}, and they have not said so of what is asked now",
}


def owners_word(held: Recommendation, turns: Iterable[RecommendationTurn]) -> str:
    """What its owner says, in words: of what was called done and is asked anew, both, each with its day.

    `turns` are those that were taken by the moment that is told of, in their order. Nothing before the council has it.
    """
    if held.released_at is None:
        return NOT_ASKED
    if held.owners_word == OwnersWord.DONE:
        said = [one for one in turns if one.kind == OwnersWord.DONE]
        on = f", since {_day(said[-1])}" if said else ""
        return f"{OWNERS_WORDS[OwnersWord.DONE]}{on}"
    said_on, asked_anew = "", ""
    for one in turns:
        if one.kind == OwnersWord.DONE:
            said_on, asked_anew = _day(one), ""
        elif one.kind in _ASKED_ANEW and said_on and (one.kind != "changed" or not asked_anew):
            asked_anew = _ASKED_ANEW[one.kind].format(day=_day(one))
    if not said_on:
        return OWNERS_WORDS[OwnersWord.AT_WORK]
    return f"Said on {said_on} that it was done. {asked_anew}" if asked_anew else OWNERS_WORDS[OwnersWord.AT_WORK]


def _day(turn: RecommendationTurn) -> str:
    return f"{timezone.localdate(turn.at):%-d %B %Y}"
