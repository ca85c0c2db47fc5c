"""What a published assessment rests on can't be recoded under it.

The rule belongs to assessments, the table to agreements: a trigger keeps it without an import (ADR).
"""

from django.db import migrations

LOCK = """
CREATE FUNCTION assessments_coding_is_locked() RETURNS trigger AS $$
BEGIN
    IF (NEW.theme_id, NEW.focus_point_id, NEW.strength, NEW.passage_id)
        IS DISTINCT FROM (OLD.theme_id, OLD.focus_point_id, OLD.strength, OLD.passage_id)
    AND EXISTS (
        SELECT 1
        FROM assessments_evidence e
        JOIN assessments_assessment a ON a.id = e.assessment_id
        WHERE e.coding_id = OLD.id AND a.status = 'published'
    ) THEN
        RAISE EXCEPTION 'this coding carries a published assessment'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_coding_is_locked';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER assessments_coding_is_locked BEFORE UPDATE ON agreements_coding
FOR EACH ROW EXECUTE FUNCTION assessments_coding_is_locked();
"""

UNLOCK = """
DROP TRIGGER assessments_coding_is_locked ON agreements_coding;
DROP FUNCTION assessments_coding_is_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_links_and_triggers")]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
