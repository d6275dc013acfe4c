"""The catalogue of steps that comes with Milepost: where it lies, and how its file is read."""

from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tracker.core.roadmap import Catalogue, CatalogueError, Problem, parse_catalogue

CATALOGUE_FILE = Path(__file__).resolve().parents[1] / "catalogue" / "ml_engineer.yaml"
# The C parser is about ten times as fast; a PyYAML built without libyaml has only the other.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue inside the package, read once per process. Raises CatalogueError with every problem."""
    return read_catalogue(CATALOGUE_FILE)


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in that file.

    Raises CatalogueError: the file cannot be read, is not UTF-8, is not plain YAML or has a key twice (with
    its line), or else with every problem of what it holds.
    """
    try:
        document = _OnceLoader(path.read_text(encoding="utf-8")).get_single_data()
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        raise _unreadable(path, line + (error.problem or "is not YAML")) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable(path, f"is not YAML: {' '.join(str(error).split())}") from error
    return parse_catalogue(document, path.name)


def _unreadable(path: Path, message: str) -> CatalogueError:
    return CatalogueError([Problem(path.name, message)])


class _OnceLoader(_Parser):  # type: ignore[misc]  # chosen at run time, so mypy sees Any
    """A SafeLoader that refuses a key given twice, of which the last would win silently."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f'the key "{key.value[:60]}" twice', problem_mark=key.start_mark)
            seen.add(str(key.value))
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping
