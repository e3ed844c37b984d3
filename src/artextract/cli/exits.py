"""The exit codes, as the interface promises them (130 and 143 come from signals)."""

OK = 0
NO_ARTICLE = 1
USAGE = 2
FAILED = 3
UNWRITABLE = 4
