"""`python -m goldthread.cli` is the same as `goldthread`."""

import sys

from goldthread.cli import main

sys.exit(main())
