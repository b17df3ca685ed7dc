from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings

# Whose rows hold words and pictures of editors, and so references that Wagtail should know of.
APP_DEI_REDATTORI = frozenset({"cms", "home"})


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Fondamenta"

    def ready(self) -> None:
        """Keeps rows of the procedures out of Wagtail's reference index: it would cost some queries at every save.

        core stands before wagtail in INSTALLED_APPS, so this comes before Wagtail looks at the models.
        """
        from core import checks  # noqa: F401  # registers them

        for config in apps.get_app_configs():
            nostra = Path(config.path).parent == settings.BASE_DIR
            if nostra and config.name not in APP_DEI_REDATTORI:
                for model in config.get_models():
                    model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
