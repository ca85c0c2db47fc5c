"""What the database lets the server and the worker do: everything but altering history (ADR 31).

The owner of the tables makes and changes them. The application has a role of its own, with ordinary
rights on ordinary tables. History it may read and add to, as the triggers that write it act in its name.
"""

from django.apps import apps
from django.db import transaction
from pghistory.models import Context, Event
from psycopg import sql


def event_tables():
    """The history table of every tracked model."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Event) and model._meta.managed
    )


def owner_of(connection):
    """The role that owns the tables."""
    return _value(
        connection,
        "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = %s::regclass",
        Context._meta.db_table,
    )


def exists(connection, role):
    return _value(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role) == 1


@transaction.atomic
def grant(connection, role):
    """Make the rights of this role equal to the models as they are now. Act as the owner."""
    with connection.cursor() as cursor:
        for statement in _GRANTS:
            cursor.execute(
                sql.SQL(statement).format(
                    role=sql.Identifier(role),
                    database=sql.Identifier(connection.settings_dict["NAME"]),
                    events=sql.SQL(", ").join(map(sql.Identifier, event_tables())),
                    context=sql.Identifier(Context._meta.db_table),
                )
            )
        cursor.execute(_ONLY_THE_OWNER_IGNORES_A_TRIGGER)


_GRANTS = [
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    # A temporary table would come before the real one of that name, also for the triggers.
    "REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {role}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "REVOKE ALL ON {events} FROM PUBLIC, {role}",
    "GRANT SELECT, INSERT ON {events} TO {role}",
    # Who did it: pghistory writes this by INSERT ... ON CONFLICT DO UPDATE; a trigger guards the update.
    "REVOKE DELETE ON {context} FROM PUBLIC, {role}",
    "REVOKE ALL ON django_migrations FROM PUBLIC, {role}",
    "GRANT SELECT ON django_migrations TO {role}",
]

# pgtrigger lets every session skip a trigger by a setting. The migrations need that, the application
# doesn't. It makes this function anew with each trigger, so it is put here after each migrate.
_ONLY_THE_OWNER_IGNORES_A_TRIGGER = f"""
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$
    DECLARE
        named TEXT;
    BEGIN
        named := current_setting('pgtrigger.ignore', true);
        IF coalesce(named, '') = '' THEN
            RETURN FALSE;
        END IF;
        RETURN trigger_name = ANY(named::TEXT[]) AND pg_has_role(
            (SELECT relowner FROM pg_class WHERE oid = 'public.{Context._meta.db_table}'::regclass),
            'MEMBER'
        );
    END;
$$ LANGUAGE plpgsql
"""


def flaws(connection, role):
    """What this role could still alter history with, one Dutch line each; asked of the database itself."""
    found = []
    with connection.cursor() as cursor:
        for complaint, question in _FLAWS.items():
            cursor.execute(
                question, {"role": role, "owner": owner_of(connection), "events": event_tables()}
            )
            if names := [name for (name,) in cursor.fetchall()]:
                found.append(complaint.format(", ".join(names[:5] + ["…"] * (len(names) > 5))))
    return found


_FLAWS = {
    "Deze rol heeft beheerdersrechten: {}.": """
        SELECT rolname FROM pg_roles WHERE rolname = %(role)s
        AND (rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls)""",
    "Deze rol kan eigenaar worden: {}.": """
        SELECT rolname FROM pg_roles WHERE rolname = %(owner)s
        AND pg_has_role(%(role)s, rolname, 'MEMBER')""",
    "Deze rol is eigenaar van: {}.": """
        SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = %(role)s AND relkind = 'r'""",
    "Deze rol kan tabellen maken in: {}.": """
        SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%%'
        AND has_schema_privilege(%(role)s, oid, 'CREATE')
        UNION ALL SELECT datname FROM pg_database WHERE datname = current_database()
        AND has_database_privilege(%(role)s, oid, 'CREATE, TEMPORARY')""",
    "Deze rol kan een tabel van de geschiedenis wijzigen of legen: {}.": """
        SELECT name FROM unnest(%(events)s::text[]) AS name
        WHERE has_table_privilege(%(role)s, quote_ident(name), 'UPDATE, DELETE, TRUNCATE, TRIGGER')
        OR has_any_column_privilege(%(role)s, quote_ident(name), 'UPDATE')""",
    "Deze rol kan triggers maken op: {}.": """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND has_table_privilege(%(role)s, oid, 'TRIGGER')""",
}


def _value(connection, question, *about):
    with connection.cursor() as cursor:
        cursor.execute(question, about)
        return cursor.fetchone()[0]
