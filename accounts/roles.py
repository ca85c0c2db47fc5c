"""The roles and what each may do. `manage.py sync_roles` makes the database equal to this table."""

_READ = ["assessments.read_published"]
_SEE_WORK = [*_READ, "agreements.view_agreement", "assessments.view_assessment"]

ROLES = {
    "Burgemeester": _READ,
    "Gemeentecontact": [*_READ, "assessments.reply_to_assessment"],
    "Adviseur": [
        *_SEE_WORK,
        "agreements.add_agreement",
        "agreements.add_passage",
        "assessments.change_assessment",
        "themes.change_term",
    ],
    "Eindredacteur": [*_SEE_WORK, "assessments.publish_assessment"],
    "Beheerder": [
        *_SEE_WORK,
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "themes.change_term",
        "mail.view_message",
        "mail.change_message",
    ],
}
