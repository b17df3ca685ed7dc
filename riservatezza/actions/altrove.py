"""What the packages we stand on keep of a person: riservatezza.altrove says which of their tables hold anything."""

from __future__ import annotations

import json
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.admin.models import FormState
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

if TYPE_CHECKING:
    from accounts.models import User

CANCELLATA = "Persona cancellata"  # stored, hence not translated


def svuota_altrove(utente: User) -> None:
    """Takes the account out of all of them, before its own row is emptied. To be called in a transaction."""
    chiudi_le_sessioni(utente)
    EmailAddress.objects.filter(user=utente).delete()
    Authenticator.objects.filter(user=utente).delete()
    UserProfile.objects.filter(user=utente).delete()
    FormState.objects.filter(user=utente).delete()
    # The editors' site writes down whom an administrator changed by the name they had that day.
    sua = {"content_type": ContentType.objects.get_for_model(utente), "object_id": str(utente.pk)}
    ModelLogEntry.objects.filter(**sua).update(label=CANCELLATA, data={})


def chiudi_le_sessioni(utente: User) -> None:
    """Ends every session of the account, on whichever device, and every other that holds its address.

    Sessions know nobody by a column, so all are read: a moment, for something done once in the life of an account.
    """
    deposito: Any = import_module(settings.SESSION_ENGINE).SessionStore
    righe = deposito.get_model_class().objects.order_by("pk")
    chiavi = [riga.pk for riga in righe.iterator() if _e_sua(riga.get_decoded(), utente)]
    righe.filter(pk__in=chiavi).delete()
    # Where a cache stands before the rows, it forgets them once it is certain.
    for chiave in chiavi:
        transaction.on_commit(partial(deposito(chiave).delete, chiave))


def _e_sua(dati: dict[str, Any], utente: User) -> bool:
    return dati.get(SESSION_KEY) == str(utente.pk) or utente.email.lower() in json.dumps(dati, default=str).lower()
