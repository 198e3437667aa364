#!/usr/bin/env python3
"""Tasks of the web application: migrate, work (reads submissions), demonstration, verify_journal."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
