"""Imports run downhill, and foreign keys with them."""

import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
ORDER = [
    "journal", "access", "inspections", "fieldwork", "evidence", "submissions", "comparison", "cases", "requests",
    "meetings", "referred_back", "training", "offline", "conversations", "surveys", "documents", "programme",
    "findings", "reports", "improvement",
]  # fmt: skip


def test_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "src"}
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_foreign_key_points_to_the_same_or_an_earlier_app() -> None:
    uphill = []
    seen = 0
    for model in apps.get_models():
        if model._meta.app_label not in ORDER:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model._meta.app_label in ORDER:
                seen += 1
                here, there = (ORDER.index(m._meta.app_label) for m in (model, field.related_model))
                if there > here:
                    uphill.append(f"{model.__name__}.{field.name}")
    assert seen > 20
    assert uphill == []


def test_the_kernel_side_loads_without_django() -> None:
    code = (
        "import sys, goldthread.cli, goldthread.kernel.run, goldthread.readers, goldthread.domain.grading;"
        "sys.exit(1 if any(m == 'django' or m.startswith('django.') for m in sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
