"""Filing a report, step by step: what, where, photos, who, review. Each step is a page and a form; see _bozza."""
