"""A real server with a small demonstration, and Debian's Chromium looking at it.

Every page reports what a reader would curse and never say: script errors, violations of the content policy, requests
that failed. A test in which one page reported something fails at its end.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from bench.serving import ROOT, Server, make_demonstration, password_of
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.once import empty_database, of_this_run, one_at_a_time

SHOTS = ROOT / "shots"
PICTURES = ROOT / "docs" / "guide" / "pictures"
PICTURED = bool(os.environ.get("GOLDTHREAD_PICTURES"))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is taken: one without windows costs a third less than the whole of it."""
EMAILS = {
    role: f"{role}@demo.example"
    for role in (
        *("lead", "inspector", "inspector2", "inspector3", "inspector4", "inspector5", "inspector6", "quality"),
        *("analyst", "checker", "records", "officer", "uploader", "director", "improvement", "member", "admin"),
    )
}
LISTEN = """
  document.addEventListener('securitypolicyviolation', event => console.error(
    'content policy: ' + event.violatedDirective + ' stopped ' + event.blockedURI));
"""


def _chromium() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), "")
    return found or pytest.skip("Chromium is not installed: apt install chromium-headless-shell")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a small demonstration, made once for all workers; every module gets a copy of its own."""
    place = of_this_run(tmp_path_factory, "the-demonstration")
    with one_at_a_time(place):
        if not (place / "whole").exists():
            shutil.rmtree(place / "part", ignore_errors=True)
            begin(place / "part")
            make_demonstration(place / "part", size=0.05, sample=24, less=True)
            (place / "part").rename(place / "whole")
    return place / "whole"


def begin(folder: Path) -> None:
    """An installation in which every migration was run, and nothing else done."""
    (folder / "data").mkdir(parents=True)
    shutil.copy(empty_database(), folder / "data" / "goldthread.sqlite3")


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of an invented authority, as the command line makes it."""
    path = tmp_path_factory.mktemp("workbook") / "Annex A.xlsx"
    command = [sys.executable, "-m", "goldthread.cli", "make-authority", "--size", "0.02", "--out", str(path)]
    subprocess.run(command, cwd=ROOT / "src", check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def server(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that ./run starts, on a copy of the demonstration."""
    folder = tmp_path_factory.mktemp("house") / "installation"
    shutil.copytree(demonstration, folder)
    running = Server(folder, opens=False)  # which costs every journey seconds of processor
    running.start()
    yield running
    running.stop()
    said = [line for line in running.log.read_text().splitlines() if " ERROR " in line or line.startswith("Traceback")]
    assert said == []


@pytest.fixture(scope="package")
def playwright_engine() -> Iterator[Playwright]:
    """Stopped with the last journey: while it runs, its event loop would stand in the way of Django's own tests."""
    with sync_playwright() as engine:
        yield engine


@pytest.fixture(scope="package")
def browser(playwright_engine: Playwright) -> Iterator[Browser]:
    """A browser without a head or a past."""
    started = playwright_engine.chromium.launch(executable_path=_chromium(), headless=True, args=FLAGS)
    yield started
    started.close()


@dataclass
class Visitor:
    """Somebody at a browser: the page they look at, and what went wrong in it."""

    server: Server
    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(self.server.address + path)
        return self.page

    def sign_in(self, role: str) -> Page:
        """Sign in through the page."""
        return self.sign_in_as(EMAILS[role], password_of(self.server.folder))

    def sign_in_as(self, email: str, password: str) -> Page:
        """Sign in through the page with any address and password."""
        self.go("/sign-in/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        return self.page

    def expect_status(self, *statuses: int) -> None:
        """From here on an answer with one of these statuses is part of the story, not a fault."""
        self.expected += [f" {status} " for status in statuses]

    def follow(self, name: str | re.Pattern[str], *, within: str = "main", exact: bool = False) -> Page:
        """Click the first link of that name, also one that is dressed as a button."""
        place = self.page.locator(within)
        links = place.get_by_role("link", name=name, exact=exact)
        links.or_(place.locator("a").and_(place.get_by_role("button", name=name, exact=exact))).first.click()
        return self.page

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> Page:
        """Click the first button of that name in the page's main part."""
        place = self.page.locator("main")
        place.locator("button").and_(place.get_by_role("button", name=name, exact=exact)).first.click()
        return self.page

    def arrives(self, heading: str | re.Pattern[str]) -> None:
        """The page that opens has this heading."""
        expect(self.page.locator("h1").first).to_have_text(heading)

    def reads(self, words: str) -> None:
        """The page that is open says these words."""
        expect(self.page.locator("main")).to_contain_text(words, use_inner_text=True)

    @property
    def heading(self) -> str:
        """The page's own heading."""
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        """All words of the page's main part."""
        return self.page.locator("main").inner_text()

    def shoot(self, name: str) -> None:
        """A picture of the whole page at 1280 and at 360 pixels of width, for whoever looks after the looks."""
        held = self.page.viewport_size
        for width in (1280, 360):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.screenshot(path=_folder(SHOTS) / f"{name}-{width}.png", full_page=True)
        if held:
            self.page.set_viewport_size(held)

    def picture(self, name: str, *, at: str = "h1", height: int = 640, width: int = 1000) -> None:
        """A picture for the guide, from `at` downwards. Written only where asked for: GOLDTHREAD_PICTURES=1."""
        if not PICTURED:
            return
        held = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate("scrollTo(0, 0)")
        if at != "h1":
            self.page.locator(at).first.evaluate("one => one.scrollIntoView({block: 'start'})")
        shot = self.page.screenshot(animations="disabled", caret="hide")
        _small(shot, _folder(PICTURES) / f"{name}.png")
        if held:
            self.page.set_viewport_size(held)

    def faults(self) -> list[str]:
        """What went wrong in the pages so far and was not expected."""
        return [one for one in self.wrong if not any(status in one for status in self.expected)]


def _small(shot: bytes, path: Path) -> None:
    """Keep a picture with as few colours as a page has, the rare ones among them: half the bytes and no loss."""
    from PIL import Image

    with Image.open(io.BytesIO(shot)) as whole:
        whole.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


def _listen(visitor: Visitor) -> None:
    page, wrong = visitor.page, visitor.wrong
    page.on("pageerror", lambda error: wrong.append(f"script error at {page.url}: {error}"))
    page.on("console", lambda said: wrong.append(f"console at {page.url}: {said.text} ") if _is_fault(said) else None)
    page.on(
        "requestfailed", lambda asked: wrong.append(f"failed: {asked.url} {asked.failure} ") if _counts(asked) else None
    )
    page.on("response", lambda got: wrong.append(f"answered {got.status} : {got.url}") if got.status >= 400 else None)


def _is_fault(said: Any) -> bool:
    # The browser says "Failed to load resource" of every answer from 400 on; the answer itself is noted already.
    return said.type in ("error", "warning") and not said.text.startswith("Failed to load resource")


def _counts(asked: Any) -> bool:
    # A download or a page left while something was loading is aborted by the browser itself.
    return "ERR_ABORTED" not in (asked.failure or "")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where a journey fails, show where it had come to."""
    report = yield
    if call.when == "call" and report.failed:
        for number, visitor in enumerate(getattr(item, "visitors", [])):
            with suppress(Exception):
                visitor.page.screenshot(path=_folder(SHOTS) / f"failed-{item.name}-{number}.png", full_page=True)
                report.sections.append(("where it had come to", f"{visitor.page.url}\n{visitor.text[:1500]}"))
    return report


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
def visit(server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each with a browser profile of their own; at the end of the test none may have met a fault."""
    visitors: list[Visitor] = []
    request.node.visitors = visitors

    def make(
        role: str = "", *, width: int = 1280, height: int = 900, scripts: bool = True, locale: str = "en-GB"
    ) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, locale=locale,
            timezone_id="Europe/London", accept_downloads=True, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(15_000)
        if scripts:
            context.add_init_script(LISTEN)
        visitor = Visitor(server, context, context.new_page())
        _listen(visitor)
        visitors.append(visitor)
        if role:
            visitor.sign_in(role)
        return visitor

    yield make
    faults = [fault for visitor in visitors for fault in visitor.faults()]
    for visitor in visitors:
        visitor.context.close()
    assert faults == []
