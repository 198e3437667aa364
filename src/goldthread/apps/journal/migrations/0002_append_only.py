"""The database itself refuses to change or delete an entry of the journal."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END""",
    # REPLACE removes the row that stands in its way without asking the trigger on deletion.
    """CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal_entry
       WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR (chain = NEW.chain AND number = NEW.number))
       BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END""",
]
SQLITE_UNDO = ["DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete", "DROP TRIGGER journal_no_replace"]

POSTGRESQL = [
    """CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'The journal is append-only.'; END $$""",
    """CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
       FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()""",
]
POSTGRESQL_UNDO = ["DROP TRIGGER journal_no_change ON journal_entry", "DROP FUNCTION journal_append_only()"]


def _run(statements):
    def run(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            _run({"sqlite": SQLITE_UNDO, "postgresql": POSTGRESQL_UNDO}),
        )
    ]
