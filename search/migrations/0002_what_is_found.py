"""Triggers that keep the index equal to the texts of the rooms below, and the index of what is there already.

The tables belong to other rooms: triggers keep it without an import (ADR 35, as in ADR 15).
"""

from django.db import migrations

WORDS = r"""
-- As agreements/finding.py folds. The same length, so places stay places.
CREATE FUNCTION search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(translate($1,
'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜǞǟǠǡǦǧǨǩǪǫǬǭǰǴǵǸǹǺǻȀȁȂȃȄȅȆȇȈȉȊȋȌȍȎȏȐȑȒȓȔȕȖȗȘșȚțȞȟȦȧȨȩȪȫȬȭȮȯȰȱȲȳ’‘ʼ´`',
'aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyyaaaaaaccccccccddeeeeeeeeeegggggggghhiiiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzoouuaaiioouuuuuuuuuuaaaaggkkoooojggnnaaaaaaeeeeiiiioooorrrruuuusstthhaaeeooooooooyy'''''''''''
    ))
$$;

CREATE FUNCTION search_grams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr($1, i, 3)), '{}') FROM generate_series(1, length($1) - 2) i
$$;

-- A tsvector holds a megabyte at most; no page of an agreement comes near.
CREATE FUNCTION search_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.dutch', search_fold(left($1, 400000)))
$$;

-- In alphabetical order, so that two intakes at a time wait for each other and never in a circle.
CREATE FUNCTION search_learn(texts text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO search_word (word, folded, stem, grams)
    SELECT word, search_fold(word), stem, search_grams(search_fold(word))
    FROM (
        SELECT DISTINCT word
        FROM unnest(texts) text,
             unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', left(text, 400000)))) word
        WHERE word ~ '^[[:alnum:]]{2,40}$'
    ) found,
    unnest(ts_lexize('pg_catalog.dutch_stem', search_fold(word))) stem
    WHERE NOT EXISTS (SELECT FROM search_word known WHERE known.word = found.word)
    ORDER BY word
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION search_keep(
    its_kind text, its_passage bigint, its_assessment bigint, its_reply bigint, its_advice bigint, its_text text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_entry WHERE kind = its_kind AND (
        passage_id = its_passage OR assessment_id = its_assessment
        OR reply_id = its_reply OR advice_id = its_advice
    );
    IF its_text <> '' THEN
        INSERT INTO search_entry (kind, passage_id, assessment_id, reply_id, advice_id, words)
        VALUES (its_kind, its_passage, its_assessment, its_reply, its_advice, search_words(its_text));
        PERFORM search_learn(ARRAY[its_text]);
    END IF;
END;
$$;

-- The words of a page are needed for few of those that are found: keep them out of the way of the others.
ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE search_entry SET (toast_tuple_target = 256);

-- What a question matches, by the index: the planner doesn't count what it costs to fetch the words of each row.
CREATE FUNCTION search_match(tsquery) RETURNS TABLE (
    id bigint, kind text, version_id bigint, passage_id bigint, assessment_id bigint, reply_id bigint, advice_id bigint
) LANGUAGE sql STABLE STRICT SET enable_seqscan = off AS $$
    SELECT id, kind, version_id, passage_id, assessment_id, reply_id, advice_id
    FROM search_entry WHERE words @@ $1
$$;
"""

NO_WORDS = """
DROP FUNCTION search_match(tsquery);
DROP FUNCTION search_keep(text, bigint, bigint, bigint, bigint, text);
DROP FUNCTION search_learn(text[]);
DROP FUNCTION search_words(text);
DROP FUNCTION search_grams(text);
DROP FUNCTION search_fold(text);
"""

TRIGGERS = """
CREATE FUNCTION search_take_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM search_entry USING changed
        WHERE kind = 'page' AND search_entry.version_id = changed.version_id AND page = changed.number;
    END IF;
    INSERT INTO search_entry (kind, version_id, page, words)
    SELECT 'page', version_id, changed.number, search_words(substr(text, start + 1, "end" - start))
    FROM changed JOIN agreements_agreementversion v ON v.id = version_id;
    PERFORM search_learn(ARRAY(
        SELECT substr(text, start + 1, "end" - start)
        FROM changed JOIN agreements_agreementversion v ON v.id = version_id
    ));
    RETURN NULL;
END;
$$;
CREATE TRIGGER search_takes_pages AFTER INSERT ON agreements_page
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_take_pages();
CREATE TRIGGER search_takes_changed_pages AFTER UPDATE ON agreements_page
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION search_take_pages();

CREATE FUNCTION search_take_passage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_keep('quote', NEW.id, NULL, NULL, NULL, NEW.quote);
    RETURN NULL;
END;
$$;
CREATE TRIGGER search_takes_passage AFTER INSERT OR UPDATE OF quote ON agreements_passage
FOR EACH ROW EXECUTE FUNCTION search_take_passage();

CREATE FUNCTION search_take_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_keep('summary', NULL, NEW.id, NULL, NULL, NEW.summary);
    PERFORM search_keep('advice', NULL, NEW.id, NULL, NULL, NEW.advice);
    RETURN NULL;
END;
$$;
CREATE TRIGGER search_takes_assessment AFTER INSERT OR UPDATE OF summary, advice ON assessments_assessment
FOR EACH ROW EXECUTE FUNCTION search_take_assessment();

CREATE FUNCTION search_take_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_keep('reply', NULL, NULL, NEW.id, NULL, NEW.text);
    PERFORM search_keep('answer', NULL, NULL, NEW.id, NULL, NEW.answer);
    RETURN NULL;
END;
$$;
CREATE TRIGGER search_takes_reply AFTER INSERT OR UPDATE OF text, answer ON assessments_reply
FOR EACH ROW EXECUTE FUNCTION search_take_reply();

CREATE FUNCTION search_take_advice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_keep('public', NULL, NULL, NULL, NEW.id, NEW.title || E'\\n\\n' || NEW.text);
    RETURN NULL;
END;
$$;
CREATE TRIGGER search_takes_advice AFTER INSERT OR UPDATE OF title, text ON assessments_publishedadvice
FOR EACH ROW EXECUTE FUNCTION search_take_advice();
"""

NO_TRIGGERS = """
DROP TRIGGER search_takes_pages ON agreements_page;
DROP TRIGGER search_takes_changed_pages ON agreements_page;
DROP TRIGGER search_takes_passage ON agreements_passage;
DROP TRIGGER search_takes_assessment ON assessments_assessment;
DROP TRIGGER search_takes_reply ON assessments_reply;
DROP TRIGGER search_takes_advice ON assessments_publishedadvice;
DROP FUNCTION search_take_pages();
DROP FUNCTION search_take_passage();
DROP FUNCTION search_take_assessment();
DROP FUNCTION search_take_reply();
DROP FUNCTION search_take_advice();
"""

# What was there before the upgrade. On 342 agreements of 40 pages this takes about a minute.
WHAT_IS_THERE = """
INSERT INTO search_entry (kind, version_id, page, words)
SELECT 'page', v.id, p.number, search_words(substr(text, start + 1, "end" - start))
FROM agreements_page p JOIN agreements_agreementversion v ON v.id = p.version_id;
INSERT INTO search_entry (kind, passage_id, words)
SELECT 'quote', id, search_words(quote) FROM agreements_passage WHERE quote <> '';
INSERT INTO search_entry (kind, assessment_id, words)
SELECT 'summary', id, search_words(summary) FROM assessments_assessment WHERE summary <> ''
UNION ALL SELECT 'advice', id, search_words(advice) FROM assessments_assessment WHERE advice <> '';
INSERT INTO search_entry (kind, reply_id, words)
SELECT 'reply', id, search_words(text) FROM assessments_reply WHERE text <> ''
UNION ALL SELECT 'answer', id, search_words(answer) FROM assessments_reply WHERE answer <> '';
INSERT INTO search_entry (kind, advice_id, words)
SELECT 'public', id, search_words(title || E'\\n\\n' || text) FROM assessments_publishedadvice;
DO $$
DECLARE pieces text[];
BEGIN
    FOR pieces IN
        SELECT array_agg(substr(text, start + 1, "end" - start))
        FROM agreements_page p JOIN agreements_agreementversion v ON v.id = p.version_id GROUP BY v.id
        UNION ALL SELECT ARRAY[summary, advice] FROM assessments_assessment
        UNION ALL SELECT ARRAY[text, answer] FROM assessments_reply
        UNION ALL SELECT ARRAY[title, text] FROM assessments_publishedadvice
    LOOP
        PERFORM search_learn(pieces);
    END LOOP;
END;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_tables")]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
