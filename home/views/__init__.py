"""Pages of the site that no editor writes."""
