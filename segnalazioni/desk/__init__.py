"""The staff desk: the queue, one case, its steps. Doors only: who may, then one action."""
