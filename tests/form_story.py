"""Files of every form as they are sent to an inspection in tests, and everything told of one."""

import io
import zipfile
from contextlib import ExitStack
from typing import Any

from goldthread.apps.submissions import (
    actions,
    holdings,
    queries,
    worker,
)
from goldthread.apps.submissions.models import Submission
from tests import made_returns
from tests.submissions_story import Held, Story

RETURNS = ("ssda903", "cin", "ssd", "practice")


def send(story: Story, files: dict[str, bytes], before: dict[str, bytes] | None = None, **more: Any) -> Submission:
    """Hand several files in at once, with those of the year before where there are any, and have them read."""
    with ExitStack() as held:
        sent = [actions.Sent(held.enter_context(Held(data)), name) for name, data in files.items()]
        earlier = [actions.Sent(held.enter_context(Held(data)), name) for name, data in (before or {}).items()]
        first, *also = sent
        words = {"as_at": None, **more}
        row = story.send(label=first.label, upload=first.upload, also=also, before=earlier, **words)
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=row.pk)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in files.items():
            book.writestr(name, data)
    return out.getvalue()


def of_903(children: int = 40, seed: int = 1) -> dict[str, bytes]:
    return made_returns.csv_files(made_returns.HEADINGS_903, made_returns.make_903(children, seed))


def a_year_before(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same return a year earlier: every year that is written goes back by one."""

    def back(text: str) -> str:
        for year in range(2019, 2028):
            text = text.replace(f"/{year}", f"/{year - 1}")
        return text

    return {name: back(data.decode()).encode() for name, data in files.items()}


def everything_told(row: Submission) -> str:
    """All sealed frames but the vault as text."""
    frames = list(queries.tables_of(row).values())
    frames += [
        holdings.fetch_frame(row, "issues", row.issues_key, name)
        for name in holdings.frame_names(row, "issues", row.issues_key)
    ]
    return "\n".join(frame.write_csv() for frame in frames) + str(row.lists) + str(row.counts) + row.refusal
