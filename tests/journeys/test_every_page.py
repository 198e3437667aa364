"""Every page that can be reached by following links: nothing for axe to complain of, nothing that the content policy
stops, no script error, a title and one heading, and no sideways scrolling on 320 pixels.

A page is looked at once for each side of the wall, however many rows it is made for.
"""

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from bench.serving import ROOT, Client, Server, password_of
from playwright.sync_api import APIResponse, Error, Page, Response

from .conftest import EMAILS, Visitor
from .story import publish_a_report

pytestmark = pytest.mark.journey

AXE = ROOT / ".goldthread" / "frontend-test" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WALKS = {
    "team": ["lead", "inspector", "quality", "analyst"],
    "authority": ["officer", "uploader", "director"],
    "others": ["admin", "checker", "records", "improvement", "member"],
    "public": [""],
}
MOST_PAGES = 420
"""Of one role. A walk that would go further has met addresses that `pattern_of` does not know to be alike."""
RUN_AXE = """
  async rules => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
    return found.violations.map(
      one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '));
  }
"""
LINKS = "[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"
SIDEWAYS = """
  () => {
    const room = document.scrollingElement;
    if (room.scrollWidth <= window.innerWidth + 1) return '';
    const wide = [...document.querySelectorAll('main *, header *, nav *, footer *')]
      .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
      .map(one => one.tagName.toLowerCase() + '.' + one.className);
    return room.scrollWidth + ' wide: ' + [...new Set(wide)].slice(0, 4).join(', ');
  }
"""


def pattern_of(address: str) -> str:
    """An address without its ids, numbers, marks and codes, and of its question only which fields it asks for."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "{id}", parts.path)
    path = re.sub(r"/\d+(?=/|$)", "/{n}", path)
    path = re.sub(r"(?<=/)[CAF]-[0-9A-Z]{7}(?=/|$)", "{child}", path)
    path = re.sub(r"(?<=/)[A-Z]+-\d+[A-Z]?(?=/|$)", "{code}", path)
    path = re.sub(r"/\d+-\d+(?=/|$)", "/{mark}", path)
    path = re.sub(r"(?<=/rows/)[a-z0-9_]+-\d+(?=/|$)", "{row}", path)
    path = re.sub(r"/practice-\d+(?=/|$)", "/{practice}", path)
    for kind in ("sections", "questions", "tags", "corrections", "phases", "own-audit", "instruments", "guides"):
        path = re.sub(rf"(?<=/{kind}/)(?!new/)[a-z0-9-]+", "{one}", path)
    asked = sorted({part.partition("=")[0] for part in parts.query.split("&") if part})
    return path + ("?" + "&".join(asked) if asked else "")


def faults_of(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open: what axe finds, its headings, and whether it fits a narrow screen."""
    held = page.viewport_size
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    faults = [f"{name}: axe {one}" for one in page.evaluate(RUN_AXE, RULES)]
    if page.locator("h1").count() != 1:
        faults.append(f"{name}: {page.locator('h1').count()} main headings")
    page.set_viewport_size({"width": 320, "height": 256})
    if wide := page.evaluate(SIDEWAYS):
        faults.append(f"{name}: scrolls sideways at 320 pixels, {wide}")
    if held:
        page.set_viewport_size(held)
    return faults


class Walk:
    """Following links as somebody, page by page."""

    def __init__(self, visitor: Visitor, seen: set[str]) -> None:
        self.visitor, self.seen = visitor, seen
        self.faults: list[str] = []
        self.titles: dict[str, str] = {}
        self.left = 0

    def from_(self, *starts: str) -> None:
        """Look at everything that can be reached from here."""
        waiting = list(starts)
        self.seen -= {pattern_of(address) for address in starts}  # whoever was here before met a page of their own
        while waiting and len(self.titles) < MOST_PAGES:
            address = waiting.pop(0)
            pattern = pattern_of(address)
            if pattern in self.seen:
                continue
            self.seen.add(pattern)
            if (got := self.open(address)).status != 200:
                self.faults.append(f"{pattern}: answered {got.status}")
            elif pattern_of(got.url) != pattern and self._was_seen(got.url):
                continue  # it only leads on to another
            elif "text/html" in got.headers.get("content-type", ""):
                waiting += self.look(pattern)
        self.left = len({pattern_of(address) for address in waiting} - self.seen)

    def open(self, address: str) -> Response | APIResponse:
        """Go to an address; what the browser saves and does not show is asked for beside the page."""
        page = self.visitor.page
        page.set_viewport_size({"width": 1280, "height": 900})
        try:
            shown = page.goto(self.visitor.server.address + address)
        except Error as error:
            if "ERR_ABORTED" not in error.message and "Download is starting" not in error.message:
                raise
            # A connection that the server has just let go is no fault of the file: it is asked for once more.
            return self.visitor.context.request.get(self.visitor.server.address + address, max_retries=2)
        assert shown is not None, "an address without a page"
        return shown

    def _was_seen(self, address: str) -> bool:
        pattern = pattern_of(address)
        known = pattern in self.seen
        self.seen.add(pattern)
        return known

    def look(self, pattern: str) -> list[str]:
        """Check the page that is open; the addresses that it leads to."""
        page = self.visitor.page
        self.faults += faults_of(page, pattern)
        self.titles[pattern_of(page.url)] = page.title()
        if os.environ.get("GOLDTHREAD_SHOTS"):
            self.visitor.shoot(re.sub(r"[^a-z]+", "-", pattern).strip("-") or "front")
        found: list[Any] = page.evaluate(LINKS)
        return [self._here(page.url, one) for one in found if self._ours(one)]

    def _ours(self, link: str) -> bool:
        return not link.startswith(("#", "http:", "https:", "mailto:", "data:"))

    def _here(self, address: str, link: str) -> str:
        path = urlsplit(address).path
        return path + link if link.startswith("?") else link.split("#")[0]


@pytest.fixture(scope="module")
def told(server: Server) -> Server:
    """The demonstration, and its report published, so that there is a page of every kind."""
    password = password_of(server.folder)
    people = {}
    for role in ("lead", "quality", "checker"):
        people[role] = Client(server.address)
        people[role].sign_in(EMAILS[role], password)
    publish_a_report(people["lead"], people["checker"], people["quality"])
    return server


@pytest.mark.parametrize("side", list(WALKS))
def test_every_page_that_can_be_reached_is_sound(told: Server, visit: Callable[..., Visitor], side: str) -> None:
    if not AXE.exists():
        pytest.skip("axe is not there: python tools/build_frontend.py --with-tests")
    seen: set[str] = set()
    faults: list[str] = []
    titles: dict[str, str] = {}
    for role in WALKS[side]:
        # Whoever reviews a case meets another page there than those who read it.
        seen -= {pattern for pattern in seen if "/cases/" in pattern}
        visitor = visit(role)
        visitor.context.add_init_script(path=AXE)
        walk = Walk(visitor, seen)
        walk.from_("/home/" if role else "/", "/")
        faults += [f"{role or 'public'} {one}" for one in walk.faults]
        assert walk.left == 0, f"{role}: {walk.left} kinds of page were not looked at any more"
        titles |= walk.titles
    assert not faults, "\n".join(faults)
    assert len(titles) >= {"team": 30, "authority": 8, "others": 8, "public": 5}[side]
    pages = {title: pattern.partition("?")[0] for pattern, title in titles.items()}
    twice = [(pattern, title) for pattern, title in titles.items() if pattern.partition("?")[0] != pages[title]]
    assert twice == [], "two pages have the same title"
