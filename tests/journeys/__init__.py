"""Journeys: a browser, a real server, one story per role."""
