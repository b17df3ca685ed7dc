"""The demonstration: invented people and reports, filed and worked through the real actions."""
