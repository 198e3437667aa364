"""Going wherever links and forms lead, as one actor, and reading whatever comes back: pages, pictures, files."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
import pypdfium2
from django.urls import Resolver404, resolve
from lxml import etree

from goldthread.apps.access.permissions import Permission
from tests.asking import Asker, Told
from tests.canaries import Canary
from tests.world import World

_PARSER = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)

STARTS = ("/", "/home/")
"""Where everybody begins."""

MOST_PAGES = 1600
MOST_QUERIES = 6
"""How many times one address is asked for with different questions: filters and sort orders multiply."""
MOST_OF_A_DOOR = 40
"""How many addresses behind one door are opened, so that the rest of the house is reached too."""

ALIKE = {
    **dict.fromkeys(
        ("submission_row", "submission_journey", "submission_behind", "submission_behind_export",
         "submission_picture_file", "submission_compare_measure", "submission_compare_file", "submission_watch_file",
         "submission_watch_target", "submission_watch_limits", "submission_difference", "submission_difference_rows",
         "submission_difference_export", "submission_mends", "submission_issues_over_time", "submission_accept"), 8,
    ),
    **dict.fromkeys(
        ("submission_watch_series", "submission_issue_rows", "submission_issues_by_rule", "submission_measure",
         "submission_measure_rows", "submission_measure_rows_export", "submission_record_measure",
         "submission_record_amount", "submission_record_export", "submission_issues_export", "submission_completeness",
         "submission_children"), 12,
    ),
    **dict.fromkeys(
        ("draft_question", "draft_question_when", "draft_question_remove", "draft_section", "draft_section_when",
         "draft_section_remove", "draft_entry", "draft_entry_new", "draft_entry_remove", "draft_history",
         "meeting_new", "conversation_guide", "fieldwork_task", "fieldwork_booking", "practice_case"), 8,
    ),
    **dict.fromkeys(
        ("calculator", "instrument_file", "framework", "framework_file", "case_concern", "case_journey",
         "own_audit", "draw_left_out", "draw_export"), 10,
    ),
    **dict.fromkeys(
        ("submission_service", "report_thread", "cite", "cite_item", "draw", "submission_compare", "instrument"), 20,
    ),
}  # fmt: skip
"""Doors behind which one page looks like the next, a row or a mark each: so many of each are opened."""

EXPORTS = (
    Permission.SUBMISSION_READ, Permission.LISTS_READ, Permission.DRAW_READ, Permission.FIELDWORK_READ,
    Permission.REQUEST_READ, Permission.MEETING_READ, Permission.TRAINING_READ, Permission.AUDIT_ACTION_READ,
    Permission.DOCUMENT_READ,
    Permission.CONVERSATION_READ,
)  # fmt: skip
"""What a form that is only posted to may need for the crawl to post it: it takes something out, changes nothing."""

LOOKS = ("draw_who", "case_who", "referral_back_who")
"""Doors behind which an identity is shown, once the look is in the journal."""


@dataclass
class Form:
    """A form of a page: where it goes, and every value that each of its fields could send."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)

    def fillings(self, word: str) -> Iterator[dict[str, str]]:
        """As it stands, then with each other choice in turn, then with a word in whatever can be typed in."""
        first = {name: values[0] for name, values in self.fields.items()}
        yield first
        for name, values in self.fields.items():
            yield from ({**first, name: value} for value in values[1:])
            if values == [""]:
                yield {**first, name: word}


class Page:
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = ""
        if text.strip():
            # Given as bytes: a page may begin by naming its encoding.
            for element in lxml.html.document_fromstring(text.encode(), parser=_PARSER).iter(etree.Element):
                self._begins(element.tag, dict(element.attrib))

    def _begins(self, tag: str, given: dict[str, str]) -> None:
        self.links += [given[name] for name in ("href", "src", "hx-get", "data-src", "data-url") if given.get(name)]
        if tag == "form":
            self.forms.append(Form(given.get("method", "get").lower(), given.get("action", "")))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select:
            self._add(self._select, given.get("value", ""))
        elif tag in ("input", "button", "textarea") and given.get("name"):
            self._add(given["name"], given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        if self.forms and name != "csrfmiddlewaretoken":
            self.forms[-1].fields.setdefault(name, []).append(value)


@dataclass
class Trail:
    """Where a crawl has been, and what it was shown that is not for its actor."""

    actor: str
    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    seen: set[Canary] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)

    @property
    def doors(self) -> set[str]:
        """The doors that were opened."""
        return {_name(path) for path in (*self.pages, *self.files)}


class Crawl:
    """Crawls as one actor after another."""

    def __init__(self, world: World, asker: Asker) -> None:
        self.world, self.asker = world, asker

    def follow(self, actor: str, *starts: str, most: int = MOST_PAGES) -> Trail:
        """Begin at some addresses and go wherever they lead."""
        trail, waiting = Trail(actor), deque((start, None) for start in starts)
        asked: set[tuple[str, str]] = set()
        queries: Counter[str] = Counter()
        opened: Counter[str] = Counter()
        while waiting and len(asked) < most:
            path, data = waiting.popleft()
            key = (path, urlencode(sorted(data.items())) if data else "")
            bare = urlsplit(path).path
            if (
                key in asked
                or queries[bare] >= MOST_QUERIES
                or opened[_name(path)] >= ALIKE.get(_name(path), MOST_OF_A_DOOR)
            ):
                continue
            asked.add(key)
            queries[bare] += 1
            opened[_name(path)] += 1
            told = self.asker.ask(actor, "POST" if data is not None else "GET", path, data)
            self._read(trail, path, told)
            waiting.extend(_onward(path, told))
        return trail

    def _read(self, trail: Trail, path: str, told: Told) -> None:
        if told.word == "page":
            trail.pages.append(path)
        elif told.word == "file":
            trail.files.append(path)
        looked = told.changed and _name(path) in LOOKS
        for text in texts(told.answer):
            found = self.world.canaries.found_in(text)
            trail.seen |= found
            for one in found:
                if not one.may_be_seen_by(trail.actor) and not (looked and one.klass == "vault"):
                    trail.leaks.append(f"{path} shows {trail.actor} {one.klass}: {one.what} of {one.place}")


def _onward(path: str, told: Told) -> Iterator[tuple[str, dict[str, str] | None]]:
    answer: Any = told.answer
    if location := answer.headers.get("Location"):
        yield _here(path, location), None
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = Page(answer.content.decode())
    for link in page.links:
        if (address := _here(path, link)) and _name(address):
            yield address, None
    for form in page.forms:
        address = _here(path, form.action or path).split("?")[0]
        if form.method == "get":
            yield from ((f"{address}?{urlencode(given)}", None) for given in form.fillings("zq"))
        elif _is_export(address):
            yield from ((address, given) for given in form.fillings(""))


def _here(path: str, link: str) -> str:
    """Where a link of a page leads, or nothing where it leads out of the site."""
    # Most begin at the front page: they lead to one place from wherever they stand, and are met hundreds of times.
    return _led("/" if link.startswith("/") else path, link)


@lru_cache(maxsize=20_000)
def _led(path: str, link: str) -> str:
    whole = urlsplit(urljoin(f"http://testserver{path}", link))
    if whole.netloc != "testserver" or whole.path.startswith("/static/"):
        return ""
    return whole.path + (f"?{whole.query}" if whole.query else "")


def _name(path: str) -> str:
    return _door_of(urlsplit(path).path)


@cache
def _door_of(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def _is_export(path: str) -> bool:
    try:
        door = resolve(path).func.door  # type: ignore[attr-defined]
    except Resolver404:
        return False
    return not door.reads and door.to_change in EXPORTS


DRAWN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=class="app-secret">)[\w ]+')
"""What is drawn anew for each page, letter by letter: now and then it holds anything, and it is nobody's word."""


def texts(answer: Any) -> Iterator[str]:
    """Every text that an answer holds: its headers, its body, and what a file has in its parts."""
    yield " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = bytes(answer.content)
    yield DRAWN.sub("", body.decode(errors="replace"))
    if body.startswith(b"PK"):
        yield from _parts(body)
    elif body.startswith(b"%PDF"):
        yield from _pdf(body)


def _parts(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        for name in held.namelist():
            yield name
            part = held.read(name)
            yield from _parts(part) if part.startswith(b"PK") else [part.decode(errors="replace")]


def _pdf(body: bytes) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return  # what somebody uploaded may only begin like one; its bytes are read as they are
    try:
        yield " ".join(document.get_metadata_dict().values())
        for page in document:
            text = page.get_textpage()
            yield text.get_text_bounded()
            text.close()
            page.close()
    finally:
        document.close()
