"""Places for the browser: search while typing, and what the map draws. Public, the same for everybody."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comune import luoghi
from comune.figure import FONTE
from comune.models import Luogo, TipoLuogo
from comune.parole import MASSIMO
from comune.territorio import confine_geojson
from core.ratelimit import troppe

AL_MINUTO = 120  # searches of one address: somebody who types fast and corrects
CERCA_VALE = 300  # seconds
MAPPA_VALE = 3_600
SULLA_MAPPA = 2_000  # places; more would only be a stain


def _errore(titolo: str, stato: int) -> JsonResponse:
    """Problem JSON (RFC 9457), never kept."""
    risposta = JsonResponse({"title": titolo, "status": stato}, status=stato, content_type="application/problem+json")
    patch_cache_control(risposta, no_store=True)
    return risposta


@require_safe
def cerca(request: HttpRequest) -> HttpResponse:
    """?q= → {"luoghi": [{id, nome, tipo, descrizione, quartiere, lat, lon}]}, best first; lat, lon may be null.

    400 for a text longer than any name; 429, with Retry-After, for more than 120 a minute.
    """
    if troppe(request, "luoghi", quante=AL_MINUTO, secondi=60):
        risposta = _errore(_("Troppe ricerche in poco tempo. Aspetta un minuto."), 429)
        risposta["Retry-After"] = "60"
        return risposta
    testo = request.GET.get("q", "")
    if len(testo) > MASSIMO:
        return _errore(_("Il testo da cercare è troppo lungo."), 400)
    risposta = JsonResponse({"luoghi": [_voce(luogo) for luogo in luoghi.cerca(testo)]})
    patch_cache_control(risposta, public=True, max_age=CERCA_VALE)
    return risposta


def _voce(luogo: Luogo) -> dict[str, Any]:
    return {
        "id": luogo.pk,
        "nome": luogo.nome,
        "tipo": luogo.tipo,
        "descrizione": luogo.descrizione,
        "quartiere": luogo.quartiere.nome if luogo.quartiere else "",
        "lat": luogo.lat,
        "lon": luogo.lon,
    }


@require_safe
def mappa(request: HttpRequest) -> HttpResponseBase:
    """GeoJSON: the boundary (`tipo`: "confine"), places and hamlets (`tipo`, `nome`). Cacheable, with ETag."""
    corpo = json.dumps(
        {"type": "FeatureCollection", "features": [_confine(), *_punti()]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    risposta = HttpResponse(corpo, content_type="application/geo+json")
    patch_cache_control(risposta, public=True, max_age=MAPPA_VALE)
    risposta["ETag"] = etag = quote_etag(hashlib.sha256(corpo).hexdigest()[:32])
    return get_conditional_response(request, etag=etag, response=risposta) or risposta


def _confine() -> dict[str, Any]:
    return {"type": "Feature", "properties": {"tipo": "confine"}, "geometry": confine_geojson()}


def _punti() -> list[dict[str, Any]]:
    """Places and hamlets; one of comune.figure gives way to the imported one of the same name."""
    righe = list(
        Luogo.objects.filter(tipo__in=(TipoLuogo.LUOGO, TipoLuogo.LOCALITA), lat__isnull=False, lon__isnull=False)
        .order_by("chiave", "pk")
        .values_list("tipo", "nome", "chiave", "lat", "lon", "fonte")[:SULLA_MAPPA]
    )
    importati = {chiave for _tipo, _nome, chiave, _lat, _lon, fonte in righe if fonte != FONTE}
    return [
        {
            "type": "Feature",
            "properties": {"tipo": tipo, "nome": nome},
            "geometry": {"type": "Point", "coordinates": [round(lon or 0, 5), round(lat or 0, 5)]},
        }
        for tipo, nome, chiave, lat, lon, fonte in righe
        if fonte != FONTE or chiave not in importati
    ]
