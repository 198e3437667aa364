"""What is typed in forms of conversations rests where all that is typed does. It was sealed in the same way already."""

from typing import Any

from django.db import migrations


def move_what_was_kept(apps: Any, schema_editor: Any) -> None:
    """As it stands: the seal is of the same key and the same purpose."""
    kept = apps.get_model("submissions", "TypedText")
    for old in apps.get_model("conversations", "SealedTyping").objects.order_by("pk"):
        new, _ = kept.objects.update_or_create(
            person_id=old.person_id, form=old.form,
            defaults={"inspection_id": old.inspection_id, "sealed": bytes(old.sealed)},
        )  # fmt: skip
        kept.objects.filter(pk=new.pk).update(saved_at=old.saved_at)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_whom_the_team_hears"), ("submissions", "0004_typed_text_under_seal")]

    operations = [
        migrations.RunPython(move_what_was_kept, migrations.RunPython.noop),
        migrations.DeleteModel("SealedTyping"),
    ]
