"""Dataclasses that are made ready at a third of the cost.

The standard library writes and compiles the source of each method of each class (until Python 3.12 one by one): 63
classes take a fifth of a run over one small file. Here only `__init__` is compiled; comparison, hash and `repr` are
functions that all classes share. To a type checker both decorators are `dataclasses.dataclass`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["frozen_record", "record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as frozen_record
    from dataclasses import dataclass as record
else:
    import dataclasses
    from operator import attrgetter

    def record(cls=None, *, frozen=False, slots=False, eq=True):
        """As `dataclasses.dataclass`; that it is frozen is the type checker's to see, not checked at run time."""
        if cls is None:
            return lambda cls: _finished(dataclasses.dataclass(cls, repr=False, eq=False, slots=slots), frozen, eq)
        return _finished(dataclasses.dataclass(cls, repr=False, eq=False), frozen, eq)

    def frozen_record(*, frozen, slots=False, eq=True):
        """As `dataclasses.dataclass`, frozen at run time too: for what a caller gets to see."""
        return lambda cls: _finished(
            dataclasses.dataclass(cls, repr=False, eq=False, frozen=frozen, slots=slots), frozen, eq
        )

    def _finished(cls, frozen, eq):
        own = cls.__dict__
        if "__repr__" not in own:
            cls.__repr__ = _shown
        if eq:
            names = [field.name for field in own["__dataclass_fields__"].values() if field.compare]
            key = attrgetter(*names) if names else type

            def equal(self, other):
                return key(self) == key(other) if self.__class__ is other.__class__ else NotImplemented

            cls.__eq__ = equal
            cls.__hash__ = (lambda self: hash(key(self))) if frozen else None
        return cls

    def _shown(self):
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"
