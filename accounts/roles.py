"""The roles and what each may do. `manage.py sync_roles` makes the database equal to this table."""

_READ = ["assessments.read_published"]
# What everyone may when PUBLIC_READING is on, whoever they are.
PUBLIC = frozenset(_READ)
_SEE_WORK = [
    *_READ,
    "agreements.view_agreement",
    "assessments.view_assessment",
    "reports.add_bundle",
]
_ASK_ADVICE = ["assessments.view_advicerequest", "assessments.add_advicerequest"]

ROLES = {
    "Burgemeester": [*_READ, *_ASK_ADVICE],
    "Gemeentecontact": [*_READ, *_ASK_ADVICE, "assessments.reply_to_assessment"],
    "Adviseur": [
        *_SEE_WORK,
        "agreements.add_agreement",
        "agreements.add_passage",
        "assessments.change_assessment",
        "themes.change_term",
        "themes.change_regionalinput",
        "municipalities.change_coalition",
        "assessments.view_advicerequest",
        "assessments.answer_advicerequest",
    ],
    "Eindredacteur": [
        *_SEE_WORK,
        "assessments.publish_assessment",
        "reports.add_edition",
        "reports.add_withdrawal",
        "search.view_asked",
        "themes.publish_regionalinput",
        "assessments.view_advicerequest",
        "assessments.publish_advice",
    ],
    "Beheerder": [
        *_SEE_WORK,
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "themes.change_term",
        "themes.change_theme",
        "municipalities.change_municipality",
        "search.view_asked",
        "mail.view_message",
        "mail.change_message",
    ],
}
