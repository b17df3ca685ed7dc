"""Secrets of links sent by e-mail: 128 random bits, of which we keep only the digest."""

from __future__ import annotations

import hashlib
import secrets

from django.core.signing import BadSignature, Signer


def nuovo_segreto() -> tuple[str, str]:
    """(the secret for the link, its digest for the row)."""
    segreto = secrets.token_urlsafe(16)
    return segreto, impronta(segreto)


def impronta(segreto: str) -> str:
    """SHA-256, hexadecimal. No salt is needed: 128 random bits cannot be guessed."""
    return hashlib.sha256(segreto.encode()).hexdigest()


def firma(valore: str, uso: str) -> str:
    """The value and a signature that only this installation can make, for one use: nothing is kept of it."""
    return Signer(salt=uso, sep=".").sign(valore)


def leggi_firma(segno: str, uso: str) -> str:
    """The value of a signed one; "" of any other."""
    try:
        return Signer(salt=uso, sep=".").unsign(segno)
    except BadSignature:
        return ""
