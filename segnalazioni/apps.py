from django.apps import AppConfig


class SegnalazioniConfig(AppConfig):
    name = "segnalazioni"
    verbose_name = "Segnalazioni"
