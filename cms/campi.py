"""The file of an editor's picture: encoded anew by us before it is kept, so that nothing else of it is."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from core.immagini import pulisci


class Nostra(SimpleUploadedFile):
    """A picture that we have encoded, in the shape in which forms pass files on."""


def nostra(file: File[Any], nome: str) -> Nostra:
    """A clean JPEG of this picture under the same name. Raises core.immagini.ImmagineRifiutata."""
    return Nostra(f"{PurePath(nome).stem}.jpg", pulisci(file, nome=nome).dati, "image/jpeg")


class FileImmagine(WagtailImageFieldFile):
    """Every door ends here: form, chooser, many at once, replacement, a script."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """As always, with our own bytes. Raises core.immagini.ImmagineRifiutata."""
        if not isinstance(content, Nostra):
            content = nostra(content, name)
            name = str(PurePath(name).with_suffix(".jpg"))
        super().save(name, content, save)


class CampoImmagine(WagtailImageField):
    """See FileImmagine."""

    attr_class = FileImmagine
