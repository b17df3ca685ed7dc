"""Words as people send them, made fit to be kept: what cannot be seen or printed goes."""

from __future__ import annotations

import re

# Control characters but tab and line feed (pasted from PDFs, they break feeds and spreadsheets), and the marks that
# turn the direction of what follows them, which can make a sentence read as another one.
_INVISIBILI = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def pulito(testo: str) -> str:
    """The text with line feeds alone as ends of line, without control characters, trimmed."""
    righe = testo.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBILI.sub("", righe).strip()
