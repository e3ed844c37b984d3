"""Site profiles on their way to workers: they lie in a file, and a request says where the one for its page is."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence

from artextract.model import SiteProfile

Where = tuple[int, int]  # begin and length in the file


class Drawer:
    """A worker's side: the profile of a request, the last one at hand."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._where: Sequence[int] | None = None
        self._profile: SiteProfile | None = None

    def profile(self, where: Sequence[int] | None) -> SiteProfile | None:
        """The profile that lies there."""
        if where is not None and where != self._where:
            from artextract.site import profile_of

            with open(self._path, "rb") as file:
                file.seek(where[0])
                self._profile = profile_of(json.loads(file.read(where[1])))
            self._where = where
        return self._profile if where is not None else None


class Profiles:
    """The run's side: which profile a document gets, by its site; a single one that the user gave is for all."""

    def __init__(self, profiles: Iterable[SiteProfile], for_all: bool) -> None:
        from artextract.site import packed

        self._where: dict[str, tuple[Where, str]] = {}
        self._for_all: tuple[Where, str] | None = None
        descriptor, self.path = tempfile.mkstemp(prefix="artextract-profiles-")
        with os.fdopen(descriptor, "wb") as file:
            for profile in profiles:
                row = json.dumps(packed(profile)).encode("ascii")
                found = ((file.tell(), len(row)), profile.digest)
                self._where[profile.site] = found
                self._for_all = found if for_all else None
                file.write(row)

    def of(self, site: str) -> tuple[Where | None, str | None]:
        """Where the profile of a site lies, and its digest."""
        return self._for_all or self._where.get(site) or (None, None)

    def close(self) -> None:
        """Take the file away."""
        os.unlink(self.path)
