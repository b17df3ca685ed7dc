from django.apps import AppConfig


class RiservatezzaConfig(AppConfig):
    default = True
    name = "riservatezza"
    verbose_name = "Riservatezza"
