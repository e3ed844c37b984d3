"""How many cores this process may use: its affinity, and the quota of its container."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")


def usable_cores(cgroup: Path = CGROUP, own: Path = OWN_CGROUP) -> int:
    """At least 1. A quota of one and a half cores counts as two."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        cores = os.cpu_count() or 1
    quotas = [quota for folder in _folders(cgroup, own) if (quota := _quota(folder)) is not None]
    return max(1, min([cores, *quotas]))


def _folders(cgroup: Path, own: Path) -> list[Path]:
    """The cgroup folders that may hold a quota: version 2 from our own up to the root, version 1's CPU controller."""
    folders = [cgroup, cgroup / "cpu"]
    with contextlib.suppress(OSError, ValueError):
        for line in own.read_text(encoding="utf-8", errors="replace").splitlines():
            _, controllers, path = line.split(":", 2)
            base = cgroup if not controllers else cgroup / "cpu" if "cpu" in controllers.split(",") else None
            if base is not None:
                here = base / path.lstrip("/")
                folders += [here, *[parent for parent in here.parents if base in parent.parents]]
    return folders


def _quota(folder: Path) -> int | None:
    """The quota that a cgroup sets, in whole cores rounded up; None where it sets none."""
    with contextlib.suppress(OSError, ValueError):
        quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
        return -(-int(quota) // int(period)) or 1  # "max 100000" is a ValueError: no quota
    with contextlib.suppress(OSError, ValueError):
        limit = int((folder / "cpu.cfs_quota_us").read_text(encoding="ascii"))
        each = int((folder / "cpu.cfs_period_us").read_text(encoding="ascii"))
        return -(-limit // each) if limit > 0 else None
    return None
