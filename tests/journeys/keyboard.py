"""A keyboard and no mouse."""

import re

from playwright.sync_api import Download, Page

from .conftest import Visitor

MOST_TABS = 400
MENU = ".app-ways__summary"
FOCUSED = """
  () => {
    const one = document.activeElement;
    if (!one || one === document.body) return '';
    const labels = [...(one.labels || [])].map(label => label.innerText).join(' ');
    if (!['A', 'BUTTON', 'INPUT', 'TEXTAREA', 'SELECT', 'SUMMARY'].includes(one.tagName)) return '';
    return [one.innerText || '', labels, one.name || '', one.getAttribute('aria-label') || ''].join(' | ');
  }
"""
SEEN = """
  () => {
    const box = document.activeElement.getBoundingClientRect();
    const shown = document.activeElement.type === 'radio' || document.activeElement.type === 'checkbox'
      ? document.activeElement.parentElement.getBoundingClientRect() : box;
    return shown.bottom > 0 && shown.top < innerHeight && shown.width > 0;
  }
"""


class Keys:
    """Tab, Enter, Space, arrows and letters: whatever is reached by them is reached without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, wanted: str, *, back: bool = False) -> None:
        """Press Tab until the thing in focus has this in its words, its label or its name."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if wanted in self.words():
                assert self.page.evaluate(SEEN), f"what is in focus cannot be seen: {wanted}"
                return
        raise AssertionError(f"Tab never reaches “{wanted}” at {self.page.url}")

    def words(self) -> str:
        """What the thing in focus says of itself: its words, its label, its name, its description."""
        return str(self.page.evaluate(FOCUSED))

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """Press Enter and wait for the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def go(self, *names: str) -> None:
        """Reach links or buttons one after another, and press Enter on each."""
        for name in names:
            self.tab_to(name)
            self.enter()

    def write(self, name: str, text: str) -> None:
        """Reach a field by its name and write in it, over what is there."""
        self.tab_to(f"| {name} |")
        self.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, name: str, steps: int = 0) -> None:
        """Reach a group of radios by its name; Space chooses the first, arrows go on within the group."""
        self.tab_to(f"| {name} |")
        self.press("Space", *["ArrowDown"] * steps)

    def take(self) -> Download:
        """Press Enter on what is handed over as a file."""
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value

    def enter_part(self, visitor: Visitor, way: str) -> None:
        """Go from the home page to one part of the demonstration's inspection."""
        visitor.go("/home/")
        self.go("Wrenfordshire, autumn 2026")
        if self.page.locator(MENU).is_visible():
            # On a phone the ways are a list that opens.
            self.tab_to("Menu")
            self.press("Enter")
        self.go(f"{way} |")


def review(keys: Keys) -> None:
    """Answer every question of a review that is open, and its reasons."""
    for box in keys.page.locator("[data-question]").all():
        name = str(box.get_attribute("data-question"))
        flag = box.get_attribute("data-kind") == "flag"
        if box.get_by_role("radio").count():
            keys.tab_to(f"value-{name}")
            # The first press of Space chooses; arrows go on within the group.
            keys.press("Space", *([] if flag else ["ArrowRight"]))
            if flag and not box.get_by_label("No", exact=True).is_checked():
                keys.press("ArrowRight")
        if not flag:
            keys.tab_to(f"why-{name}")
            keys.page.keyboard.insert_text("Read on the file, in three places.")


def sign_in(visitor: Visitor, email: str, password: str) -> None:
    """Sign in without a mouse."""
    visitor.go("/sign-in/")
    keys = Keys(visitor.page)
    keys.write("email", email)
    keys.tab_to("| password |")
    visitor.page.keyboard.insert_text(password)
    keys.enter()
    visitor.arrives(re.compile("Your work"))
