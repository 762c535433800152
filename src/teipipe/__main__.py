"""`python -m teipipe` is the command `teipipe`."""

import sys

from teipipe.cli import main

sys.exit(main())
