"""Is the internal register as the law wants it? Every number once, none missing, dates that never go back."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _

from protocollo.models import INTERNO, Registrazione, RegistrazioneQuerySet, Registro


def guasti() -> Iterator[str]:
    """One sentence for each thing that does not hold; nothing for a register that does."""
    anni = Registro.objects.order_by("anno").values_list("anno", "ultimo")
    for anno, ultimo in anni:
        yield from _dell_anno(anno, ultimo)
    senza = _interne().exclude(anno__in=[anno for anno, _ultimo in anni])
    for orfano in senza.order_by("anno").values_list("anno", flat=True).distinct():
        yield _("%(anno)s: ci sono registrazioni ma non il registro") % {"anno": orfano}


def _interne() -> RegistrazioneQuerySet:
    return Registrazione.objects.filter(registro=INTERNO)


def _dell_anno(anno: int, ultimo: int) -> Iterator[str]:
    atteso, prima = 1, None
    for numero, quando in _interne().filter(anno=anno).order_by("numero").values_list("numero", "registrata_il"):
        if numero != atteso:
            yield _("%(anno)d: dopo %(prima)d viene %(numero)d") % {
                "anno": anno,
                "prima": atteso - 1,
                "numero": numero,
            }
        if quando and localdate(quando, get_default_timezone()).year != anno:
            yield _("%(numero)d/%(anno)d: la data è di un altro anno") % {"numero": numero, "anno": anno}
        if prima and quando and quando < prima:
            yield _("%(numero)d/%(anno)d: la data è prima di quella del numero precedente") % {
                "numero": numero,
                "anno": anno,
            }
        atteso, prima = (numero or 0) + 1, quando
    if atteso - 1 != ultimo:
        yield _("%(anno)d: il contatore dice %(ultimo)d, l’ultima registrazione è %(numero)d") % {
            "anno": anno,
            "ultimo": ultimo,
            "numero": atteso - 1,
        }
