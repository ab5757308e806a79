"""Scenarios of one's own: copies of the shipped ones, changed in the browser, tried out with bots, kept by version."""
