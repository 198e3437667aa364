"""Own instruments and frameworks of the world of tests: published in two versions, withdrawn, and being written.

A published version is for everybody who signs in; a draft is for those who write.
"""

from typing import Any
from uuid import uuid4

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.drafting import actions
from goldthread.apps.drafting.models import Draft, OwnVersion
from tests.canaries import Canaries

_EMPTY = """[[sections]]
slug = "waits"
title = "Waits for another"
ask_if = [{ question = "know-child", is = ["red"] }]

[[sections]]
slug = "closing"
"""


def drafts(canaries: Canaries) -> list[tuple[str, str, dict[str, Any]]]:
    """Make them; gives what addresses can be about, each with its kind and its state."""
    instrument = _published(canaries, "instrument", "two-minute-check-1", "Should somebody")
    framework = _published(canaries, "framework", "own-audit", "Report")
    written, ready, judged = _written(canaries), _next(canaries, instrument[1]), _next(canaries, framework[1])
    return [
        ("instrument", "own", {"instrument": instrument[1].slug}),
        ("framework", "own", {"framework": framework[1].slug}),
        ("own version", "offered", {"own": instrument[1].pk}),
        ("own version", "withdrawn", {"own": instrument[0].pk}),
        ("draft", "with problems", {"draft": written.pk}),
        ("draft", "of a framework", {"draft": judged.pk}),
        ("draft", "ready", {"draft": ready.pk}),
        ("question of a draft", "", {"draft": written.pk, "question": "plan-now"}),
        ("section of a draft", "empty", {"draft": written.pk, "section": "waits"}),
        ("list of a draft", "requests", {"draft": judged.pk, "part": "requests"}),
        ("entry of a draft", "a request", {"draft": judged.pk, "part": "requests", "at": 0}),
    ]


def _published(canaries: Canaries, kind: str, copy_of: str, reworded: str) -> tuple[OwnVersion, OwnVersion]:
    title = f"{canaries.plant('own-design', f'title of an own {kind}', 'site')} of ours"
    name = canaries.plant("own-design-name", f"short name of an own {kind}", "site").lower()
    draft = actions.start(
        kind=kind, title=title, series=name, copy_of=copy_of, client_key=uuid4(), by=PROGRAMME
    )  # fmt: skip
    first = actions.publish(draft=draft, note=_note(canaries, kind), version=1, by=PROGRAMME)
    draft = actions.start_next(of=first, client_key=uuid4(), by=PROGRAMME)
    text = draft.text.replace(
        reworded, f"{canaries.plant('own-design', f'words of an own {kind}', 'site')} {reworded}", 1
    )
    draft = actions.put_text(draft=draft, text=text, version=1, by=PROGRAMME)
    second = actions.publish(draft=draft, note=_note(canaries, kind), version=draft.version, by=PROGRAMME)
    because = canaries.plant("own-design", f"why an own {kind} was withdrawn", "site")
    first = actions.withdraw(own=first, because=because, version=1, by=PROGRAMME)
    return first, second


def _note(canaries: Canaries, kind: str) -> str:
    return f"{canaries.plant('own-design', f'note of an own {kind}', 'site')} changed."


def _next(canaries: Canaries, own: OwnVersion) -> Draft:
    draft = actions.start_next(of=own, client_key=uuid4(), by=PROGRAMME)
    title = f"{canaries.plant('draft', f'title of a draft of an own {own.kind}', 'site')}, version {draft.number}"
    text = draft.text.replace(f'title = "{draft.title}"', f'title = "{title}"', 1)
    return actions.put_text(draft=draft, text=text, version=1, by=PROGRAMME)


def _written(canaries: Canaries) -> Draft:
    """A draft with a question and an empty section that wait for an answer."""
    draft = actions.start(
        kind="instrument", title=f"{canaries.plant('draft', 'title of a draft', 'site')} check",
        series=canaries.plant("draft-name", "short name of a draft", "site").lower(), copy_of="two-minute-check-1",
        client_key=uuid4(), by=PROGRAMME,
    )  # fmt: skip
    hangs = 'id = "plan-now"\nask_if = [{ question = "know-child", is = ["red"] }]'
    text = draft.text.replace('id = "plan-now"', hangs)
    text = text.replace('[[sections]]\nslug = "closing"\n', _EMPTY)
    return actions.put_text(draft=draft, text=text, version=1, by=PROGRAMME)
