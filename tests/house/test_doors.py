"""Every address has a door; every template obeys the content policy; nothing of a machine is in the project."""

import re
import subprocess
from pathlib import Path

from goldthread.apps.access.permissions import SAYS, Permission
from goldthread.apps.access.roles import ROLES
from goldthread.apps.journal.events import EVENTS
from goldthread.web import doors

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "src" / "goldthread" / "web" / "templates"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)


def test_every_address_declares_its_permission() -> None:
    doors.require_all_declared()
    assert len(doors.every_door()) > 30


def test_no_template_has_inline_script_or_style() -> None:
    files = list(TEMPLATES.rglob("*.html"))
    assert len(files) > 20
    guilty = [str(path.relative_to(TEMPLATES)) for path in files if INLINE.search(path.read_text())]
    assert guilty == []


FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
OF_NOBODY = frozenset({"improvement/you_said_public.html", "surveys/answer.html"})
"""Forms of people who have no account and no session: there is nothing that another site could do in their name."""


def test_every_form_that_sends_something_has_its_token() -> None:
    held = {path: FORM.findall(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.rglob("*.html"))}
    assert sum(len(forms) for forms in held.values()) > 100
    lacking = {
        str(path.relative_to(TEMPLATES)) for path, forms in held.items() for form in forms if "csrf_token" not in form
    }
    assert lacking == OF_NOBODY


def test_the_inline_check_can_fail() -> None:
    for planted in ("<script>x()</script>", '<p style="a">', '<a onclick="x()">', "<style>"):
        assert INLINE.search(planted), planted
    assert not INLINE.search('<script src="a.js" defer></script>')


def test_every_permission_has_a_sentence_and_somebody_who_may() -> None:
    assert set(SAYS) == set(Permission)
    given = {permission for role in ROLES.values() for permission in role.may}
    open_to_all = {Permission.PUBLIC, Permission.OWN_ACCOUNT, Permission.FRAMEWORK_READ}
    assert set(Permission) - given - open_to_all == set()


def test_there_are_fourteen_roles_with_words() -> None:
    assert len(ROLES) == 14
    assert all(role.title and role.says.endswith(".") for role in ROLES.values())


def test_every_event_has_its_own_code_and_names_who_or_what() -> None:
    assert len({event.code for event in EVENTS.values()}) == len(EVENTS)
    assert all("{by}" in event.says or "{about}" in event.says for event in EVENTS.values())


def test_no_path_of_a_machine_is_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    machine = re.compile(r"/(?:home|root|Users)/\w+/|/work/(?:main|shared)")
    guilty = []
    for name in listed:
        path = ROOT / name
        if path.suffix in {".png", ".ico", ".xlsx", ".pdf", ".woff2"} or not path.is_file() or path == Path(__file__):
            continue
        if machine.search(path.read_text(errors="replace")):
            guilty.append(name)
    assert guilty == []
