"""Files about the territory, read and checked: what can come in (`voci`) and what cannot, with the reason."""
