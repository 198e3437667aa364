"""A submission may be of any form and of several files; those that were read before held the lists of Annex A."""

from typing import Any

from django.db import migrations, models


def say_the_form(apps: Any, schema_editor: Any) -> None:
    """Whatever was read until now was a workbook of lists."""
    apps.get_model("submissions", "Submission").objects.filter(status="read").update(form="annex_a")


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_earlier_questions_and_corrections")]

    operations = [
        migrations.AddField("submission", "parts", models.JSONField(blank=True, default=list)),
        migrations.AddField("submission", "form", models.CharField(blank=True, max_length=20)),
        migrations.AddField("submission", "year", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("measurevalue", "of_record", models.BooleanField(default=False)),
        migrations.RunPython(say_the_form, migrations.RunPython.noop),
    ]
