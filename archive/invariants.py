"""Rules that triggers keep while people work, asked of all rows at once: an import puts rows past the triggers."""

from django.db import connection

# Only what holds for ever once it holds. Each gives the rows that break it.
_RULES = {
    "een citaat staat niet letterlijk op zijn plaats": """
        SELECT FROM agreements_passage p JOIN agreements_agreementversion v ON v.id = p.version_id
        WHERE p.quote IS DISTINCT FROM substr(v.text, p.start + 1, p."end" - p.start)""",
    "een citaat in een reactie staat niet letterlijk op zijn plaats": """
        SELECT FROM assessments_reply r JOIN agreements_agreementversion v ON v.id = r.version_id
        WHERE r.quote IS DISTINCT FROM substr(v.text, r.start + 1, r."end" - r.start)""",
    "een reactie citeert een akkoord van een andere gemeente": """
        SELECT FROM assessments_reply r
        JOIN agreements_agreementversion v ON v.id = r.version_id
        JOIN agreements_agreement g ON g.id = v.agreement_id
        JOIN assessments_assessment a ON a.id = r.assessment_id
        WHERE g.coalition_id <> a.coalition_id""",
    "een bladzijde loopt voorbij de tekst": """
        WITH v AS MATERIALIZED (
            SELECT id, length(text) AS characters FROM agreements_agreementversion
        )
        SELECT FROM agreements_page p JOIN v ON v.id = p.version_id
        WHERE p."end" > v.characters""",
    "een codering heeft een aandachtspunt van een ander thema": """
        SELECT FROM agreements_coding c JOIN themes_focuspoint f ON f.id = c.focus_point_id
        WHERE f.theme_id <> c.theme_id""",
    "een opvolger van een passage staat in een andere versie": """
        SELECT FROM agreements_anchoring a JOIN agreements_passage p ON p.id = a.successor_id
        WHERE p.version_id <> a.version_id""",
    "een oordeel buiten handen van de adviseur heeft geen bewijs": """
        SELECT FROM assessments_assessment a
        WHERE a.status IN ('in_review', 'in_reply', 'ready', 'published') AND CASE WHEN a.level = 0
            THEN NOT EXISTS (SELECT FROM assessments_absence WHERE assessment_id = a.id)
                OR EXISTS (SELECT FROM assessments_evidence WHERE assessment_id = a.id)
            ELSE NOT EXISTS (
                SELECT FROM assessments_evidence e JOIN agreements_coding c ON c.id = e.coding_id
                WHERE e.assessment_id = a.id AND c.theme_id = a.theme_id)
            END""",
    "een tweede lezing is van wie de eerste deed": """
        SELECT FROM assessments_secondreading WHERE reader_id = first_reader_id""",
}


def broken_rules():
    """What breaks a rule, as pairs of the rule in Dutch and how many rows break it; nothing when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, rows in _RULES.items():
            cursor.execute(f"SELECT count(*) FROM ({rows}) broken")
            if number := cursor.fetchone()[0]:
                found.append((rule, number))
    return found
