"""Write down, from now on and of what was there, when a judgement came before readers and when it went (ADR 50)."""

from django.db import migrations

# The lock makes the numbers run in the order of the commits: whoever publishes waits, when asking for a number,
# until another publication is there for readers to see.
NOTE = """
CREATE FUNCTION api_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('api_change'));
    SELECT kind INTO before FROM api_change
        WHERE coalition_id = NEW.coalition_id AND theme_id = NEW.theme_id ORDER BY id DESC LIMIT 1;
    INSERT INTO api_change (at, kind, coalition_id, theme_id, revision) VALUES (
        clock_timestamp(),
        CASE
            WHEN NEW.status = 'withdrawn' THEN 'ingetrokken'
            WHEN before IN ('gepubliceerd', 'herzien') THEN 'herzien'
            ELSE 'gepubliceerd'
        END,
        NEW.coalition_id, NEW.theme_id, NEW.revision
    );
    RETURN NULL;
END $$;
CREATE TRIGGER api_a_change_for_readers AFTER UPDATE OF status ON assessments_assessment
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('published', 'withdrawn'))
    EXECUTE FUNCTION api_note_change();
CREATE TRIGGER api_a_first_publication AFTER INSERT ON assessments_assessment
    FOR EACH ROW WHEN (NEW.status IN ('published', 'withdrawn'))
    EXECUTE FUNCTION api_note_change();
"""
NO_NOTE = """
DROP TRIGGER api_a_first_publication ON assessments_assessment;
DROP TRIGGER api_a_change_for_readers ON assessments_assessment;
DROP FUNCTION api_note_change();
"""

WHAT_IS_THERE = """
INSERT INTO api_change (at, kind, coalition_id, theme_id, revision)
SELECT at, CASE
        WHEN kind = 'published' AND lag(kind) OVER (PARTITION BY coalition_id, theme_id ORDER BY at, revision) = 'published' THEN 'herzien'
        WHEN kind = 'published' THEN 'gepubliceerd'
        ELSE 'ingetrokken'
    END, coalition_id, theme_id, revision
FROM (
    SELECT published_at AS at, 'published' AS kind, coalition_id, theme_id, revision
    FROM assessments_assessment WHERE published_at IS NOT NULL
    UNION ALL
    SELECT status_since, 'withdrawn', coalition_id, theme_id, revision
    FROM assessments_assessment WHERE status = 'withdrawn'
) past
ORDER BY at, revision;
"""


class Migration(migrations.Migration):
    dependencies = [("api", "0001_tables"), ("assessments", "0006_way_to_publication")]

    operations = [
        migrations.RunSQL(NOTE, NO_NOTE),
        migrations.RunSQL(WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
