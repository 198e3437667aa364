"""What somebody types and has not sent rests under seal; what was kept in the open is sealed, and nothing is dropped."""

import json
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from goldthread.apps.submissions import sealing


def seal_what_was_kept(apps: Any, schema_editor: Any) -> None:
    """Each text under its inspection's key, which is made where there was none; else under the installation's."""
    keys, kept = apps.get_model("submissions", "InspectionKey"), apps.get_model("submissions", "TypedText")
    for old in apps.get_model("inspections", "TypedText").objects.order_by("pk"):
        purpose, words = f"typing:{old.person_id}:{old.form}", json.dumps(old.fields).encode()
        if old.inspection_id is None:
            sealed = sealing.seal_here(words, purpose=purpose)
        else:
            inspection = old.inspection_id
            held = keys.objects.filter(inspection_id=inspection).first() or keys.objects.create(
                inspection_id=inspection, wrapped=sealing.wrap(sealing.new_key(), inspection=inspection)
            )
            key = sealing.unwrap(bytes(held.wrapped), inspection=inspection)
            sealed = sealing.seal_under(key, words, inspection=inspection, purpose=purpose)
        new = kept.objects.create(
            person_id=old.person_id, form=old.form, inspection_id=old.inspection_id, sealed=sealed
        )
        kept.objects.filter(pk=new.pk).update(saved_at=old.saved_at)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0005_training"),
        ("submissions", "0003_any_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=200)),
                ("sealed", models.BinaryField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "form"), name="one_typed_text_of_a_form")
                ],
            },
        ),
        migrations.RunPython(seal_what_was_kept, migrations.RunPython.noop),
    ]  # fmt: skip
