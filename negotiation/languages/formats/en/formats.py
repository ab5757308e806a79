"""Dates as most of the world writes them in English: the day first, no comma games, 24 hours."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j F"
SHORT_DATETIME_FORMAT = "j F H:i"
