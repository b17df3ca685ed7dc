"""States and errors of a registration, in the words of the desk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from protocollo.models import StatoProtocollo

CLASSI: dict[str, str] = {
    StatoProtocollo.DA_INVIARE: "s-ocra",
    StatoProtocollo.INVIATO: "s-ocra mezzo",
    StatoProtocollo.ERRORE: "s-mattone pieno",
    StatoProtocollo.PROTOCOLLATO: "s-bosco pieno",
}


def spiega(codice: str) -> str:
    """What an error code means, and whose turn it is; "" for none."""
    if not codice:
        return ""
    http = codice.removeprefix("http_")
    if http in ("401", "403"):
        return _("Il server di protocollo non ci riconosce: va controllata la chiave di accesso.")
    if http != codice and http.startswith("5"):
        return _("Il server di protocollo ha un guasto (%(stato)s): riproviamo da soli.") % {"stato": http}
    if http != codice:
        return _("Il server di protocollo ha rifiutato la richiesta (%(stato)s).") % {"stato": http}
    return _parole().get(codice, codice)


def _parole() -> dict[str, str]:
    riproviamo = _("riproviamo da soli, con la stessa chiave.")
    return {
        "non_si_connette": _("Il server di protocollo non è raggiungibile: %(e)s") % {"e": riproviamo},
        "connessione_rifiutata": _("Il server di protocollo è spento: %(e)s") % {"e": riproviamo},
        "connessione_interrotta": _("La risposta si è interrotta a metà: %(e)s") % {"e": riproviamo},
        "non_risponde_in_tempo": _("Il server di protocollo non ha risposto in tempo: %(e)s") % {"e": riproviamo},
        "risposta_illeggibile": _("Il server di protocollo ha risposto qualcosa che non si legge."),
        "risposta_troppo_lunga": _("Il server di protocollo ha mandato una risposta senza fine."),
        "richiesta_impossibile": _("L’indirizzo del server di protocollo non è valido."),
        "numero_di_altri": _("Il server di protocollo ha dato un numero che è già di un’altra registrazione."),
    }
