"""The bank's YAML files: where they lie, and how they are read without trusting them."""

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tracker.core.bank import BankError, Problem

_MAX_BYTES = 5_000_000
_MAX_DEPTH = 20
_MAX_FOLDERS = 1  # questions/<certification>/<file>.yaml
# The C parser is about ten times as fast; a PyYAML built without libyaml has only the other.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shipped_bank() -> Path:
    """The folder of the bank that comes with Milepost: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "questions"
    return inside if inside.is_dir() else package.parent / "questions"


def read_documents(folder: Path) -> dict[str, object]:
    """Every YAML document of a bank, by its path relative to the folder ("aws-aif/d1-fundamentals.yaml").

    In place of a file that cannot be read stands its Problem, for parse_bank to list with all others: an unexpected
    file, over 5 MB, not UTF-8, not plain YAML (anchors, aliases, tags, doubled keys). Raises BankError without a
    folder.
    """
    if not folder.is_dir():
        raise BankError([Problem(str(folder), "no such folder")])
    documents: dict[str, object] = {}
    for path in sorted(each for each in folder.rglob("*") if not each.is_dir()):
        file = path.relative_to(folder).as_posix()
        try:
            documents[file] = _read(path, depth=file.count("/"))
        except _UnreadableError as error:
            documents[file] = Problem(file, str(error))
    return documents


def entry_text(entry: Mapping[str, Any]) -> str:
    """One entry as the text that adds it to its file."""
    return yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=110)


class _UnreadableError(Exception):
    """One file cannot be read; the message says why, with the line where there is one."""


def _read(path: Path, depth: int) -> object:
    if path.suffix != ".yaml" or depth > _MAX_FOLDERS or not path.is_file():
        raise _UnreadableError("unexpected file: a bank is concepts.yaml and <certification>/<name>.yaml")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MAX_BYTES else b""
    except OSError as error:
        raise _UnreadableError(f"cannot be read: {error.strerror}") from error
    if size > _MAX_BYTES:
        raise _UnreadableError(f"is {size / 1e6:.1f} MB, the most is {_MAX_BYTES / 1e6:.0f} MB")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(f"line {line}: is not UTF-8") from error
    try:
        _refuse_references(text)
        return _PlainLoader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        raise _UnreadableError(_located(error)) from error
    except yaml.YAMLError as error:
        raise _UnreadableError(f"is not YAML: {' '.join(str(error).split())}") from error


def _located(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = f"line {mark.line + 1}: " if mark else ""
    return line + (error.problem or error.context or "is not YAML")


def _refuse_references(text: str) -> None:
    """A pass over the events alone, so that no bomb of aliases, deep nesting or tagged value is ever built."""
    depth = 0
    for event in yaml.parse(text, Loader=_Parser):
        if getattr(event, "anchor", None) is not None:
            raise _fault("anchors and aliases are not allowed", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise _fault("tags are not allowed", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                raise _fault(f"nested more than {_MAX_DEPTH} levels deep", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _fault(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


class _PlainLoader(_Parser):  # type: ignore[misc]  # chosen at run time, so mypy sees Any
    """A SafeLoader that also refuses doubled keys and merges, and names the line of a bad number or date."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise _fault("merge keys are not allowed", key.start_mark)
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise _fault(f'the key "{key.value[:60]}" twice', key.start_mark)
                seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def _with_line(construct: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def constructed(loader: Any, node: Any) -> Any:
        try:
            return construct(loader, node)
        except ValueError as error:
            raise _fault(f'"{node.value[:60]}" is not a value: {error}', node.start_mark) from error

    return constructed


for _tag, _construct in (
    ("int", yaml.SafeLoader.construct_yaml_int),
    ("float", yaml.SafeLoader.construct_yaml_float),
    ("timestamp", yaml.SafeLoader.construct_yaml_timestamp),
):
    _PlainLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _with_line(_construct))
