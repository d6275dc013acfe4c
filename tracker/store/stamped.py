"""Values read from a database and kept in this process while their stamp there stays the same.

The stamp is read anew each time, in the transaction at hand, so several processes and a restored file are served
rightly: what changed the rows changed the stamp. Kept values are shared between threads and never changed.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlalchemy.orm import Session

Value = TypeVar("Value")


class Stamped(Generic[Value]):
    """The `size` values used last, for each database this process is connected to."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        # the pool is the database: engines of one file share it, and no two databases do
        self._kept: WeakKeyDictionary[Pool, OrderedDict[Hashable, tuple[Hashable, Value]]] = WeakKeyDictionary()

    def get(self, session: Session, key: Hashable, stamp: Hashable) -> Value | None:
        """The value kept under the key, None if there is none with this stamp."""
        with self._lock:
            mine = self._kept.get(_pool(session))
            found = mine.get(key) if mine else None
            if mine is None or found is None or found[0] != stamp:
                return None
            mine.move_to_end(key)
            return found[1]

    def put(self, session: Session, key: Hashable, stamp: Hashable, value: Value) -> None:
        with self._lock:
            mine = self._kept.setdefault(_pool(session), OrderedDict())
            mine[key] = (stamp, value)
            mine.move_to_end(key)
            while len(mine) > self._size:
                mine.popitem(last=False)


def _pool(session: Session) -> Pool:
    return session.get_bind().engine.pool
