"""A counter as search engines read it: schema.org GovernmentOffice, JSON-LD."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from sportelli.models import Sportello

_GIORNI = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def per_macchine(sportello: Sportello) -> dict[str, Any]:
    """Its data, for the tag of the same name; what nobody has confirmed is not there."""
    dati: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOffice",
        "name": sportello.nome,
        "description": sportello.scopo,
        "url": f"{settings.SITO_URL}{sportello.get_absolute_url()}",
        "parentOrganization": {"@type": "GovernmentOrganization", "name": "Comune di Lucca"},
    }
    if sportello.indirizzo:
        dati["address"] = {
            "@type": "PostalAddress",
            "streetAddress": sportello.indirizzo,
            "addressLocality": "Lucca",
            "addressCountry": "IT",
        }
    if sportello.lat is not None:
        dati["geo"] = {"@type": "GeoCoordinates", "latitude": sportello.lat, "longitude": sportello.lon}
    recapiti = {"telephone": sportello.telefono, "email": sportello.email}
    dati |= {nome: valore for nome, valore in recapiti.items() if valore}
    if orari := _orari(sportello):
        dati["openingHoursSpecification"] = orari
    return dati


def _orari(sportello: Sportello) -> list[dict[str, Any]]:
    settimana = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{_GIORNI[orario.giorno]}",
            "opens": f"{orario.dalle:%H:%M}",
            "closes": f"{orario.alle:%H:%M}",
        }
        for orario in sportello.orari.all()
    ]
    # A day without hours is a closed one.
    chiusure = [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": chiusura.dal.isoformat(),
            "validThrough": chiusura.al.isoformat(),
            "opens": "00:00",
            "closes": "00:00",
        }
        for chiusura in sportello.chiusure.all()
    ]
    return settimana + chiusure if settimana else []
