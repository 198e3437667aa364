import uuid

from django.db import migrations, models


def give_each_a_key(apps, schema_editor):
    # The default of a new column is asked for once, so every row that is there was given the same.
    conflicts = apps.get_model("inspections", "Conflict").objects.all()
    for conflict in conflicts:
        conflict.client_key = uuid.uuid4()
        conflict.save(update_fields=["client_key"])


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]

    operations = [
        migrations.AddField("conflict", "client_key", models.UUIDField(default=uuid.uuid4)),
        migrations.AddField("conflict", "version", models.PositiveIntegerField(default=1)),
        migrations.RunPython(give_each_a_key, migrations.RunPython.noop),
        migrations.AddConstraint(
            "conflict",
            models.UniqueConstraint(
                fields=["inspection", "person", "client_key"], name="one_conflict_a_client_key"
            ),
        ),
    ]
