"""What somebody types is kept under seal, in the store of submissions, which has the keys."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_training"), ("submissions", "0004_typed_text_under_seal")]

    operations = [migrations.DeleteModel("TypedText")]
