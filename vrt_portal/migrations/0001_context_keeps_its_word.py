"""Who did something can't be changed afterwards (ADR 31).

pghistory adds to what is known of a request while the request lasts, by an update. Outside the
transaction that wrote it, what is known stays as it is; more may be added.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION vrt_portal_context_keeps_its_word() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    NEW.id := OLD.id;
    NEW.created_at := OLD.created_at;
    IF OLD.created_at <> now() THEN
        NEW.metadata := NEW.metadata || jsonb_strip_nulls(OLD.metadata);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER context_keeps_its_word BEFORE UPDATE ON pghistory_context
FOR EACH ROW EXECUTE FUNCTION vrt_portal_context_keeps_its_word();
"""
BACK = """
DROP TRIGGER context_keeps_its_word ON pghistory_context;
DROP FUNCTION vrt_portal_context_keeps_its_word();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("pghistory", "0007_auto_20250421_0444")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
