"""The access core, and the checks that keep it whole."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Loads the checks."""

    name = "alongside.access"

    def ready(self) -> None:
        """Register what ``manage check`` refuses."""
        from alongside.access import checks  # noqa: F401 (registers on import)
