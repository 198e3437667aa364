"""The terms of use: which version is in force. The words stand in the page that everybody accepts once."""

VERSION = 1
"""Raised whenever the words change in what they ask of people; everybody is then asked again."""
