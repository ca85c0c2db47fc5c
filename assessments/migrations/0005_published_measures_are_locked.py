"""What a published assessment rests on can't change under it: neither can its measures (ADR 15)."""

from django.db import migrations

LOCK = """
CREATE FUNCTION assessments_measure_is_locked() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM agreements_coding c
        JOIN assessments_evidence e ON e.coding_id = c.id
        JOIN assessments_assessment a ON a.id = e.assessment_id
        WHERE c.passage_id = OLD.passage_id AND a.status = 'published'
    ) THEN
        RAISE EXCEPTION 'this measure carries a published assessment'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_measure_is_locked';
    END IF;
    RETURN COALESCE(NEW, OLD);
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER assessments_measure_is_locked BEFORE UPDATE OR DELETE ON agreements_measure
FOR EACH ROW EXECUTE FUNCTION assessments_measure_is_locked();
"""

UNLOCK = """
DROP TRIGGER assessments_measure_is_locked ON agreements_measure;
DROP FUNCTION assessments_measure_is_locked();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0004_concrete_needs_a_measure"),
        ("agreements", "0003_reading_room"),
    ]

    operations = [migrations.RunSQL(LOCK, UNLOCK)]
