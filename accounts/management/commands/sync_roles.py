"""Make the groups in the database equal to accounts/roles.py."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.roles import ROLES


class Command(BaseCommand):
    help = "Maak de rollen en hun rechten gelijk aan accounts/roles.py."

    @transaction.atomic
    def handle(self, *args, **options):
        permissions = {
            f"{permission.content_type.app_label}.{permission.codename}": permission
            for permission in Permission.objects.select_related("content_type")
        }
        for name, codenames in ROLES.items():
            group, _ = Group.objects.get_or_create(name=name)
            group.permissions.set([permissions[codename] for codename in codenames])
