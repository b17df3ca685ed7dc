"""QR codes as one SVG path: templates/components/qr.html draws them, in the colour of the text around."""

from __future__ import annotations

from dataclasses import dataclass, field

import qrcode
from qrcode.constants import ERROR_CORRECT_M

BORDO = 4  # modules of quiet zone around the code (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Qr:
    """The code of a text. percorso: the dark modules, one unit each; lato: how many units the square is wide."""

    testo: str
    percorso: str = field(init=False)
    lato: int = field(init=False)

    def __post_init__(self) -> None:
        codice = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDO)
        codice.add_data(self.testo)
        righe = codice.get_matrix()
        quadri = (f"M{x} {y}h1v1h-1z" for y, riga in enumerate(righe) for x, nero in enumerate(riga) if nero)
        object.__setattr__(self, "percorso", "".join(quadri))
        object.__setattr__(self, "lato", len(righe))
