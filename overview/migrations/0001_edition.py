"""Every statement that changes what a reader may see leaves a row; see overview/edition.py and ADR 41."""

from django.db import migrations

TABLES = (
    "agreements_agreement",
    "agreements_agreementversion",
    "agreements_anchoring",
    "agreements_coding",
    "agreements_measure",
    "agreements_passage",
    "assessments_absence",
    "assessments_assessment",
    "assessments_chosenquote",
    "assessments_evidence",
    "assessments_publishedadvice",
    "assessments_reply",
    "municipalities_coalition",
    "municipalities_councilterm",
    "municipalities_formation",
    "municipalities_municipality",
    "municipalities_municipality_neighbours",
    "themes_ambition",
    "themes_focuspoint",
    "themes_inputedition",
    "themes_partner",
    "themes_partner_themes",
    "themes_regionalinput",
    "themes_theme",
)
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
        ("assessments", "0010_chosen_quotes"),
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
