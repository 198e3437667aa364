"""What the documents say is true of the project as it stands."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / name for name in ("README.md", "DEVELOPERS.md", "SECURITY.md", "CHANGELOG.md", "GLOSSARY.md")]
ROOMS = ("domain", "kernel", "readers", "engines", "synthetic", "apps", "web", "cli", "config")


def test_the_documents_that_everybody_expects_are_there() -> None:
    assert [path.name for path in DOCS if not path.exists()] == []
    assert len(list((ROOT / "docs" / "adr").glob("*.md"))) >= 5


def test_every_relative_link_leads_somewhere() -> None:
    broken = []
    seen = 0
    for path in [*DOCS, *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            seen += 1
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)} -> {target}")
    assert seen > 5
    assert broken == []


def test_every_path_named_in_code_style_exists() -> None:
    broken = []
    for path in [*DOCS, *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(r"`((?:src|docs|tests|bench|tools)/[\w./-]+)`", path.read_text()):
            if not (ROOT / name).exists():
                broken.append(f"{path.name}: {name}")
        for name in re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w/-]+\.py)`", path.read_text()):
            if not (ROOT / "src" / "goldthread" / name).exists():
                broken.append(f"{path.name}: {name}")
    assert broken == []


def test_every_script_that_a_recipe_runs_is_there() -> None:
    named = set(re.findall(r"\b((?:bench|tools)/[\w/]+\.py)", (ROOT / "justfile").read_text()))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_recipe_named_in_the_documents_is_in_the_justfile() -> None:
    recipes = set(re.findall(r"^([\w-]+)[^\n:=]*:", (ROOT / "justfile").read_text(), flags=re.MULTILINE))
    named = {
        name
        for path in [*DOCS, *(ROOT / "docs").rglob("*.md")]
        for name in re.findall(r"`just ([\w-]+)", path.read_text())
    }
    assert named
    assert named - recipes == set()


def test_every_decision_has_its_parts() -> None:
    for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"):
        text = path.read_text()
        assert all(part in text for part in ("## Decision", "## Ruled out")), path.name
