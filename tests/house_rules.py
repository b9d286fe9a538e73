"""The rules of the house as functions: sources in, sentences about what breaks a rule out."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

LINES_MAX = 400
FUNCTION_LINES_MAX = 50
NOT_OURS = {".venv", ".git", "node_modules", "dist", "var", "__pycache__", ".svelte-kit", "coverage"}
GENERATED = {"frontend/src/lib/openapi.d.ts"}
COMMITS_HERE = {"server/kit/db.py"}
LEAVES_OUT_HERE = {"tests/services/missing.py"}
CLOCKS_AND_CHANCE = {"now", "utcnow", "today", "uuid1", "uuid4", "token_hex", "token_urlsafe", "token_bytes", "urandom"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(root: Path, *suffixes: str) -> Iterator[Path]:
    """Our own files with one of `suffixes`, relative to `root`."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        for name in files:
            path = Path(folder, name).relative_to(root)
            if path.suffix in suffixes and path.as_posix() not in GENERATED:
                yield path


def too_long(path: Path, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > LINES_MAX:
        yield f"{path} has {lines} lines"


def long_functions(path: Path, text: str) -> Iterator[str]:
    if path.parts[:2] == ("server", "migrations"):
        return  # one list of statements; cutting it up would hide their order
    for function in functions(ast.parse(text)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > FUNCTION_LINES_MAX:
            yield f"{path}:{function.lineno} {function.name} has {lines} lines"


def commits_below_the_edge(path: Path, text: str) -> Iterator[str]:
    if path.as_posix() in COMMITS_HERE or path.parts[0] not in {"server", "realtime", "feedback"}:
        return
    for call in calls(ast.parse(text)):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit":
            yield f"{path}:{call.lineno} commits"


def missing_module_docstring(path: Path, text: str) -> Iterator[str]:
    if path.name.startswith("test_") or path.parts[:2] == ("server", "migrations") or not text.strip():
        return
    if ast.get_docstring(ast.parse(text)) is None:
        yield f"{path} has no docstring"


def missing_docstrings(path: Path, text: str) -> Iterator[str]:
    """Public functions of what others build on, and endpoints, whose first line the API's document shows."""
    documented = path.parts[0] == "feedback" or path.parts[:2] == ("server", "kit")
    documented = documented or (path.parts[0] == "server" and path.name in {"rules.py", "service.py"})
    for statement in ast.parse(text).body:
        if not isinstance(statement, Function) or statement.name.startswith("_"):
            continue
        is_endpoint = path.name == "endpoints.py" and bool(statement.decorator_list)
        if (documented or is_endpoint) and ast.get_docstring(statement) is None:
            yield f"{path}:{statement.lineno} {statement.name} has no docstring"


def hollow_tests(path: Path, text: str) -> Iterator[str]:
    """Mocks put over real parts, and tests left out in silence."""
    if path.parts[0] != "tests" or path.as_posix() in LEAVES_OUT_HERE:
        return
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Import | ast.ImportFrom)
            and "unittest" in ast.unparse(node)
            and "mock" in ast.unparse(node)
        ):
            yield f"{path}:{node.lineno} imports mocks"
        leaves_out = r"pytest\.(skip|xfail|importorskip)\(|pytest\.mark\.(skip|skipif|xfail)\b"
        if isinstance(node, ast.Call | ast.Attribute) and re.match(leaves_out, ast.unparse(node)):
            yield f"{path}:{node.lineno} leaves a test out"


def unfinished(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)", line) and path.as_posix() != "tests/house_rules.py":
            yield f"{path}:{number} {line.strip()[:60]}"


def impure(path: Path, text: str) -> Iterator[str]:
    """Clocks and chance where `now` and generators are arguments."""
    pure = path.parts[0] == "feedback" or (path.parts[0] == "server" and path.name == "rules.py")
    if not pure and path.as_posix() not in {"realtime/meeting.py", "realtime/queueing.py"}:
        return
    for call in calls(ast.parse(text)):
        name = ast.unparse(call.func)
        if name.rpartition(".")[2] in CLOCKS_AND_CHANCE or name.startswith("random."):
            yield f"{path}:{call.lineno} calls {name}"


def rows_that_leave(path: Path, text: str) -> Iterator[str]:
    """Endpoints that answer with a table row, and answers that hold one."""
    if path.parts[0] != "server" or path.name not in {"endpoints.py", "answers.py"}:
        return
    tree = ast.parse(text)
    for function in functions(tree):
        serves = path.name == "endpoints.py" and function.decorator_list
        if serves and function.returns is not None and names_a_row(function.returns):
            yield f"{path}:{function.lineno} {function.name} returns a row"
    for answer in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for line in answer.body:
            if isinstance(line, ast.AnnAssign) and names_a_row(line.annotation):
                yield f"{path}:{line.lineno} {answer.name} holds a row"


def names_a_row(annotation: ast.expr) -> bool:
    return re.search(r"\w+Row\b", ast.unparse(annotation)) is not None


def addresses_in_lock(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        # A licence's or funding's address is the package's own word, not where it is fetched from.
        if re.search(r'"resolved":|--(extra-)?index-url|--find-links|@ (https?|file):', line):
            yield f"{path}:{number} {line.strip()[:60]}"


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9][^ ]*==[^ ]+(?: ; [^\\]+?)?) \\$", lock, re.MULTILINE))


def arguments_of(message: str) -> set[str]:
    """The arguments that an ICU message shows.

    One that only chooses a branch is left out (languages inflect differently); the branches are text again.
    """
    found, depth = set(), 0
    for part in re.finditer(r"'[{}]'|\{\s*(\w*)(\s*,\s*(?:plural|select)\w*)?|\}", message):
        if part[0] == "}":
            depth -= 1
        elif part[0].startswith("{"):
            if depth % 2 == 0 and not part[2]:
                found.add(part[1])
            depth += 1
    return found


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
