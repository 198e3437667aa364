"""Dates as the field writes them: 23 November 2026."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
THOUSAND_SEPARATOR = ","
USE_THOUSAND_SEPARATOR = True
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"]
NUMBER_GROUPING = 3
