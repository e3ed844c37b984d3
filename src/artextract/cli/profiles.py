"""Site profiles of a run: given in a file, or learnt in a pass of their own before the first record."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

from artextract.batch.drawer import Profiles
from artextract.batch.frames import Message
from artextract.batch.guard import Plan
from artextract.batch.learning import FEWEST, LEAST_PAGES, TASK, Sampling, profiles_of
from artextract.batch.run import Guarded
from artextract.batch.signals import Stop, Stopped
from artextract.batch.task import Order
from artextract.batch.window import Crew
from artextract.errors import OutputError
from artextract.inputs.found import Held, Input, Met
from artextract.inputs.opened import only_here
from artextract.inputs.wording import reason, shown
from artextract.model import SiteProfile
from artextract.settings import BatchSettings
from artextract.site import profiles_from, profiles_text


def profiles_for(
    batch: BatchSettings, found: Callable[[], Iterator[Met]], order: Order, guarded: Guarded, stop: Stop
) -> Profiles:
    """The profiles of a run. Raises SettingsError for a file that is none of ours, OutputError."""
    if batch.site_boilerplate == "off":
        given = _given(batch.site_profile or "")
        return Profiles(given, for_all=len(given) == 1)
    learnt = list(_learnt(batch, found, order, guarded, stop))
    if batch.site_profile is not None:
        _save(batch.site_profile, learnt)
    return Profiles(learnt, for_all=False)


def _given(path: str) -> list[SiteProfile]:
    with open(path, encoding="utf-8") as file:
        return profiles_from(file.read())


def _learnt(
    batch: BatchSettings, found: Callable[[], Iterator[Met]], order: Order, guarded: Guarded, stop: Stop
) -> Iterator[SiteProfile]:
    sampling = Sampling(FEWEST if batch.site_boilerplate == "auto" else LEAST_PAGES)
    for thing in found():
        if isinstance(thing, Held) or (isinstance(thing, Input) and not only_here(thing.path)):
            sampling.add(thing)
    crew: Crew[str] = Crew(Plan(TASK, order.setup(), guarded.timeout, guarded.max_memory), guarded.jobs, stopping=stop)
    stop.abrupt = crew.kill
    with stop.patient() as wake:
        crew.watch(wake)
        outcomes = crew.outcomes(sampling.requests(found()))
        replies = ((site, reply.header if isinstance(reply, Message) else None) for site, reply in outcomes)
        yield from profiles_of(replies, sampling.expected())
    if stop():
        raise Stopped


def _save(path: str, profiles: list[SiteProfile]) -> None:
    part = f"{path}.part"
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(profiles_text(profiles))
        os.replace(part, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise OutputError(f"cannot write {shown(path)}: {reason(error)}; give another name") from None
