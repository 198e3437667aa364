"""Instruments: a case may have one of its own, and an answer says where it was seen and what is to be done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_designs")]  # noqa: RUF012 - Django's own way

    operations = [  # noqa: RUF012 - Django's own way
        migrations.AddField("case", "instrument", models.CharField(blank=True, max_length=60)),
        migrations.AddField("answer", "more", models.JSONField(blank=True, default=dict)),
    ]
