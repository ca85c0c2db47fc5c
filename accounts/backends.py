"""How accounts get their rights."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.roles import PUBLIC


class RoleBackend(ModelBackend):
    """Rights come from the role alone, never from a person; so there is nothing else to ask for.

    With PUBLIC_READING everyone may read, who signed in and who didn't. Views and templates both ask here.
    """

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def has_perm(self, user_obj, perm, obj=None):
        if settings.PUBLIC_READING and perm in PUBLIC:
            return True
        return super().has_perm(user_obj, perm, obj)
