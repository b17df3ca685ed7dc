from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = "Persone"


class PersoneConfig(WagtailUsersAppConfig):
    """wagtail.users, with our people."""

    user_viewset = "accounts.gestione.PersoneViewSet"
