"""Documents in, text out: policies, minutes and reports as people write them, read page by page.

This module is light on purpose: the sandbox's child imports it before its limits are set.
"""
