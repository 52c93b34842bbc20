"""The engine object that xlwings asks for apps and for the cleaning of values."""

from __future__ import annotations

from typing import Any

from xlpy.libreoffice import values


class Engine:
    """xlwings engine «libreoffice»."""

    name = "libreoffice"
    type = "desktop"

    @property
    def apps(self) -> Any:
        """Offices that we started, and the user's running one."""
        from xlpy.libreoffice.apps import Apps

        return Apps(self)

    prepare_xl_data_element = staticmethod(values.prepare)
    clean_value_data = staticmethod(values.clean)
