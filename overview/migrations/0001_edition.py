"""Every statement that changes what a reader may see leaves a row; see overview/edition.py and ADR 41."""

from django.db import migrations

from overview.edition import TABLES

MAKE = """
CREATE TABLE overview_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE FUNCTION overview_note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO overview_change DEFAULT VALUES;
    RETURN NULL;
END
$$;
"""
WATCH = """
CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION overview_note_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_second_reading"),
        ("themes", "0003_editions"),
        ("municipalities", "0002_formation"),
        ("agreements", "0003_reading_room"),
    ]
    operations = [
        migrations.RunSQL(
            MAKE, "DROP TABLE overview_change; DROP FUNCTION overview_note_change"
        ),
        *(
            migrations.RunSQL(WATCH.format(table=table), f"DROP TRIGGER note_change ON {table}")
            for table in TABLES
        ),
    ]
