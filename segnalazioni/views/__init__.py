"""Doors of the citizens: who may come in, the shape of what is sent, one action, the answer."""
