"""Whatever is typed in a form that is sent is kept as it is typed."""

import ast
import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "goldthread" / "web"
TEMPLATES = WEB / "templates"
INCLUDED = re.compile(r'\{% include "([^"]+)"[^%]*%\}')
FIELD = re.compile(r"\{% field (\w+)\.(\w+)")
# Each with why it does without.
OTHERWISE = {
    "cases/review.html": "each answer is saved for good as it is typed, with a version of its own",
    "practitioners/part.html": "each question is saved for good as it is typed, with a version of its own",
    "surveys/answer.html": "nothing is kept before it is sent, which is what the page promises",
    "training/review.html": "each answer is saved for good as it is typed, with a version of its own",
    "cases/who.html": "its reason is chosen, not typed",
    "voices/not_held.html": "its reason is chosen, not typed",
    "voices/withdraw.html": "its reason is chosen, not typed",
}


def _long_fields() -> set[str]:
    """The names of all fields of all forms whose control is a box of several lines."""
    found = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and "Textarea" in ast.unparse(node):
                found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def _whole(path: Path) -> str:
    return INCLUDED.sub(lambda one: _whole(TEMPLATES / one.group(1)), path.read_text())


def _forms(text: str) -> list[str]:
    return [one.split("</form>")[0] for one in re.split(r"(?=<form\b)", text)[1:]]


def _typed_in(form: str, long_fields: set[str]) -> bool:
    opening = form.split("{% csrf_token %}")[0]
    drawn = {name for _, name in FIELD.findall(form)}
    return 'method="post"' in opening and ("<textarea" in form or bool(drawn & long_fields))


def _unkept(text: str, long_fields: set[str]) -> int:
    typed_in = [form for form in _forms(text) if _typed_in(form, long_fields)]
    return sum("autosave" not in form.split("{% csrf_token %}")[0] for form in typed_in)


def test_every_form_with_a_box_to_write_in_keeps_what_is_typed() -> None:
    long_fields = _long_fields()
    assert {"because", "note", "statement", "why", "says", "done", "answer"} <= long_fields
    pages = [path for path in sorted(TEMPLATES.rglob("*.html")) if not path.name.startswith("_")]
    bare = [str(path.relative_to(TEMPLATES)) for path in pages if _unkept(_whole(path), long_fields)]
    assert bare == sorted(OTHERWISE)
    assert sum(_typed_in(form, long_fields) for path in pages for form in _forms(_whole(path))) > 20


def test_the_check_can_fail() -> None:
    bare = '<form method="post">{% csrf_token %}{% field form.because %}</form>'
    assert _unkept(bare, {"because"}) == 1
    assert _unkept(bare.replace('"post"', '"post" {% autosave "key" %}'), {"because"}) == 0
    assert _unkept('<form method="post">{% csrf_token %}<textarea name="x"></textarea></form>', set()) == 1
    assert _unkept('<form method="get"><textarea name="x"></textarea></form>', set()) == 0
