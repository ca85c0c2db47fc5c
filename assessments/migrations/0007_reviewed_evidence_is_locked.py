"""What a judgement rests on can't change under it once it is out of the advisors' hands (ADR 15)."""

from django.db import migrations


def _coding(rule):
    return f"""
CREATE OR REPLACE FUNCTION assessments_coding_is_locked() RETURNS trigger AS $$
BEGIN
    IF (NEW.theme_id, NEW.focus_point_id, NEW.strength, NEW.passage_id)
        IS DISTINCT FROM (OLD.theme_id, OLD.focus_point_id, OLD.strength, OLD.passage_id)
    AND EXISTS (
        SELECT 1
        FROM assessments_evidence e
        JOIN assessments_assessment a ON a.id = e.assessment_id
        WHERE e.coding_id = OLD.id AND {rule}
    ) THEN
        RAISE EXCEPTION 'this coding carries an assessment'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_coding_is_locked';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
"""


def _measure(rule):
    return f"""
CREATE OR REPLACE FUNCTION assessments_measure_is_locked() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM agreements_coding c
        JOIN assessments_evidence e ON e.coding_id = c.id
        JOIN assessments_assessment a ON a.id = e.assessment_id
        WHERE c.passage_id = OLD.passage_id AND {rule}
    ) THEN
        RAISE EXCEPTION 'this measure carries an assessment'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_measure_is_locked';
    END IF;
    RETURN COALESCE(NEW, OLD);
END;
$$ LANGUAGE plpgsql;
"""


PUBLISHED = "a.status = 'published'"
OUT_OF_HANDS = "a.status IN ('in_review', 'in_reply', 'ready', 'published')"


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_way_to_publication")]

    operations = [
        migrations.RunSQL(
            _coding(OUT_OF_HANDS) + _measure(OUT_OF_HANDS), _coding(PUBLISHED) + _measure(PUBLISHED)
        )
    ]
