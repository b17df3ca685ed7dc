from django.apps import AppConfig
from django.core.checks import Tags, register


class NotificheConfig(AppConfig):
    name = "notifiche"
    verbose_name = "Notifiche"

    def ready(self) -> None:
        from notifiche.checks import template_di_ogni_tipo

        register(template_di_ogni_tipo, Tags.templates)
