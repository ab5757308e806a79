"""Tags of the gallery."""
