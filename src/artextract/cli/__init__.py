"""The command line: options in, exit codes out. The only package that knows click, standard streams and exit codes."""

from __future__ import annotations

from artextract.cli.command import main

__all__ = ["main"]
