"""The pages a new site begins with: every link of the frame leads somewhere, and says what is true today.

One TOML file per page under pagine/, in the folders of its address; `posa` lays them once. Afterwards they belong to
the editors, in /cms/: a page that they have changed or taken away is left as they left it.
"""

from __future__ import annotations

from home.contenuti.posa import EDIZIONE, posa

__all__ = ["EDIZIONE", "posa"]
