"""What goes wrong with a file, in words."""

from __future__ import annotations


class FileNonValido(ValueError):
    """The file cannot be used at all: not found, not of this kind, a column missing. Nothing was written."""


class RigaScartata(ValueError):
    """One row cannot become what it should; the others go on. Its text is the reason, for a person."""
