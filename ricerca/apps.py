from django.apps import AppConfig


class RicercaConfig(AppConfig):
    name = "ricerca"
    verbose_name = "Ricerca"

    def ready(self) -> None:
        from ricerca import receivers

        receivers.segui()
